"""The acts on links between complaints: of a duplicate to the complaint that it follows, and of a repeat.

They start and stop no clock. A duplicate is closed with the complaint that it follows (`close_duplicates`). A link to a
complaint that has ended, or that is unrelated (`linking.LinkTarget`), needs a reason and a second person.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from chalicelib.complaints.acting import approvals
from chalicelib.complaints.acting.office.builtin_acts import REASON, member_grant, require_member
from chalicelib.complaints.acting.requested import Approved, Requested
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import LINKED_AS, Actor, Occurrence
from chalicelib.complaints.fields import CheckedFields, FieldSpec, check
from chalicelib.complaints.participation import took_part
from chalicelib.complaints.rights.permits import Asker, Grant, LinkTarget
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REPEAT
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT

LINK = FieldSpec("to", "reference", True)
_DUPLICATE, _CLOSED = "duplicate", "closed"
_AS = FieldSpec(LINKED_AS, "choice", False, (_DUPLICATE, REPEAT))
WHY = FieldSpec(REASON.name, "text", False)
"""The reason that the complainant is told. Forms have it; the forms that every answer repeats do not."""
OBJECTION = FieldSpec(
    "reason", "text", False, fact=Fact(name=Label(zh="为何不是同一事项", en="Why it is not the same matter"))
)
"""What complainants say about an objection. They owe none."""
_LINK = "link"


def can_link(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    if complaint.follows is not None or member_grant(complaint, asker) is None:
        return False
    return goes_on(policy, complaint) or (policy.repeats is not None and _has_acts(policy, complaint))


def can_unlink(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    is_linked = complaint.follows is not None and goes_on(policy, complaint)
    return is_linked and member_grant(complaint, asker) is not None


def goes_on(policy: Policy, complaint: Complaint) -> bool:
    return _CLOSED not in complaint.seen and _has_acts(policy, complaint)


def _has_acts(policy: Policy, complaint: Complaint) -> bool:
    return bool(policy.document.stages[complaint.stage].acts)


def link(asked: Requested) -> None:
    """Marks the complaint as a duplicate of the one in `to`, with whose outcome it is closed. Tells its complainant.

    With `as: repeat`, if the policy counts repeats: as a later complaint about the same matter. A doubtful link before
    the first answer is proposed to a second person.
    """
    grant = require_member(asked)
    complaint = asked.flow.complaint
    refuse_ended(asked, _has_acts)
    if complaint.follows is not None:
        raise Problem("act-not-open", Text("The complaint follows {number} already.", number=complaint.follows))
    found = asked.checked(*link_specs(asked.flow.policy))
    is_repeat = found.public.get(LINKED_AS) == REPEAT
    if not is_repeat:
        refuse_ended(asked, goes_on)
        found.public.pop(LINKED_AS, None)  # as links have no such field where nothing counts repeats
    if found.public["to"] == complaint.number:
        wrong = "must name another complaint"
    elif is_repeat and found.public["to"] in complaint.earlier:
        wrong = "is counted as an earlier complaint already"
    elif found.public["to"] in complaint.parted:
        wrong = "the complainant has objected to a link with that complaint"
    elif is_repeat:
        asked.add(grant, found)
        return
    else:
        _link_or_propose(asked, grant, found)
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place("/fields/to", wrong)])


def _link_or_propose(asked: Requested, grant: Grant, found: CheckedFields) -> None:
    flow, target = asked.flow, asked.request.target
    if any(proposal.act == _LINK for proposal in flow.complaint.proposals.values()):
        raise Problem("act-not-open", "A link of this complaint awaits approval.", extra={"acts": []})
    if target is not None and target.is_doubtful:
        _require_reason(target, found)
        from chalicelib.complaints.applying import linking  # few links are doubtful

        if not linking.is_answered(flow.complaint):
            proposal = Occurrence(asked.now, asked.asker.actor(grant), act=_LINK)
            approvals.submit(flow, proposal, found, approvals.second_person(flow.policy))
            return
    _tell(flow, asked.add(grant, found), asked.now, found)


def _require_reason(target: LinkTarget, found: CheckedFields) -> None:
    """Raises `Problem("invalid")`, which says why the link is doubtful, and what unrelated means."""
    if found.private:
        return
    if target.related:
        why = Place("/fields/reason", "a reason is needed, and the complainant is told it: that complaint has ended")
    elif target.ended:
        why = Place(
            "/fields/reason",
            "a reason is needed, and the complainant is told it: that complaint has ended and is unrelated. Related "
            "are two complaints that were filed with the same contact details of the complainant or the same subject, "
            "and not about different respondents",
        )
    else:
        why = Place(
            "/fields/reason",
            "a reason is needed, and the complainant is told it: that complaint is unrelated. Related are two "
            "complaints that were filed with the same contact details of the complainant or the same subject, and not "
            "about different respondents",
        )
    raise Problem("invalid", "A link to a complaint that has ended or is unrelated needs a reason.", places=[why])


def _tell(flow: Flow, about: str, now: Instant, given: CheckedFields) -> None:
    enclosed = {"encloses": [WHY.name]} if given.private else {}
    flow.notify(["complainant"], about=about, at=now, wording="linked", **enclosed)


def link_approved(flow: Flow, approved: Approved, approver: Actor, now: Instant) -> None:
    """Performs a proposed link, unless the complaint has ended or was linked since."""
    complaint, origin = flow.complaint, approved.origin
    to = approved.fields.get(LINK.name)
    if complaint.follows is not None or to in complaint.parted or not goes_on(flow.policy, complaint):
        from chalicelib.complaints.acting import closed  # as all texts of refusals

        raise closed.no_longer_open()
    given = check([LINK, WHY], approved.fields, now=now, since=None, root="fields")
    actor = replace(approver, on_behalf_of=origin.proposer.stood_for or approved.proposal.by)
    about = flow.add(
        EVENT_OF_ACT[_LINK],
        Occurrence(now, actor, act=_LINK),
        given.event_fields(),
        secrets=given.private,
        changed=[],
        took_part=took_part(origin.proposer, approver),
    )
    _tell(flow, about, now, given)


def unlink(asked: Requested) -> None:
    """Ends the link of a duplicate: it is closed by its own procedure again. Its complainant is told."""
    grant = require_member(asked)
    refuse_ended(asked, goes_on)
    former = asked.flow.complaint.follows
    if former is None:
        raise Problem("act-not-open", _why_kept(asked.flow.complaint), extra={"acts": []})
    about = asked.add(grant, asked.checked(REASON), **{"from": former})
    asked.flow.notify(["complainant"], about=about, at=asked.now, wording="unlinked")


def _why_kept(complaint: Complaint) -> str:
    """Of a complaint that follows no other one. A repeat decides which limits and approvals count."""
    if complaint.earlier:
        return "The complaint follows no other one. That it repeats an earlier one is counted, and is not undone."
    return "The complaint follows no other one."


def refuse_ended(asked: Requested, open_: Callable[[Policy, Complaint], bool]) -> None:
    complaint = asked.flow.complaint
    if not open_(asked.flow.policy, complaint):
        raise Problem("act-not-open", "The complaint has ended.", extra={"stage": complaint.stage, "acts": []})


def link_specs(policy: Policy) -> tuple[FieldSpec, ...]:
    return (LINK, _AS if policy.repeats is not None else replace(_AS, choices=(_DUPLICATE,)), WHY)


def link_form(policy: Policy, _complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    return [one for one in link_specs(policy) if one is not WHY] if policy.repeats is not None else [LINK]


def link_keys(policy: Policy) -> frozenset[str]:
    return frozenset({LINK.name, WHY.name} | ({_AS.name} if policy.repeats is not None else set()))
