"""The desk's page of the read log."""

from __future__ import annotations

import pytest

from chalicelib.features.handling.desk import reads
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.desk.desk import case_path, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def at_reads(office: Organisation, number: str, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{case_path(office, number)}/reads")
    return browser


def test_it_says_who_saw_what_and_where(office: Organisation) -> None:
    number = office.file()
    opened(office, number, "screener", "?show=complainant")
    texts = at_reads(office, number).page.texts
    at = texts.index("the complaint")
    assert "who complains" in texts[at - 1]
    assert texts[at - 2].startswith("screener ")
    assert texts[at - 3] == "Fri 27 Nov 2026 09:00"


def test_before_a_read_it_says_that_there_is_none(office: Organisation) -> None:
    assert "There is no entry yet." in at_reads(office, office.file()).page.text


def test_others_are_told_who_may_see_it_and_have_no_link_to_it(office: Organisation) -> None:
    number = office.file()
    browser = at_reads(office, number, "screener")
    assert browser.answer.status == 403
    assert "Only owners and the policy's auditors may see the read log." in browser.page.text
    assert "Read log" not in [text for _, text in opened(office, number, "screener").page.links]
    assert "Read log" in [text for _, text in opened(office, number, "owner").page.links]


def test_a_long_log_is_paged(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "PAGE", 1)
    number = office.file()
    for who in ("screener", "director"):
        opened(office, number, who)
    browser = at_reads(office, number)
    browser.follow("Earlier entries ›")
    assert browser.answer.status == 200
    assert "the complaint" in browser.page.text


def test_a_forged_cursor_is_refused(office: Organisation) -> None:
    browser, number = at_the_desk(office, "owner"), office.file()
    browser.open(f"{case_path(office, number)}/reads?cursor=forged")
    assert browser.answer.status == 400


def test_it_speaks_chinese(office: Organisation) -> None:
    number = office.file()
    opened(office, number, "screener")
    text = at_reads(office, number, language="zh").page.text
    assert "投诉内容" in text
    assert "位置 2026" not in text
