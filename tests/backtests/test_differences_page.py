"""A back-test at the desk: started for a period, watched, stopped, and its differences read in words."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.backtests import step
from chalicelib.jobs import job as jobs
from chalicelib.store.keys import CaseRef
from chalicelib.wiring import Wiring
from tests.backtests.test_desk_report import office as office
from tests.backtests.test_desk_report import save_draft
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import at_the_desk, desk

PAGE = "/procedure/backtests"


def at_page(office: Organisation, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(desk(office) + PAGE)
    return browser


def started(office: Organisation, begin: str = "2026-11-01", last: str = "2026-12-16", language: str = "en") -> Browser:
    save_draft(office)
    browser = at_page(office, language=language)
    browser.submit(form=form_of(browser, PAGE), **{"from": begin, "to": last})  # type: ignore[arg-type]
    return browser


def swept(office: Organisation, browser: Browser) -> str:
    assert isinstance(office.world, InProcess)
    office.world.sweep()
    browser.open(browser.path)
    return browser.answer.text


def test_differences_are_grouped_with_each_case_and_both_due_times(office: Organisation) -> None:
    said = swept(office, started(office))
    assert "Replayed: 2." in said
    assert "2 complaints would be due later" in said
    assert "2 complaints would no longer be late" in said
    assert said.count("Resolution: ") >= 2
    assert "/desk/complaints/202611-000001" in said
    assert "Missed deadlines" in said


def test_it_is_stopped_in_the_middle_and_keeps_what_it_found(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a back-test with a complaint in each step
    monkeypatch.setattr(step, "NUMBERS", 1)
    owner, pages, replay = at_page(office), list[str](), step.replay_complaint

    def meanwhile(wiring: Wiring, ref: CaseRef, *given: Any) -> Any:
        """While the first complaint is replayed, the owner looks at the page and stops it."""
        found = jobs.rows(jobs.listed(wiring.store, office.id, 1, None))[0].id
        owner.open(f"{desk(office)}{PAGE}/{found}")
        pages.append(owner.answer.text)
        with binding.tenant(office.id):
            owner.submit(form=form_of(owner, "/stop"))
            return replay(wiring, ref, *given)

    monkeypatch.setattr(step, "replay_complaint", meanwhile)

    # when
    said = swept(office, started(office))

    # then
    assert len(pages) == 1
    assert "0 of 2 numbers so far." in pages[0]
    assert "The result until then stands below." in said
    assert "Replayed: 1." in said
    assert "Stop it</button>" not in said


def test_a_back_test_that_has_ended_is_not_stopped(office: Organisation) -> None:
    browser = started(office)
    path = browser.path
    swept(office, browser)
    browser.ask(f"{path}/stop", [])
    browser.open(path)
    assert "Replayed: 2." in browser.answer.text
    assert "The result until then" not in browser.answer.text


def test_all_differences_of_a_kind_are_listed(office: Organisation) -> None:
    browser = started(office)
    swept(office, browser)
    browser.open(f"{browser.path}?kind=later")
    assert "Complaints that would be due later" in browser.answer.text
    assert "202611-000002" in browser.answer.text


@pytest.mark.parametrize(("begin", "last"), [("2026-12-10", "2026-12-01"), ("", "")])
def test_a_period_that_cannot_be_starts_nothing(office: Organisation, begin: str, last: str) -> None:
    assert "It was not started: check the period" in started(office, begin, last).answer.text


def test_only_owners_see_it(office: Organisation) -> None:
    assert at_page(office, "agent").answer.status == 403


def test_a_back_test_that_there_is_not_is_not_found(office: Organisation) -> None:
    browser = at_page(office)
    browser.open(f"{browser.path}/backtest-{'0' * 32}")
    assert browser.answer.status == 404


def test_the_page_is_chinese_for_chinese_readers(office: Organisation) -> None:
    assert "2件投诉的期限会变晚" in swept(office, started(office, language="zh"))
