"""Hints: what an author may not have meant. They do not block publication."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from chalicelib.policy import publishing
from chalicelib.policy.reading.faults import PolicyFault
from tests.helpers.nonempty import nonempty
from tests.kernel.policy.faulty_policies.faulty import faulty


def hints(limit: str) -> list[tuple[str, str]]:
    document = faulty("clocks/decision/within", limit)
    document["intake"]["limitation"]["within"] = "1 day"
    del document["severity"]["ageing"]
    return [(hint.pointer, hint.kind) for hint in publishing.prepare(document).hints]


@pytest.mark.parametrize("limit", ["2 days", "30 days", "1 week", "1 month"])
def test_elapsed_days_have_a_hint(limit: str) -> None:
    assert hints(limit) == [("/clocks/decision/within", "elapsed-days")]


@pytest.mark.parametrize("limit", ["1 day", "48 hours", "5 working days", "same working day", "none"])
def test_other_limits_have_none(limit: str) -> None:
    assert hints(limit) == []


def test_a_hint_says_in_two_languages_what_to_write() -> None:
    hint = publishing.prepare(faulty("clocks/decision/within", "30 days")).hints[-1]
    assert all(re.search("[\u4e00-\u9fff]", hint.text(part)) for part in ("zh", "mend_zh"))
    assert all("calendar days" in hint.text(part) for part in ("mend_zh", "mend_en"))


def test_a_hint_in_a_text_has_its_line() -> None:
    text = "\n".join(["{", *(f'"{key}": {value},' for key, value in _good_lines()), "}"])
    assert all(hint.line for hint in nonempty(publishing.prepare(text).hints))


def _good_lines() -> list[tuple[str, str]]:
    return [(key, json.dumps(value)) for key, value in faulty("clocks/decision/within", "30 days").items()]


@pytest.mark.parametrize(("limit", "expected"), [("2 working days", 0), ("2 working days including the first day", 1)])
def test_a_warning_as_long_as_the_rest_of_a_limit_whose_first_day_counts_has_a_hint(limit: str, expected: int) -> None:
    document = faulty("clocks/decision/within", limit)
    document["clocks"]["decision"]["warn"] = "1 working day before"
    assert [hint.kind for hint in publishing.prepare(document).hints].count("warns-at-once") == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"closed": ["2026-12-24"]}, ["/calendar"]),
        ({"open": {"2026-12-24": ["09:00-12:00"]}}, ["/calendar"]),
        ({"closed": ["2026-12-24"], "listed_through": 2026}, []),
        ({"closed": ["2026-12-24"], "holidays": "CN"}, []),
        ({"closed": ["12-24"]}, []),
    ],
)
def test_dates_without_the_year_of_the_last_one_have_a_hint(changes: dict[str, Any], expected: list[str]) -> None:
    document = faulty("clocks/decision/within", "5 working days")
    document["calendar"] |= changes
    assert [hint.pointer for hint in publishing.prepare(document).hints if hint.kind == "listed-through"] == expected


WITHOUT_EFFECT: dict[str, tuple[str, Any, str, str]] = {
    "surviving an act that ends no clock": (
        "clocks/decision/survives",
        "decided",
        "clocks/decision/survives",
        "survives-nothing",
    ),
    "surviving an assignment": (
        "clocks/promised/survives",
        ["closed", "assigned"],
        "clocks/promised/survives",
        "survives-nothing",
    ),
    "surviving a miss": ("clocks/promised/survives", "missed", "clocks/promised/survives", "survives-nothing"),
    "a warning before the start": (
        "clocks/decision/warn",
        "6 working days before",
        "clocks/decision/warn",
        "warns-at-once",
    ),
    "a warning at the start": ("clocks/decision/warn/0", "6 hours before", "clocks/decision/warn/0", "warns-at-once"),
    "a warning of days before hours": ("clocks/decision/warn", "1 day before", "clocks/decision/warn", "warns-at-once"),
    "a date with a length": (
        "fields/on",
        {"zh": "日", "kind": "date", "most": 5},
        "fields/on/most",
        "no-effect-on-kind",
    ),
    "a date with choices": (
        "fields/on",
        {"zh": "日", "kind": "date", "choices": {"a": "甲"}},
        "fields/on/choices",
        "no-effect-on-kind",
    ),
    "a flag with a length": (
        "fields/sure",
        {"zh": "是否确定", "kind": "flag", "most": 5},
        "fields/sure/most",
        "no-effect-on-kind",
    ),
    "a choice of the filing with a length": (
        "intake/facts/size/most",
        5,
        "intake/facts/size/most",
        "no-effect-on-kind",
    ),
    "a date of the filing with a length": (
        "intake/facts/on",
        {"zh": "日", "kind": "date", "most": 5},
        "intake/facts/on/most",
        "no-effect-on-kind",
    ),
    "a recusal of the complainant": (
        "stages/open/recuse",
        {"by": "complainant"},
        "stages/open/recuse/by",
        "recuses-party",
    ),
    "a recusal of the respondent": (
        "stages/open/recuse",
        {"by": "respondent"},
        "stages/open/recuse/by",
        "recuses-party",
    ),
    "a recusal of a party or a role": (
        "stages/open/recuse",
        {"by": ["complainant", "ann"]},
        "stages/open/recuse/by",
        "recuses-party",
    ),
    "showing the respondent files of each type": (
        "intake/evidence",
        {"photo": {"zh": "照", "shown_to": "respondent"}},
        "intake/evidence/photo/shown_to",
        "keeps-metadata",
    ),
    "showing the respondent sound": (
        "intake/evidence",
        {"record": {"zh": "音", "shown_to": ["respondent"], "types": ["application/pdf", "audio/wav"]}},
        "intake/evidence/record/types",
        "keeps-metadata",
    ),
    "repeating every other elapsed day": (
        "tasks/audit",
        {"zh": "x", "on": "classified", "for": "bob", "every": "2 days", "until": "decided"},
        "tasks/audit/every",
        "elapsed-days",
    ),
    "an alarm every other elapsed day": ("tiers/1/again", "2 days", "tiers/1/again", "elapsed-days"),
    "a notice after elapsed days": (
        "publicity",
        {"notices": {"on": "decided", "delay": "2 days", "shows": ["verdict"]}},
        "publicity/notices/delay",
        "elapsed-days",
    ),
}


@pytest.mark.parametrize("what", WITHOUT_EFFECT)
def test_what_has_no_effect_has_a_hint_at_its_place(what: str) -> None:
    place, value, named, kind = WITHOUT_EFFECT[what]
    usual = {hint.pointer for hint in publishing.prepare(faulty("fields/spare", {"zh": "空"})).hints}

    found = [hint for hint in publishing.prepare(faulty(place, value)).hints if hint.pointer not in usual]

    assert [(hint.pointer, hint.kind) for hint in found] == [(f"/{named}", kind)]
    assert all(re.search("[\u4e00-\u9fff]", found[0].text(part)) for part in ("zh", "mend_zh"))
    assert all(re.search("[a-z]{2}", found[0].text(part)) for part in ("en", "mend_en"))


@pytest.mark.parametrize(
    "kind",
    [
        {"zh": "照", "shown_to": "respondent", "types": ["image/jpeg", "image/png", "application/pdf", "text/plain"]},
        {"zh": "音", "types": ["audio/wav"]},
        {"zh": "音"},
    ],
)
def test_files_that_can_be_cleaned_or_are_not_shown_have_no_hint(kind: dict[str, Any]) -> None:
    found = publishing.prepare(faulty("intake/evidence", {"photo": kind})).hints
    assert [hint for hint in found if hint.kind == "keeps-metadata"] == []


WITH_RESPONDENT: dict[str, tuple[str, Any, str]] = {
    "an act of the respondent": ("stages/open/dispute", {"by": "respondent"}, "/stages/open/dispute/by"),
    "a message to the respondent": (
        "stages/open/mediate",
        {"by": "ann", "tells": ["complainant", "respondent"]},
        "/stages/open/mediate/tells/1",
    ),
    "a message to the respondent about the filing": ("intake/tells", ["ann", "respondent"], "/intake/tells/1"),
}


@pytest.mark.parametrize("what", WITH_RESPONDENT)
def test_a_respondent_that_complaints_do_not_name_has_a_hint(what: str) -> None:
    """The respondent is the person with this role for the complaint's unit. Otherwise, the words reach no person."""
    place, value, named = WITH_RESPONDENT[what]
    document = faulty(place, value)
    document["intake"]["unit"] = "none"
    del document["points"]

    found = [hint for hint in publishing.prepare(document).hints if hint.kind == "no-respondent"]

    assert [hint.pointer for hint in found] == [named]
    assert "write `unit: optional` or `unit: required` in `intake`" in found[0].text("mend_en")


@pytest.mark.parametrize("what", WITH_RESPONDENT)
def test_a_respondent_of_complaints_with_units_has_no_hint(what: str) -> None:
    place, value, _ = WITH_RESPONDENT[what]

    assert [hint for hint in publishing.prepare(faulty(place, value)).hints if hint.kind == "no-respondent"] == []


MISSED_LATER = {"from": "registered", "until": "decided", "within": "5 working days", "missed": {"act": "accept"}}
"""`accept` leads from `registered` to `open`, where no person and no time can do it again."""


def hints_of_clock(**changes: Any) -> list[str]:
    document = faulty("clocks/waiting", {**MISSED_LATER, **changes})
    document["stages"]["registered"]["accept"] = {"by": "ann", "to": "open"}
    return _done_by_hand(document)


def _done_by_hand(document: dict[str, Any]) -> list[str]:
    return [hint.pointer for hint in publishing.prepare(document).hints if hint.kind == "done-by-hand"]


def test_an_act_by_time_that_a_person_does_first_must_end_its_clock() -> None:
    """Otherwise the clock goes on, finds its act no longer possible, and is missed although nothing is wrong."""
    assert hints_of_clock() == ["/clocks/waiting/until"]


@pytest.mark.parametrize(
    "changes",
    [
        {"until": ["decided", "accepted"]},
        {"missed": {"act": "refuse", "fields": {"ground": "late"}}},
        {"missed": "record"},
        {"paused_in": "open"},
    ],
    ids=["the act ends the clock", "the act cancels the clock", "no act by time", "the clock rests after the act"],
)
def test_an_act_by_time_that_cannot_be_missed_has_no_hint(changes: dict[str, Any]) -> None:
    assert hints_of_clock(**changes) == []


def test_an_act_that_only_this_clock_does_has_no_hint() -> None:
    document = faulty("clocks/waiting", MISSED_LATER)
    document["stages"]["registered"]["accept"] = {"by": "time", "to": "open"}

    assert _done_by_hand(document) == []


def test_an_act_that_another_clock_may_do_first_has_a_hint() -> None:
    document = faulty("clocks/waiting", MISSED_LATER)
    document["stages"]["registered"]["accept"] = {"by": "time", "to": "open"}
    document["clocks"]["sooner"] = {**document["clocks"]["waiting"], "until": ["decided", "accepted"]}

    assert _done_by_hand(document) == ["/clocks/waiting/until"]


def test_an_act_by_time_that_no_stage_offers_then_is_a_fault_instead() -> None:
    """The clock starts with `decided`, and no stage to which that leads offers `accept`."""
    with pytest.raises(PolicyFault) as caught:
        hints_of_clock(**{"from": "decided", "until": "refused"})

    assert [(fault.pointer, fault.kind) for fault in caught.value.faults] == [
        ("/clocks/waiting/missed/act", "act-never-due")
    ]


def test_an_act_by_time_that_stays_possible_has_no_hint() -> None:
    document = faulty("clocks/waiting", {**MISSED_LATER, "missed": {"act": "note"}})
    document["stages"]["registered"]["note"] = {"by": "ann"}

    assert _done_by_hand(document) == []
