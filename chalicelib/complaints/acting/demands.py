"""Demands for evidence: made at filing or by an act; then answered, or lapsed without an answer (P1.2, P1.4, P5.3)."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.applying.consequences import Later, Telling, apply_tells
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.pending_state import BY_STAFF
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import PARTIES, SYSTEM, Actor, EventFields, Occurrence, event_id
from chalicelib.complaints.fields import CheckedFields
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.complaints.runs import stated_time
from chalicelib.complaints.state import Complaint, Demand
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REACHED, holds
from chalicelib.policy.language.intake import EVIDENCE_KINDS
from chalicelib.policy.language.parts import role_names
from chalicelib.policy.language.stages import Act, NotificationRule
from chalicelib.policy.worktime import due_time, parse_limit

MAX_OPEN = 30
"""Open demands per complaint. One file may answer all of them in one transaction, which is limited in size."""


def at_filing(flow: Flow, at: Instant, known: Mapping[str, str]) -> tuple[list[NotificationRule], list[Later]]:
    """Demands evidence from the complainant: the kinds that the policy requires, otherwise any kind (P1.2, P5.2).

    `known`: the ways to reach the complainant, as conditions compare them. Returns the policy's messages about the
    filing, and the one that asks for the evidence, for after those.
    Raises `Problem("invalid")` if the limit would end after 2099.
    """
    intake = flow.policy.document.intake
    if intake.evidence_within is None or not intake.evidence:
        return intake.tells, []
    required = [kind for kind, definition in intake.evidence.items() if definition.required]
    until = _until(flow.policy, intake.evidence_within, at)
    fields = _fields("complainant", required or list(intake.evidence), bool(required), until)
    if "evidence_demanded" in flow.policy.reach:
        fields[REACHED] = _is_read(flow.complaint)
    about = flow.add("evidence_demanded", Occurrence(at, SYSTEM), fields)
    case = {**situation(flow.policy, flow.complaint), **known}
    own = None if until is not None else _asking(intake.tells, case)
    told: Later = partial(flow.notify, ["complainant"], about=about, at=at, wording="evidence_demanded")
    if own is not None:
        told = partial(apply_tells, flow, [own], Telling(about, at, {}, "evidence_demanded", case))
    return [rule for rule in intake.tells if rule is not own], [told, partial(_settle, flow, at)]


def _asking(tells: Sequence[NotificationRule], case: Mapping[str, str]) -> NotificationRule | None:
    """The policy's own text to the complainant at filing, if the demand has no time of its own: then only this text
    names the time, that of a clock, and asks for the evidence too, so that one message does (P5.2)."""
    own = (rule for rule in tells if rule.wording is not None and role_names(rule.to) == ["complainant"])
    return next((rule for rule in own if holds(rule.when, case)), None)


def _is_read(complaint: Complaint) -> bool:
    """Whether a demand at filing reaches the complainant: who files reads it at once, others by mail."""
    return complaint.filed_by == "complainant" or not complaint.contact or bool(complaint.contact.get("mail"))


def _settle(flow: Flow, at: Instant) -> None:
    if flow.complaint.reaching:
        from chalicelib.complaints.acting import attempts  # few filings wait for them

        attempts.settle(flow, at)


def demand_fields(
    policy: Policy, complaint: Complaint, act: Act, given: Mapping[str, Any], now: Instant
) -> EventFields:
    """The fields of `evidence_demanded` for an act: from whom, which kinds, until when.

    All kinds that it names are needed; if it names none, one file of any kind is enough.

    Raises `Problem("conflict")` if the maximum of open demands is reached, and `Problem("invalid")` if the limit would
    end after 2099.
    """
    if sum(one.can_be_answered for one in complaint.demands.values()) >= MAX_OPEN:
        raise Problem(
            "conflict",
            Text("{most} demands for evidence are open already. Wait until some are answered.", most=MAX_OPEN),
        )
    of = given.get("of", RESPONDENT)
    _refuse_unreachable(policy, complaint, of)
    limit = None if act.within is None else _until(policy, act.within, now)
    stated = given.get("until")
    until = stated_time(policy.calendar, stated) if isinstance(stated, str) else limit
    kinds: list[str] = given.get("kinds") or []
    asked = {BY_STAFF: True} if of == RESPONDENT and complaint.unit is not None and not _tells(act) else {}
    return {**_fields(of, kinds or list(policy.document.intake.evidence), bool(kinds), until), **asked}


def _tells(act: Act) -> bool:
    return any(role in (RESPONDENT, "field.of") for rule in act.tells for role in rule.roles)


def _until(policy: Policy, within: str, start: Instant) -> Instant | None:
    """The end of the time for an answer; None for `none`."""
    found = due_time(policy.calendar, parse_limit(within), start)
    if found.beyond:
        place = Place("", Text("the time for the answer, {within}, would end after 2099", within=within))
        raise Problem("invalid", "A time limit would end after 2099.", places=[place])
    return found.due


def _refuse_unreachable(policy: Policy, complaint: Complaint, of: str) -> None:
    """Silence counts only for a party that was reached. `demand_reach` looks for members of the unit."""
    if of not in PARTIES:
        raise unanswerable(Text("must be one of: {known}", known=", ".join(sorted(PARTIES))))
    if of != RESPONDENT and complaint.flags.get("reachable") == "no":
        raise unanswerable("the complainant is marked unreachable")
    known = complaint.participation is None or complaint.participation.respondent  # they can be sent the demand's link
    has_unit = complaint.unit is not None or policy.document.intake.unit == "required"  # previews may omit it
    if of == RESPONDENT and not has_unit and not known:
        raise unanswerable(
            "the respondent cannot be reached: the complaint names neither a unit nor them; "
            "without `of`, a demand goes to the respondent"
        )


def unanswerable(why: str) -> Problem:
    """The refusal of a demand to a party that the system cannot reach. Staff record by another act what they asked."""
    return Problem("invalid", "No person could answer this demand.", places=[Place("/fields/of", why)])


def _fields(of: str, kinds: list[str], every: bool, until: Instant | None) -> EventFields:
    fields: EventFields = {"of": of, "kinds": kinds or list(EVIDENCE_KINDS), "every": every}
    return fields if until is None else {**fields, "until": to_text(until)}


def answer_fields(
    _policy: Policy, complaint: Complaint, _act: Act, given: Mapping[str, Any], _now: Instant
) -> EventFields:
    """The demand that `receive_evidence` answers: the one that `fields.demand` names, or the only one.

    `further`: it was answered already.

    Raises `Problem("invalid")` if no such demand is open, or without a name if not exactly one is open.
    """
    named = _answered(_names(complaint, _parties(given)), given)
    is_answered = complaint.demands[named.rpartition("/")[2]].recorded
    return {"demand": named, **({"further": True} if is_answered else {})}


def with_party(policy: Policy, complaint: Complaint, act: Act, given: CheckedFields) -> CheckedFields:
    """Completes `of` of an act that takes it: the party whose demand is answered, of those that `of` can name.

    So such an act is for their demands only, and its targets and messages can ask whose answer was recorded. Further
    papers of the complainant are recorded only if it names them or their demand. Raises as `answer_fields`.
    """
    if "of" not in act.takes or "of" in given.public:
        return given
    fact = policy.document.fields.get("of")
    known = _names(complaint, PARTIES if fact is None else fact.choices)
    left = [name for name in known if complaint.demand_to_answer(name.rpartition("/")[2]) is not None]
    named = _answered(left if given.public.get("demand") is None else known, given.public)
    return replace(given, public={**given.public, "of": complaint.demands[named.rpartition("/")[2]].of})


def answered_demand(complaint: Complaint, given: Mapping[str, Any]) -> str | None:
    """The demand that `given` names, or the only open one."""
    return _chosen(_names(complaint, _parties(given)), given)


def _answered(known: list[str], given: Mapping[str, Any]) -> str:
    named = _chosen(known, given)
    if named is None or named not in known:
        why = Text("must be one of: {known}", known=", ".join(known)) if known else "nothing is demanded"
        raise Problem("invalid", "No such evidence is demanded.", places=[Place("/fields/demand", why)])
    return named


def _chosen(known: list[str], given: Mapping[str, Any]) -> str | None:
    named = given.get("demand")
    return known[0] if named is None and len(known) == 1 else named


def _parties(given: Mapping[str, Any]) -> Container[str] | None:
    return (given["of"],) if "of" in given else None


def _names(complaint: Complaint, of: Container[str] | None) -> list[str]:
    """The open demands to these parties, or to all.

    If none is left: those to which staff recorded an answer of the respondent, or otherwise the answered ones.
    """
    possible = {key: one for key, one in complaint.demands.items() if of is None or one.of in of}
    left = [key for key, one in possible.items() if not one.recorded]
    recorded = [key for key, one in possible.items() if one.can_be_answered]
    return [f"{complaint.number}/{key}" for key in left or recorded or possible]


def answer_with_file(flow: Flow, file: Mapping[str, Any], by: Actor, at: Instant) -> None:
    """Answers the demands that a sealed file completes. `file`: the fields of its `evidence_sealed`.

    A file that was refused, or declared and never uploaded, answers no demand. The people to whom the complaint is
    assigned are told of a party's file, also if it comes late. `by` of the event is the party, so that policies tell it
    from what staff record. After the time is over, the condition `demand` stays as it is: the case has
    gone on, and no act that waited for the end of the time may close again.
    """
    of, kind, sealed = by.gives_for, file["kind"], event_id(flow.complaint.number, flow.complaint.seq)
    for key, demand in list(flow.complaint.demands.items()):
        name = f"{flow.complaint.number}/{key}"
        complete = not demand.kinds if demand.every else kind in demand.kinds
        if demand.of == of and demand.can_be_answered and complete and file.get("demand") in (None, name):
            outcome = flow.complaint.flags if demand.over else flags_with_outcome(flow.complaint, "answered")
            flow.add("evidence_received", Occurrence(at, by), {"demand": name, "by": of}, flags=outcome)
    if of in PARTIES:
        _tell_assigned(flow, sealed, at, "evidence_received", but=by.id)


def lapse(flow: Flow, at: Instant, key: str) -> None:
    """Adds `demand_lapsed`: the time is over without an answer. The people who wait for it are told.

    A respondent without a unit, or whom staff asked, may have answered in another way, so that no silence is recorded
    (`reached`: false): only that no answer is on record. A late one can still be given (P5.3).
    """
    demand = flow.complaint.demands[key]
    fields: EventFields = {"demand": f"{flow.complaint.number}/{key}", "of": demand.of, "kinds": demand.kinds}
    fields.update({"every": True} if demand.every else {})
    outside = demand.of == RESPONDENT and (flow.complaint.unit is None or demand.by_staff)
    if outside:
        fields = {**fields, "reached": False}
    lapsed = flags_with_outcome(flow.complaint, "lapsed")
    about = flow.add("demand_lapsed", Occurrence(at, SYSTEM, due_at=at), fields, flags=lapsed)
    _tell_assigned(flow, about, at, "no_answer_recorded" if outside and _can_record(flow) else "demand_lapsed")


def end_without(flow: Flow, key: str, demand: Demand, at: Instant, about: str) -> None:
    """Adds `demand_lapsed` before the time is over: the party has said that it has no such evidence.

    `about`: the event that says so, of which the people who wait for the evidence are told.
    """
    fields: EventFields = {"demand": f"{flow.complaint.number}/{key}", "of": demand.of, "kinds": demand.kinds}
    fields.update({"every": True} if demand.every else {})
    flow.add("demand_lapsed", Occurrence(at, SYSTEM), fields, flags=flags_with_outcome(flow.complaint, "lapsed"))
    _tell_assigned(flow, about, at, "evidence_lacking")


def _can_record(flow: Flow) -> bool:
    """Whether the assigned people can record an answer in the present stage. If not, no message asks them to."""
    stage = flow.policy.document.stages.get(flow.complaint.stage)
    act = None if stage is None else stage.acts.get("receive_evidence")
    return act is not None and any(one.role in flow.complaint.assigned for one in act.by)


def _tell_assigned(flow: Flow, about: str, at: Instant, wording: str, but: str = "") -> None:
    to = [f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs if sub != but]
    if to:
        flow.notify(to, about=about, at=at, wording=wording)


def flags_with_outcome(complaint: Complaint, outcome: str) -> dict[str, str]:
    return {**complaint.flags, "demand": outcome}
