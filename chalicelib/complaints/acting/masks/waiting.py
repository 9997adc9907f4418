"""The respondent's time for a demand does not begin while masks in what they read wait for a decision."""

from __future__ import annotations

from chalicelib.complaints.acting import alarms
from chalicelib.complaints.acting.requested import Intent
from chalicelib.complaints.applying import consequences, masking
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.applying.pending_state import WAITS
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import SYSTEM, EventFields, Occurrence, Secrets
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import SECOND, Instant, from_text, to_text
from chalicelib.policy.compiled import DEFAULT_REPEAT_INTERVAL
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.stages import NotificationRule
from chalicelib.policy.worktime import due_time, parse_limit


def held(flow: Flow, intent: Intent, fields: EventFields) -> EventFields:
    """The fields of a demand without the respondent's time, if masks are pending.

    `waits` has this time (`within`), which begins with the last decision, and its end if it had begun at once
    (`decide_by`).
    """
    masking, given = flow.masking, intent.given
    if masking is None or fields.get("of") != RESPONDENT or "until" not in fields:
        return fields
    if not masking.is_pending(given.private):
        return fields
    rest = {name: value for name, value in fields.items() if name != "until"}
    stated = "until" in given.public or intent.act.within is None
    seconds = max(1, (from_text(fields["until"]) - intent.at) // SECOND)
    within = f"{seconds} seconds" if stated else intent.act.within
    return {**rest, WAITS: {"within": within, "decide_by": fields["until"]}}


def waits(complaint: Complaint) -> bool:
    """Whether a time of the respondent waits for decisions on masks."""
    return any(one.within for one in complaint.demands.values()) or any(run.held for run in complaint.runs)


def begun(flow: Flow, at: Instant) -> dict[str, str]:
    """The due time of each demand that waits, by the demand's id, if its time begins now."""
    limits = {key: parse_limit(one.within) for key, one in flow.complaint.demands.items() if one.within}
    ends = {key: due_time(flow.policy.calendar, limit, at).due for key, limit in limits.items()}
    return {f"{flow.complaint.number}/{key}": to_text(end) for key, end in ends.items() if end is not None}


def begin(flow: Flow, at: Instant) -> None:
    """Adds `mask_confirmed` of no mask by the system, with the times that begin."""
    add_with_times(flow, "mask_confirmed", Occurrence(at, SYSTEM), {"masks": []}, {})


def add_with_times(flow: Flow, event: str, at: Occurrence, decided: EventFields, secrets: Secrets) -> None:
    """Adds a decision on masks with the times that begin by it, and tells the respondent of each."""
    times = begun(flow, at.at)
    runs = masking.begun(flow.policy, flow.complaint, at.at)
    recorded: EventFields = {**decided, **({"begun": times} if times else {})}
    about = flow.add(event, at, recorded, secrets=secrets, changed=runs)
    for demand, until in times.items():
        flow.notify([RESPONDENT], about=demand, at=at.at, wording="demand_begun", due=until)
    for run in runs:
        tell_begun(flow, about, at.at, run.clock)


def tell_if_held(flow: Flow, about: str, at: Instant) -> None:
    """Tells staff if a time waits since the last act. `about`: the id of its event."""
    draft = next(one for one in reversed(flow.drafts) if one.act is not None)
    if isinstance(draft.fields.get(WAITS), dict) or any(run.get("held") for run in draft.result.clocks):
        tell(flow, about, at)


def tell_begun(flow: Flow, about: str, at: Instant, clock: str) -> None:
    """Tells the respondent that the time of a clock begins: as the policy does when it starts without masks."""
    acts = (act for stage in flow.policy.document.stages.values() for act in stage.acts.values())
    named = (rule for act in acts for rule in act.tells if rule.due == clock and RESPONDENT in rule.roles)
    facts = situation(flow.policy, flow.complaint)
    wording = next((rule.wording for rule in named if holds(rule.when, facts)), None)
    rule = NotificationRule(to=[RESPONDENT], wording=wording, due=clock)
    consequences.apply_tells(flow, [rule], consequences.Telling(about, at, {}, "time_begun"))


def tell(flow: Flow, about: str, at: Instant) -> None:
    """Tells those who answer for the stage, and the assigned people, that masks wait for a decision."""
    flow.notify(alarms.recipients(flow), about=about, at=at, wording="masks_pending", due=None)


def remind(flow: Flow, at: Instant, key: str) -> None:
    """Adds `mask_reminded` for a waiting demand, with the time of the next reminder; or begins it if no mask is left.

    The interval is that of the alarms of the top tier.
    """
    if flow.masks_left is not None and not flow.masks_left():
        begin(flow, at)
        return
    interval = flow.policy.again or parse_limit(DEFAULT_REPEAT_INTERVAL)
    later = due_time(flow.policy.calendar, interval, at).due
    next_time = {} if later is None else {"decide_by": to_text(later)}
    fields = {"demand": f"{flow.complaint.number}/{key}", **next_time}
    tell(flow, flow.add("mask_reminded", Occurrence(at, SYSTEM, due_at=at), fields), at)
