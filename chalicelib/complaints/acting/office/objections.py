"""The objection of a complainant to the link with another complaint (`linking`): it lifts the link.

If the complaint was closed with the other one, it is taken up again where it was, with its first due times.
"""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.acting.office import links
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.applying.linking import OBJECTION_DAYS, objection_ends, taken_up
from chalicelib.complaints.envelope import Occurrence
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant
from chalicelib.complaints.state import ClosedWith, Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem, Text
from chalicelib.policy.compiled import Policy

_EVENT = "link_contested"
_UNDONE = ["closed", "archived"]


def is_open(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    """Also when the time is over, which the act then says (`is_in_time`)."""
    if complaint.follows is None or _grant(asker) is None:
        return False
    return complaint.closed_with is not None or links.goes_on(policy, complaint)


def is_in_time(policy: Policy, complaint: Complaint, now: Instant) -> bool:
    closed = complaint.closed_with
    return closed is None or now < objection_ends(policy, closed)


def contest(asked: Requested) -> None:
    """Raises `Problem("act-not-open")` without a link, after an own end of the complaint, and when the time is over."""
    flow, grant = asked.flow, _grant(asked.asker)
    complaint = flow.complaint
    if grant is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    if complaint.follows is None:
        why = "The link was removed already." if complaint.parted else "The complaint follows no other one."
        raise Problem("act-not-open", why, extra={"acts": []})
    if complaint.closed_with is None:
        links.refuse_ended(asked, links.goes_on)
    elif not is_in_time(flow.policy, complaint, asked.now):
        over = Text("The time to object, {days} days after the closing, is over.", days=OBJECTION_DAYS)
        raise Problem("act-not-open", over, extra={"acts": []})
    given = asked.checked(links.OBJECTION)
    about = flow.add(
        _EVENT,
        Occurrence(asked.now, asked.asker.actor(grant), act=asked.request.act),
        {**given.event_fields(), "from": complaint.follows},
        secrets=given.private,
        **_taking_up(flow.policy, complaint.closed_with, asked.now),
    )
    _tell(asked, about)


def _taking_up(policy: Policy, closed: ClosedWith | None, at: Instant) -> dict[str, Any]:
    if closed is None:
        return {"changed": []}
    stage = {"stage": closed.stage} if closed.stage in policy.document.stages else {}
    return {"changed": taken_up(policy, closed, at), "undone": _UNDONE, **stage}


def _tell(asked: Requested, about: str) -> None:
    """Those who have to go on with it, and the complainant, unless a member recorded it, of which they are told."""
    from chalicelib.complaints.acting import alarms  # few requests object

    asked.flow.notify(alarms.recipients(asked.flow), about=about, at=asked.now, wording=_EVENT)
    if asked.asker.behalf is None:
        asked.flow.notify([COMPLAINANT.kind], about=about, at=asked.now, wording=_EVENT)


def _grant(asker: Asker) -> Grant | None:
    """That of the complainant, or of a member who records the act for them."""
    return next((grant for grant in asker.grants if grant.role == COMPLAINANT.kind), None)
