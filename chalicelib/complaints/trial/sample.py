"""Checks that a policy's sample can be filed. Only a required unit may be missing: units belong to the organisation."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.complaints import filing
from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import LAST, Instant
from chalicelib.kit.problem import Place, Problem, steps_of
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import SampleComplaint
from chalicelib.policy.reading.faults import Fault, Path

_UNIT = "/unit"
MISSING = "is required"
"""The text of a place at which a filing lacks a value."""
_FIRST: Instant = 0


def faults(policy: Policy) -> Iterator[Fault]:
    """A fault for each place at which a filing would be refused, whatever its time."""
    sample = policy.document.sample
    if sample is None:
        return
    later = {place.pointer for place in _refused(policy, sample, LAST)}
    for place in _refused(policy, sample, _FIRST):
        if place.pointer in later and not (place.pointer == _UNIT and place.text == MISSING):
            steps = steps_of(place.pointer)
            path: Path = ("sample", *steps)
            if place.text == MISSING:
                yield Fault(path, "filing-lacks", name=steps[-1])
            else:
                yield Fault(path, "sample-refused", name=steps[-1], reason=place.detail)


def _refused(policy: Policy, sample: SampleComplaint, now: Instant) -> list[Place]:
    complaint = Filing(
        channel=sample.channel,
        facts=sample.facts,
        severity=sample.severity,
        category=sample.category,
        unit=sample.unit,
    )
    try:
        filing.check(policy, complaint, now)
    except Problem as problem:
        return list(problem.places)
    return []
