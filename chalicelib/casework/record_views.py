"""Views of a record: events as committed, and the private values that the caller may see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from chalicelib.casework.private_values import MaskedPlace
from chalicelib.complaints.envelope import PARTIES, Event
from chalicelib.kit.decoding import JsonValue, Later, StoredPart
from chalicelib.policy.language.values.fact_kinds import FieldValue


class ActorView(StoredPart, frozen=True, kw_only=True):
    """`kind`: staff, complainant, respondent, owner or system. `id`: a person's id, or the kind."""

    kind: str
    id: str
    role: str | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType = msgspec.UNSET
    on_behalf_of: str | msgspec.UnsetType = msgspec.UNSET
    deputy: str | msgspec.UnsetType = msgspec.UNSET
    """The id of the actor's deputy at that time."""


class EnvelopeView(StoredPart, frozen=True, kw_only=True):
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


class MaskView(msgspec.Struct, frozen=True):
    """A mask for the acts `unmask` and `confirm_mask`. `at` and `length`: the characters of the text at `pointer`.

    `state`: `pending` until a member decides.
    """

    mask: str
    pointer: str
    at: int
    length: int
    state: Literal["pending", "released", "confirmed"]


class RecordView(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: the envelopes as committed. `values`: private values that the caller may see, by event id. `erased` and
    `damaged`: events whose private values are erased, or cannot be decrypted.

    `withheld`, for parties: the events that are shown without the ids of people. `masked`, for respondents:
    the masks in `values`, each in place of what identifies a person. `masks`, for members who read the content: what
    respondents read as a mask, or did."""

    number: str
    events: list[EnvelopeView]
    values: dict[str, dict[str, FieldValue]]
    erased: list[str]
    damaged: list[str]
    withheld: list[str] | msgspec.UnsetType = msgspec.UNSET
    masked: list[MaskedPlace] | msgspec.UnsetType = msgspec.UNSET
    masks: list[MaskView] | msgspec.UnsetType = msgspec.UNSET


_OF_OTHERS = {
    "registered": ("earlier",),
    "linked": ("to",),
    "unlinked": ("from",),
    "closed": ("follows", "cause"),
}
"""Fields of events with the numbers of other complaints, perhaps of other people, which parties do not see."""
_PERSON = r"@?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""A person's id, or a recipient. Events name people in lists, apart from the actor and a field `sub`."""
STAFF = "staff"
"""Takes the place of a person's id."""


def envelope_view(event: Event) -> EnvelopeView:
    """The reader must be able to hash the event again, so the view has each of its members."""
    members = {name: value for name, value in asdict(event).items() if value is not None and name != "later"}
    view = msgspec.convert(members, EnvelopeView)
    of_actor = {name: value for name, value in event.actor.items() if name not in ActorView.__struct_encode_fields__}
    if of_actor:
        view = replace(view, actor=replace(view.actor, later=Later(of_actor, shown=True)))
    return view if isinstance(event.later, UnsetType) else replace(view, later=Later(event.later.fields, shown=True))


def for_party(view: RecordView) -> RecordView:
    """The record without ids of people, and without what only a later release knows, which may have some.

    Parties see the role and the unit of each actor.

    In place of an id is the actor's kind, or `staff`. `hash` is that of the stored event.
    """
    shown = [_for_party(event) for event in view.events]
    return replace(
        view,
        events=shown,
        values={event: without_people(values) for event, values in view.values.items()},
        withheld=[event.id for event, stored in zip(shown, view.events, strict=True) if event != stored],
    )


def _for_party(event: EnvelopeView) -> EnvelopeView:
    actor = event.actor
    is_deputy = actor.on_behalf_of is not msgspec.UNSET and actor.on_behalf_of not in PARTIES
    shown = replace(
        actor,
        later=UNSET,
        id=actor.kind,
        on_behalf_of=STAFF if is_deputy else actor.on_behalf_of,
        deputy=msgspec.UNSET if actor.deputy is msgspec.UNSET else STAFF,
    )
    fields = {name: value for name, value in event.fields.items() if name not in _OF_OTHERS.get(event.type, ())}
    return replace(event, later=UNSET, actor=shown, fields=without_people(fields), result=without_people(event.result))


def without_people(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields, or private values, with `staff` in place of each person's id."""
    return {name: _shown(STAFF if name == "sub" else value) for name, value in values.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_people(value)
    if isinstance(value, list):
        return [_shown(STAFF if isinstance(one, str) and re.fullmatch(_PERSON, one) else one) for one in value]
    return value
