"""A respondent who answers a demand with files: several at once, with their progress, a refused one, and resumed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from chalicelib.features.evidence.file_limits import PART
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import Reader
from tests.across.browser.sending import SEALED, allow_bucket, choose, wait_for
from tests.across.leaks import planted
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.marketplace import ASKED_FOR, FOUND, accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import EICAR, PDF

pytestmark = ALL_PAGES

SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 512 * 1024}
"""Bytes a second, so that the progress of a file is seen."""
TOLD = """() => {
  window.heard = [];
  new MutationObserver(() => window.heard.push(document.querySelector("#told").textContent))
    .observe(document.querySelector("#told"), { childList: true });
}"""
"""Keeps what a screen reader is told."""


@pytest.fixture(scope="module")
def market(stack: LocalStack) -> Organisation:
    return marketplace_in(stack)


@pytest.fixture
def number(market: Organisation) -> str:
    """A complaint whose respondent was asked for evidence. The stack's clock stays, for all complaints have it."""
    number = accepted(market)
    market.act(number, "handler", "inspect", **FOUND)
    market.act(number, "handler", "demand_evidence", **ASKED_FOR)
    return number


def at_demand(chromium: Browser, market: Organisation, number: str, **view: object) -> Reader:
    """The respondent, who opened the link of the demand."""
    assert isinstance(market.world, LocalStack)
    demand = str(market.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    found = market.get(f"/complaints/{number}/demands/{demand}/link", "handler")
    planted.plant_secret("receipt", found["receipt"])
    chosen = {"language": "en-GB", "width": 320, "scripts": True, "rules": False, **view}
    reader = Reader(chromium, market.world.url, **chosen)  # type: ignore[arg-type]
    reader.open(found["page"].removeprefix(market.world.url))
    if not reader.scripts:  # which read the receipt from the address
        reader.page.fill("#receipt", found["receipt"])
    reader.press("main button.button")
    return reader


def at_files(chromium: Browser, market: Organisation, number: str, kind: str = "transaction", **view: object) -> Reader:
    """The respondent on the page on which files are added, with the kind chosen."""
    reader = at_demand(chromium, market, number, **view)
    reader.press("a.button")
    allow_bucket(reader)
    reader.page.check(f"[name=kind][value={kind}]")
    return reader


def declared(market: Organisation, number: str) -> list[dict[str, object]]:
    return [one["fields"] for one in market.events(number, type_="evidence_declared")]


def test_several_files_answer_a_demand_and_a_refused_one_says_why(
    chromium: Browser, market: Organisation, number: str
) -> None:
    reader = at_files(chromium, market, number, rules=True)
    demand = reader.page.url.removesuffix("/files")
    choose(reader.page, ("a.txt", "text/plain", EICAR), ("b.pdf", "application/pdf", PDF))
    wait_for(reader.page, "Refused: malware was found in it", 1)
    wait_for(reader.page, SEALED, 2)
    reader.look()
    reader.press("a.back")
    assert reader.page.url == demand
    assert reader.page.locator("[data-uploads] li").count() == 2
    assert {one["demand"] for one in declared(market, number)} == {f"{number}/{demand.rpartition('/')[2]}"}
    assert len(market.events(number, type_="evidence_received")) == 1


def test_the_progress_of_a_file_for_a_demand_is_shown_and_told(
    chromium: Browser, market: Organisation, number: str
) -> None:
    reader = at_files(chromium, market, number)
    reader.page.context.new_cdp_session(reader.page).send("Network.emulateNetworkConditions", SLOW)
    reader.page.evaluate(TOLD)
    choose(reader.page, ("a.txt", "text/plain", b"text\n" * (256 * 1024)))
    wait_for(reader.page, SEALED)
    heard = reader.page.evaluate("window.heard")
    steps = [one for one in heard if one.startswith("a.txt: Being sent: ")]
    assert len(steps) > 1, heard
    assert steps == sorted(steps, key=lambda one: int(one.rpartition(": ")[2].rstrip("%"))), heard
    assert heard.index("a.txt: Sent, waiting for the check") > heard.index(steps[-1])


def test_a_file_of_another_format_is_refused_before_it_is_sent(
    chromium: Browser, market: Organisation, number: str
) -> None:
    reader = at_files(chromium, market, number)
    choose(reader.page, ("a.bin", "application/x-unheard-of", b"\x00" * 64))
    wait_for(reader.page, "Not sent: files of this format are not accepted")
    assert declared(market, number) == []


def test_a_file_for_a_demand_that_was_not_sent_is_resumed(chromium: Browser, market: Organisation, number: str) -> None:
    reader = at_files(chromium, market, number)
    demand = reader.page.url.removesuffix("/files").removeprefix(reader.url)
    reader.page.context.set_offline(True)
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "No connection")
    reader.reopen()
    reader.page.context.set_offline(False)
    reader.open(demand)
    reader.page.wait_for_selector("#unsent:not([hidden])")
    reader.press("#unsent a")
    wait_for(reader.page, SEALED)
    assert len(declared(market, number)) == 1
    reader.open(demand)
    assert reader.page.is_hidden("#unsent")


def test_a_file_for_a_demand_is_not_offered_for_the_complaint(
    chromium: Browser, market: Organisation, number: str
) -> None:
    """One device of both parties: what one of them keeps on it is not sent on behalf of the other."""
    reader = at_files(chromium, market, number)
    reader.page.context.set_offline(True)
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "No connection")
    reader.reopen()
    reader.page.context.set_offline(False)
    reader.open(f"/t/{market.id}/case/{number}")
    reader.page.fill("#receipt", market.filed[number].receipt)
    reader.press("main button.button")
    assert reader.page.is_hidden("#unsent")
    assert declared(market, number) == []


def test_a_large_file_for_a_demand_goes_on_with_the_part_that_was_interrupted(
    chromium: Browser, market: Organisation, number: str
) -> None:
    reader = at_files(chromium, market, number)
    page, parts = reader.page.url.removeprefix(reader.url), list[str]()
    reader.page.context.on("request", lambda one: parts.extend(one.url.partition("partNumber=")[2][:1]))
    reader.page.route("**/*partNumber=2*", lambda route: route.abort())
    choose(reader.page, ("a.txt", "text/plain", b"text\n" * (PART // 5 + 1)))
    wait_for(reader.page, "No connection")
    reader.reopen()
    parts.clear()
    reader.open(page)
    wait_for(reader.page, SEALED)
    assert set(parts) == {"2"}


def test_a_session_with_a_demand_that_has_ended_keeps_the_file_and_says_so(
    chromium: Browser, market: Organisation, number: str
) -> None:
    reader = at_files(chromium, market, number)
    reader.page.context.clear_cookies()
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "The session has ended")
    assert declared(market, number) == []


def test_without_modules_the_form_sends_a_file_for_a_demand(
    chromium: Browser, market: Organisation, number: str
) -> None:
    reader = at_demand(chromium, market, number, scripts=False)
    reader.press("a.button")
    reader.page.check("[name=kind][value=transaction]")
    reader.press("#plain button")
    reader.buckets.append(reader.page.get_attribute("form", "action") or "")
    reader.page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    reader.press("button.button")
    assert "told=uploaded" in reader.page.url
    assert len(declared(market, number)) == 1
