"""The desk's page of open work."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import estate_in, handled
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk


@pytest.fixture
def estate() -> Organisation:
    return estate_in(InProcess("2026-11-27T09:00:00+08:00"))


def tasks(estate: Organisation, who: str, language: str = "en") -> Browser:
    browser = at_the_desk(estate, who, language=language)
    browser.open(f"{desk(estate)}/tasks")
    assert browser.answer.status == 200
    return browser


def test_a_task_leads_to_its_form(estate: Organisation) -> None:
    number = estate.file(severity="major")
    browser = tasks(estate, "management_office")
    browser.follow("Written report")
    assert browser.path == f"{desk(estate)}/complaints/{number}/acts/do_task"


def test_an_act_that_awaits_approval_is_named_and_leads_to_the_approval(estate: Organisation) -> None:
    number = handled(estate, channel="email")
    estate.act(number, "management_office", "reply", text="灯已换好。")
    browser = tasks(estate, "service_centre")
    assert f"{desk(estate)}/complaints/{number}/acts/approve" in [href for href, _ in browser.page.links]


def test_without_work_the_page_says_so(estate: Organisation) -> None:
    assert "目前没有待办事项。" in tasks(estate, "service_centre", "zh").answer.text
