"""The queue's filter by due days: overdue, today, within two working days of the calendar in force."""

from __future__ import annotations

import re

import pytest

from chalicelib.casework.queue_row import DueIn
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import NOTE, outcomes, tried
from tests.sign_in.door import START, at_the_desk, desk

ENDS: tuple[DueIn, ...] = ("overdue", "today", "two_working_days")
FRIDAY = START
SATURDAY, MONDAY = "2026-11-28T08:00:00+08:00", "2026-11-30T09:00:00+08:00"
WEDNESDAY, THURSDAY = "2026-12-02T10:00:00+08:00", "2026-12-03T09:00:00+08:00"


@pytest.fixture
def office() -> Organisation:
    """On Friday: a complaint that is due on Saturday morning, and one on Wednesday, after three working days."""
    found = sign_up(InProcess(FRIDAY), "platform")
    found.file()
    found.act(found.file(), "screener", "accept", responsible=found.subs["handler"])
    return found


def at(office: Organisation, when: str) -> None:
    """The schedule has not run since."""
    if when != FRIDAY:
        office.world.jump_to(when)  # type: ignore[attr-defined]


def found_by(office: Organisation, *asked: str, shelf: str = "open") -> list[str]:
    query = "&".join([f"shelf={shelf}", *(f"due={one}" for one in asked)])
    answer = office.world.call("GET", f"{office.path}/complaints?{query}", auth=office.auth("screener"))
    assert answer.status == 200, answer.text
    return [one["number"] for one in answer.json["complaints"]]


SATURDAYS, WEDNESDAYS = 0, 1
"""The complaints, by the order in which they were filed."""


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (FRIDAY, {"two_working_days": [SATURDAYS]}),
        (SATURDAY, {"today": [SATURDAYS], "two_working_days": [SATURDAYS]}),
        (MONDAY, {"overdue": [SATURDAYS], "two_working_days": [WEDNESDAYS]}),
        (WEDNESDAY, {"overdue": [SATURDAYS], "today": [WEDNESDAYS], "two_working_days": [WEDNESDAYS]}),
        (THURSDAY, {"overdue": [SATURDAYS, WEDNESDAYS]}),
    ],
)
def test_each_value_keeps_what_is_due_by_its_end(
    office: Organisation, when: str, expected: dict[DueIn, list[int]]
) -> None:
    at(office, when)
    numbers = list(office.filed)
    wanted = {end: [numbers[one] for one in expected.get(end, [])] for end in ENDS}
    assert {end: found_by(office, end) for end in ENDS} == wanted


def test_several_values_keep_what_one_of_them_keeps(office: Organisation) -> None:
    at(office, WEDNESDAY)
    assert found_by(office, "overdue", "today") == list(office.filed)


def test_a_complaint_without_a_deadline_is_in_none(office: Organisation) -> None:
    ended = next(iter(office.filed))
    office.act(ended, "screener", "refuse", ground="not_valid", reason="重复投诉。")
    answer = office.world.call("GET", f"{office.path}/complaints?shelf=archived", auth=office.auth("screener"))
    assert [one["number"] for one in answer.json["complaints"]] == [ended]
    assert found_by(office, *ENDS, shelf="archived") == []


def test_another_value_is_refused(office: Organisation) -> None:
    answer = office.world.call("GET", f"{office.path}/complaints?due=tomorrow", auth=office.auth("screener"))
    assert answer.status == 400


def test_the_page_counts_and_shows_it_with_what_takes_it_away(office: Organisation) -> None:
    at(office, MONDAY)
    browser = at_the_desk(office, "screener", language="zh")
    browser.open(f"{desk(office)}?due=overdue&due=today")
    assert re.findall(r'/desk/complaints/([^"?]+)', browser.answer.text) == [next(iter(office.filed))]
    assert "共 1 件" in browser.page.text
    chips = {words.partition(" ")[0]: href for href, words in browser.page.links if words.startswith("到期时间")}
    assert chips == {"到期时间：已逾期": "?due=today", "到期时间：今天到期": "?due=overdue"}


def test_the_group_of_the_page_and_the_filter_agree(office: Organisation) -> None:
    at(office, WEDNESDAY)
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}?due=today")
    assert re.findall(r'<tbody class="(\w+)">', browser.answer.text) == ["today"]


def test_what_is_new_on_a_page_follows_the_filter(office: Organisation) -> None:
    at(office, MONDAY)
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/changes?due=overdue")
    assert '"added":1' in browser.answer.text


def test_an_act_on_all_that_match_takes_those_that_the_filter_keeps(office: Organisation) -> None:
    at(office, MONDAY)
    assert outcomes(tried(office, **NOTE, filter={"due": ["two_working_days"]})) == {
        list(office.filed)[WEDNESDAYS]: "possible"
    }
