"""After an act, the page is asked for with GET; a form that is sent twice acts once; what was typed is kept."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from chalicelib.features.handling.drafts import KIND
from chalicelib.web.pages.session import LASTS
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.handling.pages import cases
from tests.handling.pages.shops import page_of, shop_with
from tests.kernel.web.pages.browser import ADDRESS, FORM, Browser


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def offered(world: InProcess) -> cases.Case:
    return cases.offered(world)


def form_of(case: cases.Case, act: str) -> Browser:
    """A browser that shows the form of the act, as by its button beside the offer."""
    browser = page_of(*case, "zh")
    browser.follow({"agree": "接受解决方案", "dispute": "不接受解决方案"}[act])
    return browser


def test_an_act_answers_with_the_address_of_the_case(offered: cases.Case) -> None:
    office, number = offered
    browser = form_of(offered, "agree")
    form = browser.page.forms[0]
    cookie = "; ".join(f"{name.partition(' ')[0]}={value}" for name, (value, _) in browser.cookies.items())
    headers = {"Content-Type": FORM, "Origin": ADDRESS, "Cookie": cookie}

    answer = browser.world.client.request("POST", form.action, urlencode(form.values()).encode(), headers=headers)

    assert (answer.status, answer.headers["Location"]) == (303, f"/t/{office.id}/case/{number}?told=done")


def test_a_double_click_acts_once(offered: cases.Case) -> None:
    office, number = offered
    browser = form_of(offered, "dispute")
    sent = [*browser.page.forms[0].values(), ("fact.counter", "全额退款。")]
    action = browser.page.forms[0].action

    twice = [browser.ask(action, sent).status for _ in range(2)]

    assert twice == [200, 200]  # after the redirect
    assert len(office.events(number, type_="disputed")) == 1


def test_back_and_sent_again_with_another_text_changes_nothing_and_shows_the_present_state(offered: cases.Case) -> None:
    office, number = offered
    browser = form_of(offered, "dispute")
    form = browser.page.forms[0]
    browser.submit(fact__counter="全额退款。")

    answer = browser.ask(form.action, [*form.values(), ("fact.counter", "双倍退款。")])

    assert len(office.events(number, type_="disputed")) == 1
    assert "现在不能这样做" in answer.text


def test_back_to_the_form_of_an_act_that_was_done_leads_to_the_case(offered: cases.Case) -> None:
    browser = form_of(offered, "agree")
    path = browser.path
    browser.submit()

    page = browser.open(path)

    assert page.headings[0] == f"投诉 {offered[1]}"
    assert "现在不能这样做" in page.text


def test_a_faulty_form_keeps_what_was_typed(world: InProcess) -> None:
    browser = page_of(*cases.decided(world), "zh")
    browser.follow("评价处理结果")

    page = browser.submit(fact__comment="办得很快。")

    assert browser.answer.status == 422
    assert {one.name: one.value for one in page.forms[0].controls}["fact.comment"] == "办得很快。"


def test_a_faulty_form_has_an_address_that_only_its_session_can_read_again(world: InProcess) -> None:
    office, number = cases.decided(world)
    browser = page_of(office, number, "zh")
    browser.follow("评价处理结果")
    browser.submit(fact__comment="办得很快。")
    address = browser.path

    browser.open(address)
    assert (browser.answer.status, "办得很快。" in browser.answer.text) == (422, True)
    stranger = Browser(world)
    stranger.open(address)
    assert "办得很快。" not in stranger.answer.text


def test_the_act_deletes_what_its_faulty_form_kept(world: InProcess) -> None:
    browser = page_of(*cases.decided(world), "zh")
    browser.follow("评价处理结果")
    page = browser.submit(fact__comment="办得很快。")
    assert kept(world) == 1
    rating = next(one.value for one in page.forms[0].controls if one.name == "fact.rating")
    browser.submit(fact__rating=rating)

    assert ("told=done" in browser.path, kept(world)) == (True, 0)


def kept(world: InProcess) -> int:
    return len([entry for entry in world.fakes.store.everything() if entry.kind == KIND])


def test_an_expired_session_leads_to_the_receipt_and_keeps_the_answer(offered: cases.Case, world: InProcess) -> None:
    office, number = offered
    browser = form_of(offered, "dispute")
    world.fakes.real_clock.now += LASTS

    page = browser.submit(fact__counter="全额退款。")
    entered = (page.headings, "您填写的内容没有丢失" in page.text)
    page = browser.submit(receipt=office.filed[number].receipt)

    assert entered == (["查询投诉"], True)
    assert {one.name: one.value for one in page.forms[0].controls}["fact.counter"] == "全额退款。"
    assert "已提交" in browser.submit().text


def test_a_reminder_that_is_sent_twice_is_one(world: InProcess) -> None:
    shop: Organisation = shop_with()
    number = shop.file()
    advance(shop.world, "73 hours")
    browser = page_of(shop, number)
    browser.follow("Send a reminder")
    form = browser.page.forms[0]

    statuses = [browser.ask(form.action, form.values()).status for _ in range(2)]

    assert statuses == [200, 200]
    assert len(shop.events(number, "agent", "reminded")) == 1
