"""A new procedure in a real browser: from an empty document to a published procedure that runs, and by questions."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser

from chalicelib.features.studio.beginning import starts
from chalicelib.features.studio.beginning.questions import PARTS
from chalicelib.features.studio.text import smallest
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import DONE_NOTICE, Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.procedures import documents
from tests.clauses.world import InProcess
from tests.policies.drafts.shop import ask
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
BEGIN, STEPS, TEXT, TRY = "/procedure/begin", "/procedure/draft/steps", "/procedure/draft/text", "/procedure/draft/try"
QUESTIONS, PUBLISH = "/procedure/draft/questions/", "/procedure/draft/publication"
SAVE = "main form button[value=save]"
SAVED = "^(Saved|已保存)"
TRIED: set[str] = set()
MOST_BYTES = 30_000
VIEWS = pytest.mark.parametrize(
    ("language", "width", "scripts"), [("zh-CN", 390, True), ("en-GB", 390, False), ("zh-CN", 1280, False)]
)
CLOCK = """
clocks:
  answer: {{name: {{{of}: {name}}}, from: registered, until: closed, within: 3 working days}}
examples:
  - given: {{channel: web}}
    events: {{registered: 2026-11-26T10:00}}
    then: {{answer: {due}}}
"""
RIGHT, WRONG = "2026-12-01T17:00", "2026-12-02T17:00"
"""The third working day after Thursday, 26 November 2026, and the one after it."""


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "customer-service")


def at_page(chromium: Browser, url: str, office: Organisation, below: str, **view: object) -> Reader:
    reader = at_desk(chromium, url, office, "owner", **{"tried": TRIED, **view})
    reader.open(desk(office) + below)
    return reader


def choose(reader: Reader, start: str) -> None:
    reader.page.check(f"input[name=start][value='{start}']")
    reader.press("main form button.button")


def type_text(reader: Reader, text: str) -> None:
    """Into the form that the page has without scripts, or in place of the editor's text."""
    if reader.scripts and reader.has(".cm-content"):
        reader.page.click(".cm-content")
        reader.page.keyboard.press("Control+A")
        reader.page.keyboard.press("Delete")
        reader.page.keyboard.insert_text(text)
        reader.page.click(SAVE)
        reader.page.wait_for_selector(f"#state:text-matches('{SAVED}')")
        return
    reader.page.fill("#text", text)
    reader.press(SAVE)


def look(reader: Reader, office: Organisation, below: str) -> str:
    reader.open(desk(office) + below)
    assert len(gzip.compress(reader.page.content().encode())) <= MOST_BYTES
    return reader.page.inner_text("main")


@VIEWS
def test_from_an_empty_document_to_a_published_procedure_that_runs(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    # given an empty document, to which a deadline is added, with an example that fails
    reader = at_page(chromium, url, office, BEGIN, language=language, width=width, scripts=scripts)
    choose(reader, starts.EMPTY)
    assert "tutorial=true" in reader.page.url
    of = language[:2]
    text = smallest.empty_text(of).replace("Asia/Shanghai", "Europe/London")
    parts = {"of": of, "name": {"zh": "答复", "en": "Answer"}[of]}
    look(reader, office, TEXT)
    type_text(reader, text + CLOCK.format(**parts, due=WRONG))
    assert "2026-12-01" in look(reader, office, STEPS)

    # when the example is corrected by the button beside it, and the draft is published
    reader.press("main .next-steps form button")
    assert reader.has(DONE_NOTICE)
    assert f'answer: "{RIGHT}"' in office.get("/policy/draft", "owner")["policy"]
    look(reader, office, PUBLISH)
    reader.press("main form button.button")
    assert reader.has(DONE_NOTICE)

    # then a complaint has the due time of the document
    office.world.move_to("2026-11-27T10:00:00+00:00")
    filed = office.world.call(
        "POST",
        f"{office.path}/complaints",
        {"channel": "web", "facts": {"content": "One hour late."}},
        headers={"Idempotency-Key": "11111111-1111-4111-8111-111111111111"},
    )
    assert filed.status == 201, filed.json
    told = f"Receipt {filed.json['receipt']}"
    found = office.world.call("GET", f"{office.path}/complaints/{filed.json['number']}/deadlines", auth=told)
    assert [one["due"] for one in found.json["deadlines"]] == ["2026-12-02T17:00:00.000Z"]
    assert reader.faults == []


@pytest.mark.parametrize("name", ["uk-nhs-complaints", "au-bank-disputes", "us-airline-complaints"])
def test_a_procedure_that_is_typed_from_its_law_is_published_by_pages_alone(
    chromium: Browser, url: str, office: Organisation, name: str
) -> None:
    reader = at_page(chromium, url, office, BEGIN, language="en-GB", width=1280, scripts=False)
    choose(reader, starts.EMPTY)
    look(reader, office, TEXT)

    type_text(reader, documents.text(name))
    said = look(reader, office, STEPS)
    look(reader, office, PUBLISH)
    reader.press("main form button.button")

    assert "All come out as expected." in said
    assert reader.has(DONE_NOTICE)
    assert office.get("/policy", "owner")["policy"]["name"]["en"] == documents.document(name)["name"]["en"]
    assert len(due_times(name)) >= 10


def due_times(name: str) -> list[str]:
    """The golden due times of its examples."""
    stated = [each for one in documents.document(name)["examples"] for each in one["then"].values()]
    return [one for one in stated if isinstance(one, str) and one[:4].isdecimal()]


@VIEWS
def test_each_page_keeps_the_rules_and_its_size(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_page(chromium, url, office, BEGIN, language=language, width=width, scripts=scripts)
    choose(reader, starts.PRESET + "auto-repair")
    for page in [BEGIN, STEPS, *(QUESTIONS + part.name for part in PARTS)]:
        look(reader, office, page)
    assert reader.faults == []


def test_questions_are_answered_by_keyboard_one_page_after_the_other(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = at_page(chromium, url, office, BEGIN, language="en-GB", width=1280, scripts=True)
    choose(reader, starts.PRESET + "platform")
    page = reader.page
    page.focus("main form input[name=':name.en']")
    page.keyboard.press("Control+A")
    page.keyboard.type("Our own procedure")
    for _ in PARTS:
        with page.expect_navigation():
            page.keyboard.press("Enter")
        reader.look()
        if "/questions/" in page.url:
            page.focus("main form button.button")
    assert "/draft/steps" in page.url
    assert ask(office, "GET", "/policy/draft").json["policy"].count("Our own procedure") == 1


def test_back_and_a_second_click_save_once(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_page(chromium, url, office, BEGIN, language="en-GB", width=390, scripts=True)
    choose(reader, starts.PRESET + "platform")
    reader.page.fill("input[name=':name.en']", "First")
    reader.press_twice("main form button.button", "main input[name='/calendar:timezone']")
    reader.page.go_back()
    reader.page.wait_for_selector("input[name=':name.en']")
    assert reader.page.input_value("input[name=':name.en']") == "First"
    assert office.get("/policy/draft", "owner")["revision"] == 2
