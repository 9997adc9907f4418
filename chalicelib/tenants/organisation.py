"""The organisation's aggregate: its snapshot (`T#t#ORG` / `S`) and its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.complaints.envelope import NO_HASH, Actor, EventDraft, EventFields, RecordPosition, Result, chain_event
from chalicelib.kit import canonical
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.limits.plans import PLANS, Plan
from chalicelib.store import event_log, keys
from chalicelib.store.port import Entry, Key, Put, Store, Update
from chalicelib.store.stored_form import Form

KIND = "organisation"


class Unit(StoredPart, frozen=True, omit_defaults=True):
    """A part of the organisation, such as a department, for grants and statistics."""

    name: str
    calendar: str = ""
    """The name of the policy's calendar for clocks with `calendar: unit`; empty for the policy's `calendar`."""
    parent: str = ""
    """The unit above it; empty if there is none."""


class Scheduled(StoredPart, frozen=True):
    """A policy version, and when it takes effect."""

    version: str
    effective_at: Instant


class Practice(StoredPart, frozen=True):
    """What makes an organisation one for practice. `of`: the id of the organisation that it copies."""

    of: str
    until: Instant
    """Domain time after which it is erased."""


class Mailing(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """What goes to members by mail after each period. `document`: `inspection`, or the name of a report. `every`: the
    length of the period. `day`: of the month after it. `since`: when it was set. `sent`: the period sent last."""

    document: str
    every: str
    day: int
    to: list[str]
    since: Instant
    sent: str = ""


class Organisation(StoredPart, frozen=True, kw_only=True):
    """The state after event `seq`. Names are only here: events contain no free text."""

    id: str
    name: str
    plan: str
    language: str
    created: Instant
    founder: str
    """The `sub` of the person who signed the organisation up."""
    seq: int = 0
    head: str = NO_HASH
    at: Instant = 0
    latest: int = 0
    """Number of the newest policy version."""
    schedule: list[Scheduled] = []
    roles: list[str] = []
    """Roles of all versions published since sign-up, because open complaints may follow any of these versions."""
    units: dict[str, Unit] = {}
    people: int = 0
    owners: int = 0
    webhooks: int = 0
    origins: list[str] = []
    """Web origins that may read responses (CORS). Empty: all origins may."""
    second_factor: bool = False
    """Whether its people need a second factor at sign-in to use its pages."""
    references: dict[str, float] = {}
    """By indicator: the share with which the owners compare it."""
    marks: list[int] = []
    """Working days: reports say which share of the times to an answer took at most so many."""
    denominators: dict[str, float] = {}
    """By month (`2026-11`): of how many, such as customers, reports count complaints per 1,000."""
    practice: Practice | None = None
    improvements: dict[str, str] = {}
    """The open improvement actions, each with the `sub` of its owner, so that a page reads a member's by their keys."""
    mailings: dict[str, Mailing] = {}
    """By id: what goes to members by mail."""

    @property
    def limits(self) -> Plan:
        return PLANS[self.plan]

    @property
    def record_names(self) -> list[str]:
        """The names of everything that can have tasks, in order: the organisation as a whole, and its units."""
        return [keys.WHOLE, *sorted(self.units)]

    @property
    def children(self) -> dict[str, tuple[str, ...]]:
        """By unit: the units whose parent it is."""
        found: dict[str, tuple[str, ...]] = {}
        for name, unit in self.units.items():
            if unit.parent:
                found[unit.parent] = (*found.get(unit.parent, ()), name)
        return found

    def policy_at(self, now: Instant) -> str:
        """The policy version that applies to a complaint filed at `now`."""
        return applicable(self.schedule, now)


FORM = Form(KIND, Organisation, version=8)


def applicable(schedule: Sequence[Scheduled], now: Instant) -> str:
    """The version that took effect last before `now`. Of two with the same time: the one published later.

    If all versions are later than `now`, returns the earliest. This happens if another version was published while the
    request was running: the version that applied before is then no longer in the schedule. Raises ValueError for an
    empty schedule.
    """
    if not schedule:
        raise ValueError("no policy version is in effect")
    return (_current(schedule, now) or min(schedule, key=lambda entry: entry.effective_at)).version


def with_version(schedule: Sequence[Scheduled], new: Scheduled, now: Instant) -> list[Scheduled]:
    """The schedule with one more version, without versions that can no longer apply, to keep the snapshot small."""
    whole = [*schedule, new]
    current = _current(whole, now)
    return [entry for entry in whole if entry is current or entry.effective_at > now]


def _current(schedule: Sequence[Scheduled], now: Instant) -> Scheduled | None:
    started = [(entry.effective_at, place) for place, entry in enumerate(schedule) if entry.effective_at <= now]
    return schedule[max(started)[1]] if started else None


def record_event(
    organisation: Organisation,
    event: str,
    fields: EventFields,
    by: str,
    now: Instant,
    *,
    actor: Actor | None = None,
    **changes: Any,
) -> tuple[Organisation, Put]:
    """The organisation after one more event, and the write of that event.

    `by`: the owner's `sub`. `actor`: for events that no owner caused. `changes`: new values of fields.
    """
    at = max(now, organisation.at)
    draft = EventDraft(
        type=event,
        at=at,
        actor=actor or Actor("owner", by, "owner"),
        fields=fields,
        result=Result(stage="active", tier=0, severity=None, flags={}),
    )
    seq = organisation.seq + 1
    policy = organisation.policy_at(at) if organisation.schedule else ""
    chained = chain_event(
        draft, RecordPosition(keys.ORGANISATION, seq, organisation.head, policy, calendar=""), recorded_at=now
    ).event
    after = msgspec.structs.replace(organisation, **changes, seq=seq, head=chained.hash, at=at)
    body = canonical.encode(msgspec.to_builtins(chained)).decode()
    return after, event_log.put(keys.organisation(organisation.id), seq, body)


def entry_of(organisation: Organisation) -> Entry:
    """The snapshot's item. Its version is the number of the last event."""
    return FORM.entry(key(organisation.id), organisation, version=organisation.seq, seq=organisation.seq)


def new(organisation: Organisation) -> Put:
    """The write of its first snapshot. Fails if there is one."""
    return Put(entry_of(organisation))


def change(after: Organisation, before: Organisation) -> Update:
    """The write of the snapshot, on condition that it is still that of `before`."""
    return Update(entry_of(after), before.seq)


def key(tenant: str) -> Key:
    """Of the snapshot, to read it together with other items."""
    return keys.snapshot(keys.organisation(tenant))


def load(store: Store, tenant: str) -> Organisation:
    return among(store.get([key(tenant)]), tenant)


def among(entries: Mapping[Key, Entry], tenant: str) -> Organisation:
    """The organisation, from a read with `key`."""
    return FORM.read(entries[key(tenant)])


def parse(entry: Entry) -> Organisation:
    return FORM.read(entry)


def people_on_record(store: Store, tenant: str) -> set[str]:
    """All people whom the organisation's events name: who has, or had, a membership is among them."""
    events = event_log.FORM.read_each(event_log.read_entries(store, keys.organisation(tenant)))
    return {str(sub) for event in events for sub in (event.fields.get("sub"), event.actor.get("id")) if sub}
