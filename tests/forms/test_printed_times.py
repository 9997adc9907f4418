"""Times on printed forms: in the language of the form and the zone of the policy's calendar."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.features.forms import value_text
from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.kit.instants import from_text
from tests.kernel.complaints.small_procedure import Case, policy


def file(language: str, zone: str = "Asia/Shanghai") -> CaseFile:
    calendar = {"timezone": zone, "hours": {"mon-fri": ["09:00-18:00"]}, "holidays": None}
    under = policy({"calendar": calendar, "tiers": [{"roles": "manager"}]})
    return CaseFile(
        policy=under,
        complaint=Case(under).complaint,
        events=[],
        private={},
        damaged={},
        classes=[],
        policy_of=lambda _version: under,
        units={},
        overtaken={},
        language=language,
    )


@pytest.mark.parametrize(
    ("month", "name"),
    list(enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1)),
)
def test_a_date_is_written_as_the_language_writes_it(month: int, name: str) -> None:
    day = date(2026, month, 7)
    assert value_text.date_text(file("en"), day) == f"7 {name} 2026"
    assert value_text.date_text(file("zh"), day) == f"2026年{month}月7日"


@pytest.mark.parametrize(
    ("zone", "text"), [("Asia/Shanghai", "28 Nov 2026 00:05"), ("America/New_York", "27 Nov 2026 11:05")]
)
def test_a_time_is_that_of_the_calendars_zone(zone: str, text: str) -> None:
    assert value_text.instant_text(file("en", zone), from_text("2026-11-27T16:05:59Z")) == text


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        ("2026-11-27T18:00:00+08:00", "27 Nov 2026 18:00"),
        ("2026-11-28T00:00:00+08:00", "27 Nov 2026 24:00"),
        ("2026-11-28T00:01:00+08:00", "28 Nov 2026 00:01"),
    ],
)
def test_a_due_time_at_midnight_ends_the_day_before(instant: str, text: str) -> None:
    assert value_text.end_text(file("en"), from_text(instant)) == text
