"""The text of the draft on its page, without scripts: checked, mended by a click, saved, and never lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import START, at_the_desk, desk

PRESET = "customer-service"
TEXT = presets.text(PRESET)
TYPO = TEXT.replace("\nstages:", "\nstagess:", 1)
LINE = TYPO[: TYPO.index("stagess:")].count("\n") + 1


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), PRESET)


def at_text(office: Organisation, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/procedure/draft/text")
    return browser


def press(browser: Browser, go: str, text: str | None = None) -> None:
    typed = {} if text is None else {"text": text.replace("\n", "\r\n")}
    browser.submit(form=form_of(browser, "/procedure/draft/text"), button=go, **typed)


def shown(browser: Browser) -> str:
    """The text in the text area."""
    found = html.unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", browser.answer.text, re.DOTALL)[0])
    assert found.startswith("\n")  # which browsers leave out
    return found[1:]


def mending(browser: Browser) -> str:
    """The value of the only button that puts another word into the text."""
    found = re.findall(r'name="go" value="(mend [^"]*)"', browser.answer.text)
    assert len(found) == 1, found
    return html.unescape(found[0])


def draft(office: Organisation) -> dict[str, Any]:
    found: dict[str, Any] = office.get("/policy/draft", "owner")
    return found


def save_by_api(office: Organisation, text: str) -> None:
    body = {"policy": text}
    assert office.world.call("PUT", f"{office.path}/policy/draft", body, auth=office.auth("owner")).status == 200


def test_without_a_draft_the_page_has_the_text_in_force_with_its_comments(office: Organisation) -> None:
    browser = at_text(office)
    assert shown(browser) == TEXT
    assert "There is no draft yet" in browser.answer.text


def test_a_text_is_saved_as_it_was_typed(office: Organisation) -> None:
    browser = at_text(office)
    text = "# mine\n\n" + TEXT.replace("day_ends: close", "day_ends:   midnight  # so")
    press(browser, "save", text)
    assert "told=saved" in browser.path
    assert "The draft is saved." in browser.answer.text
    assert (draft(office)["policy"], draft(office)["revision"], shown(browser)) == (text, 1, text)


def test_a_fault_stands_with_line_column_and_rewording(office: Organisation) -> None:
    browser = at_text(office)
    press(browser, "check", TYPO)
    assert "form=" in browser.path
    assert f'<a href="#line-{LINE}" data-line="{LINE}" data-column="1">Line {LINE}, column 1</a>' in browser.answer.text
    assert f'id="line-{LINE}"' in browser.answer.text
    assert "this key is unknown here" in browser.answer.text
    assert shown(browser) == TYPO


def test_checking_saves_nothing(office: Organisation) -> None:
    press(at_text(office), "check", TYPO)
    answer = office.world.call("GET", f"{office.path}/policy/draft", auth=office.auth("owner"))
    assert answer.status == 404


def test_a_near_word_is_written_with_a_click(office: Organisation) -> None:
    browser = at_text(office)
    press(browser, "check", TYPO)
    press(browser, mending(browser))
    assert shown(browser) == TEXT
    assert "No faults" in browser.answer.text


def test_a_word_that_is_not_there_any_more_is_not_replaced(office: Organisation) -> None:
    browser = at_text(office)
    press(browser, "check", TYPO)
    moved = "# one line more\n" + TYPO
    press(browser, mending(browser), moved)
    assert shown(browser) == moved


def test_a_draft_with_faults_is_saved_and_says_so(office: Organisation) -> None:
    browser = at_text(office, language="zh")
    press(browser, "save", TYPO)
    assert draft(office)["policy"] == TYPO
    assert "草案已保存。其中仍有错误" in browser.answer.text
    assert f"第 {LINE} 行第 1 列" in browser.answer.text
    assert "此处没有这个键" in browser.answer.text


@pytest.mark.parametrize("before", [None, TEXT])
def test_a_draft_that_another_author_saved_is_not_overwritten_unseen(office: Organisation, before: str | None) -> None:
    if before is not None:
        save_by_api(office, before)
    browser = at_text(office)
    theirs = TEXT.replace("limit: 24 hours", "limit: 23 hours", 1)
    save_by_api(office, theirs)
    mine = TEXT.replace("limit: 8 hours", "limit: 9 hours", 1)
    press(browser, "save", mine)

    assert "The draft was not saved." in browser.answer.text
    assert "saved by another person since you opened it" in browser.answer.text
    assert shown(browser) == mine
    assert draft(office)["policy"] == theirs
    said = browser.answer.text
    assert all(one in said for one in ("limit: 23 hours", "limit: 24 hours", "limit: 9 hours", "limit: 8 hours"))
    assert ("<code>/clocks/first_response</code>" in said) == (before is not None)

    press(browser, "save")
    assert draft(office)["policy"] == mine


def test_a_draft_that_was_deleted_meanwhile_is_begun_again(office: Organisation) -> None:
    save_by_api(office, TEXT)
    browser = at_text(office)
    office.world.call("DELETE", f"{office.path}/policy/draft", auth=office.auth("owner"))
    press(browser, "save", TYPO)
    assert "published or deleted since you opened it" in browser.answer.text
    assert shown(browser) == TYPO
    press(browser, "save")
    assert draft(office)["policy"] == TYPO


def test_a_text_that_is_too_large_is_not_saved_and_not_lost(office: Organisation) -> None:
    browser = at_text(office)
    large = TEXT + "# " + "x" * 300_000 + "\n"
    press(browser, "save", large)
    assert "The draft was not saved." in browser.answer.text
    assert "larger than 256 KiB" in browser.answer.text
    assert shown(browser) == large


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language: 1\n\tname: x\n", "there is a tab here"),
        ("language: 1\nlanguage: 1\n", "the key occurs twice"),
        ("language: *one\n", "the alias <code>*one</code> refers to nothing"),
        ("", "the document must be a map"),
        ("\n\n   leading", "the document must be a map"),
    ],
)
def test_a_text_that_is_none_is_told_why_and_stays(office: Organisation, text: str, said: str) -> None:
    browser = at_text(office)
    press(browser, "check", text)
    assert said in html.unescape(browser.answer.text)
    assert shown(browser) == text


def test_tabs_become_spaces_with_a_click(office: Organisation) -> None:
    browser = at_text(office)
    press(browser, "check", TEXT.replace("  timezone", "\ttimezone", 1))
    press(browser, mending(browser))
    assert shown(browser) == TEXT


def test_anchors_and_aliases_are_part_of_a_text(office: Organisation) -> None:
    browser = at_text(office)
    text = TEXT.replace("{roles: agent}", "{roles: &who agent}").replace("  - {role: agent}", "  - {role: *who}")
    assert "*who" in text
    press(browser, "check", text)
    assert "No faults" in browser.answer.text


def test_a_text_is_never_markup(office: Organisation) -> None:
    browser = at_text(office)
    press(browser, "check", "</textarea><script>alert(1)</script>: x\n")
    assert "<script>alert" not in browser.answer.text
    assert shown(browser) == "</textarea><script>alert(1)</script>: x\n"


def test_a_draft_that_was_saved_as_json_is_shown_as_yaml(office: Organisation) -> None:
    policy = office.get("/policy", "owner")["policy"]
    assert (
        office.world.call("PUT", f"{office.path}/policy/draft", {"policy": policy}, auth=office.auth("owner")).status
        == 200
    )
    browser = at_text(office)
    assert "No faults" in browser.answer.text
    assert "\nlanguage: 1\n" in shown(browser)


def test_only_owners_write_the_text(office: Organisation) -> None:
    assert at_text(office, "agent").answer.status == 403


def test_a_module_gets_the_findings_as_json(office: Organisation) -> None:
    browser = at_text(office)
    assert isinstance(office.world, InProcess)
    answer = browser.ask(f"{desk(office)}/procedure/draft/text/check", [("text", TYPO)])
    [first, *_] = [one for one in answer.json["findings"] if one["rewording"]]
    assert (first["line"], first["column"], first["hint"]) == (LINE, 1, False)
    assert first["rewording"] == {"line": LINE, "column": 1, "word": "stagess", "instead": "stages"}
