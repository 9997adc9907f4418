"""Checks from where clocks count: a fact, the next working day, and the calendar of the complaint's unit."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import UNIT_CALENDAR
from chalicelib.policy.reading.faults import Fault, Path

_REGISTERED = "registered"


def faults(document: PolicyDocument) -> Iterator[Fault]:
    for name, clock in document.clocks.items():
        path: Path = ("clocks", name)
        yield from _fact_faults((*path, "start"), clock, document)
        if clock.starts is not None and clock.stated is not None:
            yield Fault((*path, "starts"), "counts-nothing", name="starts")
        if clock.follows_unit and clock.calendar != UNIT_CALENDAR:
            yield Fault((*path, "follows_unit"), "follows-no-unit")


def _fact_faults(path: Path, clock: Clock, document: PolicyDocument) -> Iterator[Fault]:
    """The run starts at the registration, and only there."""
    if clock.fact is None:
        return
    if len(clock.start) > 1 or clock.start[0].event != _REGISTERED or clock.start[0].fields:
        yield Fault(path, "fact-not-alone", name=clock.fact)
    elif clock.stated is not None:
        yield Fault(path, "counts-nothing", name="from")
    else:
        known = clocks.public_times(document.intake.facts)
        yield from undefined_names((*path, 0, "fact"), [clock.fact], known, "no-public-time")
