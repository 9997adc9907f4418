"""Acts at the desk in a real browser: two people on one complaint, a session that ends, double click, keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser import desk_person
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import CHECK, DO, DONE, FORM, at_desk
from tests.across.browser.reader import DONE_NOTICE, Reader
from tests.clauses.offices.marketplace import answered, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.desk.desk import case_path
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
OPINION = "商家应予退款，并承担退货运费。"
HOSTILE = "<script>document.title='x'</script>\"'><img src=x onerror=alert(1)>{{7*7}}‮ 二〇二六" + "长" * 900
ENDS = pytest.mark.parametrize(("language", "scripts"), [("zh-CN", True), ("en-GB", False)])
_MOST_KEYS = 60


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture
def number(office: Organisation) -> str:
    """Of a complaint that the handler can decide."""
    return answered(office)


def at_decision(chromium: Browser, url: str, office: Organisation, number: str, **view: object) -> Reader:
    """The handler has filled in the form of the decision."""
    reader = at_desk(chromium, url, office, "handler", **view)
    reader.open(f"{case_path(office, number)}/acts/decide")
    desk_person.enter(reader, office, {"opinion": OPINION, "outcome": "not_upheld"})
    return reader


def decisions(office: Organisation, number: str) -> int:
    return len(office.events(number, type_="decided"))


@ENDS
def test_the_form_of_a_changed_complaint_keeps_what_was_typed_says_who_changed_what_and_goes_on(
    chromium: Browser, url: str, office: Organisation, number: str, language: str, scripts: bool
) -> None:
    reader = at_decision(chromium, url, office, number, language=language, scripts=scripts)
    other = at_desk(chromium, url, office, "director", width=390, scripts=scripts)
    desk_person.act(other, office, number, "note", {"text": "请核对运费。"})

    reader.press(CHECK)

    changed = reader.page.inner_text(".notice.stale")
    assert "director" in changed
    assert reader.page.input_value(f"{FORM} textarea") == OPINION
    reader.press(CHECK)
    reader.press(DO)
    assert (DONE in reader.page.url, decisions(office, number)) == (True, 1)


@ENDS
def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(
    chromium: Browser, url: str, office: Organisation, number: str, language: str, scripts: bool
) -> None:
    reader = at_decision(chromium, url, office, number, language=language, scripts=scripts)
    reader.page.context.clear_cookies()
    reader.press(CHECK)

    with reader.page.context.expect_page() as opened:
        reader.page.click("main a[target=_blank]")
    opened.value.fill("#email", office.emails["handler"])
    with opened.value.expect_navigation():
        opened.value.click("main form button.button")
    reader.press("main form button.button")

    assert OPINION in reader.page.inner_text("main")
    reader.press(DO)
    assert decisions(office, number) == 1


def test_a_double_click_acts_once_and_back_shows_the_present_state(
    chromium: Browser, url: str, office: Organisation, number: str
) -> None:
    reader = at_decision(chromium, url, office, number)
    reader.press(CHECK)
    reader.press_twice(DO, DONE_NOTICE)
    assert reader.page.url == f"{url}{case_path(office, number)}?{DONE}"
    assert decisions(office, number) == 1

    reader.page.go_back()
    assert reader.page.url == f"{url}{case_path(office, number)}?told=no_draft"
    reader.look()
    reader.page.go_back()
    assert reader.page.url == f"{url}{case_path(office, number)}?told=changed"
    reader.look()
    assert (reader.has(CHECK), decisions(office, number)) == (False, 1)


@pytest.mark.parametrize("scripts", [True, False])
def test_back_and_forward_through_the_steps_of_an_act_show_each_page_again(
    chromium: Browser, url: str, office: Organisation, number: str, scripts: bool
) -> None:
    """Also one with a fault: none of them is the answer to a form, which browsers do not store."""
    reader = at_desk(chromium, url, office, "handler", scripts=scripts)
    reader.open(f"{case_path(office, number)}/acts/decide")
    form = reader.page.url
    reader.press(CHECK)
    assert reader.has(".faults")
    desk_person.enter(reader, office, {"opinion": OPINION, "outcome": "not_upheld"})
    reader.press(CHECK)
    check = reader.page.url

    while reader.page.url != form:
        reader.page.go_back()
        assert reader.has(FORM), reader.page.url
    for _ in range(2):
        reader.page.go_forward()
        assert reader.has(FORM), reader.page.url
    assert (reader.page.url, reader.has(DO), OPINION in reader.page.inner_text("main")) == (check, True, True)


def test_a_draft_waits_on_the_page_of_the_complaint_and_is_opened_there(
    chromium: Browser, url: str, office: Organisation, number: str
) -> None:
    reader = at_decision(chromium, url, office, number)
    reader.press(f"{FORM} button[value=keep]")
    assert decisions(office, number) == 0
    reader.press(".notice.draft a")
    reader.press(DO)

    assert (decisions(office, number), reader.has(".notice.draft")) == (1, False)


@pytest.mark.parametrize("scripts", [True, False])
def test_back_and_forward_keep_what_was_typed(
    chromium: Browser, url: str, office: Organisation, number: str, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "handler", scripts=scripts)
    desk_person.open_case(reader, office, number)
    desk_person.open_act(reader, "decide")
    reader.page.fill(f"{FORM} textarea", OPINION)

    reader.page.go_back()
    assert reader.page.url.partition("?")[0] == url + case_path(office, number)
    reader.page.go_forward()

    assert reader.page.input_value(f"{FORM} textarea") == OPINION


def test_an_act_is_done_with_the_keyboard_alone(chromium: Browser, url: str, office: Organisation, number: str) -> None:
    reader = at_desk(chromium, url, office, "handler")
    tab_to(reader, f"a[href*='{number}']")
    enter_key(reader)
    tab_to(reader, ".band a.button")
    enter_key(reader)
    tab_to(reader, f"{FORM} textarea")
    reader.page.keyboard.type("退款。")
    tab_to(reader, f"{FORM} input[type=radio]")
    reader.page.keyboard.press("Space")
    reader.page.keyboard.press("ArrowDown")  # the first outcome asks for more
    tab_to(reader, CHECK)
    enter_key(reader)
    tab_to(reader, DO)
    enter_key(reader)

    assert (DONE in reader.page.url, decisions(office, number)) == (True, 1)


def tab_to(reader: Reader, selector: str) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(_MOST_KEYS):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector} on {reader.page.url}")


def enter_key(reader: Reader) -> None:
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.look()


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_texts_stay_texts_on_every_page_that_shows_them(
    chromium: Browser, url: str, office: Organisation, number: str, width: int
) -> None:
    """Also in a search, in the form after a fault, and in the complaint's record."""
    reader = at_desk(chromium, url, office, "handler", width=width)
    reader.open(f"{case_path(office, number)}/acts/decide")
    desk_person.enter(reader, office, {"opinion": HOSTILE})
    reader.press(CHECK)
    assert reader.page.input_value(f"{FORM} textarea") == HOSTILE
    desk_person.enter(reader, office, {"outcome": "not_upheld"})
    reader.press(CHECK)
    reader.press(DO)
    assert "<img src=x" in reader.page.inner_text("main")
    reader.page.fill("#q", HOSTILE[:150])
    with reader.page.expect_navigation():
        reader.page.press("#q", "Enter")
    reader.look()
    assert reader.page.title() != "x"


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (768, "dark"), (1280, "light"), (1920, "dark")])
def test_each_view_fits_and_keeps_the_rules_of_accessibility(
    chromium: Browser, url: str, office: Organisation, number: str, language: str, width: int, scheme: str
) -> None:
    reader = at_desk(chromium, url, office, "handler", language=language, width=width, scheme=scheme)
    case = case_path(office, number)
    views = ("?tab=mine&stage=decided&mark=file", "/tasks", *(case.removeprefix(desk(office)) + end for end in ENDINGS))
    for path in views:
        reader.open(desk(office) + path)


ENDINGS = ("", "?show=complainant", "/acts/decide", "/acts/demand_evidence", "/acts/link", "/forms")
"""Of the pages below a complaint's."""
