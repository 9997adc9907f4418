"""Views of a record: events as committed, and the private values that the caller may see."""

from __future__ import annotations

import msgspec
from msgspec.structs import asdict

from chalicelib.complaints.envelope import Event
from chalicelib.decoding import JsonValue
from chalicelib.policy.language.fact_kinds import FieldValue


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: staff, complainant, respondent, owner or system. `id`: a person's id, or the kind."""

    kind: str
    id: str
    role: str | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType = msgspec.UNSET
    on_behalf_of: str | msgspec.UnsetType = msgspec.UNSET
    deputy: str | msgspec.UnsetType = msgspec.UNSET
    """The id of the actor's deputy at that time."""


class EnvelopeView(msgspec.Struct, frozen=True, kw_only=True):
    """An event as committed. `fields` and `result` (the state after the event) depend on `type`. `private`: digests.

    `hash`: SHA-256 of the canonical JSON (RFC 8785) of all other keys; `prev`: the hash of the event before.
    """

    id: str
    seq: int
    type: str
    v: int
    at: str
    recorded_at: str
    due_at: str | msgspec.UnsetType = msgspec.UNSET
    actor: ActorView
    act: str | msgspec.UnsetType = msgspec.UNSET
    fields: dict[str, JsonValue]
    result: dict[str, JsonValue]
    policy: str
    calendar: str
    private: list[str]
    prev: str
    hash: str


class RecordView(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: the envelopes as committed. `values`: private values that the caller may see, by event id. `erased` and
    `damaged`: events whose private values are erased, or cannot be decrypted."""

    number: str
    events: list[EnvelopeView]
    values: dict[str, dict[str, FieldValue]]
    erased: list[str]
    damaged: list[str]


def envelope_view(event: Event) -> EnvelopeView:
    """The reader must be able to hash the event again, so the view has each of its members."""
    members = {name: value for name, value in asdict(event).items() if value is not None}
    return msgspec.convert(members, EnvelopeView)
