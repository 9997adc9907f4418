"""The organisation's own record, anchors, read logs and origins at the desk, without JavaScript."""

from __future__ import annotations

import pytest

from tests.clauses.offices.hall import hall_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import START, hour, start
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk


@pytest.fixture
def made() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def opened(made: Organisation, path: str, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(made, who, language=language)
    browser.open(f"{desk(made)}/organisation/{path}")
    return browser


def test_the_record_has_each_event_in_words_and_its_check(made: Organisation) -> None:
    start(made)
    hour(made)
    browser = opened(made, "record")
    for text in ("Export started", "Member invited", "Signed up", "The record is intact"):
        assert text in browser.page.text
    assert "数据导出" in opened(made, "record", language="zh").page.text


def test_no_type_of_event_of_a_normal_record_lacks_its_words(made: Organisation) -> None:
    types = {one["type"] for one in made.get("/record", "owner")["events"]}
    shown = opened(made, "record").page.text
    assert types != set()
    assert [one for one in types if f"\n{one}\n" in shown] == []


def test_a_changed_record_is_said(made: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.record.verification.break_in_chain", lambda _: 0)
    browser = opened(made, "record")
    assert "The record has a fault" in browser.page.text


def test_the_anchors_have_the_roots_that_the_check_shows(made: Organisation) -> None:
    assert "There is no anchor yet" in opened(made, "anchors").page.text
    hour(made)
    root = made.get("/record/verify", "owner")["anchor"]["root"]
    assert f'<p class="secret">{root}</p>' in opened(made, "anchors").answer.text


@pytest.mark.parametrize("path", ["record", "anchors"])
def test_the_policys_auditors_read_them_too(path: str) -> None:
    hall = hall_in(InProcess(START))
    assert opened(hall, path, "director").answer.status == 200
    assert opened(hall, "webhooks", "director").answer.status == 403


def test_a_number_leads_to_the_read_log_of_the_complaint(made: Organisation) -> None:
    number = made.file()
    browser = opened(made, f"reads?number={number}")
    assert browser.path.partition("?")[0] == f"{desk(made)}/complaints/{number}/reads"
    assert opened(made, "reads?unit=no-such").answer.status == 404


def test_origins_are_set_one_in_a_line(made: Organisation) -> None:
    browser = opened(made, "origins")
    at = next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/origins"))
    browser.submit(form=at, origins="https://a.example\r\nhttps://b.example")
    assert "Saved" in browser.page.text
    assert made.get("", "owner")["origins"] == ["https://a.example", "https://b.example"]


def test_a_line_that_is_no_origin_is_named_and_kept(made: Organisation) -> None:
    browser = opened(made, "origins")
    at = next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/origins"))
    browser.submit(form=at, origins="https://a.example\nhttp://b.example/x")
    assert browser.answer.status == 422
    assert "Line 2, “http://b.example/x”, is no origin" in browser.page.text
    assert made.get("", "owner")["origins"] == []
