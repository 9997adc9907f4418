"""Text blocks are written at the desk, without JavaScript."""

from __future__ import annotations

import re

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.text_blocks.blocks import ask, changed, retired, written
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk


def opened(office: Organisation, path: str = "", who: str = "writer", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/text-blocks{path}")
    return browser


def form_of(browser: Browser, end: str = "") -> int:
    path = re.compile(rf"/text-blocks/(new|\d+){end}$")
    return next(at for at, one in enumerate(browser.page.forms) if path.search(one.action))


def write(browser: Browser, button: str = "save", **typed: str) -> None:
    browser.submit(form=form_of(browser), button=button, **typed)


def test_an_owner_writes_one(office: Organisation) -> None:
    browser = opened(office, "/new")
    write(browser, name="致歉", language="zh", text="您好，{number}。", stages="investigating")
    assert "Saved." in browser.answer.text
    [block] = ask(office, "GET").json["text_blocks"]
    assert (block["name"], block["stages"]) == ("致歉", ["investigating"])
    assert browser.path.startswith(f"{desk(office)}/text-blocks/{block['id']}?")


def test_the_list_is_in_the_menu_and_leads_to_each_block(office: Organisation) -> None:
    block = written(office)
    browser = at_the_desk(office, "handler")
    browser.follow("Text blocks")
    assert f'href="{desk(office)}/text-blocks/{block}"' in browser.answer.text


def test_a_preview_shows_placeholders_in_words_and_saves_nothing(office: Organisation) -> None:
    browser = opened(office, "/new", language="zh")
    write(browser, "preview", name="致歉", language="zh", text="您好，{number}。")
    assert "您好，<mark>投诉编号</mark>。" in browser.answer.text
    assert ask(office, "GET").json["text_blocks"] == []
    write(browser)
    assert len(ask(office, "GET").json["text_blocks"]) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"name": ""}, "name"),
        ({"text": ""}, "text"),
        ({"text": "您好，{customer}。"}, "text"),
        ({"text": "\u200b"}, "text"),
        ({"text": "长" * 20_000}, "text"),
    ],
)
def test_faults_are_at_their_inputs_and_words_are_kept(office: Organisation, typed: dict[str, str], name: str) -> None:
    browser = opened(office, "/new")
    given = {"name": "致歉", "language": "zh", "text": "您好。", **typed}
    write(browser, **given)
    assert browser.answer.status == 422
    assert f'href="#{name}"' in browser.answer.text
    kept = dict(browser.page.forms[form_of(browser)].values())
    assert {one: kept[one] for one in ("name", "text")} == {one: given[one] for one in ("name", "text")}


def test_two_people_who_edit_the_same_block_see_each_other(office: Organisation) -> None:
    block = written(office)
    browser = opened(office, f"/{block}")
    changed(office, block, text="他人的文字。")
    write(browser, text="我的文字。")
    assert browser.answer.status == 412
    assert "has changed this text block" in browser.answer.text
    assert "他人的文字。" in browser.answer.text
    assert ask(office, "GET", f"/{block}").json["text"] == "他人的文字。"

    write(browser)
    found = ask(office, "GET", f"/{block}").json
    assert (found["text"], found["block"]["version"]) == ("我的文字。", 3)


def test_a_form_that_is_sent_twice_writes_one(office: Organisation) -> None:
    browser = opened(office, "/new")
    before = browser.answer, browser.path
    for _ in range(2):
        browser.answer, browser.path = before
        write(browser, name="致歉", language="zh", text="您好。")
    assert len(ask(office, "GET").json["text_blocks"]) == 1


def test_a_block_is_retired_and_found_among_those(office: Organisation) -> None:
    block = written(office)
    browser = opened(office, f"/{block}")
    browser.submit(form=form_of(browser, "/retire"))
    assert "Retired." in browser.answer.text
    browser.follow("Retired text blocks (1)")
    assert f"/text-blocks/{block}" in browser.answer.text
    browser.open(f"{desk(office)}/text-blocks/{block}")
    assert "This text block is retired." in browser.answer.text


def test_a_block_that_others_changed_is_not_retired(office: Organisation) -> None:
    block = written(office)
    browser = opened(office, f"/{block}")
    changed(office, block, text="新的文字。")
    browser.submit(form=form_of(browser, "/retire"))
    assert "was not retired" in browser.answer.text
    assert not ask(office, "GET", f"/{block}").json["block"]["retired"]


def test_earlier_versions_can_be_read_with_who_wrote_them(office: Organisation) -> None:
    block = written(office, text="第一版的文字。")
    changed(office, block, text="第二版的文字。")
    browser = opened(office, f"/{block}?version=1", "handler")
    assert "第一版的文字。" in browser.answer.text
    assert "第二版的文字。" not in browser.answer.text


def test_members_who_write_none_have_no_form(office: Organisation) -> None:
    block = written(office)
    browser = opened(office, f"/{block}", "handler")
    assert not [one for one in browser.page.forms if "/text-blocks" in one.action]
    browser.open(f"{desk(office)}/text-blocks/new")
    assert browser.answer.status == 403


def test_people_who_only_answer_for_a_unit_do_not_have_it_in_the_menu(office: Organisation) -> None:
    browser = at_the_desk(office, "seller")
    assert "/text-blocks" not in browser.answer.text
    browser.open(f"{desk(office)}/text-blocks")
    assert browser.answer.status == 403


def test_markup_is_shown_as_text(office: Organisation) -> None:
    block = written(office, name="<i>甲</i>", text="<b>{number}</b>")
    for path in ("", f"/{block}"):
        page = opened(office, path).answer.text
        assert "<i>甲" not in page
        assert "<b>" not in page


def test_an_empty_list_says_what_to_do_first(office: Organisation) -> None:
    assert "Begin with one that is often needed" in opened(office).answer.text


def test_a_retired_block_that_is_saved_is_in_use_again(office: Organisation) -> None:
    block = written(office)
    retired(office, block)
    write(opened(office, f"/{block}"))
    assert not ask(office, "GET", f"/{block}").json["block"]["retired"]
