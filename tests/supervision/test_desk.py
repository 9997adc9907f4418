"""Reports about the office at the desk: those who handle one read it and act on it, and others learn nothing."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk
from tests.supervision.reporting import WORDS, Reported, about, add, report, seen

PATH = "/oversight/reports"


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def filed(office: Organisation) -> Reported:
    return report(office, about(office, "handler"), complaint=office.file(), contact="匿名邮箱 a@b.example")


def at(office: Organisation, path: str = "", who: str = "supervisor") -> Browser:
    browser = at_the_desk(office, who, language="en")
    browser.open(f"{desk(office)}{PATH}{path}")
    return browser


def send(browser: Browser, act: str, **given: str) -> None:
    [form] = [number for number, one in enumerate(browser.page.forms) if one.action.endswith(f"/acts/{act}")]
    browser.submit(form=form, **given)


def acts(browser: Browser) -> list[str]:
    return [one.action.rpartition("/")[2] for one in browser.page.forms if "/acts/" in one.action]


def types(office: Organisation, filed: Reported) -> list[str]:
    return [one["type"] for one in seen(office, filed, "supervisor")["events"]]


def test_a_supervisor_finds_the_report_from_the_menu_and_reads_it(office: Organisation, filed: Reported) -> None:
    browser = at_the_desk(office, "supervisor", language="en")
    for text in ("Oversight", "Reports about the office", filed.id):
        browser.follow(text)

    shown = browser.page.text
    assert all(text in shown for text in (WORDS, "匿名邮箱 a@b.example", "Anonymous", "Waiting to be handled"))
    assert acts(browser) == ["take", "reply", "note", "close", "admit"]


def test_a_report_is_taken_answered_and_closed(office: Organisation, filed: Reported) -> None:
    browser = at(office, f"/{filed.id}")
    send(browser, "take")
    assert "You have taken it." in browser.page.text
    send(browser, "reply", text="我们正在核实。")
    send(browser, "note", text="先核对流水。")
    send(browser, "close", finding="upheld", text="情况属实。")

    assert types(office, filed) == ["reported", "taken", "replied", "noted", "closed"]
    assert (acts(browser), "Upheld" in browser.page.text) == ([], True)
    reporter = [one["text"] for one in seen(office, filed, "reporter")["events"]]
    assert ("我们正在核实。" in reporter, "先核对流水。" in reporter) == (True, False)


def test_what_is_missing_stands_at_its_input_and_what_was_typed_stays(office: Organisation, filed: Reported) -> None:
    browser = at(office, f"/{filed.id}")
    send(browser, "close", text="情况属实。")

    assert "#close-finding" in {href for href, _ in browser.page.links}
    assert (">情况属实。</textarea>" in browser.answer.text, types(office, filed)) == (True, ["reported"])


def test_an_act_that_is_not_open_any_more_says_so(office: Organisation, filed: Reported) -> None:
    late = at(office, f"/{filed.id}")
    send(at(office, f"/{filed.id}"), "close", finding="undecided", text="无法核实。")
    send(late, "take")

    assert (late.path.endswith("told=overtaken"), "has changed meanwhile" in late.answer.text) == (True, True)


def test_a_later_supervisor_reads_it_after_being_admitted(office: Organisation, filed: Reported) -> None:
    hire(office, "supervisor", name="later")
    assert at(office, f"/{filed.id}", "later").answer.status == 404
    send(at(office, f"/{filed.id}"), "admit", person=office.subs["later"])

    assert at(office, f"/{filed.id}", "later").answer.status == 200


@pytest.mark.parametrize("who", ["owner", "handler", "director"])
def test_others_learn_nothing(office: Organisation, filed: Reported, who: str) -> None:
    assert filed.id not in at(office, who=who).answer.text
    real, absent = at(office, f"/{filed.id}", who).answer, at(office, f"/{'0' * 32}", who).answer
    assert (real.status, absent.status, WORDS in real.text) == (404, 404, False)


def test_it_is_listed_for_those_to_whom_reports_can_come(office: Organisation) -> None:
    assert "Reports about the office" in _oversight(office, "supervisor")
    assert "Reports about the office" not in _oversight(office, "director")


def _oversight(office: Organisation, who: str) -> str:
    browser = at_the_desk(office, who, language="en")
    browser.open(f"{desk(office)}/oversight")
    return browser.page.text


def test_each_look_is_recorded(office: Organisation, filed: Reported) -> None:
    at(office, f"/{filed.id}")
    found = office.get(f"/supervision/{filed.id}/reads", "supervisor")["reads"]
    assert [one["route"] for one in found] == ["page /t/{tenant}/desk/oversight/reports/{reference}"]


def test_hostile_words_are_text(office: Organisation) -> None:
    filed = report(office, text="<script>alert(1)</script>")
    add(office, filed, "<img src=x onerror=alert(1)>")

    shown = at(office, f"/{filed.id}")
    assert (shown.answer.status, "<script>alert" in shown.answer.text, "<img src=x" in shown.answer.text) == (
        200,
        False,
        False,
    )
    assert "<script>alert(1)</script>" in shown.page.text
