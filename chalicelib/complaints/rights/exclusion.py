"""Exclusion: the people whom a complaint's record excludes from acts. `permits` compares them with who asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from chalicelib.complaints.envelope import EventFields
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.state import Complaint
from chalicelib.policy.language.parts import ABOVE, EVER_ASSIGNED, PARENT, PeopleSelector
from chalicelib.policy.language.vocabulary import ASSIGNED, EVENT_OF_ACT

if TYPE_CHECKING:
    from chalicelib.policy.compiled import Policy
    from chalicelib.policy.language.stages import Act


RECUSED = "recused"
"""The event of a recusal."""


def doers(complaint: Complaint, events: Iterable[str]) -> list[Doer]:
    """All people who did one of these events in the complaint's record. For `recused`, those excluded by it.

    For `assigned.<role>`, all who were ever assigned in this role.
    """
    asked = list(events)
    found = complaint.recused if RECUSED in asked else []
    roles = [one.removeprefix(EVER_ASSIGNED) for one in asked if one.startswith(EVER_ASSIGNED)]
    assigned = [Doer(sub) for role in roles for sub in complaint.ever_assigned(role)]
    others = [one for one in asked if one != RECUSED and not one.startswith(EVER_ASSIGNED)]
    did = [] if complaint.participation is None else complaint.participation.of(others)
    return [*found, *assigned, *did]


def cause_of(excluding: str) -> str:
    """The type of the events that exclude people by this entry of `not`."""
    return ASSIGNED if excluding.startswith(EVER_ASSIGNED) else excluding


def people(found: Iterable[Doer]) -> frozenset[str]:
    """The doers, their deputies at that time, and the people they deputised for."""
    return frozenset(sub for doer in found for sub in doer.people)


def latest(complaint: Complaint, event: str) -> frozenset[str]:
    """The latest person who did the event, and the one they stood in for; empty without such an event."""
    doer = None if complaint.participation is None else complaint.participation.latest(event)
    return frozenset() if doer is None else frozenset(filter(None, (doer.sub, doer.stood_for)))


def undone_by(policy: Policy, act: Act, complaint: Complaint, excluded: Sequence[Doer] | None) -> list[str]:
    """The events that no longer count after the act. `excluded`: whom a recusal excludes; None for other acts.

    A recusal undoes an event whose latest doer it excludes, since what others did later stands. An event that several
    roles do together it undoes if it excludes any of them. A person whom the complaint excludes already undoes nothing
    again: others have repeated their acts since.
    """
    found = [event for event in act.undoes if event in complaint.seen]
    if excluded is None:
        return found
    new, joint = people(excluded) - people(complaint.recused), joint_events(policy)
    return [
        event
        for event in found
        if any({one.sub, one.stood_for} & new for one in doers(complaint, [event])[0 if event in joint else -1 :])
    ]


def joint_events(policy: Policy) -> set[str]:
    """The events of acts that several roles do together."""
    acts = (item for stage in policy.document.stages.values() for item in stage.acts.items())
    return {EVENT_OF_ACT[name] for name, act in acts if act.all}


def to_repeat(policy: Policy, complaint: Complaint) -> list[str]:
    """The events that an act of the present stage awaits, and that no longer count since a person was excluded."""
    if not complaint.recused or complaint.participation is None:
        return []
    acts = policy.document.stages[complaint.stage].acts.values()
    awaited = dict.fromkeys(event for act in acts for event in act.after)
    return [event for event in awaited if event not in complaint.seen and doers(complaint, [event])]


def handed_over(policy: Policy, before: Complaint, after: Complaint, wording: str) -> EventFields:
    """For a message: what others must repeat; of a recusal also the people whom it excludes."""
    repeat = to_repeat(policy, after)
    excluded = [one.sub for one in after.recused[len(before.recused) :]]
    return {**({"repeat": repeat} if repeat else {}), **({"people": excluded} if wording == RECUSED else {})}


class Recipients(msgspec.Struct, frozen=True):
    """`names`: roles (with `ABOVE`, of the parent unit), `complainant`, and people as `@<sub>`.

    `excluded`: for a role, the people who are left out. `events`: the events because of which they are left out.
    """

    names: list[str]
    excluded: dict[str, list[str]]
    events: list[str]


def selected_recipients(complaint: Complaint, to: Iterable[str | PeopleSelector]) -> Recipients:
    """`same` becomes the latest person who did the event. Without such a person, no message is sent."""
    found = Recipients([], {}, [])
    for one in to:
        if isinstance(one, str):
            found.names.append(one)
            continue
        left_out = people(doers(complaint, one.excluded))
        if one.same is not None:
            found.names.extend(f"@{sub}" for sub in sorted(latest(complaint, one.same) - left_out))
            continue
        name = ABOVE + one.role if one.of == PARENT else one.role
        found.names.append(name)
        if left_out:
            found.excluded[name] = sorted(left_out)
            found.events.extend(map(cause_of, one.excluded))
    return found


def without(excluded: Iterable[Doer], to: list[str], values: EventFields) -> tuple[list[str], EventFields]:
    """The recipients, and the people who are left out of each role; of the owners, delivery leaves them out.

    If this leaves out a whole role, the owners are told of the acts that wait for it (`staffing.duties`), not here.
    """
    recused = people(excluded)
    if not recused:
        return to, {}
    found = [name for name in to if name[0] != "@" or name[1:] not in recused]
    before: dict[str, list[str]] = values.get("excluded", {})
    roles = [name for name in found if name[0] != "@" and name not in ("complainant", "owner")]
    if not roles:
        return found, {}
    left_out = {role: sorted({*before.get(role, []), *recused}) for role in roles}
    return found, {"excluded": {**before, **left_out}}
