"""Clocks whose own due time starts them again, alone or through other clocks: at least an hour for each round."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.complaints import small_procedure

STAGES = {
    "open": {
        "note": {"by": "manager"},
        "reply": {"by": "manager"},
        "park": {"by": "agent", "to": "parked"},
        "decide": {"by": "agent", "to": "done"},
    },
    "parked": {"resume": {"by": "agent", "to": "open"}},
}


def faults(**clocks: dict[str, Any]) -> list[tuple[str, str]]:
    named = {name: {"name": {"en": name}, "until": "decided", **clock} for name, clock in clocks.items()}
    tiers = [{"roles": "agent"}, {"roles": "manager"}]
    try:
        small_procedure.policy({"tiers": tiers, "stages": STAGES, "clocks": named})
    except PolicyFault as found:
        return [(one.pointer, one.kind) for one in found.faults]
    return []


def by_time(start: str | list[str], act: str, within: Any) -> dict[str, Any]:
    return {"from": start, "within": within, "missed": {"act": act}}


NOTED = ["registered", "noted"]
TOO_OFTEN = "repeats-too-often"


@pytest.mark.parametrize(
    "within",
    [
        "1 second",
        "59 minutes",
        "59 working minutes",
        "earlier of 1 minute, 1 working day",
        "later of 1 minute, 2 minutes",
    ],
)
def test_an_act_by_time_that_starts_its_own_clock_within_the_hour(within: str) -> None:
    assert faults(a=by_time(NOTED, "note", within)) == [("/clocks/a/within", TOO_OFTEN)]


@pytest.mark.parametrize(
    "within", ["1 hour", "1 working hour", "later of 1 minute, 1 hour", "same working day", "none"]
)
def test_an_act_by_time_that_starts_its_own_clock_by_the_hour(within: str) -> None:
    assert faults(a=by_time(NOTED, "note", within)) == []


@pytest.mark.parametrize(
    ("first", "second", "found"), [("20 minutes", "39 minutes", 2), ("20 minutes", "40 minutes", 0)]
)
def test_two_acts_by_time_that_start_each_others_clocks(first: str, second: str, found: int) -> None:
    clocks = {
        "a": by_time(["registered", "resumed"], "park", first),
        "b": by_time("parked", "resume", second),
    }
    assert faults(**clocks) == [(f"/clocks/{name}/within", TOO_OFTEN) for name in "ab"][:found]


def test_a_circle_of_three_clocks_counts_as_a_whole() -> None:
    clocks = {
        "a": by_time(["registered", "resumed"], "note", "10 minutes"),
        "b": by_time("noted", "park", "10 minutes"),
        "c": by_time("parked", "resume", "39 minutes"),
    }
    assert len(faults(**clocks)) == 3
    assert faults(**clocks | {"c": by_time("parked", "resume", "40 minutes")}) == []


def test_a_chain_of_clocks_that_ends_repeats_nothing() -> None:
    assert faults(a=by_time("registered", "note", "1 minute"), b=by_time("noted", "reply", "1 minute")) == []


def test_an_act_that_is_not_possible_escalates_and_starts_its_clock_again() -> None:
    assert faults(a=by_time(["registered", "escalated"], "note", "1 minute")) == [("/clocks/a/within", TOO_OFTEN)]


def test_only_the_rules_that_are_too_short_are_named() -> None:
    rules = [
        {"when": {"channel": "phone", "hours": "open"}, "limit": "2 hours"},
        {"when": {"hours": "closed"}, "limit": "1 minute"},
    ]
    assert faults(a=by_time(NOTED, "note", rules)) == [("/clocks/a/within/1/limit", TOO_OFTEN)]


def test_clocks_that_only_record_their_misses_start_nothing() -> None:
    assert faults(a={"from": ["registered", "escalated"], "within": "1 minute", "missed": "record"}) == []
