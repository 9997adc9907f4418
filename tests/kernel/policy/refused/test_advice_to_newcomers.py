"""What newcomers get wrong, and what the check advises them to write."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy import publishing
from chalicelib.policy.language.vocabulary import LISTABLE_ACTS
from chalicelib.policy.reading.faults import Fault, PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty


def found(document: dict[str, Any] | str) -> list[Fault]:
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)
    return list(caught.value.faults)


def only(document: dict[str, Any] | str) -> Fault:
    [fault] = found(document)
    return fault


def test_an_act_in_place_of_its_event_is_answered_with_the_event() -> None:
    fault = only(faulty("clocks/decision/from", "accept"))

    assert fault.pointer == "/clocks/decision/from"
    assert fault.text("en") == "the language has no event `accept`; the act `accept` causes the event `accepted`"
    assert fault.text("mend_en") == "write `accepted`"
    assert "accepted" in fault.text("mend_zh")


@pytest.mark.parametrize(
    "place",
    ["stages/open/decide/after", "severity/ageing/until", "clocks/decision/survives", "tasks/report/until"],
)
def test_an_act_in_place_of_an_event_is_answered_everywhere(place: str) -> None:
    assert "write `accepted`" in [fault.text("mend_en") for fault in found(faulty(place, ["accept"]))]


def test_all_acts_are_listed_to_the_author_of_one_that_is_none() -> None:
    fault = only(faulty("stages/open/acknowledge", {"by": "ann"}))

    assert [act for act in LISTABLE_ACTS if act not in fault.text("mend_en")] == []


def test_a_key_that_a_stage_does_not_have_is_one_fault_at_its_place() -> None:
    fault = only(faulty("stages/open/title", {"en": "Open"}))

    assert (fault.pointer, fault.kind) == ("/stages/open/title", "no-act-of-stage")
    assert "`name`" in fault.text("mend_en")


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        ("clocks/decision/last_day", "calendar"),
        ("tasks/report/paused_in", "clocks"),
        ("stages/open/decide/missed", "clocks"),
        ("fields/who/encloses", "tells"),
        ("stages/open/decide/paused_in", "clocks"),
    ],
)
def test_a_key_of_another_part_is_answered_with_its_part(place: str, owner: str) -> None:
    fault = only(faulty(place, "x"))

    assert fault.pointer == f"/{place}"
    assert fault.text("en") == f"this key is unknown here; it is a key of: {owner}"


@pytest.mark.parametrize("key", ["colour", "hours", "of"])
def test_a_key_of_no_part_or_of_many_is_unknown(key: str) -> None:
    assert only(faulty(f"clocks/decision/{key}", "x")).text("en") == "this key is unknown here"


def test_a_comma_in_braces_is_answered_with_quotes() -> None:
    fault = next(one for one in found("language: 1\nname: {en: Simple, done at once}\n") if one.line == 2)

    assert fault.pointer == "/name/done at once"
    assert fault.text("en") == "`done at once` is a key without a value"
    assert "put a text with a comma in quotes" in fault.text("mend_en")


@pytest.mark.parametrize("text", ["{en: A: b}", "{en: A #b}"])
def test_a_text_that_yaml_reads_otherwise_is_answered_with_quotes(text: str) -> None:
    fault = only(f"language: 1\nname: {text}\n")

    assert "put a text with `: `, ` #` or a comma in quotes" in fault.text("mend_en")


def test_an_unknown_country_is_answered_with_a_list_of_closed_days() -> None:
    fault = only(faulty("calendar/holidays", "ZA"))

    assert "list the days in `closed`" in fault.text("mend_en")


def test_a_wording_that_is_not_defined_is_answered_with_its_definition() -> None:
    fault = only(faulty("stages/open/decide/tells/wording", "solved"))

    assert fault.text("en") == "there is no wording `solved`"
    assert (
        fault.text("mend_en") == "define it: `wording: {solved: {en: …}}`; without `wording` the built-in text is sent"
    )


def test_a_limit_that_is_none_is_answered_with_weeks_and_years_too() -> None:
    fault = only(faulty("clocks/decision/within/0/limit", "2 business years"))

    assert '"8 calendar weeks", "1 calendar month", "2 calendar years"' in fault.text("mend_en")


GIVEN = {"channel": "phone", "facts": {"size": "s", "when": "2026-11-23T09:00"}}


def test_an_act_in_an_example_is_answered_with_its_event() -> None:
    events = {"registered": "2026-11-23T10:00", "accept": "2026-11-23T11:00"}
    document = faulty("examples", [{"given": GIVEN, "events": events, "then": {"stage": "open"}}])

    with pytest.raises(PolicyFault) as caught:
        check_publishable(document)

    [fault] = caught.value.faults
    assert fault.pointer == "/examples/0/events/accept"
    assert "is an act; its event is accepted" in fault.text("en")


def test_a_demand_in_an_example_without_a_party_is_answered_with_the_field() -> None:
    document = faulty("intake/unit", "none")
    del document["points"]
    document["stages"]["open"]["demand_evidence"] = {"by": "ann", "needs": "of"}
    document["fields"]["of"] = {"zh": "向谁", "kind": "choice", "choices": ["complainant"]}
    events = {"registered": "2026-11-23T10:00", "evidence_demanded": "2026-11-23T11:00"}
    document["examples"] = [{"given": GIVEN, "events": events, "then": {"stage": "registered"}}]

    with pytest.raises(PolicyFault) as caught:
        check_publishable(document)

    [fault] = caught.value.faults
    assert fault.pointer == "/examples/0/events/evidence_demanded"
    assert "without `of`, a demand goes to the respondent" in fault.text("en")


def test_a_display_text_in_no_language_is_answered_with_both() -> None:
    missing = next(fault for fault in found(faulty("people/ann", {"english": "Ann"})) if fault.kind == "missing")

    assert missing.text("mend_en") == "add `en` or `zh`: text"


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("clocks/decision/within/0/limit", 30, "it is a number"),
        ("clocks/decision/paused_in", True, "it is true or false"),
        ("fields", ["amount"], "it is a list"),
        ("tiers/0", "ann", "a map with keys such as `roles`, `acting`, `within`; it is a text"),
        ("stages/end", None, "a map with keys such as `name`, `guidance`, `shelf`; it is empty"),
        ("clocks/decision/missed", "close", "one of: escalate, record or a map with keys such as `act`, `fields`"),
        ("fields/amount/kind", "money", "`money` is none of them"),
        ("stages/open/decide/by", {"rôle": "ann"}, None),
    ],
)
def test_a_value_of_another_kind_is_named_in_plain_words(place: str, value: Any, said: str | None) -> None:
    texts = [fault.text("en") for fault in found(faulty(place, value))]

    assert said is None or any(said in text for text in texts)
    assert [text for text in texts if "Expected" in text or "`str`" in text or "enum" in text] == []
