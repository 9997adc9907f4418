"""Whether a recipient of a message has an act to do in the present stage, so that the message may ask for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from chalicelib.complaints.condition_context import is_ready
from chalicelib.complaints.envelope import PARTIES
from chalicelib.complaints.rights.permits import COMPLAINANT, ROUTED
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import ABOVE, PARENT, TIME, ActorSelector
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import (
    ACT_TERMS,
    ASSIGNED,
    NO_EFFECT,
    REOPENING_ACTS,
    TO_OTHERS,
    WITHOUT_WORK,
)

_ASSIGN = "assign"
_NO_DUTIES = REOPENING_ACTS | NO_EFFECT | {name for name, act in ACT_TERMS.items() if not act.is_duty}


def by_wording(policy: Policy, complaint: Complaint, wording: str, to: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The recipients by the wording that suits them. A policy that has the wording has one for all."""
    if wording in policy.document.wording:
        return {wording: to}
    found: dict[str, list[str]] = {}
    for name in to:
        found.setdefault(_wording_for(policy, complaint, wording, name), []).append(name)
    return found


def _wording_for(policy: Policy, complaint: Complaint, wording: str, name: str) -> str:
    if wording == ASSIGNED and name in PARTIES:
        return wording
    if wording == ASSIGNED and name[0] != "@":
        return wording + TO_OTHERS
    return wording if _has_work(policy, complaint, name) else wording + WITHOUT_WORK


def have_assigned(policy: Policy, complaint: Complaint, roles: Collection[str]) -> bool:
    """Whether the present stage has an act that people who are assigned in these roles can do now."""
    acts = policy.document.stages[complaint.stage].acts
    named = roles if all(role in policy.document.people for role in roles) else ()
    return any(
        name not in _NO_DUTIES and _is_for_assigned(act, complaint, named) and is_ready(policy, complaint, act)
        for name, act in acts.items()
    )


def _is_for_assigned(act: Act, complaint: Complaint, named: Collection[str]) -> bool:
    """`named`: the roles of the policy in which people are assigned; empty if they can have any role."""
    if named:
        return any(doer.role in named for doer in act.by)
    return any(doer.of == "assigned" or doer.role in complaint.assigned for doer in act.by)


def _has_work(policy: Policy, complaint: Complaint, name: str) -> bool:
    """Whether the recipient has an act that is ready; for the complainant, whether the organisation has one.

    For a person whom an act has named it is no work to name another one.
    """
    acts = policy.document.stages[complaint.stage].acts
    return any(
        act not in _NO_DUTIES
        and (act != _ASSIGN or name[0] != "@")
        and _is_for(name, one, policy, complaint)
        and is_ready(policy, complaint, one)
        for act, one in acts.items()
    )


def _is_for(name: str, act: Act, policy: Policy, complaint: Complaint) -> bool:
    """A person acts in the roles in which they are assigned; without such a role they may have any."""
    if name[0] == "@" or name == COMPLAINANT.kind:
        roles = _assigned_roles(name[1:], policy, complaint) or {doer.role for doer in act.by}
        return any(doer.role not in (*PARTIES, TIME) and doer.role in {*roles, ROUTED} for doer in act.by)
    return name in _roles(act.by, complaint)


def _assigned_roles(person: str, policy: Policy, complaint: Complaint) -> set[str]:
    """Empty if the policy assigns the person under a name that is no role of its people."""
    roles = {role for role, people in complaint.assigned.items() if person in people}
    return roles if roles <= policy.document.people.keys() else set()


def _roles(doers: Sequence[ActorSelector], complaint: Complaint) -> Iterator[str | None]:
    """The roles that may do an act. What is for the assigned people is for the role while there are none."""
    for doer in doers:
        if doer.of != "assigned" or not complaint.assigned:
            role = complaint.flags.get(ROUTED) if doer.role == ROUTED else doer.role
            yield ABOVE + role if doer.of == PARENT and role is not None else role
