"""Earlier complaints about the same subject or by the same customer, for preparing a contact (P2.6, P3.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework import fact_lookups, private_values, snapshot
from chalicelib.casework.authorization import check_not_excluded, load_asker, read_asker, restrict_to_case, rights_in
from chalicelib.casework.loading import complaint_unknown, parse_complaint, read_entries
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.complaints.fields import class_of
from chalicelib.complaints.filing import SUBJECT
from chalicelib.complaints.rights import confidentiality
from chalicelib.complaints.rights.confidentiality import IDENTITY
from chalicelib.complaints.rights.permits import RESPONDENT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.intake import Intake
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.casework.authorization import Member
    from chalicelib.wiring import CompiledPolicies

MOST = 50
"""Most complaints in a list: the newest."""
_BATCH = MAX_KEYS
_PENDING = "pending"
_LISTS = {"subject": (SUBJECT,), "customer": fact_lookups.CUSTOMER}
"""By name: the kinds of look-ups, of which one is enough."""


class EarlierComplaint(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    registered_at: str
    stage: str
    stage_name: dict[str, str] | None
    shelf: str
    severity: str | None
    category: dict[str, str]
    unit: str | None


class HistoryView(msgspec.Struct, frozen=True, kw_only=True):
    """Earlier complaints about the same subject and by the same customer: at most 50 of each, newest first."""

    number: str
    subject: list[EarlierComplaint]
    customer: list[EarlierComplaint]


class SubjectView(msgspec.Struct, frozen=True, kw_only=True):
    """`pending`: True if complaints about the subject are pending; `pending_matters`: their numbers.

    `complaints`: the newest 50, pending or not.
    """

    pending: bool
    pending_matters: list[str]
    complaints: list[EarlierComplaint]


def history(wiring: Wiring, ref: CaseRef, sub: str, route: str, now: Instant) -> HistoryView:
    """Earlier complaints about the same subject and by the same customer, newest first.

    Raises `Problem`: `forbidden`, `complaint-unknown` (also for one of a unit that the caller's grants do not cover).

    Each listed complaint counts as read: the list discloses its subject or its complainant.
    """
    facts_keys = private_values.keys_of_event(ref, 1)
    entries = read_entries(wiring.store, ref, [membership.key(ref.tenant, sub), *facts_keys])
    asker = load_asker(wiring.store, ref.tenant, entries, sub, now)
    case = parse_complaint(wiring.compiled, ref, entries)
    restricted = restrict_to_case(asker, case.complaint)
    if restricted is None:
        raise complaint_unknown()
    check_not_excluded(case.complaint, restricted)
    opened = [private_values.try_open(wiring.sealer, ref, entries[key]) for key in facts_keys if key in entries]
    values = [value for value in opened if value is not None]
    classes = confidentiality.visible_classes(case.policy, case.complaint, restricted)
    # Without access to the identity, the caller must not find the complainant's other complaints.
    facts = {**case.complaint.facts, **private_values.visible_values(values, classes)}
    found = _found(wiring, ref.tenant, asker, case.policy.document.intake, facts, before=ref.number)
    disclosures = [one for listed in found.values() for one in listed]
    if disclosures:
        disclosed = frozenset[str]().union(*(one.classes for one in disclosures))
        disclosures.append(Disclosure(case.policy, case.complaint, disclosed))
    read_log.record_reads(wiring.store, ref.tenant, ReadContext(asker, route, now), disclosures)
    return HistoryView(number=ref.number, subject=_views(found["subject"]), customer=_views(found["customer"]))


def before_filing(
    wiring: Wiring, member: Member, facts: Mapping[str, Any], route: str, now: Instant
) -> dict[str, list[EarlierComplaint]]:
    """By `subject` and `customer`: the earlier complaints of a filing with these facts, for the member who takes it.

    As in `history`, at most 50 of each, newest first, and each listed complaint counts as read.
    """
    tenant = member.org.id
    found = _found(wiring, tenant, member.asker, member.policy.document.intake, facts)
    context = ReadContext(member.asker, route, now)
    read_log.record_reads(wiring.store, tenant, context, [one for listed in found.values() for one in listed])
    return {name: _views(listed) for name, listed in found.items()}


def _found(
    wiring: Wiring, tenant: str, asker: Asker, intake: Intake, facts: Mapping[str, Any], *, before: str | None = None
) -> dict[str, list[Disclosure]]:
    """By `subject` and `customer`. `before`: the number of the complaint itself."""
    found = {}
    for name, kinds in _LISTS.items():
        partitions = [
            pk for kind in kinds for pk in fact_lookups.partitions(wiring.secrets, tenant, intake, facts, kind)
        ]
        numbers = [one for one in newest_numbers(wiring.store, partitions) if before is None or one < before]
        found[name] = _disclosures(wiring.store, wiring.compiled, tenant, asker, numbers[:MOST], name)
    return found


def _views(listed: Iterable[Disclosure]) -> list[EarlierComplaint]:
    return [earlier_complaint_view(one.policy, one.complaint) for one in listed]


def subject(wiring: Wiring, tenant: str, value: str, sub: str, route: str, now: Instant) -> SubjectView:
    """The newest complaints about a subject (such as a plate number), for the person who takes the next complaint.

    `pending_matters` are the numbers of all those that are pending. Raises `Problem("forbidden")` for a caller who is a
    respondent only.
    """
    asker = read_asker(wiring.store, tenant, sub, now)
    if all(grant.role == RESPONDENT for grant in asker.grants):
        raise Problem("forbidden", "Only people who handle complaints may look up subjects.")
    partitions = fact_lookups.partitions_of(wiring.secrets, tenant, SUBJECT, value)
    found = _disclosures(
        wiring.store, wiring.compiled, tenant, asker, newest_numbers(wiring.store, partitions), SUBJECT
    )
    rows = _views(found)
    pending = [row.number for row in rows if row.shelf == _PENDING]
    shown = [one for position, one in enumerate(found) if position < MOST or one.complaint.number in pending]
    read_log.record_reads(wiring.store, tenant, ReadContext(asker, route, now), shown)
    return SubjectView(pending=bool(pending), pending_matters=pending, complaints=rows[:MOST])


def newest_numbers(store: Store, partitions: Iterable[str]) -> list[str]:
    """The complaint numbers in look-up partitions, newest first, each once."""
    return sorted({entry.key.sk for pk in partitions for entry in reads.items(store, pk)}, reverse=True)


def _disclosures(
    store: Store, compiled: CompiledPolicies, tenant: str, asker: Asker, numbers: list[str], of: str
) -> list[Disclosure]:
    """The complaints that the caller handles and whose complainant, or subject, they may know."""
    disclosures = []
    for complaint in snapshot.read_complaints(store, tenant, numbers):
        policy = compiled.get(tenant, complaint.policy)
        restricted = rights_in(asker, complaint)
        if restricted is None or restricted.kind != "staff":
            continue
        disclosed = subject_classes(policy.document.intake) if of == SUBJECT else frozenset({IDENTITY})
        if disclosed <= confidentiality.visible_classes(policy, complaint, restricted):
            disclosures.append(Disclosure(policy, complaint, disclosed))
    return disclosures


def subject_classes(intake: Intake) -> frozenset[str]:
    """The confidentiality classes that a look-up by subject discloses.

    They are content, for a filing's own subject, and those of the policy's subject facts.
    """
    facts = ((name, intake.facts[name]) for name in intake.subject if name in intake.facts)
    return frozenset({"content", *(class_of(name, fact) for name, fact in facts)})


def earlier_complaint_view(policy: Policy, complaint: Complaint) -> EarlierComplaint:
    stage = policy.document.stages[complaint.stage]
    return EarlierComplaint(
        number=complaint.number,
        registered_at=to_text(complaint.registered_at),
        stage=complaint.stage,
        stage_name=None if stage.name is None else stage.name.to_json(),
        shelf=stage.shelf,
        severity=complaint.severity,
        category=complaint.category,
        unit=complaint.unit,
    )
