"""A demand for evidence as those concerned see it, and the link by which it is answered (P1.4, P5.3)."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from chalicelib.casework.case import Case, read
from chalicelib.complaints.envelope import PARTIES, Event
from chalicelib.evidence import authorization, demand_links, queries
from chalicelib.evidence.authorization import EvidenceCaller
from chalicelib.evidence.queries import EvidenceRequest, VisibleEvidence
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.wiring import Wiring

_SEQ = r"[1-9][0-9]{0,7}"


def link(wiring: Wiring, asked: EvidenceRequest, demand: str) -> dict[str, Any]:
    """For members, to be handed to whoever is asked. A demand of a role is answered by signing in."""
    event, caller, case = _demand(wiring, asked, demand)
    if not caller.is_staff:
        raise Problem("forbidden", "Only the organisation's people hand out a demand's link.")
    if event.fields["of"] not in PARTIES or _state(case, event) != "open":
        raise Problem("not-found", "No party can answer this demand any more.")
    receipt = demand_links.issue(wiring.secrets, asked.tenant, asked.number, event.seq)
    url = f"{wiring.address}/v1/t/{asked.tenant}/complaints/{asked.number}/demands/{event.seq}"
    return {"demand": event.id, "receipt": receipt, "url": url}


def view(wiring: Wiring, asked: EvidenceRequest, demand: str) -> dict[str, Any]:
    """What is asked, and what of it has come. The holder of its link sees this, and nothing else of the complaint."""
    event, caller, case = _demand(wiring, asked, demand)
    mine = caller.is_staff or caller.demand == event.id or caller.kind == event.fields["of"]
    if not mine:
        raise _unknown()
    came = [one for one in queries.in_order(wiring, asked.tenant, asked.number) if one.demand == event.id]
    fields = event.fields
    return {
        "demand": event.id,
        "of": fields["of"],
        "kinds": fields["kinds"],
        "every": fields["every"],
        "until": fields.get("until"),
        "state": _state(case, event),
        "evidence": [
            queries.view(VisibleEvidence(case, caller, one)) for one in came if queries.sees(case, caller, one)
        ],
    }


def _demand(wiring: Wiring, asked: EvidenceRequest, demand: str) -> tuple[Event, EvidenceCaller, Case]:
    if not re.fullmatch(_SEQ, demand):
        raise _unknown()
    key = keys.event(keys.complaint(asked.tenant, asked.number), int(demand))
    also = authorization.keys_of(wiring, asked.tenant, asked.number, asked.credential)
    entries = read(wiring, asked.tenant, asked.number, [key, *also])
    caller, case = authorization.caller(wiring, asked.tenant, asked.number, asked.credential, entries, asked.now)
    event = None if key not in entries else msgspec.json.decode(entries[key].body, type=Event)
    if event is None or event.type != "evidence_demanded" or caller.demand not in (None, event.id):
        raise _unknown()
    return event, caller, case


def _state(case: Case, event: Event) -> str:
    """`open` while it is waited for. Whether it was answered or lapsed is on record."""
    return "open" if str(event.seq) in case.complaint.demands else "ended"


def _unknown() -> Problem:
    return Problem("not-found", "There is no such demand.")
