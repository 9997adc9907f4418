"""The state of a complaint or a unit as its events give it, without its snapshot.

A unit moves to the policy version in force between two events (`unit_versions.moved`). Its next event names that
version, so a replay finds where it moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework import due_events
from chalicelib.complaints.applying.evolve import evolve, is_known
from chalicelib.complaints.envelope import NO_HASH, Actor, Event, EventDraft, Result
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import STAGE, ScoredUnit
from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import LaterRelease, Text
from chalicelib.policy.compiled import Policy
from chalicelib.store import event_log, keys
from chalicelib.store.port import Entry

PolicyOf = Callable[[str], Policy]
"""The policy of a version."""


def draft_of(event: Event) -> EventDraft:
    """The event as `evolve` takes it: without private values, which change no state."""
    return EventDraft(
        type=event.type,
        at=from_text(event.at),
        actor=msgspec.convert(event.actor, Actor),
        act=event.act,
        due_at=None if event.due_at is None else from_text(event.due_at),
        fields=event.fields,
        result=msgspec.convert(event.result, Result),
    )


def check_known(stored: Sequence[Entry], events: Sequence[Event]) -> None:
    """Raises `LaterRelease` if only a later release knows the effect of one of the events. `stored`: their items."""
    for entry, event in zip(stored, events, strict=True):
        if event_log.is_later(entry) or not is_known(event.type):
            raise LaterRelease(Text("A later release of the service has recorded this ({type}).", type=event.type))


def check_words(policy: Policy) -> Policy:
    """The policy. Raises `LaterRelease` if only a later release knows the whole of it."""
    if policy.unknown_words:
        from chalicelib.policy.reading import published  # only during an update

        raise published.refusal(policy.version, policy.unknown_words)
    return policy


def state_of(number: str, events: Sequence[Event], policy_of: PolicyOf) -> Complaint:
    """The state after the last event, equal to that of the snapshot. `events`: all, at least one.

    `policy_of` is asked only where a unit moved to another version. Raises `LaterRelease` if this release does not know
    the whole of that.
    """
    state = _initial(number, events[0])
    for event in events:
        if isinstance(state, ScoredUnit) and _moved_before(state, event):
            state = due_events.under(state, check_words(policy_of(event.policy)))
        state = replace(evolve(state, draft_of(event)), head=event.hash)
    return state


def _initial(number: str, first: Event) -> Complaint:
    if not keys.is_unit(number):
        return Complaint(number=number, head=NO_HASH, policy=first.policy, calendar=first.calendar)
    name = keys.unit_name(number)
    unit = None if name == keys.WHOLE else name
    return ScoredUnit(number=number, head=NO_HASH, policy=first.policy, calendar=first.calendar, unit=unit, stage=STAGE)


def _moved_before(unit: ScoredUnit, event: Event) -> bool:
    """Whether the event has another version than the unit's own for what it is about (`Policy.defining`)."""
    return event.policy != unit.version_of(event.fields.get("clock") or event.fields.get("task") or "")


def first_difference(stored: Complaint, replayed: Complaint) -> str | None:
    """The name of the first attribute in which they differ, in the order of the struct; None if they are equal."""
    names = replayed.__struct_fields__
    return next((name for name in names if getattr(stored, name) != getattr(replayed, name)), None)
