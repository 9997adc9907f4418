"""The acts on links between complaints: of a duplicate to the complaint that it follows, and of a repeat.

They start and stop no clock. A duplicate is closed with the complaint that it follows (`close_duplicates`).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from chalicelib.complaints.acting.office.builtin_acts import REASON, member_grant, require_member
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.envelope import LINKED_AS
from chalicelib.complaints.fields import FieldSpec
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import REPEAT

LINK = FieldSpec("to", "reference", True)
_DUPLICATE, _CLOSED = "duplicate", "closed"
_AS = FieldSpec(LINKED_AS, "choice", False, (_DUPLICATE, REPEAT))


def can_link(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    if complaint.follows is not None or member_grant(complaint, asker) is None:
        return False
    return _goes_on(policy, complaint) or (policy.repeats is not None and _has_acts(policy, complaint))


def can_unlink(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    is_linked = complaint.follows is not None and _goes_on(policy, complaint)
    return is_linked and member_grant(complaint, asker) is not None


def _goes_on(policy: Policy, complaint: Complaint) -> bool:
    return _CLOSED not in complaint.seen and _has_acts(policy, complaint)


def _has_acts(policy: Policy, complaint: Complaint) -> bool:
    return bool(policy.document.stages[complaint.stage].acts)


def link(asked: Requested) -> None:
    """Marks the complaint as a duplicate of the one in `to`, with whose outcome it is closed. Tells its complainant.

    With `as: repeat`, if the policy counts repeats: as a later complaint about the same matter.
    """
    grant = require_member(asked)
    complaint = asked.flow.complaint
    _refuse_ended(asked, _has_acts)
    if complaint.follows is not None:
        raise Problem("act-not-open", Text("The complaint follows {number} already.", number=complaint.follows))
    found = asked.checked(*link_specs(asked.flow.policy))
    is_repeat = found.public.get(LINKED_AS) == REPEAT
    if not is_repeat:
        _refuse_ended(asked, _goes_on)
        found.public.pop(LINKED_AS, None)  # as links have no such field where nothing counts repeats
    if found.public["to"] == complaint.number:
        wrong = "must name another complaint"
    elif is_repeat and found.public["to"] in complaint.earlier:
        wrong = "is counted as an earlier complaint already"
    else:
        about = asked.add(grant, found)
        if not is_repeat:
            asked.flow.notify(["complainant"], about=about, at=asked.now, wording="linked")
        return
    raise Problem("invalid", "It cannot be linked to this complaint.", places=[Place("/fields/to", wrong)])


def unlink(asked: Requested) -> None:
    """Ends the link of a duplicate: it is closed by its own procedure again. Its complainant is told."""
    grant = require_member(asked)
    _refuse_ended(asked, _goes_on)
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


def _refuse_ended(asked: Requested, goes_on: Callable[[Policy, Complaint], bool]) -> None:
    complaint = asked.flow.complaint
    if not goes_on(asked.flow.policy, complaint):
        raise Problem("act-not-open", "The complaint has ended.", extra={"stage": complaint.stage, "acts": []})


def link_specs(policy: Policy) -> tuple[FieldSpec, ...]:
    return (LINK, _AS if policy.repeats is not None else replace(_AS, choices=(_DUPLICATE,)))


def link_form(policy: Policy, _complaint: Complaint, _asker: Asker) -> list[FieldSpec]:
    return list(link_specs(policy)) if policy.repeats is not None else [LINK]


def link_keys(policy: Policy) -> frozenset[str]:
    return frozenset({LINK.name, _AS.name} if policy.repeats is not None else {LINK.name})
