"""Demands for evidence: asked at filing or by an act, answered, or lapsed in silence (P1.2, P1.4, P5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import SYSTEM, Actor
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.state import Complaint, Demand
from chalicelib.instants import Instant, from_text, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Act
from chalicelib.policy.worktime import due, parse_limit
from chalicelib.problem import Place, Problem

MOST_OPEN = 30
"""Demands of one complaint that wait at a time: one file may answer them all, in one transaction."""


def at_filing(flow: Flow, at: Instant) -> None:
    """Ask the complainant for what the policy names: the required kinds, or else any of them (P1.2, P5.2)."""
    intake = flow.policy.document.intake
    if intake.evidence_within is None or not intake.evidence:
        return
    required = [kind for kind, said in intake.evidence.items() if said.required]
    until = due(flow.policy.calendar, parse_limit(intake.evidence_within), at).due
    fields = _fields("complainant", required or list(intake.evidence), bool(required), until)
    about = flow.add("evidence_demanded", at=at, actor=SYSTEM, fields=fields)
    consequences.notify(flow, ["complainant"], about=about, at=at, wording="evidence_demanded")


def asked(policy: Policy, complaint: Complaint, act: Act, given: Mapping[str, Any], now: Instant) -> dict[str, Any]:
    """The fields of `evidence_demanded` that an act adds: of whom, which kinds, until when.

    Raises `Problem("conflict")` where as many wait as may.
    """
    if len(complaint.demands) >= MOST_OPEN:
        raise Problem("conflict", f"{MOST_OPEN} demands for evidence are open already. Wait until some are answered.")
    limit = None if act.within is None else due(policy.calendar, parse_limit(act.within), now).due
    stated = given.get("until")
    until = from_text(stated) if isinstance(stated, str) else limit
    kinds = given.get("kinds") or list(policy.document.intake.evidence)
    return _fields(given.get("of", "respondent"), kinds, False, until)


def _fields(of: str, kinds: list[str], every: bool, until: Instant | None) -> dict[str, Any]:
    fields: dict[str, Any] = {"of": of, "kinds": kinds, "every": every}
    return fields if until is None else {**fields, "until": to_text(until)}


def answers(complaint: Complaint, given: Mapping[str, Any]) -> dict[str, Any]:
    """Which demand `receive_evidence` answers: the one that `fields.demand` names, or the only one."""
    known = {f"{complaint.number}/{key}": key for key in complaint.demands}
    named = given.get("demand")
    if named is None and len(known) == 1:
        named = next(iter(known))
    if named not in known:
        place = Place("/fields/demand", "must be one of: " + ", ".join(known) if known else "nothing is demanded")
        raise Problem("invalid", "No such evidence is demanded.", places=[place])
    return {"demand": named}


def sealed(flow: Flow, said: Mapping[str, Any], by: Actor, at: Instant) -> None:
    """After `evidence_sealed`, whose fields are `said`: a demand that has all it asked for is answered, by who gave it.

    A file that was declared and never came, or that was refused, answers nothing.
    """
    of, kind = by.kind, said["kind"]
    for key, demand in list(flow.complaint.demands.items()):
        name = f"{flow.complaint.number}/{key}"
        complete = not demand.kinds if demand.every else kind in demand.kinds
        if demand.of == of and complete and said.get("demand") in (None, name):
            outcome = flags(flow.complaint, "answered")
            flow.add("evidence_received", at=at, actor=by, fields={"demand": name}, flags=outcome)


def lapse(flow: Flow, key: str, demand: Demand, at: Instant) -> None:
    """Silence is an event too."""
    fields = {"demand": f"{flow.complaint.number}/{key}", "of": demand.of, "kinds": demand.kinds}
    flow.add("demand_lapsed", at=at, due_at=at, actor=SYSTEM, fields=fields, flags=flags(flow.complaint, "lapsed"))


def flags(complaint: Complaint, outcome: str) -> dict[str, str]:
    return {**complaint.flags, "demand": outcome}
