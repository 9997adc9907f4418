"""The API's form of an event: every member, so that a reader can hash it again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from chalicelib.casework.record_views import ActorView, EnvelopeView, RecordView, envelope_view, for_party
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
    return tuple(field.encode_name for field in msgspec.structs.fields(struct) if field.name != "later")


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


LI, HE = "3f05addb-5b1d-4b7e-8f9d-aa13b5101dc0", "882ba7b5-70c0-4d7e-8f9d-aa13b5101dc1"


def record_of(events: list[EnvelopeView], values: dict[str, dict[str, Any]]) -> RecordView:
    return RecordView(number="202611-000001", events=events, values=values, erased=[], damaged=[])


def shown(actor: Actor, fields: dict[str, Any], values: dict[str, Any] | None = None) -> RecordView:
    result = Result(stage="open", tier=1, severity=None, flags={}, assigned={"clerk": [HE]}, took_part=[[LI, HE]])
    draft = EventDraft(type="assigned", at=1, actor=actor, fields=fields, result=result)
    events = [envelope_view(event_of(draft))]
    return for_party(record_of(events, {"202611-000001/1": values or {}}))


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({"responsible": [LI]}, {"responsible": ["staff"]}),
        ({"assigned": {"clerk": [LI, HE]}}, {"assigned": {"clerk": ["staff", "staff"]}}),
        ({"to": [f"@{LI}", "clerk", "complainant"]}, {"to": ["staff", "clerk", "complainant"]}),
        ({"sub": LI}, {"sub": "staff"}),
        ({"fields": {"person": [HE]}}, {"fields": {"person": ["staff"]}}),
        ({"subject": LI, "choice": "one"}, {"subject": LI, "choice": "one"}),
    ],
)
def test_a_party_sees_staff_in_place_of_a_person(given: dict[str, Any], seen: dict[str, Any]) -> None:
    """A single text is no person: the organisation's own subjects can look like ids."""
    record = shown(Actor("staff", LI, role="clerk", unit="north", deputy=HE), given, {"team": [HE], "text": "退款"})
    [event] = record.events

    assert event.fields == seen
    assert (event.result["assigned"], event.result["took_part"]) == ({"clerk": ["staff"]}, [["staff", "staff"]])
    assert event.actor == ActorView(kind="staff", id="staff", role="clerk", unit="north", deputy="staff")
    assert record.values == {"202611-000001/1": {"team": ["staff"], "text": "退款"}}
    assert record.withheld == [event.id]


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (Actor("respondent", LI, unit="north"), ActorView(kind="respondent", id="respondent", unit="north")),
        (Actor("owner", LI), ActorView(kind="owner", id="owner")),
        (Actor("staff", LI, on_behalf_of=HE), ActorView(kind="staff", id="staff", on_behalf_of="staff")),
        (
            Actor("staff", LI, on_behalf_of="complainant"),
            ActorView(kind="staff", id="staff", on_behalf_of="complainant"),
        ),
        (SYSTEM, ActorView(kind="system", id="system")),
    ],
)
def test_a_party_sees_the_kind_of_an_actor(actor: Actor, seen: ActorView) -> None:
    [event] = shown(actor, {}).events
    assert event.actor == seen


def test_an_event_without_people_is_not_withheld() -> None:
    event = envelope_view(event_of(BY_TIME))
    record = for_party(record_of([event], {}))
    assert (record.events, record.withheld) == ([event], [])
