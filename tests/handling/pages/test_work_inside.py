"""Work inside the office is no step and no deadline of the complainant, unless they are told of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices import company as companies
from tests.clauses.offices import estate as estates
from tests.clauses.offices import workshop as workshops
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.handling.pages.shops import page_of, shop_with

TASK: dict[str, Any] = {
    "call": {"name": {"en": "Telephone call"}, "on": "registered", "role": "agent", "within": "2 hours"}
}
CHECKED: dict[str, Any] = {"by": "agent"}


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


def steps_of(office: Organisation, number: str) -> str:
    page = page_of(office, number, "zh" if office.preset else "en").page
    return page.text.rpartition("\n办理经过\n" if office.preset else "\nWhat has happened\n")[2]


def test_a_task_is_no_deadline_of_the_complainant() -> None:
    shop = shop_with(tasks=TASK)

    page = page_of(shop, shop.file()).page

    assert "Our answer to you" in page.text
    assert "Telephone call" not in page.text


def test_a_task_that_is_late_is_not_told_to_the_complainant() -> None:
    shop = shop_with(tasks=TASK)
    number = shop.file()
    advance(shop.world, "3 hours")

    page = page_of(shop, number).page

    assert "We are late" not in page.headings
    assert "Deadline missed" not in page.text
    assert "Telephone call" not in page.text


def test_an_end_of_a_task_is_no_entry_of_the_calendar_file() -> None:
    shop = shop_with(tasks=TASK)
    browser = page_of(shop, shop.file())

    browser.open(f"{browser.path.partition('?')[0]}/deadlines.ics")

    assert "Our answer to you" in browser.answer.text
    assert "Telephone call" not in browser.answer.text


@pytest.mark.parametrize("told", [True, False])
def test_a_check_inside_the_office_is_a_step_if_the_complainant_is_told(told: bool) -> None:
    tells = {"tells": "complainant"} if told else {}
    shop = shop_with(stages={"registered": {"confirm": {**CHECKED, **tells}}})
    number = shop.file()
    shop.act(number, "agent", "confirm")

    assert ("Confirmed" in steps_of(shop, number)) is told


@pytest.mark.parametrize("told", [True, False])
def test_an_answer_inside_the_office_is_no_result(told: bool) -> None:
    tells = {"tells": "complainant"} if told else {}
    shop = shop_with(
        stages={"registered": {"reply": {**CHECKED, "needs": "said", **tells}}}, fields={"said": {"en": "What is said"}}
    )
    number = shop.file()
    shop.act(number, "agent", "reply", said="It was the bearing.")

    assert ("The result" in page_of(shop, number).page.headings) is told
    assert ("It was the bearing." in page_of(shop, number).page.text) is told


def test_ways_of_a_case_inside_the_office_are_no_steps_of_it(world: InProcess) -> None:
    office = workshops.workshop_in(world)
    steps = steps_of(office, workshops.closed(office))

    assert "结案" in steps
    assert not [name for name in ("审核通过", "上报或转交", "执行", "指派") if name in steps]


def test_a_department_that_reports_back_is_no_step(world: InProcess) -> None:
    office = companies.company_in(world)
    steps = steps_of(office, companies.decided(office))

    assert "作出处理决定" in steps
    assert not [name for name in ("审核通过", "上报或转交", "指派") if name in steps]


def test_the_answer_of_an_office_to_the_complainant_is_a_step(world: InProcess) -> None:
    office = estates.estate_in(world)

    assert "灯已换好。" in steps_of(office, estates.replied(office))
