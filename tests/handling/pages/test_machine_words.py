"""No page and no mail of a preset has a word of a machine or of the other language.

What people type is left out, and so is what is a code by its nature: addresses of pages, receipts, references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.handling.pages import cases
from tests.kernel.web.pages import filing
from tests.kernel.web.pages.browser import Browser

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
PAGES = ("", "/register", "/figures", "/report", "/reports", "/case", "/lost-receipt")
CODES = re.compile(
    r"https?://[^\s，。）]+"  # addresses of pages
    r"|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,3}\b"  # receipts and references
    r"|[\w.+-]+@[\w.-]+"  # mail addresses
)
KNOWN = frozenset({"Atom", "KB", "MB", "R", "ics", "PDF", "English", "Redress", "SHA-256"})
"""Names without another form in Chinese."""
GIVEN = ("示例机构", "中文", filing.TEXT, "000-00000000（示例 example）")
"""What is left out: the tests' organisation, the link to the other language, what the complainant typed, and the
phone of the presets: one text for both languages, marked as an example in both.
"""
LATIN = re.compile("[A-Za-z][A-Za-z0-9_./:-]*")
HAN = re.compile("[\u4e00-\u9fff]+")
MACHINE = re.compile(
    r"\b[A-Za-z]+_[A-Za-z_]+\b|\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b|\b[0-9]{4}-W[0-9]{2}\b|\b[0-9a-f]{12,}\b"
)
"""Names of code, time zones, weeks and ids."""


def strange(texts: list[str], language: str, *given: str) -> set[str]:
    """The words that do not belong to the language. `given`: what people typed."""
    found: set[str] = set()
    for text in texts:
        for one in (*GIVEN, *given):
            text = text.replace(one, " ")
        text = CODES.sub(" ", text)
        found.update(MACHINE.findall(text))
        found.update(HAN.findall(text) if language == "en" else set(LATIN.findall(text)) - KNOWN)
    return found


def public_pages(browser: Browser, tenant: str) -> Iterator[str]:
    for path in PAGES:
        yield from browser.open(f"/t/{tenant}{path}").texts


def wrong_answers(browser: Browser, tenant: str) -> Iterator[str]:
    """The first question with nothing entered, and with too much."""
    page = browser.open(f"/t/{tenant}/file")
    names = {one.name for one in page.forms[0].controls if one.type == "" or one.tag == "textarea"}
    yield from browser.submit(**{name.replace(".", "__"): "" for name in names}).texts


@LANGUAGES
@pytest.mark.parametrize("preset", presets.names())
def test_public_pages_and_a_filing_have_no_strange_word(preset: str, language: str) -> None:
    world = InProcess("2026-11-27T09:00:00+08:00")
    office, browser = sign_up(world, preset), Browser(world, language)
    texts = [*public_pages(browser, office.id), *wrong_answers(browser, office.id)]
    number, receipt = filing.filed(browser, office)
    texts += browser.page.texts
    browser.open(f"/t/{office.id}/case")
    texts += browser.submit(number=number, receipt=receipt).texts
    assert strange(texts, language) == set()


@LANGUAGES
@pytest.mark.parametrize("preset", presets.names())
def test_mails_to_the_complainant_have_no_strange_word(preset: str, language: str) -> None:
    world = InProcess("2026-11-27T09:00:00+08:00")
    office, browser = sign_up(world, preset), Browser(world, language)
    filing.filed(browser, office)
    mails = world.fakes.mailer.to("a@example.com")
    assert strange([part for mail in mails for part in (mail.subject, mail.text)], language) == set()


@pytest.mark.parametrize("state", cases.CASES)
def test_the_page_of_a_case_has_no_strange_word_in_any_state(state: str) -> None:
    world = InProcess("2026-11-27T09:00:00+08:00")
    office, number = cases.CASES[state](world)
    browser = Browser(world)
    browser.open(f"/t/{office.id}/case")
    page = browser.submit(number=number, receipt=office.filed[number].receipt)
    assert strange(page.texts, "zh", "A00000", "seller") == set()
