"""Improvement actions at the desk: the list, a new one, its trend, and what its owner and those who manage it do."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.improvements.acting import FIRST_PERIOD, done, events, file, founded, opened, seen
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk

PATH = "/oversight/improvements"
CAUSE = "category.kind product_quality"


@pytest.fixture
def office() -> Organisation:
    return founded()


def at(office: Organisation, path: str = "", who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}{PATH}{path}")
    return browser


def send(browser: Browser, end: str, **given: str) -> None:
    [form] = [number for number, one in enumerate(browser.page.forms) if one.action.endswith(end)]
    browser.submit(form=form, **given)


def test_an_action_is_opened_from_the_menu_and_listed(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    for text in ("Oversight", "Improvement actions", "Open an improvement action"):
        browser.follow(text)
    owner = office.subs["after_sales"]
    send(browser, "/new", title="供应商来料全检", cause=CAUSE, owner=owner, due="2026-11-30")
    assert browser.path.endswith("?told=opened")
    [event] = events(office)
    assert (event["fields"]["by"], event["fields"]["value"]) == ("category.kind", "product_quality")
    assert event["fields"]["before"]["number"] == 4
    assert "供应商来料全检" in at(office).page.text


def test_what_is_wrong_stands_at_its_input_and_what_was_typed_stays(office: Organisation) -> None:
    browser = at(office, "/new")
    send(browser, "/new", title="来料全检", cause="", owner="", due="2020-01-01")
    assert 'value="来料全检"' in browser.answer.text
    hrefs = {href for href, _ in browser.page.links}
    assert {"#cause", "#owner"} <= hrefs
    send(browser, "/new", title="来料全检", cause=CAUSE, owner=office.subs["after_sales"], due="2020-01-01")
    assert "must lie in the next two years" in browser.page.text
    assert events(office) == []


def test_its_owner_says_that_it_is_done_and_may_do_nothing_else(office: Organisation) -> None:
    number = opened(office)
    browser = at(office, f"/{number}", "after_sales")
    assert [one.action.rpartition("/")[2] for one in browser.page.forms if PATH in one.action] == ["done"]
    path = f"{desk(office)}{PATH}/{number}/acts/cancel"
    assert browser.ask(path, [("reason", "x"), ("key", "k" * 32)]).status == 403
    send(browser, "/done")
    assert browser.path.endswith("?told=done")
    assert seen(office, number)["state"] == "done"


@pytest.mark.slow
def test_the_page_shows_the_trend_of_the_api(office: Organisation) -> None:
    file(office, 12)
    number = done(office)
    office.world.move_to(FIRST_PERIOD)
    assert isinstance(office.world, InProcess)
    office.world.sweep()
    effect = seen(office, number)["effect"]
    assert effect["trend"] == "down"
    text = at(office, f"/{number}").page.text
    assert "less frequent" in text
    assert f"{effect['ratio']:g} ({effect['low']:g}–{effect['high']:g})" in text
    assert "减少" in at(office, language="zh").page.text


def test_those_who_manage_hand_over_and_cancel(office: Organisation) -> None:
    number = opened(office)
    browser = at(office, f"/{number}")
    send(browser, "/hand_over", owner=office.subs["agent"], due="2026-12-31")
    assert browser.path.endswith("?told=hand_over")
    assert seen(office, number)["owner"] == office.subs["agent"]
    send(browser, "/cancel", reason="")
    assert seen(office, number)["state"] == "open"
    send(browser, "/cancel", reason="已由供应商处理。")
    assert browser.path.endswith("?told=cancel")
    assert "已由供应商处理。" in browser.page.text


def test_an_action_that_another_page_has_ended_says_so(office: Organisation) -> None:
    number = opened(office)
    first, second = at(office, f"/{number}"), at(office, f"/{number}")
    send(first, "/done")
    send(second, "/cancel", reason="重复。")
    assert second.path.endswith("?told=overtaken")
    assert seen(office, number)["state"] == "done"


def test_others_see_no_entry_no_form_and_no_action(office: Organisation) -> None:
    number = opened(office)
    browser = at(office, "", "agent")
    assert "供应商来料全检" not in browser.page.text
    paths = ("/new", f"/{number}")
    assert [browser.ask(f"{desk(office)}{PATH}{path}").status for path in paths] == [403, 404]
