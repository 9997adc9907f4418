"""Ledgers at the desk: for those who keep them, as the table of the API has them, now and at the end of a month."""

from __future__ import annotations

import csv
import io

import pytest

from tests.clauses.offices.workshop import parked
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser
from tests.ledgers.reading import numbers, read
from tests.sign_in.door import at_the_desk, desk

PATH = "/oversight/ledgers/manager"


@pytest.fixture
def pending(workshop: Organisation) -> Organisation:
    for _ in range(2):
        parked(workshop)
    return workshop


def opened(office: Organisation, path: str, who: str = "customer_manager") -> Browser:
    browser = at_the_desk(office, who)
    browser.open(desk(office) + path)
    return browser


def test_who_keeps_one_finds_it_from_the_menu(pending: Organisation) -> None:
    browser = at_the_desk(pending, "customer_manager")
    for text in ("Oversight", "Ledgers"):
        browser.follow(text)
    links = [href for href, _ in browser.page.links if "/oversight/ledgers/" in href]
    assert links == [desk(pending) + PATH]


def test_the_page_and_its_file_have_the_matters_of_the_api(pending: Organisation) -> None:
    known = numbers(read(pending, "customer_manager"))
    browser = opened(pending, PATH)
    assert [text for _, text in browser.page.links if text in known] == known
    text = browser.ask(f"{desk(pending)}{PATH}/table.csv").text.removeprefix("\ufeff")
    assert [row["Number"] for row in csv.DictReader(io.StringIO(text))] == known


def test_a_month_that_has_ended_is_shown_as_it_was(pending: Organisation) -> None:
    pending.world.move_to("2026-12-02T09:10:00+08:00")
    parked(pending)
    browser = opened(pending, f"{PATH}?month=2026-11")
    assert "2 matters" in browser.page.text
    assert browser.ask(f"{desk(pending)}{PATH}?month=2020-01").status == 404


def test_who_keeps_none_has_no_entry_and_is_refused(pending: Organisation) -> None:
    browser = at_the_desk(pending, "general_manager")
    assert not any("/ledgers" in href for href, _ in browser.page.links)
    assert [browser.ask(desk(pending) + path).status for path in (PATH, f"{PATH}/table.csv")] == [403, 403]


def test_an_unknown_ledger_is_not_found(pending: Organisation) -> None:
    assert opened(pending, "/oversight/ledgers/none").answer.status == 404
