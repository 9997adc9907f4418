"""The text of a draft in a real browser: its editor with keyboard and mouse, in both languages, and without it."""

from __future__ import annotations

import gzip
import itertools
import time

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from infra.editor import __main__ as editor
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.policies.studio.test_text_page import LINE, TEXT, TYPO, draft, save_by_api
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
LARGEST = "auto-repair"
WRITTEN, FAULTY = ".cm-content", ".cm-lintRange-error"
HAS_STOOD = """() => {
    const list = document.querySelector("#editor").shadowRoot.querySelector(".cm-tooltip-autocomplete");
    list.seen ??= performance.now();
    return performance.now() - list.seen > 75;
}"""
"""CodeMirror takes no completion before (`interactionDelay`), so that a key that is typed stays one."""
TO_END, TO_BEGIN = "Control+End", "Control+Home"


@pytest.fixture(autouse=True, scope="module")
def bundle() -> None:
    assert editor.main() == 0


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Organisation:
    return sign_up(InProcess(START), getattr(request, "param", "customer-service"))


def at_text(chromium: Browser, url: str, office: Organisation, **view: object) -> Reader:
    reader = at_desk(chromium, url, office, "owner", **{"language": "en-GB", **view})
    reader.open(f"{desk(office)}/procedure/draft/text")
    return reader


def press(reader: Reader, *keys: str) -> None:
    for one in keys:
        reader.page.keyboard.press(one)


def write(reader: Reader, text: str, at: str = TO_END) -> None:
    reader.page.focus(WRITTEN)
    press(reader, at)
    reader.page.keyboard.insert_text(text)


def sent(reader: Reader) -> str:
    """The text that the form would send."""
    reader.page.evaluate("dispatchEvent(new Event('pagehide'))")
    return reader.page.input_value("#text")


@pytest.mark.parametrize(
    ("language", "width", "said", "button"),
    [("en-GB", 1280, "this key is unknown here", "Write stages"), ("zh-CN", 390, "此处没有这个键", "改为 stages")],
)
def test_a_fault_stands_at_its_place_and_is_mended_with_a_click(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, said: str, button: str
) -> None:
    save_by_api(office, TYPO.replace("stagess", "stage"))
    reader = at_text(chromium, url, office, language=language, width=width)
    reader.page.click("#findings a >> nth=-1")
    reader.page.keyboard.insert_text("s")  # before the key: `sstage`
    reader.page.wait_for_selector(f"#findings li:has-text('{said}')")
    reader.page.wait_for_selector(f"{FAULTY}:has-text('sstage')")
    assert str(LINE) in reader.page.inner_text(f"#findings li:has-text('{said}') a")
    reader.look()
    reader.page.click(f"#findings button:has-text('{button}')")
    reader.page.wait_for_selector("#findings:not(:has(li:not(.is-hint)))")
    assert sent(reader) == TEXT
    press(reader, "Control+z")
    assert "\nsstage:" in sent(reader)
    reader.look()


def test_keys_values_and_names_are_completed_with_their_help(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_text(chromium, url, office)
    write(reader, "\n")
    reader.page.keyboard.type("reten")
    reader.page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('retention')")
    reader.page.wait_for_selector(".cm-completionInfo")
    reader.look()
    reader.page.wait_for_function(HAS_STOOD)
    press(reader, "Enter")
    reader.page.wait_for_selector("#help:has-text('retention')")
    assert sent(reader).endswith("\nretention: ")
    for typed, offered in [("\ntiers: [{roles: ", "after_sales"), ("agent}]\nstages: {a: {shelf: ", "archived")]:
        write(reader, typed)
        press(reader, "Control+Space")
        reader.page.wait_for_selector(f".cm-tooltip-autocomplete li:has-text('{offered}')")
        press(reader, "Escape")


def test_what_is_saved_is_said_and_undoing_goes_on(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_text(chromium, url, office)
    reader.page.focus(WRITTEN)
    press(reader, TO_BEGIN)
    reader.page.keyboard.type("# joke?")  # letters that are shortcuts of the desk elsewhere
    press(reader, "Enter")
    reader.page.wait_for_selector("#state:text-is('Not saved yet')")
    press(reader, "Control+s")
    reader.page.wait_for_selector("#state:text-is('Saved')")
    assert draft(office)["policy"] == "# joke?\n" + TEXT
    assert "Revision 1" in reader.page.inner_text("#text-hint")
    for _ in range(5):
        press(reader, "Control+z")
    reader.page.click("button[value=save]")
    reader.page.wait_for_selector("#text-hint:has-text('Revision 2')")
    assert draft(office)["policy"] == TEXT
    reader.look()


def test_what_another_author_saved_meanwhile_is_shown_with_what_was_typed(
    chromium: Browser, url: str, office: Organisation
) -> None:
    save_by_api(office, TEXT)
    reader = at_text(chromium, url, office)
    write(reader, "# mine\n", TO_BEGIN)
    theirs = TEXT.replace("limit: 24 hours", "limit: 23 hours", 1)
    save_by_api(office, theirs)
    reader.press("button[value=save]")
    assert "The draft was not saved." in reader.page.inner_text(".notice")
    assert "limit: 23 hours" in reader.page.inner_text(".notice")
    assert (sent(reader), draft(office)["policy"]) == ("# mine\n" + TEXT, theirs)
    reader.page.click("button[value=save]")
    reader.page.wait_for_selector("#state:text-is('Saved')")
    assert draft(office)["policy"] == "# mine\n" + TEXT


def test_the_keyboard_is_enough(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_text(chromium, url, office)
    reader.page.focus("#main")
    for _ in range(20):
        press(reader, "Tab")
        if reader.page.evaluate("document.activeElement.id") == "editor":
            break
    press(reader, TO_BEGIN, "Tab")
    assert reader.page.evaluate("document.activeElement.id") == "editor"
    assert sent(reader).startswith("  # P8")
    press(reader, "Escape", "Tab")
    assert reader.page.evaluate("document.activeElement.value") == "save"
    press(reader, "Enter")
    reader.page.wait_for_selector("#state:text-is('Saved')")
    assert draft(office)["policy"] == "  " + TEXT


@pytest.mark.parametrize(("language", "find"), [("en-GB", "Find"), ("zh-CN", "查找")])
def test_a_word_is_searched_in_the_reader_s_language(
    chromium: Browser, url: str, office: Organisation, language: str, find: str
) -> None:
    reader = at_text(chromium, url, office, language=language)
    reader.page.focus(WRITTEN)
    press(reader, "Control+f")
    reader.page.focus(f".cm-search input[aria-label='{find}']")
    reader.page.keyboard.type("first_response:")
    press(reader, "Enter")
    reader.page.wait_for_selector(".cm-searchMatch-selected")
    reader.look()


@pytest.mark.parametrize("office", [LARGEST], indirect=True)
def test_what_is_typed_in_five_hundred_lines_is_checked_once_a_second_at_most(
    chromium: Browser, url: str, office: Organisation
) -> None:
    assert len(presets.text(LARGEST).splitlines()) > 500
    reader = at_text(chromium, url, office)
    asked: list[float] = []
    reader.page.wait_for_load_state("networkidle")
    reader.page.on("request", lambda one: asked.append(time.monotonic()) if one.url.endswith("/check") else None)
    for text in ("\n# ", *("abc")):
        with reader.page.expect_request(lambda one: one.url.endswith("/check")):
            write(reader, text)
            reader.page.keyboard.type("a" * 40)
    gaps = [after - before for before, after in itertools.pairwise(asked)]
    assert all(gap >= 0.95 for gap in nonempty(gaps)), gaps


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_the_form_checks_and_saves(
    chromium: Browser, url: str, office: Organisation, width: int
) -> None:
    reader = at_text(chromium, url, office, scripts=False, width=width)
    reader.page.fill("#text", TYPO)
    reader.press("button[value=check]")
    assert reader.page.input_value("#text") == TYPO
    assert reader.has(f"#line-{LINE}")
    reader.press("button[value^=mend]")
    reader.press("button[value=save]")
    assert draft(office)["policy"] == TEXT


def test_the_editor_is_on_no_other_page_and_small_enough(chromium: Browser, url: str, office: Organisation) -> None:
    assert len(gzip.compress(editor.BUNDLE.read_bytes())) <= 170_000
    reader = at_desk(chromium, url, office, "owner")
    assert "editor." not in reader.page.content()
