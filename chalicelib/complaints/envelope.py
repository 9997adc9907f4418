"""The event envelope (design §5), its chain and its private values.

An event is what happened, in the past tense, never changed. `Draft` is an event before it has its place in the record;
`record` gives it number, chain and the digests of what is private.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib import canonical
from chalicelib.instants import Instant, to_text

VERSION = 1
PARTIES = frozenset({"complainant", "respondent"})
NO_HASH = "0" * 64
"""`prev` of an aggregate's first event."""


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who did it. `kind`: staff, complainant, respondent, owner or system; `id` is a person's `sub`, or the kind.

    `on_behalf_of`: the party whose words a member recorded, or the `sub` of the absent person whose deputy they are.
    """

    kind: str
    id: str
    role: str | None = None
    unit: str | None = None
    on_behalf_of: str | None = None

    @property
    def stands_for(self) -> str | None:
        """The role, or the party whose act a member recorded."""
        return self.on_behalf_of if self.on_behalf_of in PARTIES else self.role


SYSTEM = Actor("system", "system")


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the complaint is after the event: so that `evolve` needs no policy.

    `clocks` holds each run that the event changed, whole, in the form of `state.Run`.
    """

    stage: str
    tier: int
    severity: str | None
    flags: dict[str, str]
    clocks: list[Any] = []
    voided: list[str] = []
    """Proposals that the new stage has no place for any more."""


class EventDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An event to be recorded. `secrets` are its private values by class; only digests of them reach the event."""

    type: str
    at: Instant
    actor: Actor
    act: str | None = None
    due_at: Instant | None = None
    fields: dict[str, Any] = {}
    result: Result
    secrets: dict[str, dict[str, Any]] = {}
    name: str | None = None
    """The part of the id after the number, where it is not the sequence number (misses: design §8)."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The envelope. Instants are fixed-width UTC text; `hash` covers every other member, `prev` is the hash before."""

    id: str
    seq: int
    type: str
    v: int
    at: str
    recorded_at: str
    due_at: str | None = None
    actor: dict[str, Any]
    act: str | None = None
    fields: dict[str, Any]
    result: dict[str, Any]
    policy: str
    calendar: str
    private: list[str]
    prev: str
    hash: str


class PrivateValue(msgspec.Struct, frozen=True):
    """One private item's plain content: salt (64 hex digits), class and values. Its digest stands in the event."""

    salt: str
    holder: str
    values: dict[str, Any]

    def digest(self) -> str:
        """SHA-256 of the salt's bytes followed by the canonical `{class, values}`."""
        plain = canonical.encode({"class": self.holder, "values": self.values})
        return hashlib.sha256(bytes.fromhex(self.salt) + plain).hexdigest()


class Recorded(msgspec.Struct, frozen=True):
    """An event with the private values that belong beside it, in the order of its `private`."""

    event: Event
    private: list[PrivateValue]


def event_id(aggregate: str, seq: int, name: str | None = None) -> str:
    return f"{aggregate}/{name or seq}"


def record(
    draft: EventDraft,
    *,
    aggregate: str,
    seq: int,
    prev: str,
    policy: str,
    calendar: str,
    recorded_at: Instant,
    salt: Callable[[], str] = lambda: secrets.token_hex(32),
) -> Recorded:
    """Give a draft its place behind the event with hash `prev`."""
    private = [PrivateValue(salt(), holder, values) for holder, values in sorted(draft.secrets.items()) if values]
    body: dict[str, Any] = {
        "id": event_id(aggregate, seq, draft.name),
        "seq": seq,
        "type": draft.type,
        "v": VERSION,
        "at": to_text(draft.at),
        "recorded_at": to_text(recorded_at),
        "actor": msgspec.to_builtins(draft.actor),
        "fields": draft.fields,
        "result": msgspec.to_builtins(draft.result),
        "policy": policy,
        "calendar": calendar,
        "private": [value.digest() for value in private],
        "prev": prev,
    }
    if draft.act is not None:
        body["act"] = draft.act
    if draft.due_at is not None:
        body["due_at"] = to_text(draft.due_at)
    return Recorded(msgspec.convert({**body, "hash": canonical.digest(body)}, Event), private)


def break_in_chain(events: Sequence[Mapping[str, Any]]) -> int | None:
    """The position of the first event whose hash, place or predecessor does not fit, or None (X.4).

    `events` are envelopes as JSON, from the first; a cut-off tail shows against the snapshot's head.
    """
    prev = NO_HASH
    for position, event in enumerate(events):
        body = {key: value for key, value in event.items() if key != "hash"}
        if body.get("prev") != prev or body.get("seq") != position + 1 or canonical.digest(body) != event.get("hash"):
            return position
        prev = event["hash"]
    return None
