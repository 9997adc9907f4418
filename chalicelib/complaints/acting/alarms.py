"""Who is told of a warning or a miss: the tier's roles and, where the tier says so, those who can end the delay.

Of several at one instant, each reader gets one message, which names each deadline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from chalicelib.complaints import runs
from chalicelib.complaints.acting import rules
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import PARTIES, EventFields
from chalicelib.complaints.rights.permits import ROUTED
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.model import Tier
from chalicelib.policy.language.parts import ABOVE, PARENT, ActorSelector
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, OVERDUE


class Alarm(NamedTuple):
    """`about`: the id of the event. `kind`: `warned`, `escalated` or `missed`."""

    about: str
    at: Instant
    kind: str


class AlarmText(NamedTuple):
    """What these readers are told of one alarm."""

    to: list[str]
    run: Run
    alarm: Alarm
    wording: str

    @property
    def values(self) -> EventFields:
        """The due time of this run, because another clock's may be earlier."""
        return {"clock": self.run.clock, **runs.due_field(self.run)}


def messages(flow: Flow, run: Run, level: int, alarm: Alarm) -> Iterator[AlarmText]:
    """To the tier and those who can act. An escalation is told to the tier's roles, without the assigned people."""
    tier = _tier(flow.policy, level)
    told = [] if tier is None else [*tier.roles]
    if alarm.kind != "escalated":
        told.extend(_assigned(flow.complaint))
    groups = _acting(flow.policy, flow.complaint, run) if tier is not None and tier.acting else []
    if alarm.kind == "warned":
        told, groups = [*told, *(one for group in groups for one in group)], []
    if not (told or groups):
        told = ["owner"]
    yield AlarmText([*told], run, alarm, alarm.kind)
    for group in groups:
        late = [one for one in group if one not in told]
        yield AlarmText(late, run, alarm, OVERDUE)
        told.extend(late)


def send(flow: Flow, waiting: Sequence[AlarmText]) -> None:
    """Tells each reader in one message of all alarms of one instant: of the first, and what else is due behind it."""
    for their_places, names in _readers(waiting).items():
        first, *others = (waiting[place] for place in their_places)
        also = {"also": [{**one.values, "wording": one.wording} for one in others]} if others else {}
        about, at, _ = first.alarm
        with flow.by_time():
            flow.notify(names, about=about, at=at, wording=first.wording, **first.values, **also)


def count(waiting: Sequence[AlarmText]) -> int:
    """The messages that `send` adds: one for each set of alarms that is read together. It can exceed the alarms."""
    return len(_readers(waiting))


def _readers(waiting: Sequence[AlarmText]) -> dict[tuple[int, ...], list[str]]:
    """By the places of the alarms that they are told of."""
    by_reader: dict[str, list[int]] = {}
    for place, message in enumerate(waiting):
        for name in dict.fromkeys(message.to):
            by_reader.setdefault(name, []).append(place)
    readers: dict[tuple[int, ...], list[str]] = {}
    for name, places in by_reader.items():
        readers.setdefault(tuple(places), []).append(name)
    return readers


def recipients(flow: Flow) -> list[str]:
    """The present tier and, where it says so, those who can act; the owners if there are none."""
    tier = _tier(flow.policy, flow.complaint.tier)
    groups = _in_stage(flow.policy, flow.complaint, frozenset()) if tier is not None and tier.acting else []
    found = [*(tier.roles if tier else ()), *_assigned(flow.complaint), *(one for group in groups for one in group)]
    return found or ["owner"]


def _tier(policy: Policy, level: int) -> Tier | None:
    tiers = policy.document.tiers
    return tiers[min(level, len(tiers)) - 1] if tiers else None


def _assigned(complaint: Complaint) -> list[str]:
    return [f"@{sub}" for subs in complaint.assigned.values() for sub in subs]


def _acting(policy: Policy, complaint: Complaint, run: Run) -> list[list[str]]:
    """Groups of recipients, each of which is enough to go on. Only of an act with `all` is each role needed."""
    task = policy.document.tasks.get(run.clock)
    if task is not None:
        return [[task.role]]
    return _in_stage(policy, complaint, {trigger.event for trigger in policy.clocks[run.clock].clock.until})


def _in_stage(policy: Policy, complaint: Complaint, ends: Collection[str]) -> list[list[str]]:
    """Those who can do an act that leads to another stage or has one of the events `ends`, otherwise any act.

    If such an act waits for others (`after`), those who can do these belong to them. Acts that need a choice without a
    possible value count too: a team lead who cannot hand a case on can still name another person.
    """
    stage = policy.document.stages[complaint.stage]
    acts = {name: act for name, act in stage.acts.items() if not act.by_time}
    offered = {name: act for name, act in acts.items() if rules.is_possible(policy, act, complaint)}
    wanted = {name: act for name, act in acts.items() if _leads(complaint, name, act, ends)}
    missing = {event for name in wanted.keys() - offered.keys() for event in wanted[name].after} - complaint.seen.keys()
    leading = {name: act for name, act in offered.items() if name in wanted or EVENT_OF_ACT[name] in missing}
    approvers = [role for proposal in complaint.proposals.values() for role in proposal.approvers]
    groups = list(_groups(complaint, leading)) or list(_groups(complaint, offered))
    return [approvers, *groups] if approvers else groups


def _leads(complaint: Complaint, name: str, act: Act, ends: Collection[str]) -> bool:
    return EVENT_OF_ACT[name] in ends or act.stages_after(complaint.stage) != {complaint.stage}


def _groups(complaint: Complaint, acts: dict[str, Act]) -> Iterator[list[str]]:
    for name, act in acts.items():
        doers = [doer for doer in act.by if doer.role not in PARTIES]
        if act.all:
            done = complaint.signed.get(name, [])
            yield from (list(_recipients(complaint, [doer])) for doer in doers if doer.role not in done)
    found = [one for act in acts.values() if not act.all for one in _recipients(complaint, act.by)]
    if found:
        yield found


def _recipients(complaint: Complaint, doers: Iterable[ActorSelector]) -> Iterator[str]:
    """The roles. For the assigned people of a role, these people, if there are any."""
    for doer in doers:
        people = _assigned(complaint) if doer.of == "assigned" else []
        role = complaint.flags.get(ROUTED) if doer.role == ROUTED else doer.role
        if people:
            yield from people
        elif role is not None and role not in PARTIES:
            yield ABOVE + role if doer.of == PARENT else role
