"""What is known before contact (P2.6): the subject's and the customer's earlier complaints; pending matters (P3.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework import lookups, private_values, read_log, snapshot
from chalicelib.casework.authorization import known_as
from chalicelib.casework.case import asker_in, case_in, read, unknown
from chalicelib.casework.read_log import Looked
from chalicelib.complaints import confidentiality
from chalicelib.complaints.confidentiality import IDENTITY
from chalicelib.complaints.fields import class_of
from chalicelib.complaints.filing import SUBJECT
from chalicelib.complaints.permits import RESPONDENT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Intake
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.wiring import Wiring

MOST = 50
"""Complaints shown of each: the newest."""
_PAGE = 100
_PENDING = "pending"


class EarlierComplaint(NamedTuple):
    """A complaint in a list, and the classes of private values of which its being there tells."""

    policy: Policy
    complaint: Complaint
    classes: frozenset[str]


def history(wiring: Wiring, tenant: str, number: str, sub: str, route: str, now: Instant) -> dict[str, Any]:
    """For members whose grants cover the complaint. Raises `forbidden`, `complaint-unknown`.

    Each complaint that is listed is read: the look says of whom it is, or about what.
    """
    facts_at = private_values.keys_of_event(tenant, number, 1)
    entries = read(wiring, tenant, number, [keys.membership(tenant, sub), *facts_at])
    asker = asker_in(wiring, tenant, entries, sub, now)
    case = case_in(wiring, tenant, number, entries)
    who = known_as(asker, case.complaint.unit)
    if who is None:
        raise unknown()
    opened = [private_values.opened(wiring, tenant, number, entries[key]) for key in facts_at if key in entries]
    held = [value for value in opened if value is not None]
    seen = confidentiality.visible_classes(case.policy, case.complaint, who)
    # Whoever may not know the complainant does not learn what else they complained about.
    given = {**case.complaint.facts, **private_values.visible(held, seen)}
    intake = case.policy.document.intake
    found: dict[str, Any] = {"number": number}
    listed: list[EarlierComplaint] = []
    for name, kinds in (("subject", (SUBJECT,)), ("customer", lookups.CUSTOMER)):
        partitions = [pk for kind in kinds for pk in lookups.partitions(wiring.secrets, tenant, intake, given, kind)]
        earlier = [other for other in numbers(wiring, partitions) if other < number]
        rows = _shown(wiring, tenant, asker, earlier[:MOST], name)
        found[name] = [row(policy, complaint) for policy, complaint, _ in rows]
        listed.extend(rows)
    if listed:
        told = frozenset[str]().union(*(one.classes for one in listed))
        listed.append(EarlierComplaint(case.policy, case.complaint, told))
    read_log.note(wiring, tenant, Looked(asker, route, now), listed)
    return found


def subject(wiring: Wiring, tenant: str, value: str, sub: str, route: str, now: Instant) -> dict[str, Any]:
    """What is known of a subject when it is looked up at reception. Raises `Problem("forbidden")`."""
    key = keys.membership(tenant, sub)
    asker = asker_in(wiring, tenant, wiring.store.get([key]), sub, now)
    if all(grant.role == RESPONDENT for grant in asker.grants):
        raise Problem("forbidden", "Subjects are looked up by those who handle complaints.")
    partitions = lookups.partition(wiring.secrets, tenant, SUBJECT, value)
    found = _shown(wiring, tenant, asker, numbers(wiring, partitions), SUBJECT)
    rows = [row(policy, complaint) for policy, complaint, _ in found]
    waiting = [row["number"] for row in rows if row["shelf"] == _PENDING]
    told = [one for place, one in enumerate(found) if place < MOST or one.complaint.number in waiting]
    read_log.note(wiring, tenant, Looked(asker, route, now), told)
    return {"pending": bool(waiting), "pending_matters": waiting, "complaints": rows[:MOST]}


def numbers(wiring: Wiring, partitions: Iterable[str]) -> list[str]:
    """The newest first."""
    return sorted({number for pk in partitions for number in _listed(wiring, pk)}, reverse=True)


def _listed(wiring: Wiring, pk: str) -> Iterator[str]:
    after = None
    while True:
        page = wiring.store.query(pk, limit=_PAGE, after=after)
        yield from (entry.key.sk for entry in page.entries)
        after = page.after
        if after is None:
            return


def _shown(wiring: Wiring, tenant: str, asker: Asker, found: list[str], of: str) -> list[EarlierComplaint]:
    """Those that the asker works on and of whose complainant, or subject, they may know: as they are now."""
    shown = []
    for complaint in complaints(wiring, tenant, found):
        policy = wiring.compiled.get(wiring.store, tenant, complaint.policy)
        who = known_as(asker, complaint.unit)
        told = _told(policy.document.intake) if of == SUBJECT else frozenset({IDENTITY})
        if who is not None and who.kind == "staff" and told <= confidentiality.visible_classes(policy, complaint, who):
            shown.append(EarlierComplaint(policy, complaint, told))
    return shown


def _told(intake: Intake) -> frozenset[str]:
    """What a look by subject tells of: a filing's own subject is content, the policy's are of their facts' classes."""
    facts = ((name, intake.facts[name]) for name in intake.subject if name in intake.facts)
    return frozenset({"content", *(class_of(name, fact) for name, fact in facts)})


def complaints(wiring: Wiring, tenant: str, found: list[str]) -> list[Complaint]:
    """As they are now, in the given order."""
    wanted = [keys.snapshot(keys.complaint(tenant, number)) for number in found]
    entries = {}
    for first in range(0, len(wanted), _PAGE):
        entries.update(wiring.store.get(wanted[first : first + _PAGE]))
    there = [entries[key] for key in wanted if key in entries and entries[key].kind == snapshot.KIND]
    return [msgspec.json.decode(entry.body, type=Complaint) for entry in there]


def row(policy: Policy, complaint: Complaint) -> dict[str, Any]:
    stage = policy.document.stages[complaint.stage]
    return {
        "number": complaint.number,
        "registered_at": to_text(complaint.registered_at),
        "stage": complaint.stage,
        "stage_name": None if stage.name is None else stage.name.to_json(),
        "shelf": stage.shelf,
        "severity": complaint.severity,
        "category": complaint.category,
        "unit": complaint.unit,
    }
