"""Links of duplicates: what is known of the other complaint, what they change, and what an objection takes up again."""

from __future__ import annotations

from chalicelib.complaints import runs
from chalicelib.complaints.deadlines import clocks
from chalicelib.complaints.envelope import LINKED_AS, EventDraft
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Changes, ClosedWith, Complaint
from chalicelib.kit.instants import DAY, Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REPEAT
from chalicelib.policy.language.vocabulary import ANSWERS
from chalicelib.policy.worktime import due_time, parse_limit

OBJECTION_DAYS = 30
"""(r) Whole days after the closing with another complaint in which the complainant can object. Before: at any time."""
_LIMIT = parse_limit(f"{OBJECTION_DAYS} calendar days")


def is_answered(complaint: Complaint) -> bool:
    """Whether a reply, an offer or a decision came since the filing or the last reopening."""
    since = complaint.seen.get("reopened", complaint.registered_at)
    return any(complaint.seen.get(event, -1) >= since for event in ANSWERS)


def after(complaint: Complaint, draft: EventDraft) -> Changes:
    """Of an event that links, ends a link, or closes with the other complaint."""
    if draft.type == "closed":
        ended = {run.key for run in map(runs.from_json, draft.result.clocks) if not run.open}
        before = [run for run in complaint.runs if run.key in ended]
        return {"closed_with": ClosedWith(draft.at, complaint.stage, before)}
    if draft.type == "unlinked":
        return {"follows": None}
    if draft.type == "link_contested":
        parted = [*complaint.parted, *([complaint.follows] if complaint.follows else [])]
        return {"follows": None, "closed_with": None, "parted": parted}
    to = draft.fields.get("to")  # previews name none
    if draft.fields.get(LINKED_AS) != REPEAT:
        return {"follows": to}
    from chalicelib.complaints import repeats  # few links

    return repeats.linked(complaint, to)


def objection_ends(policy: Policy, closed: ClosedWith) -> Instant:
    """The end of the last day, in the organisation's time zone."""
    return due_time(policy.calendar, _LIMIT, closed.at).due or closed.at + OBJECTION_DAYS * DAY


def taken_up(policy: Policy, closed: ClosedWith, at: Instant) -> list[Run]:
    """The deadlines that the closing ended, with their first due times. What is over by now is missed at once."""
    return [clocks.with_open_warnings(run, at) for run in closed.runs if run.clock in policy.clocks]
