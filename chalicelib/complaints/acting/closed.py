"""Why an act that the stage lists is not open now, and why a proposal cannot be approved any more."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.complaints.acting import rules, unmet
from chalicelib.complaints.acting.requested import NotOpen
from chalicelib.complaints.condition_context import with_clocks
from chalicelib.complaints.state import Complaint
from chalicelib.kit.problem import InBoth, Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act


def not_open(policy: Policy, act: Act | None, complaint: Complaint, acts: list[str], *, recorded: bool) -> Problem:
    """`act`: None if the stage lacks it, or if it is not for the person who asks. `acts`: those that are open."""
    places = []
    if _has_own_rating(policy, act, complaint, recorded=recorded):
        places.append(Place("/on_behalf_of", "the complainant has rated in person"))
    why = refusal(policy, act, complaint, recorded=recorded).text
    return Problem("act-not-open", why, places=places, extra={"stage": complaint.stage, "acts": acts})


def _has_own_rating(policy: Policy, act: Act | None, complaint: Complaint, *, recorded: bool) -> bool:
    may = act is None or rules.may_rate(policy, complaint, act, recorded=recorded)
    return not may and recorded and rules.has_rated(complaint)


def refusal(policy: Policy, act: Act | None, complaint: Complaint, *, recorded: bool) -> NotOpen:
    if act is None:
        return NotOpen("This act is not open in the complaint's present stage.")
    if _has_own_rating(policy, act, complaint, recorded=recorded):
        return NotOpen("The complainant has rated in person. That rating counts, and no member records another one.")
    if not rules.may_rate(policy, complaint, act, recorded=recorded):
        return NotOpen("The result is rated already. A new result can be rated again.")
    found = _failing(policy, act, complaint)
    why = Text("This act is not possible now. It needs: {needed}.", needed=_in_words(policy, found, complaint))
    return replace(found, text=why)


def no_longer_open() -> Problem:
    return Problem("act-not-open", "What was proposed is no longer open; it can only be rejected.")


def erased(complaint: Complaint) -> Problem:
    """The retention has ended: there is nothing left to act on, and nothing private is to be added."""
    why = "The private values of this complaint were erased, because the time to keep them is over."
    return Problem("act-not-open", why, extra={"stage": complaint.stage, "acts": []})


def no_longer_possible(policy: Policy, act: Act, complaint: Complaint) -> Problem:
    why = Text(
        "What was proposed is no longer possible; it can only be rejected. It needs: {needed}.",
        needed=_in_words(policy, _failing(policy, act, complaint), complaint),
    )
    return Problem("act-not-open", why)


def of_proposal(problem: Problem, document: PolicyDocument) -> Problem:
    """The same problem for the request to approve, which names the proposal and has none of its values."""
    places = [
        Place(
            "/fields/proposal",
            Text("{field} of the proposal: {problem}", field=unmet.field_name(document, one.pointer), problem=one.text),
            more=one.more,
        )
        for one in unmet.in_words(problem, document).places
    ]
    return Problem(problem.kind, problem.text, places=places, extra=problem.extra)


def _failing(policy: Policy, act: Act, complaint: Complaint) -> NotOpen:
    """The conditions of the act that fail."""
    case = with_clocks(policy, complaint, act.when)
    missing = tuple(event for event in act.after if event not in complaint.seen)
    return NotOpen("", unmet.failing(act.when, case), missing, rules.is_in_time(policy, complaint, act))


def _in_words(policy: Policy, found: NotOpen, complaint: Complaint) -> InBoth:
    case = with_clocks(policy, complaint, found.when)
    return unmet.of_act(policy.document, found.when, case, found.after, in_time=found.in_time)
