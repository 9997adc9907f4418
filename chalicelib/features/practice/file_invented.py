"""Command: file invented complaints in a practice organisation, through the use case of all filings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, repeat

import msgspec
from msgspec.structs import replace

from chalicelib.casework.authorization import Credential
from chalicelib.complaints import filing, of_staff
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.features.filing.file_complaint import FileComplaint, FiledComplaint, file_complaint
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import SampleComplaint
from chalicelib.tenants.idempotency_records import Request
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

INVENTED = 3
"""Complaints of one request."""


class FileInvented(msgspec.Struct, frozen=True, kw_only=True):
    """`source`: the route. `key`: of the request; the same one files once."""

    tenant: str
    sub: str
    source: str
    key: str
    now: Instant


def file_invented(wiring: Wiring, command: FileInvented) -> list[FiledComplaint]:
    """They differ in their category, where the policy has several.

    Raises `Problem`: `forbidden` for who is no owner, `not-found` outside practice or without a sample in the policy,
    and as a filing.
    """
    org, caller = queries.load_member(wiring.store, command.tenant, command.sub)
    if org.practice is None:
        raise Problem("not-found", "Invented complaints are filed only in a practice organisation.")
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    policy = wiring.compiled.get(org.id, org.policy_at(command.now))
    sample = policy.document.sample
    if sample is None:
        raise Problem("not-found", "The policy has no sample complaint.")
    fitting = (one for one in _variants(policy, sample) if _fits(policy, one, command.now))
    found = islice(chain(fitting, repeat(sample)), INVENTED)
    filings = [_filing(org, policy, one) for one in found]
    return [_filed(wiring, command, new, place, _by_staff(policy, new)) for place, new in enumerate(filings, 1)]


def _variants(policy: Policy, sample: SampleComplaint) -> Iterator[SampleComplaint]:
    """The sample, and then with each other choice of its first category."""
    yield sample
    given = sample.category or {}
    for name in islice(given, 1):
        for choice in policy.document.intake.categories.get(name, {}):
            if choice != given[name]:
                yield replace(sample, category={**given, name: choice})


def _fits(policy: Policy, sample: SampleComplaint, now: Instant) -> bool:
    """Whether it can be filed: its category can ask for more facts than the sample has."""
    new = _filing_of(sample)
    try:
        filing.check(policy, new, now, arrival=None, by_staff=_by_staff(policy, new))
    except Problem:
        return False
    return True


def _filing_of(sample: SampleComplaint) -> Filing:
    return Filing(
        channel=sample.channel,
        facts=sample.facts,
        severity=sample.severity,
        category=sample.category,
        unit=sample.unit,
    )


def _filing(org: Organisation, policy: Policy, sample: SampleComplaint) -> Filing:
    """For one of the organisation's units, if the policy requires it."""
    units = [None] if policy.document.intake.unit == "none" else [*org.units, None]
    return replace(_filing_of(sample), unit=units[0], language=org.language)


def _by_staff(policy: Policy, new: Filing) -> bool:
    """A sample is filed by its complainant, unless it has what only staff say, or only staff use its channel."""
    by_others = COMPLAINANT.kind not in policy.document.filers(new.channel)
    return by_others or of_staff.says(policy.document.intake, new.facts, new.category)


def _filed(wiring: Wiring, command: FileInvented, new: Filing, place: int, by_staff: bool) -> FiledComplaint:
    filed = FileComplaint(
        tenant=command.tenant,
        credential=Credential(sub=command.sub) if by_staff else Credential(),
        filing=new,
        request=Request(
            tenant=command.tenant,
            principal=command.sub,
            source=command.source,
            key=f"{command.key}-{place}",
            body_hash=canonical.digest([command.sub, place]),
        ),
        now=command.now,
    )
    return msgspec.convert(file_complaint(wiring, filed).body, FiledComplaint)
