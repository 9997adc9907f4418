"""What a page of the desk costs: its size on the wire, and its calls to the store for each size of organisation."""

from __future__ import annotations

import gzip
import re

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import snapshot
from chalicelib.store.keys import CaseRef
from chalicelib.store.sizes import MAX_KEYS, MAX_PUTS
from chalicelib.web.pages import assets
from tests.clauses.offices.marketplace import accepted, closed, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.handling.desk.desk import case_path
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk

KB = 1_000
ROWS = 50
MOST_CALLS = 6
SIZES = [10, ROWS, 1_000]
"""Open complaints."""


@pytest.fixture(scope="module")
def office() -> Organisation:
    return marketplace_in(InProcess(START))


def with_complaints(office: Organisation, number: int) -> None:
    """Open complaints that are copies of a filed one, in the store alone."""
    world, first = office.world, office.file()
    assert isinstance(world, InProcess)
    store = world.fakes.wiring.store
    with binding.tenant(office.id):
        ref = CaseRef(office.id, first)
        complaint = snapshot.parse_state(store.get([snapshot.key(ref)])[snapshot.key(ref)])
        assert complaint is not None
        policy = world.fakes.wiring.compiled.get(office.id, complaint.policy)
        copies = [replace(complaint, number=f"202611-{at:06}") for at in range(100_000, 100_000 + number - 1)]
        entries = [snapshot.entry(office.id, one, policy) for one in copies]
        for at in range(0, len(entries), MAX_PUTS):
            store.put_each(entries[at : at + MAX_PUTS])


def opened(office: Organisation, path: str, language: str = "zh", who: str = "handler") -> tuple[Browser, int]:
    """The page, and the calls to the store of its request."""
    browser = at_the_desk(office, who, language=language)
    calls = browser.world.fakes.store.calls
    before = len(calls)
    browser.open(path)
    assert browser.answer.status == 200
    return browser, len(calls) - before


def zipped(*texts: str) -> int:
    return len(gzip.compress("".join(texts).encode()))


@pytest.mark.parametrize("size", SIZES)
def test_a_page_of_the_queue_has_the_same_number_of_calls_whatever_the_organisations_size(size: int) -> None:
    office = marketplace_in(InProcess(START))
    with_complaints(office, size)
    browser, calls = opened(office, desk(office))

    assert len(re.findall(r"/desk/complaints/", browser.answer.text)) == min(size, ROWS)
    assert calls <= MOST_CALLS


@pytest.mark.parametrize("query", ["?tab=mine", "?stage=archived", "?mark=approval&category=service"])
def test_a_view_that_keeps_no_row_of_many_has_few_calls_too(query: str) -> None:
    """Each further page of the index that it looks at is one call."""
    office = marketplace_in(InProcess(START))
    with_complaints(office, 1_000)
    assert opened(office, desk(office) + query)[1] <= MOST_CALLS


@pytest.mark.slow
def test_a_persons_complaint_that_is_due_last_of_many_is_on_the_first_page_of_their_tab() -> None:
    office = marketplace_in(InProcess(START))
    with_complaints(office, 1_000)
    advance(office.world, "1 day")
    number = accepted(office)
    browser, calls = opened(office, f"{desk(office)}?tab=mine")

    assert re.findall(r'/desk/complaints/([^"?]+)\?', browser.answer.text) == [number]
    assert calls <= MOST_CALLS


@pytest.mark.slow
@pytest.mark.parametrize("query", ["?tab=all", "?tab=unassigned&stage=archived", "?tab=mine&stage=archived"])
def test_a_further_page_has_few_calls_too(query: str) -> None:
    office = marketplace_in(InProcess(START))
    for _ in range(MAX_KEYS + 1):
        accepted(office)
    with_complaints(office, 1_000)
    browser, _ = opened(office, desk(office) + query)
    calls = browser.world.fakes.store.calls
    before = len(calls)
    browser.open(desk(office) + next(href for href, words in browser.page.links if words == "下一页"))

    assert browser.answer.status == 200
    assert len(calls) - before <= MOST_CALLS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_queue_with_50_rows_is_at_most_20_kilobytes(language: str) -> None:
    office = marketplace_in(InProcess(START))
    with_complaints(office, ROWS)
    browser, _ = opened(office, desk(office), language)
    assert zipped(browser.answer.text, style()) <= 20 * KB


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_complaint_that_was_worked_to_its_end_is_at_most_30_kilobytes(
    office: Organisation, language: str
) -> None:
    browser, _ = opened(office, case_path(office, closed(office)), language)
    assert zipped(browser.answer.text, style()) <= 30 * KB


def test_the_modules_of_the_desk_are_at_most_25_kilobytes_in_all(office: Organisation) -> None:
    """With all that they import."""
    number = closed(office)
    paths = ["", "/tasks", f"/complaints/{number}", f"/complaints/{number}/acts/note", f"/complaints/{number}/forms"]
    sources: dict[str, str] = {}
    for path in paths:
        browser, _ = opened(office, desk(office) + path)
        for address in re.findall(r'(?:src|href)="([^"]+\.js)"', browser.answer.text):
            sources[address] = browser.world.client.request("GET", address).text
    assert sum(map(zipped, sources.values())) <= 25 * KB


def style() -> str:
    sheets = [assets.find(assets.path(name).rpartition("/")[2]) for name in ("pages.css", "desk.css")]
    return "".join(found[0] for found in sheets if found is not None)
