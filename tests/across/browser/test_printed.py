"""The printed copies of a receipt, a case, its decision and the register: on A4, in both languages, without buttons."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import file, person
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.offices.marketplace import decided, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.forms.copies.copy import asked, unpacked
from tests.register.notices import published
from tests.supervision.reporting import THINKS

pytestmark = ALL_PAGES
LANGUAGES = pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
NAME = "示例机构"
OPINION = "经查，商家发错货，应全额退款。" * 60
SEEN = os.environ.get("PRINTOUTS")
"""A folder that keeps the printouts, to look at."""


@pytest.fixture(scope="module")
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture(scope="module")
def number(office: Organisation) -> str:
    """A complaint that is decided, in which nothing fits one line."""
    found = decided(office, opinion=OPINION)
    office.world.settle()
    return found


@pytest.fixture(scope="module")
def url(office: Organisation) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address


def opened(chromium: Browser, url: str, office: Organisation, number: str, language: str) -> Page:
    reader = Reader(chromium, url, language=language, width=1280, scripts=True, scheme="dark")
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    return reader.page


def printed(page: Page, name: str) -> list[str]:
    pdf = page.pdf(prefer_css_page_size=True)
    if SEEN:
        Path(SEEN, f"{name}.pdf").write_bytes(pdf)
    return sheets(pdf)


def missing(text: str, *wanted: str) -> list[str]:
    return [one for one in wanted if unicodedata.normalize("NFKC", one).replace(" ", "") not in text]


def has_buttons(page: Page) -> bool:
    page.emulate_media(media="print")
    found = any(one.is_visible() for one in page.locator("button, .button, .back, .language, input").all())
    page.emulate_media(media="null")
    return found


WORDS = {
    "zh-CN": {
        "as of": "本页内容截至2026年11月28日",
        "result": "投诉处理结果",
        "next": "接下来的期限",
        "filed": "您提交的内容",
    },
    "en-GB": {
        "as of": "As of Sat 28 Nov 2026",
        "result": "Result of a complaint",
        "next": "What is due next",
        "filed": "What you filed",
    },
}


@LANGUAGES
def test_the_case_prints_with_its_address_its_date_and_what_is_closed_on_the_screen(
    chromium: Browser, url: str, office: Organisation, number: str, language: str
) -> None:
    page = opened(chromium, url, office, number, language)
    found = printed(page, f"case-{language}")
    text = "".join(found)
    filed = page.locator(".answers .given").all_text_contents()
    assert filed
    assert missing(found[0], NAME, number, f"/t/{office.id}/case/{number}", WORDS[language]["as of"]) == []
    assert missing(text, "经查，商家发错货", *(one[:20] for one in filed)) == []
    assert text.count("经查,商家发错货,应全额退款。") == 60  # the decision once, though it was sent and recorded too
    assert len(found) <= 4
    assert not has_buttons(page)


@LANGUAGES
def test_the_decision_has_a_page_of_its_own(
    chromium: Browser, url: str, office: Organisation, number: str, language: str
) -> None:
    page = opened(chromium, url, office, number, language)
    with page.expect_navigation():  # a sheet has the size that the page's style gives it
        page.click('a[href*="/decision"]')
    found = printed(page, f"decision-{language}")
    words = WORDS[language]
    assert missing(found[0], NAME, number, words["result"], words["as of"]) == []
    assert missing("".join(found), words["next"], words["filed"]) == []
    assert "".join(found).count("经查,商家发错货,应全额退款。") == 60
    assert len(found) <= 3
    assert not has_buttons(page)


@LANGUAGES
def test_the_printed_copies_are_black_on_white(
    chromium: Browser, url: str, office: Organisation, number: str, language: str
) -> None:
    """Also for a reader whose screen is dark."""
    page = opened(chromium, url, office, number, language)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@LANGUAGES
def test_the_receipt_of_a_report_prints_on_one_sheet(
    chromium: Browser, url: str, office: Organisation, language: str
) -> None:
    reader = Reader(chromium, url, language=language, width=1280, scripts=True)
    reader.open(f"/t/{office.id}/report")
    reader.page.check('input[value="supervisors"]')
    reader.page.check('input[value="office"]')
    reader.page.fill("#text", "处理人员收受商家好处")
    assert isinstance(office.world, InProcess)
    office.world.fakes.real_clock.now += THINKS
    reader.press("#send")
    [text] = printed(reader.page, f"report-{language}")
    reference = reader.page.locator(".number").inner_text()
    assert missing(text, NAME, reference, reader.page.locator(".secret").inner_text()) == []
    assert not has_buttons(reader.page)


@LANGUAGES
def test_the_receipt_of_a_complaint_prints_with_what_follows(
    chromium: Browser, url: str, office: Organisation, language: str
) -> None:
    reader = person(chromium, url, language=language, width=1280)
    number = file(reader, office)
    page = reader.page
    found = printed(page, f"receipt-{language}")
    given = page.locator(".answers .given").all_text_contents()
    secret = page.locator(".secret").inner_text()
    assert missing(found[0], NAME, number, secret, f"/t/{office.id}/case/{number}") == []
    assert missing("".join(found), *(one[:20] for one in given), "complaints@platform.example") == []
    assert (len(found) <= 3, len(given) > 3, has_buttons(page)) == (True, True, False)


@LANGUAGES
@pytest.mark.parametrize(("opinion", "most"), [("商家退款。", 4), (OPINION, 5)])
def test_a_copy_prints_on_few_sheets(
    chromium: Browser, office: Organisation, opinion: str, most: int, language: str
) -> None:
    """A small case on four: most of its 22 events have nothing but their hash. A long text is not kept together."""
    number = decided(office, opinion=opinion)
    office.world.settle()
    assert asked(office, number, language=language[:2]).status == 201
    page = Reader(chromium, "about:blank", language=language, width=1280, scripts=True).page
    page.set_content(unpacked(office, number)["index.html"].decode())
    found = printed(page, f"copy-{most}-{language}")
    filed = office.complaint(number)["facts"]
    assert missing(found[0], NAME, number) == []
    assert missing("".join(found), filed["reason"], opinion[:5]) == []
    assert len(found) <= most


@LANGUAGES
def test_the_register_and_a_notice_print(chromium: Browser, language: str) -> None:
    market = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    published(market)
    assert isinstance(market.world, InProcess)
    with served(market.world) as address:
        reader = Reader(chromium, address, language=language, width=1280, scripts=True)
        reader.open(f"/t/{market.id}/register")
        [first] = printed(reader.page, f"register-{language}")
        assert not has_buttons(reader.page)
        reader.press("article h2 a")
        [second] = printed(reader.page, f"notice-{language}")
    assert missing(first, NAME, f"/t/{market.id}/register", "商家发错货") == []
    assert missing(second, NAME, f"/t/{market.id}/register/", "商家发错货") == []


A4 = (595, 842)
"""Points."""
_RADICALS = str.maketrans("\u2eda\u6236", "页户")
"""Radicals with which fonts share a glyph, and to which NFKC gives another character or none."""
_HEX = re.compile(rb"<([0-9a-fA-F ]+)>")
_RANGES = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def sheets(pdf: bytes) -> list[str]:
    """The text of each sheet, without blanks: Chromium sets glyphs one by one.

    In Unicode's form NFKC: fonts share glyphs between 示 and its radical, and full-width signs come back as plain ones.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            width, height = (float(one) for one in page.mediabox[2:])
            assert (round(width), round(height)) == A4
        return ["".join(_texts(page, page.get("/Resources"))) for page in opened.pages]


def _texts(holder: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> Iterator[str]:
    fonts = {str(name): _characters(font) for name, font in resources.get("/Font", {}).items()}
    known: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(holder):
        if str(operator) == "Tf":
            known = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            yield from (_read(bytes(one), known) for one in parts if isinstance(one, pikepdf.String))
        elif str(operator) == "Do":
            inner = resources["/XObject"][str(operands[0])]
            if inner.get("/Subtype") == "/Form":
                yield from _texts(inner, inner.get("/Resources", resources))


def _read(glyphs: bytes, known: dict[int, str]) -> str:
    codes = (int.from_bytes(glyphs[at : at + 2]) for at in range(0, len(glyphs), 2))
    text = unicodedata.normalize("NFKC", "".join(known.get(code, "\ufffd") for code in codes))
    return text.replace(" ", "").translate(_RADICALS)


def _characters(font: pikepdf.Object) -> dict[int, str]:
    """By glyph, from the table with which a PDF is searched (`ToUnicode`)."""
    table, found = font["/ToUnicode"].read_bytes(), {}
    for kind, rows in _RANGES.findall(table):
        for row in rows.strip().splitlines():
            values = [one.replace(b" ", b"") for one in _HEX.findall(row)]
            if kind == b"bfchar":
                found[int(values[0], 16)] = _text(values[1])
            elif b"[" in row:
                found.update((int(values[0], 16) + at, _text(one)) for at, one in enumerate(values[2:]))
            else:
                first, last, start = (int(one, 16) for one in values)
                found.update((code, chr(start + code - first)) for code in range(first, last + 1))
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
