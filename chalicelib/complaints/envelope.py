"""The event envelope, the hash chain of events, and the private values beside them.

An event states what happened, is named in the past tense and never changes. An `EventDraft` has no place in the record
yet. `chain_event` gives it a sequence number, the link to the chain, and the digests of its private values.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.kit import canonical
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant, from_text, to_text

VERSION = 1
PARTIES = frozenset({"complainant", "respondent"})
NO_HASH = "0" * 64
"""`prev` of an aggregate's first event."""
EventFields = dict[str, Any]
"""JSON by field name. The names depend on the type of the event."""
Secrets = dict[str, dict[str, Any]]
"""Private values by confidentiality class, and in each by field name."""


class Actor(StoredPart, frozen=True, omit_defaults=True):
    """Who caused the event. `kind`: staff, complainant, respondent, owner or system.

    `id`: a person's `sub`, or the kind. `on_behalf_of`: the party whose statement a member recorded, or the `sub` of
    the absent person that a deputy replaces.
    """

    kind: str
    id: str
    role: str | None = None
    unit: str | None = None
    on_behalf_of: str | None = None
    deputy: str | None = None
    """The `sub` of the actor's own deputy at that time."""

    @property
    def stands_for(self) -> str | None:
        """The actor's role, or the party whose act a member recorded."""
        return self.on_behalf_of if self.on_behalf_of in PARTIES else self.role

    @property
    def gives_for(self) -> str:
        """The party to whom a file of this actor belongs, or the actor's kind."""
        return self.on_behalf_of if self.on_behalf_of in PARTIES else self.kind


SYSTEM = Actor("system", "system")


LOWERING = -1
"""The approval of `severity.lowering`, in place of one of the act's own."""
LINKED_AS = "as"
"""The field of `linked` that says whether it is a repeat of the other complaint, or else a duplicate."""


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """The complaint's state after the event, so that `evolve` needs no policy.

    `clocks` holds each changed run in full, in the JSON form of `runs.Run`.
    """

    stage: str
    tier: int
    severity: str | None
    flags: dict[str, str]
    clocks: list[Any] = []
    voided: list[str] = []
    """Proposals that cannot be approved any more (`voiding`)."""
    assigned: dict[str, list[str]] = {}
    """The people that an act other than `assign` has assigned, by role."""
    edition: int | None = None
    """At registration: the edition of the policy's language."""
    signs: dict[str, list[str]] = {}
    """At registration: the signs that the filing shows, by severity class."""
    respondent: bool = False
    """At registration: whether the filing tells who the respondent is."""
    overseers: list[str] = []
    """At registration and at a switch: the roles with which people of the unit's parent see the complaint."""
    undisclosed: bool = False
    """At registration and at a switch: whether the respondent does not see the complaint yet."""
    signed: list[str] = []
    """For an act that each role of its `by` does once: the roles that have done it so far."""
    partial: bool = False
    """True if a role has yet to do such an act. Its event then counts for no clock, `after`, task or message."""
    took_part: list[list[str]] = []
    """For an approved act: the proposer first, the approver last, each with whom they stood for and their deputy
    (`participation.took_part`)."""
    undone: list[str] = []
    """Events that no longer count for `after` (`undoes` of the act)."""
    unit: str | None = None
    """The unit to which the act has moved the complaint."""
    contact: dict[str, int] | None = None
    """If they change: the ways to reach the complainant (`Complaint.contact`)."""
    reaching: list[Any] | None = None
    """If it changes: `Complaint.reaching`, in the JSON form of `runs.Reaching`."""
    concerns: str | None = None
    """For a proposal: the demand (`<number>/<seq>`) or the run (`<clock>/<n>`) that it is about."""
    approval: int = 0
    """For a proposal: the place of the approval that it needs, in a list of several; or `LOWERING`."""
    text_blocks: list[dict[str, Any]] = []
    """The text blocks from which the person made the texts of the act: `block` and `version` of each."""


class Occurrence(msgspec.Struct, frozen=True):
    """When an event happened, who caused it, and by which act."""

    at: Instant
    actor: Actor
    act: str | None = None
    due_at: Instant | None = None
    """For an event that the passing of time caused: when it was due."""
    name: str | None = None
    """The part of the event's id after the number, if it is not the sequence number."""


class EventDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An event to be recorded. `secrets`: the private values by confidentiality class. The event gets their digests."""

    type: str
    at: Instant
    actor: Actor
    act: str | None = None
    due_at: Instant | None = None
    fields: EventFields = {}
    result: Result
    secrets: Secrets = {}
    name: str | None = None
    """As in `Occurrence`. A miss has such a name, so that it can be recorded only once."""
    by_time: bool = False
    """True if the passing of time caused it, also as a consequence of another such event. Not recorded."""

    @property
    def counts_from(self) -> Instant:
        """The time from which clocks and ageing count.

        For a complaint that arrived earlier, it is its receipt; for a task of a period, the beginning on the calendar.
        """
        if self.type == "task_opened" and self.due_at is not None and "period" in self.fields:
            return self.due_at
        received = self.fields.get("received_at") if self.type == "registered" else None
        return self.at if received is None else from_text(received)


class Event(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """The envelope. Instants are fixed-width UTC text. `hash` covers all other keys; `prev` is the previous hash."""

    id: str
    seq: int
    type: str
    v: int
    at: str
    recorded_at: str
    due_at: str | None = None
    actor: dict[str, Any]
    act: str | None = None
    fields: EventFields
    result: dict[str, Any]
    policy: str
    calendar: str
    private: list[str]
    prev: str
    hash: str


class PrivateValue(msgspec.Struct, frozen=True):
    """The content of a private item: salt (64 hex digits), confidentiality class, values. The event has its digest."""

    salt: str
    holder: str
    values: dict[str, Any]

    def digest(self) -> str:
        """SHA-256 over the bytes of the salt and the canonical JSON of `{class, values}`."""
        plain = canonical.encode({"class": self.holder, "values": self.values})
        return hashlib.sha256(bytes.fromhex(self.salt) + plain).hexdigest()


class Recorded(msgspec.Struct, frozen=True):
    """An event with its private values, in the order of its `private`."""

    event: Event
    private: list[PrivateValue]


def unit_after(event: Event, before: str | None) -> str | None:
    """The unit of the complaint after the event. `before`: that before it."""
    if event.type == "registered":
        found: str | None = event.fields.get("unit")
        return found
    return event.result.get("unit", before)


def event_id(aggregate: str, seq: int, name: str | None = None) -> str:
    return f"{aggregate}/{name or seq}"


class RecordPosition(msgspec.Struct, frozen=True):
    """The place of an event in its aggregate's record, and the versions it was decided under."""

    aggregate: str
    seq: int
    prev: str
    """The hash of the event before it."""
    policy: str
    calendar: str


def chain_event(
    draft: EventDraft,
    position: RecordPosition,
    recorded_at: Instant,
    salt: Callable[[], str] = lambda: secrets.token_hex(32),
) -> Recorded:
    """Turns a draft into the event at this position of the record."""
    private = [PrivateValue(salt(), holder, values) for holder, values in sorted(draft.secrets.items()) if values]
    body: dict[str, Any] = {
        "id": event_id(position.aggregate, position.seq, draft.name),
        "seq": position.seq,
        "type": draft.type,
        "v": VERSION,
        "at": to_text(draft.at),
        "recorded_at": to_text(recorded_at),
        "actor": _actor_json(draft.actor),
        "fields": draft.fields,
        "result": msgspec.to_builtins(draft.result),
        "policy": position.policy,
        "calendar": position.calendar,
        "private": [value.digest() for value in private],
        "prev": position.prev,
    }
    if draft.act is not None:
        body["act"] = draft.act
    if draft.due_at is not None:
        body["due_at"] = to_text(draft.due_at)
    return Recorded(msgspec.convert({**body, "hash": canonical.digest(body)}, Event), private)


def _actor_json(actor: Actor) -> dict[str, Any]:
    """With what a later release has stored of the person, as evidence has it."""
    raw: dict[str, Any] = msgspec.to_builtins(actor)
    if actor.later is msgspec.UNSET:
        return raw
    from chalicelib.kit.later_parts import with_kept  # only during an update

    return with_kept(raw)  # type: ignore[no-any-return]


def break_in_chain(events: Sequence[Mapping[str, Any]]) -> int | None:
    """Returns the index of the first event with a wrong hash, sequence number or predecessor, or None (X.4).

    `events` are envelopes as JSON, from the first on. Missing events at the end are detected by comparison with the
    snapshot's head.
    """
    prev = NO_HASH
    for position, event in enumerate(events):
        body = {key: value for key, value in event.items() if key != "hash"}
        if body.get("prev") != prev or body.get("seq") != position + 1 or canonical.digest(body) != event.get("hash"):
            return position
        prev = event["hash"]
    return None
