"""Examples in a policy: each failure is named with its place, what was expected and what came; publishing waits."""

from __future__ import annotations

import time
from typing import Any

import pytest

from chalicelib.kit.problem import Problem
from chalicelib.policy import presets
from chalicelib.tenants.publication.policy_language import PolicyLanguage

ORAL = {"channel": "oral"}
ACCEPTED = {"registered": "2026-09-23T09:00", "accepted": "2026-09-23T10:00"}


def prepared(*examples: Any, preset: str = "food-drug-administration", **changes: Any) -> list[tuple[str, str]]:
    """The faults of a preset with these examples and no others, as `(place, sentence)`."""
    document = {**presets.document(preset), **changes, "examples": list(examples)}
    try:
        PolicyLanguage().prepare(document)
    except Problem as problem:
        return [(place.pointer, place.detail) for place in problem.places]
    return []


def example(**parts: Any) -> dict[str, Any]:
    return {"given": ORAL, "events": ACCEPTED, **parts}


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_carries_examples_that_hold(name: str) -> None:
    document = presets.document(name)
    assert len(document["examples"]) >= 6  # type: ignore[arg-type]
    PolicyLanguage().prepare(document)


def test_an_example_that_fails_is_named_with_what_was_expected_and_what_came() -> None:
    right = example(then={"decision": "2026-10-08T18:00"})
    wrong = example(then={"decision": "2026-10-09T18:00"})
    assert prepared(right, wrong) == [
        (
            "/policy/examples/1/then/decision",
            "the example fails: expected 2026-10-09T18:00, got 2026-10-08T18:00+08:00",
        )
    ]


def test_each_thing_that_fails_is_told() -> None:
    then = {"decision": "missed", "stage": "decided", "tier": 2, "open": ["decide"], "not_open": "assign"}
    assert [place.rpartition("/")[2] for place, _ in prepared(example(then=then))] == list(then)


@pytest.mark.parametrize(
    "then",
    [
        {"decision": {"due": "2026-10-08T10:00:00Z", "state": "running", "provisional": False, "run": 1}},
        {"decision": "running"},
        {"stage": "accepted", "tier": 1, "open": ["assign"], "not_open": ["decide"], "provisional": False},
    ],
)
def test_an_example_says_any_of_what_a_preview_shows(then: dict[str, Any]) -> None:
    assert prepared(example(then=then)) == []


def test_a_time_without_an_offset_is_read_in_the_policys_zone() -> None:
    document = presets.document("food-drug-administration")
    calendar = {**document["calendar"], "timezone": "Europe/London", "holidays": None}  # type: ignore[dict-item]
    london = example(then={"decision": {"due": "2026-09-30T18:00:00+01:00"}})
    assert prepared(london, calendar=calendar) == []


def test_events_are_a_map_or_a_list_with_fields() -> None:
    listed = [
        {"registered": "2026-11-27T09:00"},
        {"event": "refused", "at": "2026-11-27T10:00", "fields": {"ground": "no_facts"}},
    ]
    mapped = {"registered": "2026-11-27T09:00", "refused": {"at": "2026-11-27T10:00", "ground": "no_facts"}}
    then = {"stage": "refused", "decision": "none"}
    assert prepared(example(events=listed, then=then), example(events=mapped, then=then)) == []


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"then": {"decisoin": "2026-10-08T18:00"}}, "/then/decisoin"),
        ({"then": {"decision": {"state": "late"}}}, "/then/decision/state"),
        ({"then": {"decision": "tomorrow"}}, "/then/decision"),
        ({"then": {"stage": "nowhere"}}, "/then/stage"),
        ({"then": {"tier": "two"}}, "/then/tier"),
        ({"then": {"open": ["applaud"]}}, "/then/open"),
        ({"then": {}}, "/then"),
        ({"events": []}, "/events"),
        ({"events": {"registered": "noon"}}, "/events/registered"),
        ({"events": {"accepted": "2026-09-23T09:00"}}, "/events/accepted"),
        ({"events": {"registered": "2026-09-23T09:00", "applauded": "2026-09-23T10:00"}}, "/events/applauded"),
        ({"events": {"registered": "2026-09-23T09:00", "parked": "2026-09-23T10:00"}}, "/events/parked"),
        ({"given": {"channel": "smoke"}}, "/given/channel"),
        ({"given": {"channel": "oral", "facts": {"occurred_at": "then"}}}, "/given/facts/occurred_at"),
        ({"now": "2026-09-23T08:00"}, "/now"),
    ],
)
def test_an_example_that_cannot_be_is_a_fault_at_its_place(parts: dict[str, Any], place: str) -> None:
    found = prepared(example(**{"then": {"stage": "accepted"}, **parts}))
    assert [one for one, _ in found] == ["/policy/examples/0" + place]


@pytest.mark.parametrize(
    ("wrong", "place"), [({"given": {"channel": "smoke"}}, "given/channel"), ({"now": "noon"}, "now")]
)
def test_the_examples_after_one_that_cannot_be_are_tried_too(wrong: dict[str, Any], place: str) -> None:
    then = {"decision": "2026-10-09T18:00"}
    assert [one for one, _ in prepared(example(then=then, **wrong), example(then=then))] == [
        f"/policy/examples/0/{place}",
        "/policy/examples/1/then/decision",
    ]


def test_an_event_that_cannot_be_is_a_fault_at_its_place() -> None:
    events = [
        {"event": "registered", "at": "2026-09-23T09:00"},
        {"event": "evidence_demanded", "at": "2026-09-23T09:00"},
    ]
    given = {"channel": "phone", "category": {"kind": "other"}}
    found = prepared({"given": given, "events": events, "then": {"tier": 1}}, preset="customer-service")
    assert [place for place, _ in found] == ["/policy/examples/0/events/1"]


@pytest.mark.parametrize("written", ["2026-09-23", "2026-09-23 09:00", "23.9.2026", "fine"])
def test_the_form_of_a_time_is_told_without_words_of_the_parser(written: str) -> None:
    said = f"`{written}` is not a valid time: a day and a time of day joined by T are needed"
    assert prepared(example(then={"decision": written})) == [("/policy/examples/0/then/decision", said)]


def test_a_member_that_the_language_does_not_know_is_a_fault() -> None:
    assert prepared(example(then={"stage": "accepted"}, when="now")) != []


def test_a_failing_example_stops_no_preview_of_what_is_still_being_written() -> None:
    document = {**presets.document("food-drug-administration"), "examples": [example(then={"tier": 3})]}
    assert PolicyLanguage().read(document).roles[0] == "information_centre"


def test_examples_that_cause_endless_events_are_cut_off_in_time() -> None:
    document = presets.document("food-drug-administration")
    ticking = {"from": "registered", "until": "decided", "within": "1 second"}
    tiers = [{"roles": "officer", "within": "1 second"}] * 20
    clocks = {f"c{number}": ticking for number in range(20)}
    long = example(events={"registered": "2026-01-01T09:00"}, now="2026-12-31T09:00", then={"stage": "registered"})
    began = time.process_time()
    found = prepared(*[long] * 100, clocks={**document["clocks"], **clocks}, tiers=tiers)  # type: ignore[dict-item]
    assert found != []
    assert time.process_time() - began < 2


@pytest.mark.parametrize("end", ["2026-10-08T24:00", "2026-10-08T24:00:00", "2026-10-09T00:00"])
def test_the_end_of_a_day_can_be_written_as_the_products_texts_write_it(end: str) -> None:
    clocks = {"decision": {"name": "d", "from": "accepted", "until": "decided", "within": "15 calendar days"}}
    others = presets.document("food-drug-administration")["clocks"]
    assert prepared(example(then={"decision": end}), clocks={**others, **clocks}) == []


def test_another_hour_of_24_is_no_time() -> None:
    [(place, _)] = prepared(example(then={"decision": "2026-10-08T24:01"}))
    assert place == "/policy/examples/0/then/decision"


@pytest.mark.parametrize(("who", "faults"), [({}, 1), ({"filed_by": "complainant"}, 1), ({"filed_by": "owner"}, 0)])
def test_an_example_says_who_filed(who: dict[str, str], faults: int) -> None:
    stages: Any = presets.document("food-drug-administration")["stages"]
    stage = next(name for name, one in stages.items() if "accept" in one)
    changed = {**stages[stage], "accept": {**stages[stage]["accept"], "when": {"filed_by": "owner"}}}
    given = {"channel": "oral", **who}
    found = prepared(
        {"given": given, "events": {"registered": ACCEPTED["registered"]}, "then": {"open": ["accept"]}},
        stages={**stages, stage: changed},
    )
    assert len([place for place, _ in found if place.endswith("/then/open")]) == faults, found


def test_one_who_cannot_file_is_named() -> None:
    found = prepared(example(given={**ORAL, "filed_by": "system"}, then={"stage": "accepted"}))
    assert [place for place, _ in found] == ["/policy/examples/0/given/filed_by"]
