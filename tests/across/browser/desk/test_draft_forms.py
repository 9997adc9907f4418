"""The forms of a draft in a real browser: each section changed, two authors, the keyboard, without scripts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from chalicelib.features.studio.forms.rows import SECTIONS
from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import some_by_day
from tests.policies.drafts.shop import DRAFT, ask
from tests.policies.studio.test_text_page import draft
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
PRESET = "food-drug-administration"
LARGEST = "auto-repair"
SAVE, SAVED = "main form.form button[value=save]", "main p.notice[role=status]"
CHANGE = "main .items a"
LIMIT = "/clocks/first_review"
CHANGED = presets.text(LARGEST).replace("within: 2 working days", "within: 3 working days", 1)
MOST_BYTES = 30_000
TRIED: set[str] = set()
"""For all tests here: a page without a new kind of element is not tried with axe-core again."""
TEXTS = "main form.form input[name$='.zh'], main form.form textarea[name$='.zh']"
NUMBERS = "main form.form input[name$='number'][value]:not([value=''])"
"""Of the limits that are written."""
VIEWS = [("zh-CN", 390), ("en-GB", 1280)]


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Organisation:
    return sign_up(InProcess(START), getattr(request, "param", PRESET))


def at_forms(chromium: Browser, url: str, office: Organisation, section: str, item: str = "", **view: object) -> Reader:
    reader = at_desk(chromium, url, office, "owner", **{"language": "en-GB", "tried": TRIED, **view})
    go(reader, office, section, item)
    return reader


def go(reader: Reader, office: Organisation, section: str, item: str = "") -> None:
    reader.open(f"{desk(office)}/procedure/draft/{section}" + (f"?item={item}" if item else ""))


def edit(reader: Reader) -> None:
    """Another first text; in a form without texts, another limit; or what there is chosen otherwise."""
    texts, numbers = reader.page.locator(TEXTS), reader.page.locator(NUMBERS)
    if texts.count():
        texts.first.fill(texts.first.input_value() + "等")
    elif numbers.count():
        numbers.first.fill(str(int(numbers.first.input_value()) + 1))
    else:
        reader.page.locator("main form.form input[name=timezone]").fill("Asia/Singapore")


def sections_with_items(reader: Reader, office: Organisation) -> Iterator[str]:
    for section in SECTIONS:
        go(reader, office, section)
        if reader.has(CHANGE):
            yield section


@pytest.mark.parametrize("office", some_by_day([PRESET, *(set(presets.names()) - {PRESET})], one_in=9), indirect=True)
def test_a_form_of_each_section_changes_its_lines_and_says_it(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = at_desk(chromium, url, office, "owner", language="en-GB")
    reader.rules = False  # each page has been tried in `test_each_page_keeps_the_rules_and_its_size`
    for section in nonempty(list(sections_with_items(reader, office))):
        go(reader, office, section)
        reader.press(f"{CHANGE} >> nth=0")
        edit(reader)
        reader.press(SAVE)
        assert "Saved in the draft." in reader.page.inner_text(SAVED), section
        assert "→" in reader.page.inner_text("main aside ul"), section
        assert reader.has(".changed-lines .new"), section
        assert reader.page.get_attribute("nav a[href*='/desk/procedure']", "aria-current") == "true"


@pytest.mark.parametrize(("language", "width"), VIEWS)
@pytest.mark.parametrize("office", [LARGEST], indirect=True)
def test_each_page_keeps_the_rules_and_its_size(
    chromium: Browser, url: str, office: Organisation, language: str, width: int
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, tried=TRIED)
    assert ask(office, "PUT", DRAFT, {"policy": CHANGED}).status == 200
    for section in SECTIONS:
        go(reader, office, section)
        items = reader.page.eval_on_selector_all(CHANGE, "all => all.slice(0, 1).map(a => a.href)")
        for page in [reader.page.url, *items]:
            reader.open(page.removeprefix(url))
            assert len(gzip.compress(reader.page.content().encode())) <= MOST_BYTES, page


def test_back_leads_to_the_form_with_what_is_saved(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_forms(chromium, url, office, "deadlines", LIMIT)
    reader.page.fill("[name='within.0.number']", "3")
    reader.press(SAVE)
    reader.page.go_back()
    reader.page.wait_for_selector(SAVE)
    assert reader.page.input_value("[name='within.0.number']") == "3"
    reader.page.fill("[name='within.0.number']", "4")
    reader.press(SAVE)
    assert "Screening: 5 working days → 4 working days" in reader.page.inner_text("main aside")


def test_a_double_click_saves_once(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_forms(chromium, url, office, "grounds", "/intake/refusals&new=true")
    reader.page.fill("[name='name.key']", "anonymous")
    reader.page.fill("[name='label.zh']", "匿名投诉")
    reader.press_twice(SAVE, "main aside li")
    assert "Revision 1 of the draft" in reader.page.inner_text("main")
    assert draft(office)["policy"].count("anonymous:") == 1


def test_what_another_author_saved_is_kept_and_shown(chromium: Browser, url: str, office: Organisation) -> None:
    first = at_forms(chromium, url, office, "deadlines", LIMIT)
    second = first.tab()
    go(second, office, "people", "/people/leader")
    for days in ("4", "3"):
        go(first, office, "deadlines", LIMIT)
        first.page.fill("[name='within.0.number']", days)
        first.press(SAVE)
    second.page.fill("[name='label.zh']", "局长")
    second.press(SAVE)
    said = second.page.inner_text("main [role=alert]")
    assert "Revision 1, saved by" in said
    assert "Revision 2, saved by" in said
    assert "/clocks/first_review" in said
    assert second.page.input_value("[name='label.zh']") == "局长"
    second.press(SAVE)
    text = draft(office)["policy"]
    assert "within: 3 working days" in text
    assert "局长" in text


def test_the_keyboard_is_enough(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_forms(chromium, url, office, "deadlines", LIMIT)
    reader.page.focus("#main")
    reach(reader, "document.activeElement.name === 'within.0.number'")
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.type("3")
    reach(reader, "document.activeElement.value === 'save'")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.look()
    assert "Screening: 5 working days → 3 working days" in reader.page.inner_text("main aside")


def reach(reader: Reader, found: str) -> None:
    for _ in range(80):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate(found):
            return
    pytest.fail(f"not reached by the keyboard: {found}")


def test_a_wording_is_previewed_with_what_is_typed(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_forms(chromium, url, office, "wordings", "/wording/received")
    reader.page.fill("[name='texts.en']", "We have your complaint {number}.")
    reader.press("main form.form button[value=preview]")
    assert "We have your complaint 202611-000001." in reader.page.inner_text(".previewed[lang=en]")
    reader.press(SAVE)
    assert "We have your complaint {number}." in draft(office)["policy"]


def test_a_fault_leads_to_its_input(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_forms(chromium, url, office, "deadlines", LIMIT)
    reader.page.fill("[name='within.0.number']", "many")
    reader.press(SAVE)
    reader.page.click(".summary a, [role=alert] a")
    assert reader.page.evaluate("document.activeElement.name") == "within.0.number"


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_without_scripts_items_are_changed_moved_and_removed(
    chromium: Browser, url: str, office: Organisation, language: str, width: int
) -> None:
    reader = at_forms(chromium, url, office, "deadlines", LIMIT, scripts=False, language=language, width=width)
    reader.page.fill("[name='within.0.number']", "3")
    reader.press(SAVE)
    go(reader, office, "categories")
    reader.press("form:has(input[value='/intake/channels/petition']) button[value=up]")
    go(reader, office, "grounds")
    reader.press("form:has(input[value='/intake/refusals/settled']) button[value=remove]")
    text = draft(office)["policy"]
    assert "within: 3 working days" in text
    assert text.index("    petition: {") < text.index("    written: {")
    assert "    settled: {" not in text
