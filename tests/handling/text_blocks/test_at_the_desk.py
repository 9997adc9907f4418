"""Text blocks in the forms of acts, without JavaScript: chosen, inserted, edited, sent."""

from __future__ import annotations

import re

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.text_blocks.blocks import changed, named, retired, written
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Form
from tests.sign_in.door import at_the_desk, desk


def form_of(browser: Browser) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if "/acts/" in one.action)


def form(browser: Browser) -> Form:
    return browser.page.forms[form_of(browser)]


def opened(
    office: Organisation, number: str, act: str = "inform", who: str = "handler", language: str = "en"
) -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/complaints/{number}/acts/{act}")
    assert browser.answer.status == 200, browser.answer.text
    return browser


def insert(browser: Browser, block: str, **typed: str) -> None:
    browser.submit(form=form_of(browser), button="insert", block=block, **typed)


def value(browser: Browser, name: str) -> str:
    return dict(form(browser).values())[name]


def offered(browser: Browser) -> list[str]:
    return re.findall(r'<option value="(\d+)"', browser.answer.text)


def test_the_text_is_at_the_end_of_what_was_typed(office: Organisation, accepted: str) -> None:
    block = written(office, text="投诉 {number} 已办结。")
    browser = opened(office, accepted)
    insert(browser, block, fact__message="您好。")
    assert value(browser, "fact.message") == f"您好。\n\n投诉 {accepted} 已办结。"
    assert "at the end of the text" in browser.answer.text


def test_every_typed_word_is_kept(office: Organisation, accepted: str) -> None:
    block = written(office)
    browser = opened(office, accepted)
    insert(browser, block, fact__message="您好。", fact__asks="yes")
    assert dict(form(browser).values())["fact.asks"] == "yes"


def test_the_edited_text_is_sent_and_the_event_names_the_block(office: Organisation, accepted: str) -> None:
    block = written(office)
    browser = opened(office, accepted)
    insert(browser, block)
    browser.submit(form=form_of(browser), button="check", fact__message="改过的文字。")
    browser.submit(form=form_of(browser), button="do")
    assert named(office, accepted) == [{"block": block, "version": 1}]
    found = office.get(f"/complaints/{accepted}/record", "handler")
    assert "改过的文字。" in [one.get("message") for one in found["values"].values()]


def test_the_page_of_the_record_says_which_block_it_was(office: Organisation, accepted: str) -> None:
    block = written(office)
    browser = opened(office, accepted)
    insert(browser, block)
    browser.submit(form=form_of(browser), button="check")
    browser.submit(form=form_of(browser), button="do")
    browser.open(f"{desk(office)}/complaints/{accepted}/record")
    assert f"text block {block}, version 1" in browser.answer.text


def test_the_first_button_of_the_form_inserts_nothing(office: Organisation, accepted: str) -> None:
    """Browsers press it on Enter."""
    written(office)
    browser = opened(office, accepted)
    assert next(one.value for one in form(browser).controls if one.name == "go") == "check"


def test_blocks_are_offered_by_stage_and_category(office: Organisation, accepted: str) -> None:
    category = next(iter(office.complaint(accepted, "owner")["category"].values()))
    fit = [
        written(office, name="甲"),
        written(office, name="乙", stages=["investigating"]),
        written(office, name="丙", categories=[category]),
    ]
    written(office, name="丁", stages=["registered"])
    written(office, name="戊", categories=["user_conduct" if category != "user_conduct" else "goods"])
    assert set(offered(opened(office, accepted))) == set(fit)


def test_blocks_in_the_language_of_the_reader_come_first(office: Organisation, accepted: str) -> None:
    chinese, english = written(office), written(office, name="Apology", language="en", text="We apologise.")
    assert offered(opened(office, accepted)) == [english, chinese]
    assert offered(opened(office, accepted, language="zh")) == [chinese, english]


def test_a_form_without_a_text_offers_none(office: Organisation, accepted: str) -> None:
    written(office)
    assert offered(opened(office, accepted, "classify")) == []


def test_refusals_offer_them_too(office: Organisation, waiting: str) -> None:
    block = written(office)
    browser = opened(office, waiting, "refuse", "screener")
    assert offered(browser) == [block]


def test_without_a_choice_the_form_says_so(office: Organisation, accepted: str) -> None:
    written(office)
    browser = opened(office, accepted)
    insert(browser, "", fact__message="您好。")
    assert "Choose a text block first" in browser.answer.text
    assert value(browser, "fact.message") == "您好。"


def test_a_block_that_was_retired_while_the_form_was_open_is_not_inserted(office: Organisation, accepted: str) -> None:
    block, other = written(office), written(office, name="转办说明")
    browser = opened(office, accepted)
    retired(office, block)
    insert(browser, block, fact__message="您好。")
    assert "has been retired meanwhile" in browser.answer.text
    assert value(browser, "fact.message") == "您好。"
    assert offered(browser) == [other]


def test_a_block_that_was_changed_while_the_form_was_open_is_inserted_as_it_is_now(
    office: Organisation, accepted: str
) -> None:
    block = written(office)
    browser = opened(office, accepted)
    changed(office, block, text="现在的文字。")
    insert(browser, block)
    assert value(browser, "fact.message") == "现在的文字。"
    assert value(browser, "text_block") == f"{block}.2"


def test_gaps_are_shown_at_once_and_keep_the_text_from_being_sent(office: Organisation, waiting: str) -> None:
    block = written(office, text="涉及{unit}。")
    browser = opened(office, waiting, who="screener")
    insert(browser, block)
    assert "【待填：相关单位】" in re.findall(r'id="block-told">(.*?)</div>', browser.answer.text, re.S)[0]
    browser.submit(form=form_of(browser), button="check")
    assert browser.answer.status == 422
    assert value(browser, "fact.message") == "涉及【待填：相关单位】。"


@pytest.mark.parametrize("forged", ["x", "1.1; drop", "999.1", "0.0"])
def test_a_forged_name_of_a_block_is_not_recorded(office: Organisation, accepted: str, forged: str) -> None:
    written(office)
    browser = opened(office, accepted)
    browser.ask(form(browser).action, [("fact.message", "您好。"), ("text_block", forged), ("go", "check")])
    assert office.events(accepted, type_="informed") == []


def test_markup_in_a_block_is_text(office: Organisation, accepted: str) -> None:
    block = written(office, name="<i>甲</i>", text="<script>alert(1)</script>")
    browser = opened(office, accepted)
    insert(browser, block)
    assert "<script>alert" not in browser.answer.text
    assert "<i>甲" not in browser.answer.text
    assert value(browser, "fact.message") == "<script>alert(1)</script>"


def test_respondents_are_offered_none(office: Organisation, accepted: str) -> None:
    written(office)
    browser = at_the_desk(office, "seller")
    browser.open(f"{desk(office)}/complaints/{accepted}/acts/write")
    assert offered(browser) == []


def test_the_module_of_the_form_asks_for_the_filled_text(office: Organisation, accepted: str) -> None:
    block = written(office, text="投诉 {number} 已办结。")
    browser = opened(office, accepted)
    [path] = re.findall(r'data-blocks="([^"]+)"', browser.answer.text)
    answer = browser.ask(f"{path}/{block}")
    assert (answer.json["text"], answer.json["version"]) == (f"投诉 {accepted} 已办结。", 1)
