"""The steps of a complaint: those done, the present one, and those ahead, as a picture and as a list."""

from __future__ import annotations

import pytest

from tests.clauses.offices import helpdesk as helpdesks
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess, advance
from tests.handling.pages import cases
from tests.handling.pages.shops import page_of, shop_with
from tests.kernel.web.pages.browser import Browser

STATES = {"passed": "Past", "now": "Now", "ahead": "Next"}


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


def listed(browser: Browser) -> list[tuple[str, str]]:
    """State and text of each step of the list."""
    states = [given["class"].split()[0] for tag, given in browser.page.tags if tag == "li" and "class" in given]
    texts = [one for one in browser.page.texts if one.startswith(tuple(f"{word} " for word in STATES.values()))]
    return list(zip(states, (one.partition(" ")[2] for one in texts), strict=True))


def pictured(browser: Browser) -> list[str]:
    return [given["class"].split()[0] for tag, given in browser.page.tags if tag == "circle"]


def test_the_list_has_what_is_done_now_and_ahead(world: InProcess) -> None:
    found = [(state, text) for state, text in listed(page_of(*cases.offered(world)))]

    names = ["Received", "Assigned", "Investigated", "Offered", "Agreed, to be carried out", "Carried out"]
    assert [state for state, _ in found] == ["passed"] * 3 + ["now"] + ["ahead"] * 3
    assert [text.startswith(name) for (_, text), name in zip(found, [*names, "Closed"], strict=True)] == [True] * 7


def test_the_picture_shows_the_same_steps_and_says_so(world: InProcess) -> None:
    browser = page_of(*cases.offered(world))

    assert pictured(browser) == [state for state, _ in listed(browser)]
    [picture] = [given for tag, given in browser.page.tags if tag == "svg"]
    assert (picture["role"], picture["aria-label"]) == ("img", "Steps done: 3. One is under way. Steps ahead: 3")


def test_a_step_that_waits_for_the_complainant_says_so(world: InProcess) -> None:
    found = dict(reversed(one) for one in listed(page_of(*cases.offered(world))))

    assert "Offered it waits for you" in found
    assert "Agreed, to be carried out it waits for you" in found


def test_a_step_ahead_has_the_limit_of_the_policy(world: InProcess) -> None:
    texts = [text for _, text in listed(page_of(*cases.offered(world)))]

    assert "Carried out time limit after ‘Agreed’: 5 working days" in texts


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "time limit after ‘Carried out’: the end of the same day"), ("zh", "后的时限：当日")],
)
def test_the_end_of_a_day_is_a_limit_in_plain_words(world: InProcess, language: str, said: str) -> None:
    workshop = sign_up(world, "auto-repair-forms")
    number = workshop.file()
    browser = Browser(world, language)
    browser.open(f"/t/{workshop.id}/case")
    browser.submit(number=number, receipt=workshop.filed[number].receipt)

    assert any(said in one for one in browser.page.texts)


def test_the_present_step_has_the_due_time_of_the_office_and_says_that_it_is_overdue() -> None:
    shop = shop_with()
    number = shop.file()
    before = listed(page_of(shop, number))[0]
    advance(shop.world, "4 days")

    assert before == ("now", "Registered due by Mon 30 Nov 2026 09:00")
    assert listed(page_of(shop, number))[0] == ("now", "Registered was due by Mon 30 Nov 2026 09:00, overdue")


def test_a_complaint_that_has_ended_has_no_steps_ahead(world: InProcess) -> None:
    browser = page_of(*cases.rated_and_closed(world))

    assert {*pictured(browser)} == {"passed"}
    [picture] = [given for tag, given in browser.page.tags if tag == "svg"]
    assert picture["aria-label"] == "Steps done: 6. None is left"


def test_a_reopened_complaint_shows_what_was_done_and_what_comes_again(world: InProcess) -> None:
    states = [state for state, _ in listed(page_of(*cases.contradicted(world)))]

    assert states == ["passed"] * 6 + ["now"] + ["ahead"] * 5


def test_a_complaint_that_has_ended_is_now_at_its_last_step(world: InProcess) -> None:
    found = page_of(*cases.rated_and_closed(world)).page.texts

    assert [text for text in found if text.startswith(("Past ", "Now "))][-1].startswith("Now ")


def test_a_step_ahead_has_the_deadline_that_only_this_step_ends(world: InProcess) -> None:
    office = helpdesks.helpdesk_in(world)
    found = [text for _, text in listed(page_of(office, office.file()))]

    assert "Offered due by Fri 4 Dec 2026 18:00" in found, "an earlier answer ends the time of the first response"


def test_a_deadline_that_the_next_step_ends_is_not_that_of_a_later_one(world: InProcess) -> None:
    office = sign_up(world, "auto-repair-forms")
    due = [text for _, text in listed(page_of(office, office.file())) if "10:00" in text]

    assert len(due) == 2, "the present step, and the one that ends the deadline"
