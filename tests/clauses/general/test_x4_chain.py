"""X.4: the record of a complaint only grows, and any change to it afterwards can be detected."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from chalicelib.access import binding
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.kit import canonical
from chalicelib.store import keys
from chalicelib.store.port import Put, Remove
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import company as at_company
from tests.clauses.offices import estate as at_estate
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

Events = list[dict[str, Any]]


def test_x4_the_chain_of_a_record_verifies(company: Organisation, estate: Organisation, bureau: Organisation) -> None:
    for organisation, decided in (
        (company, at_company.decided),
        (estate, at_estate.decided),
        (bureau, at_bureau.decided),
    ):
        assert break_in_chain(organisation.events(decided(organisation))) is None


def test_x4_the_chain_verifies_after_misses_and_rejected_proposals(estate: Organisation) -> None:
    number = at_estate.handled(estate, channel="email")
    estate.act(number, "management_office", "reply", text="灯已换好。")
    estate.act(number, "service_centre", "reject", reason="语气不妥")
    estate.world.move_to("2026-12-05T09:00:00+08:00")

    assert break_in_chain(estate.events(number)) is None


def test_x4_the_record_only_grows(company: Organisation) -> None:
    number = company.file()
    before = company.events(number)

    for step in (
        lambda: company.act(number, "agent", "accept", **at_company.WORK_ORDER),
        lambda: company.act(number, "team_lead", "confirm"),
        lambda: company.world.move_to("2026-12-31T09:00:00+08:00"),
        lambda: company.try_act(number, "agent", "archive"),
    ):
        step()
        after = company.events(number)
        assert after[: len(before)] == before
        before = after


def test_x4_sequence_numbers_have_no_gaps_and_times_never_decrease(company: Organisation) -> None:
    number = at_company.decided(company)
    company.world.move_to("2026-12-31T09:00:00+08:00")

    events = company.events(number)

    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_x4_events_contain_no_personal_data(bureau: Organisation) -> None:
    number = at_bureau.decided(bureau)

    text = str([event["fields"] for event in bureau.events(number)])

    facts = bureau.example()["facts"]
    private = [facts[key] for key in ("complainant.name", "complainant.phone", "respondent.name", "request", "reasons")]
    assert [value for value in [*private, at_bureau.DECISION["opinion"]] if value in text] == []


def change(path: tuple[Any, ...], value: Any) -> Callable[[Events], None]:
    def tamper(events: Events) -> None:
        place: Any = events
        for step in path[:-1]:
            place = place[step]
        assert place[path[-1]] != value
        place[path[-1]] = value

    return tamper


TAMPERING: dict[str, tuple[Callable[[Events], Any], int]] = {
    "a field": (change((0, "fields", "channel"), "letter"), 0),
    "the time": (change((1, "at"), "2020-01-01T00:00:00.000Z"), 1),
    "the time of commit": (change((1, "recorded_at"), "2020-01-01T00:00:00.000Z"), 1),
    "the actor": (change((0, "actor", "id"), "somebody"), 0),
    "the result": (change((0, "result", "severity"), "major"), 0),
    "the policy version": (change((0, "policy"), "v9"), 0),
    "a digest": (change((0, "private", 0), "0" * 64), 0),
    "the hash": (change((1, "hash"), "0" * 64), 1),
    "removed first": (lambda events: events.pop(0), 0),
    "removed within": (lambda events: events.pop(2), 2),
    "inserted": (lambda events: events.insert(2, copy.deepcopy(events[2])), 3),
    "reordered": (lambda events: events.insert(1, events.pop(2)), 1),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_x4_any_change_is_detected_at_its_place(company: Organisation, kind: str) -> None:
    tamper, place = TAMPERING[kind]
    events = company.events(at_company.decided(company))

    tamper(events)

    assert break_in_chain(events) == place


def test_x4_an_event_rewritten_with_a_new_hash_breaks_the_next_link(company: Organisation) -> None:
    events = company.events(at_company.decided(company))
    events[1]["fields"]["wording"] = "closed"
    events[1]["hash"] = canonical.digest({key: value for key, value in events[1].items() if key != "hash"})

    assert break_in_chain(events) == 2


@pytest.fixture
def closed(company: Organisation) -> tuple[InProcess, Organisation, str]:
    world = company.world
    assert isinstance(world, InProcess)
    number = company.file()
    company.act(number, "agent", "accept", agent_team="2", agent_number="17")
    return world, company, number


def verified(company: Organisation, number: str) -> Any:
    return company.get(f"/complaints/{number}/record/verify", "complainant", number)


def test_x4_an_unchanged_record_is_reported_as_intact(closed: tuple[InProcess, Organisation, str]) -> None:
    _, company, number = closed

    assert verified(company, number)["intact"] is True


def test_x4_a_changed_event_is_reported(closed: tuple[InProcess, Organisation, str]) -> None:
    world, company, number = closed
    key = keys.event(keys.complaint(company.id, number), 1)
    entry = next(one for one in world.fakes.store.everything() if one.key == key)

    with binding.tenant(company.id):
        world.fakes.store.commit([Put(structs.replace(entry, body=entry.body.replace("phone", "email")), False)])

    assert verified(company, number)["broken_at"] == f"{number}/1"


def test_x4_removed_last_events_are_reported(closed: tuple[InProcess, Organisation, str]) -> None:
    world, company, number = closed
    last = len(company.events(number))

    with binding.tenant(company.id):
        world.fakes.store.commit([Remove(keys.event(keys.complaint(company.id, number), last))])

    assert verified(company, number)["cut_off"] is True


def test_x4_a_changed_private_value_is_reported(closed: tuple[InProcess, Organisation, str]) -> None:
    world, company, number = closed
    key = keys.private(keys.complaint(company.id, number), 1, 0)
    entry = next(one for one in world.fakes.store.everything() if one.key == key)

    with binding.tenant(company.id):
        world.fakes.store.commit([Put(structs.replace(entry, body=entry.body.replace("示例", "别的")), False)])

    assert verified(company, number)["altered"] == [f"{number}/1"]
