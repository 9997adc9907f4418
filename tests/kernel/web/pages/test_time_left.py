"""What is left until a due time, in open time where the limit counts it."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import from_text
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.reading.parsing import parse
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.time_left import time_left

ENGLISH, CHINESE = Reader("en", chosen=False), Reader("zh", chosen=False)
FRIDAY = "2026-10-16T10:20:00+08:00"


@pytest.fixture(scope="module")
def authority() -> Policy:
    """Its days are open from 9:00 to 12:00 and from 13:30 to 18:00; `decision` counts working days."""
    return compile_policy(parse(presets.document("food-drug-administration")), "1")


def text(policy: Policy, due: str, *, clock: str = "decision", now: str = FRIDAY, reader: Reader = ENGLISH) -> str:
    return time_left(policy, reader, clock, from_text(due), from_text(now)).text


@pytest.mark.parametrize(
    ("due", "left"),
    [
        ("2026-10-16T11:00:00+08:00", "40 min left"),
        ("2026-10-16T18:00:00+08:00", "6 h 10 min left"),
        ("2026-10-20T18:00:00+08:00", "2 d 6 h left"),
        ("2026-10-16T09:00:00+08:00", "1 h 20 min late"),
        ("2026-10-15T18:00:00+08:00", "1 h 20 min late"),
        (FRIDAY, "0 min left"),
    ],
)
def test_a_limit_in_working_days_leaves_open_time(authority: Policy, due: str, left: str) -> None:
    assert text(authority, due) == left


def test_a_clock_of_elapsed_time_leaves_elapsed_time(authority: Policy) -> None:
    assert text(authority, "2026-10-20T18:00:00+08:00", clock="gone") == "4 d 7 h left"


def test_it_is_said_in_chinese(authority: Policy) -> None:
    late = text(authority, "2026-10-13T18:00:00+08:00", reader=CHINESE)
    assert (text(authority, "2026-10-20T18:00:00+08:00", reader=CHINESE), late) == (
        "还剩 2 天 6 小时",
        "逾期 2 天 1 小时",
    )


@pytest.mark.parametrize(
    ("due", "group"),
    [
        ("2026-10-16T10:19:59+08:00", "late"),
        ("2026-10-16T18:00:00+08:00", "today"),
        ("2026-10-17T00:00:00+08:00", "today"),
        ("2026-10-17T09:00:00+08:00", "later"),
    ],
)
def test_a_due_time_is_late_today_or_later_in_the_organisations_zone(authority: Policy, due: str, group: str) -> None:
    assert time_left(authority, ENGLISH, "decision", from_text(due), from_text(FRIDAY)).group == group
