"""Duties: acts, approvals and tasks from which the record excludes people, perhaps all who could do them.

Acts and approvals for the people of the parent unit are duties too: the unit may have no such people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.acting import approvals
from chalicelib.complaints.condition_context import is_met
from chalicelib.complaints.envelope import PARTIES
from chalicelib.complaints.rights import exclusion
from chalicelib.complaints.rights.permits import ROUTED, Asker, grant_for, is_recused, role_grant
from chalicelib.complaints.state import Complaint, PendingProposal
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import PARENT, ActorSelector, PeopleSelector
from chalicelib.policy.language.stages import Act


class Duty(msgspec.Struct, frozen=True):
    """An act, approval or task of the organisation from which the record excludes people."""

    key: str
    """The stage and the act, proposal or task."""
    act: str
    roles: list[str]
    events: list[str]
    """The types of the excluding events; none if people of the parent unit are lacking."""
    people: list[list[str]]
    """The people who are excluded, selected and assigned. With the same people, the same are left."""
    permits: Callable[[Asker], bool]
    would_permit: Callable[[Asker], bool]
    """Whether the person could do it if the record excluded no person."""

    def is_unstaffed(self, members: Sequence[Asker]) -> bool:
        return not any(map(self.permits, members)) and any(map(self.would_permit, members))


def duties(policy: Policy, complaint: Complaint, before: Complaint | None = None) -> list[Duty]:
    """The duties of the present stage.

    `before`: with it, the exclusions of approvers do not count for newer proposals. The message about one already
    tells if they are unstaffed.
    """
    stage = policy.document.stages.get(complaint.stage)
    if stage is None:
        return []
    earlier = (before or complaint).proposals
    found = [duty for name, act in stage.acts.items() for duty in _of_act(policy, complaint, name, act)]
    for key, proposal in complaint.proposals.items():
        found.extend(_of_proposal(policy, complaint, key, proposal, is_new=key not in earlier))
    found.extend(_of_tasks(complaint))
    return found


def _of_act(policy: Policy, complaint: Complaint, name: str, act: Act) -> Iterator[Duty]:
    """One duty, or for an act of several roles one for each role that has not done it."""
    doers = [one for one in act.by if one.role not in PARTIES]
    done = complaint.signed.get(name, [])
    groups = [[one] for one in doers if _role(complaint, one) not in done] if act.all else [doers]
    for group in groups:
        events = _excluding(complaint, group)
        if (events or _are_above(group)) and is_met(policy, complaint, act.when):
            roles = [_role(complaint, one) for one in group]
            free = [_without_exclusion(complaint, one) for one in group]
            yield Duty(
                key="/".join([complaint.stage, name, *(roles if act.all else [])]),
                act=name,
                roles=roles,
                events=events,
                people=_people(complaint, group),
                permits=partial(_may_act, replace(act, by=group), complaint),
                would_permit=_anybody
                if _are_above(group)
                else partial(_may_act, replace(act, by=free), replace(complaint, recused=[])),
            )


def _of_proposal(
    policy: Policy, complaint: Complaint, key: str, proposal: PendingProposal, *, is_new: bool
) -> Iterator[Duty]:
    selectors = [] if is_new else approvals.restrictions(policy, complaint, key)
    events, unrecused = _excluding(complaint, selectors), replace(complaint, recused=[])
    if events or _are_above(selectors):
        approve = partial(approvals.may_approve, policy, unrecused, key)
        could = partial(approvals.could_approve, policy, unrecused, key)
        yield Duty(
            key=f"{complaint.stage}/approve/{key}",
            act="approve",
            roles=proposal.approvers,
            events=events,
            people=_people(complaint, selectors),
            permits=partial(approvals.may_approve, policy, complaint, key),
            would_permit=approve if is_new else _anybody if _are_above(selectors) else could,
        )


def _of_tasks(complaint: Complaint) -> Iterator[Duty]:
    events = _excluding(complaint, [])
    for key, task in complaint.tasks.items() if events else ():
        yield Duty(
            key=f"{complaint.stage}/do_task/{key}",
            act="do_task",
            roles=[task.role],
            events=events,
            people=_people(complaint, []),
            permits=partial(_may_do_task, complaint, task.role),
            would_permit=partial(_may_do_task, replace(complaint, recused=[]), task.role),
        )


def _are_above(selectors: Sequence[ActorSelector | PeopleSelector]) -> bool:
    """Whether all are people of the parent unit."""
    return bool(selectors) and all(one.of == PARENT for one in selectors)


def _anybody(_member: Asker) -> bool:
    """A member would do it if the unit had a parent with such a person."""
    return True


def _may_act(act: Act, complaint: Complaint, member: Asker) -> bool:
    return not is_recused(complaint, member) and grant_for(act, complaint, member) is not None


def _may_do_task(complaint: Complaint, role: str, member: Asker) -> bool:
    return not is_recused(complaint, member) and role_grant(member, [role], complaint.unit) is not None


def _role(complaint: Complaint, one: ActorSelector) -> str:
    return complaint.flags.get(ROUTED, one.role) if one.role == ROUTED else one.role


def _excluding(complaint: Complaint, selectors: Sequence[ActorSelector | PeopleSelector]) -> list[str]:
    """The types of the events that happened and exclude or select people, and `recused` if a person was."""
    excluded = [event for one in selectors for event in one.excluded if exclusion.doers(complaint, [event])]
    found = [*map(exclusion.cause_of, excluded)]
    found += [one.same for one in selectors if one.same and exclusion.latest(complaint, one.same)]
    return list(dict.fromkeys([*found, *(["recused"] if complaint.recused else [])]))


def _without_exclusion(complaint: Complaint, one: ActorSelector) -> ActorSelector:
    """`same` stays if its event did not happen yet: this excludes no person."""
    happened = one.same is not None and exclusion.latest(complaint, one.same)
    return replace(one, excluded=[], same=None if happened else one.same)


def _people(complaint: Complaint, selectors: Sequence[ActorSelector | PeopleSelector]) -> list[list[str]]:
    excluded = exclusion.doers(complaint, (event for one in selectors for event in one.excluded))
    same = frozenset(sub for one in selectors if one.same for sub in exclusion.latest(complaint, one.same))
    assigned = frozenset(sub for people in complaint.assigned.values() for sub in people)
    unit = frozenset({complaint.unit} if complaint.unit and _are_above(selectors) else ())
    found = (unit, exclusion.people(excluded), same, assigned, exclusion.people(complaint.recused))
    return [sorted(people) for people in found]
