"""The schema of explanations accepts each of them, and refuses one that lacks a key or has another kind of value."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime import Term, parse_limit
from chalicelib.policy.worktime.due_times.continued import CalendarChange, continued
from chalicelib.policy.worktime.explaining import explain, explain_term
from chalicelib.policy.worktime.explaining.schema import because_schema
from tests.kernel.policy.worktime.explaining.spoiling import spoiled
from tests.kernel.policy.worktime.samples import OFFICE, at, calendar

PARIS = {"timezone": "Europe/Paris", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": None}


@pytest.fixture
def accepts() -> Any:
    """The schema as a validator that also compares dates."""
    validator = jsonschema.Draft202012Validator
    return validator(because_schema(), format_checker=validator.FORMAT_CHECKER).is_valid


def explained(limit: str, start: str, *pauses: tuple[str, str | None], day_end: bool = False, **changes: Any) -> Any:
    zone = changes.get("timezone", "Asia/Shanghai")
    stopped: list[tuple[Instant, Instant | None]] = [
        (at(begin, zone), None if end is None else at(end, zone)) for begin, end in pauses
    ]
    return json.loads(json.dumps(explain(calendar(**changes), parse_limit(limit), at(start, zone), stopped, day_end)))


EXPLAINED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "days with holidays": ("10 working days", "2026-09-23 10:00", {}),
    "elapsed time": ("24 hours", "2026-11-27 10:00", {}),
    "an open pause": ("24 hours", "2026-11-27 18:30", {"pauses": [("2026-11-27 19:00", None)]}),
    "never due": ("87840 hours", "2095-01-01 09:00", {}),
    "a moved last day": ("8 calendar days", "2026-11-27 10:00", {"last_day": "next working day"}),
    "a last day that another calendar moves": (
        "8 calendar days",
        "2026-11-27 10:00",
        {"last_day": "next working day", "last_day_of": "bank", "others": {"bank": OFFICE}},
    ),
    "a start at 24:00": ("1 working day", "2026-11-27 00:00", {"day_end": True}),
    "the later of two": ("later of 1 working day, 24 hours", "2026-11-27 10:00", {}),
    "one after the other": ("30 calendar days then 5 working days", "2026-11-27 10:00", {}),
    "a last day that moves into a pause": (
        "12 calendar days",
        "2026-03-02 10:00",
        {"pauses": [("2026-03-16 12:00", "2026-03-17 12:00")], "last_day": "next working day", **PARIS},
    ),
    "whole paused days": (
        "2 working days",
        "2026-11-23 10:00",
        {"pauses": [("2026-11-24 00:00", "2026-11-25 00:00")], "paused_days": "whole"},
    ),
}


def explained_as(limit: str, start: str, further: dict[str, Any]) -> Any:
    changes = {name: one for name, one in further.items() if name != "pauses"}
    return explained(limit, start, *further.get("pauses", ()), **changes)


@pytest.fixture(params=EXPLAINED.values(), ids=list(EXPLAINED))
def explanation(request: pytest.FixtureRequest) -> Any:
    return explained_as(*request.param)


def test_an_explanation_is_accepted(explanation: Any, accepts: Any) -> None:
    assert accepts(explanation)


def test_an_explanation_with_one_thing_wrong_is_refused(explanation: Any, accepts: Any) -> None:
    assert [what for what, changed in spoiled(explanation) if accepts(changed)] == []


def test_an_interval_of_a_worked_day_has_a_beginning_and_an_end(accepts: Any) -> None:
    explanation = explained("10 working days", "2026-09-23 10:00")
    [day] = explanation["worked"]
    for hours in ([day["hours"][0][:1]], [[*day["hours"][0], "24:00"]]):
        assert not accepts({**explanation, "worked": [{**day, "hours": hours}]})


def keys(value: Any) -> set[str]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set(value if isinstance(value, dict) else ()).union(*map(keys, inside))


def described(schema: Any) -> set[str]:
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return set(schema.get("properties", ()) if isinstance(schema, dict) else ()).union(*map(described, inside))


def in_another_calendar(limit: str) -> Any:
    term = Term(calendar(), parse_limit(limit), at("2026-11-26 10:00"))
    change = CalendarChange(at("2026-12-01 12:00"), calendar(), "north")
    return json.loads(json.dumps(explain_term(continued(term, change))))


@pytest.mark.parametrize("limit", ["5 working days", "40 working hours", "1 day then 5 working days"])
def test_an_explanation_says_what_another_calendar_used(limit: str, accepts: Any) -> None:
    assert accepts(in_another_calendar(limit))


def test_the_explanations_together_have_every_key_of_the_schema() -> None:
    """Otherwise a part of the schema would be compared with nothing."""
    found = [*(explained_as(*asked) for asked in EXPLAINED.values()), in_another_calendar("5 working days")]
    assert set[str]().union(*map(keys, found)) == described(because_schema())
