"""What is known before contact (P2.6): the subject's and the customer's earlier complaints; pending matters (P3.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from chalicelib.casework import lookups, private, snapshot
from chalicelib.casework.callers import known_as
from chalicelib.casework.case import asker_in, case_in, read, unknown
from chalicelib.complaints import confidentiality
from chalicelib.complaints.filing import SUBJECT
from chalicelib.complaints.permits import Asker, covers
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.wiring import Wiring

MOST = 50
"""Complaints shown of each: the newest."""
_PAGE = 100
_PENDING = "pending"


def history(wiring: Wiring, tenant: str, number: str, sub: str, now: Instant) -> dict[str, Any]:
    """For members whose grants cover the complaint. Raises `forbidden`, `complaint-unknown`."""
    facts_at = private.keys_of_event(tenant, number, 1)
    entries = read(wiring, tenant, number, [keys.membership(tenant, sub), *facts_at])
    asker = asker_in(wiring, tenant, entries, sub, now)
    case = case_in(wiring, tenant, number, entries)
    who = known_as(asker, case.complaint.unit)
    if who is None:
        raise unknown()
    opened = [private.opened(wiring, tenant, number, entries[key]) for key in facts_at if key in entries]
    held = [value for value in opened if value is not None]
    seen = confidentiality.classes(case.policy, case.complaint, who)
    # Whoever may not know the complainant does not learn what else they complained about.
    given = {**case.complaint.facts, **private.visible(held, seen)}
    intake = case.policy.document.intake
    found: dict[str, Any] = {"number": number}
    for name, kinds in (("subject", (SUBJECT,)), ("customer", lookups.CUSTOMER)):
        partitions = [pk for kind in kinds for pk in lookups.partitions(wiring.secrets, tenant, intake, given, kind)]
        earlier = [other for other in numbers(wiring, partitions) if other < number]
        found[name] = _shown(wiring, tenant, asker, earlier)
    return found


def subject(wiring: Wiring, tenant: str, value: str, sub: str, now: Instant) -> dict[str, Any]:
    """What is known of a subject when it is looked up at reception. Raises `Problem("forbidden")`."""
    key = keys.membership(tenant, sub)
    asker = asker_in(wiring, tenant, wiring.store.get([key]), sub, now)
    partitions = lookups.partition(wiring.secrets, tenant, SUBJECT, value)
    rows = _shown(wiring, tenant, asker, numbers(wiring, partitions), most=None)
    waiting = [row["number"] for row in rows if row["shelf"] == _PENDING]
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


def _shown(
    wiring: Wiring, tenant: str, asker: Asker, found: list[str], most: int | None = MOST
) -> list[dict[str, Any]]:
    """Those that the asker's grants cover, as they are now."""
    return [
        row(wiring.compiled.get(wiring.store, tenant, complaint.policy), complaint)
        for complaint in complaints(wiring, tenant, found[:most])
        if any(covers(grant, complaint.unit) for grant in asker.grants)
    ]


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
