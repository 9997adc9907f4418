"""Printed forms and the case file open in the browser of a member who has signed in."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "auto-repair-forms")


def printed(office: Organisation, number: str) -> Browser:
    browser = at_the_desk(office, office.filer or "owner", language="zh")
    browser.open(f"{desk(office)}/complaints/{number}/forms")
    return browser


def test_the_forms_that_the_member_may_print_are_listed_and_open(office: Organisation) -> None:
    number = office.file()
    browser = printed(office, number)
    forms = [href for href, _ in browser.page.links if "/forms/" in href]
    assert forms

    for form in forms:
        browser.open(form)
        assert (browser.answer.status, number in browser.answer.text) == (200, True)


def test_the_case_file_opens(office: Organisation) -> None:
    number = office.file()
    browser = printed(office, number)
    browser.follow("案卷")
    assert (browser.answer.status, number in browser.answer.text) == (200, True)
