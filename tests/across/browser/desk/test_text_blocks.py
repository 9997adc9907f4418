"""A text block in the form of a message, in a real browser: inserted, edited, sent, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import DO, FORM, at_desk
from tests.across.browser.reader import Reader
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.desk.desk import case_path
from tests.handling.text_blocks.blocks import named, written
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
INSERT, CHECK = f"{FORM} button[value=insert]", f"{FORM} .buttons button[value=check]"
MESSAGE = "[name='fact.message']"
TOLD = "#block-told"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False])


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def number(office: Organisation) -> str:
    return accepted(office)


def at_message(chromium: Browser, url: str, office: Organisation, number: str, **view: object) -> Reader:
    reader = at_desk(chromium, url, office, "handler", **view)
    reader.open(f"{case_path(office, number)}/acts/inform")
    return reader


def insert(reader: Reader, block: str) -> None:
    reader.page.select_option("#block", block)
    reader.page.click(INSERT)
    reader.page.wait_for_selector(TOLD)


@SCRIPTS
def test_it_is_at_the_end_of_what_was_typed_and_the_edited_text_is_sent(
    chromium: Browser, url: str, office: Organisation, number: str, scripts: bool
) -> None:
    block = written(office, text="投诉 {number} 已办结。")
    reader = at_message(chromium, url, office, number, scripts=scripts)
    reader.page.fill(MESSAGE, "您好。")
    insert(reader, block)
    assert reader.page.input_value(MESSAGE) == f"您好。\n\n投诉 {number} 已办结。"
    assert ("draft=" in reader.page.url) != scripts

    reader.page.fill(MESSAGE, "改过的文字。")
    reader.press(CHECK)
    reader.press(DO)
    assert named(office, number) == [{"block": block, "version": 1}]


@SCRIPTS
def test_gaps_are_listed_and_keep_the_text_from_being_sent(
    chromium: Browser, url: str, office: Organisation, number: str, scripts: bool
) -> None:
    block = written(office, text="将于 {due} 前完成：{task}。", language="zh")
    reader = at_message(chromium, url, office, number, scripts=scripts)
    insert(reader, block)
    assert "【待填：待办任务的名称】" in reader.page.inner_text(TOLD)
    reader.press(CHECK)
    assert reader.page.locator(".faults").count() == 1
    assert office.events(number, type_="informed") == []


def test_without_its_answer_the_server_inserts_it(
    chromium: Browser, url: str, office: Organisation, number: str
) -> None:
    block = written(office)
    reader = at_message(chromium, url, office, number)

    def lost(route: Route) -> None:
        route.abort()

    reader.page.route("**/text-blocks/*", lost)
    reader.page.fill(MESSAGE, "您好。")
    insert(reader, block)
    assert reader.page.input_value(MESSAGE).startswith("您好。\n\n您好，您的投诉")
    assert "draft=" in reader.page.url


def test_markup_in_a_block_stays_text(chromium: Browser, url: str, office: Organisation, number: str) -> None:
    block = written(office, name="<i>甲</i>", text="<img src=x onerror=\"document.title='x'\">")
    reader = at_message(chromium, url, office, number)
    insert(reader, block)
    assert reader.page.locator("main img").count() == 0
    assert reader.page.title() != "x"


@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("zh-CN", 390, True), ("en-GB", 1280, False)], ids=["phone", "no scripts"]
)
def test_an_act_on_many_complaints_takes_it_with_its_placeholders(
    chromium: Browser, url: str, office: Organisation, number: str, language: str, width: int, scripts: bool
) -> None:
    block = written(office, text="投诉 {number} 已办结。")
    reader = at_desk(chromium, url, office, "handler", language=language, width=width, scripts=scripts)
    reader.open(f"{desk(office)}/bulk?act=inform&number={number}")
    reader.page.fill(MESSAGE, "您好。")
    reader.page.select_option("#block", block)
    reader.press("main button[value=insert]")
    assert reader.page.input_value(MESSAGE) == "您好。\n\n投诉 {number} 已办结。"
    reader.look()
    reader.press("main form .buttons button")
    office.world.settle()
    reader.page.reload()
    reader.press("main form .buttons button")
    office.world.settle()
    assert named(office, number) == [{"block": block, "version": 1}]
