"""The API's form of an event: every member, so that a reader can hash it again."""

from __future__ import annotations

import msgspec
import pytest

from chalicelib.casework.record_views import ActorView, EnvelopeView, envelope_view
from chalicelib.complaints.envelope import (
    NO_HASH,
    SYSTEM,
    Actor,
    Event,
    EventDraft,
    RecordPosition,
    Result,
    break_in_chain,
    chain_event,
)

MEMBER = Actor("staff", "p1", role="agent", unit="north", on_behalf_of="complainant", deputy="p2")
RESULT = Result(stage="open", tier=1, severity=None, flags={"judged": "yes"})
BY_A_MEMBER = EventDraft(
    type="accepted",
    at=1,
    actor=MEMBER,
    act="accept",
    fields={"none": None},
    result=RESULT,
    secrets={"content": {"a": 1}},
)
BY_TIME = EventDraft(type="missed", at=1, actor=SYSTEM, due_at=0, fields={"clock": "answer"}, result=RESULT)


def members(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(struct))


def event_of(draft: EventDraft) -> Event:
    return chain_event(draft, RecordPosition("202611-000001", 1, NO_HASH, "1", "2026"), 2).event


def test_the_view_has_the_members_of_the_event_in_their_order() -> None:
    assert members(EnvelopeView) == members(Event)
    assert members(ActorView) == members(Actor)


@pytest.mark.parametrize("draft", [BY_A_MEMBER, BY_TIME], ids=["member", "time"])
def test_the_view_has_the_bytes_of_the_event(draft: EventDraft) -> None:
    event = event_of(draft)
    shown = msgspec.json.encode(envelope_view(event))

    assert shown == msgspec.json.encode(event)
    assert break_in_chain([msgspec.json.decode(shown)]) is None
