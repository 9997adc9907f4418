"""Reports about the office on pages."""

from __future__ import annotations

import pytest

from chalicelib.kit import catalogue
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.supervision.reporting import THINKS, WORDS, operate, reported_on_page


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


def ids(office: Organisation) -> list[str]:
    return [row["id"] for row in office.get("/supervision", "supervisor")["reports"]]


def test_a_report_gets_a_receipt_that_opens_it(office: Organisation, browser: Browser) -> None:
    assert reported_on_page(browser, office).headings[0] == "举报已提交"
    page = browser.submit()
    [report] = ids(office)
    assert browser.path == f"/t/{office.id}/report/{report}"
    assert "等待处理" in page.text
    assert WORDS in page.text


def test_the_reporter_adds_to_the_report_and_reads_answers(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office)
    browser.submit()
    page = browser.submit(text="当天有录像。")
    assert "已提交，处理举报的人员会看到。" in page.text
    assert "当天有录像。" in page.text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"to": []}, "to"),
        ({"about": []}, "about"),
        ({"text": ""}, "text"),
        ({"about": "people"}, "names"),
        ({"complaint": "12"}, "complaint"),
        ({"text": "长" * 8_001}, "text"),
    ],
)
def test_wrong_answers_are_named_and_kept(
    office: Organisation, browser: Browser, given: dict[str, str], name: str
) -> None:
    page = reported_on_page(browser, office, **given)
    assert browser.answer.status == 422
    assert [href for href, _ in page.links if href == f"#{name}"]
    kept = {one.name: one.value for one in page.forms[0].controls}
    assert kept["text"] == given.get("text", WORDS)
    assert ids(office) == []


def test_the_people_whom_it_names_are_read_from_lines_and_commas(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office, about="people", names="handler、screener\narchivist")
    [report] = ids(office)
    found = office.get(f"/supervision/{report}", "supervisor")
    assert found["about"]["names"] == ["handler", "screener", "archivist"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_asks_first_who_may_read_the_report_and_chooses_nothing(
    office: Organisation, browser: Browser, language: str
) -> None:
    page = browser.open(f"/t/{office.id}/report?lang={language}")
    choices = [one for one in page.forms[0].controls if one.type == "radio"]
    assert [(one.name, one.value) for one in choices[:2]] == [("to", "supervisors"), ("to", "operators")]
    assert [one.value for one in choices if one.checked] == []
    for one in choices[:2]:
        assert catalogue.texts("pages")[f"report.to_{one.value}_hint"].of(language) in page.text


def test_the_operators_get_a_report_that_is_not_for_the_organisation(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office, to="operators")
    assert ids(office) == []
    [row] = operate(office.world, "GET", "").json["reports"]
    page = browser.submit()
    assert browser.path == f"/t/{office.id}/report/{row['reference']}"
    assert WORDS in page.text


def test_a_form_that_is_sent_twice_reports_once(office: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{office.id}/report")
    again = browser.answer
    browser.world.fakes.real_clock.now += THINKS
    browser.submit(to="supervisors", about="office", text=WORDS)
    browser.answer = again
    assert browser.submit(to="supervisors", about="office", text=WORDS).headings[0] == "举报已提交"
    assert len(ids(office)) == 1


def test_a_program_that_sends_the_form_at_once_is_asked_to_send_it_again(
    office: Organisation, browser: Browser
) -> None:
    browser.open(f"/t/{office.id}/report")
    page = browser.submit(to="supervisors", about="office", text=WORDS)
    assert "提交得太快" in page.text
    assert ids(office) == []


def test_a_wrong_receipt_opens_no_report(office: Organisation, world: InProcess, browser: Browser) -> None:
    reported_on_page(browser, office)
    other = Browser(world)
    other.open(f"/t/{office.id}/report/{ids(office)[0]}")
    page = other.submit(receipt="k1.wrongwrongwrongwrong")
    assert other.answer.status == 422
    assert "没有这份举报" in page.text
    assert WORDS not in page.text


def test_the_cookie_of_a_report_opens_no_other(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office)
    browser.submit()
    (key, (value, _)), *_ = browser.cookies.items()
    browser.cookies = {key: (value, "/t")}
    assert browser.open(f"/t/{office.id}/report/{'0' * 32}").headings == ["对投诉处理工作的举报"]


@pytest.mark.parametrize("part", ["", "/messages", "/leave"])
def test_another_site_changes_nothing(office: Organisation, browser: Browser, part: str) -> None:
    reported_on_page(browser, office)
    browser.submit()
    forms = [one.action.rpartition("/")[2] for one in browser.page.forms]
    if part:
        browser.submit(form=forms.index(part[1:]), origin="https://evil.example")
    else:
        browser.open(f"/t/{office.id}/report")
        browser.submit(origin="https://evil.example")
    assert browser.answer.status == 403


def test_a_message_is_kept_when_the_session_ends(office: Organisation, browser: Browser) -> None:
    page = reported_on_page(browser, office)
    receipt = page.forms[0].values()[0][1]
    browser.submit()
    browser.cookies.clear()
    page = browser.submit(text="当天有录像。")
    assert "您填写的内容没有丢失" in page.text
    page = browser.submit(receipt=receipt)
    assert {one.name: one.value for one in page.forms[0].controls}["text"] == "当天有录像。"


@pytest.mark.parametrize(
    ("to", "said"), [("supervisors", "与此事无关的人员会查看"), ("operators", "本服务的运营方会查看")]
)
def test_the_receipt_says_who_reads_the_report_and_where_the_answer_will_be(
    office: Organisation, browser: Browser, to: str, said: str
) -> None:
    text = reported_on_page(browser, office, to=to).text
    assert said in text
    assert "答复只显示在上面的地址，不会另外通知您。" in text


def test_the_page_of_a_report_says_what_to_wait_for(office: Organisation, browser: Browser) -> None:
    reported_on_page(browser, office)
    assert "还没有人开始处理。" in browser.submit().text
