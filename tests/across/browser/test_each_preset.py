"""Each procedure, as people really file: two tabs, a shared device, a double click, an ended session, back, forward."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import NEXT, SEND, go, person, think
from tests.across.browser.journeys import MOST_PAGES
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES

FIRST, SECOND = "等了三天没有人来修。", "另一件事：多收了二十元。"
EACH = [(preset, place % 2 == 0) for place, preset in enumerate(presets.names())]
"""Each procedure, with scripts or without."""
each_preset = pytest.mark.parametrize(("preset", "scripts"), EACH)
both_ways = pytest.mark.parametrize(
    ("preset", "scripts"), [(preset, scripts) for preset in presets.names() for scripts in (True, False)]
)


@pytest.fixture(scope="module")
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture(scope="module")
def url(world: InProcess) -> Iterator[str]:
    with served(world) as address:
        yield address


class Offices(dict[str, Organisation]):
    """One of each procedure, in one deployment. Each is signed up when a test needs it."""

    def __init__(self, world: InProcess) -> None:
        self.world = world

    def __missing__(self, preset: str) -> Organisation:
        return self.setdefault(preset, sign_up(self.world, preset))


@pytest.fixture(scope="module")
def offices(world: InProcess) -> Offices:
    return Offices(world)


def reader_of(chromium: Browser, url: str, scripts: bool) -> Reader:
    return person(chromium, url, scripts=scripts, rules=False)


def on_to(reader: Reader, until: str) -> None:
    """Answers each page before the one that has `until`."""
    for _ in range(MOST_PAGES):
        if reader.has(until):
            return
        reader.answer()
        reader.press(NEXT)
    raise AssertionError(f"no page has {until}")


def tell(reader: Reader, text: str) -> str:
    """From the open page to the one on which the complaint is told, and past it. Returns its address."""
    on_to(reader, "textarea")
    told = reader.page.url
    reader.answer()
    reader.page.locator("textarea").first.fill(text)
    reader.press(NEXT)
    return told


def send(reader: Reader, office: Organisation) -> str:
    """From the open page to the receipt. Returns the number."""
    on_to(reader, SEND)
    think(office)
    reader.press(SEND)
    return reader.page.text_content(".number") or ""


def told_in(office: Organisation, number: str) -> str:
    """All that the complaint says, as the organisation's people read it. In some procedures, the owner does not."""
    return str([office.get(f"/complaints/{number}/record", who)["values"] for who in office.tokens])


def numbers(office: Organisation) -> set[str]:
    return {one["number"] for one in office.get("/complaints", "owner")["complaints"]}


@each_preset
def test_two_tabs_file_two_complaints(
    chromium: Browser, url: str, offices: Offices, preset: str, scripts: bool
) -> None:
    office = offices[preset]
    one = reader_of(chromium, url, scripts)
    one.open(f"/t/{office.id}/file")
    tell(one, FIRST)
    other = one.tab()
    other.open(f"/t/{office.id}/file")
    other.press("[value=another]")
    tell(other, SECOND)

    filed = send(one, office), send(other, office)

    assert len(set(filed)) == 2
    assert [text in told_in(office, number) for number in filed for text in (FIRST, SECOND)] == [
        True,
        False,
        False,
        True,
    ]


@each_preset
def test_the_same_page_in_two_tabs_is_not_overwritten_unseen(
    chromium: Browser, url: str, offices: Offices, preset: str, scripts: bool
) -> None:
    office = offices[preset]
    one = reader_of(chromium, url, scripts)
    one.open(f"/t/{office.id}/file")
    address = tell(one, FIRST).removeprefix(url)
    other = one.tab()
    one.open(address)
    other.open(address)
    other.page.locator("textarea").first.fill(SECOND)
    other.press(NEXT)
    third = "第三种说法。"
    one.page.locator("textarea").first.fill(third)
    one.press(NEXT)

    assert one.page.url.partition("?")[0] == url + address
    assert (one.has(".notice, .faults"), one.page.locator("textarea").first.input_value()) == (True, third)


@each_preset
def test_a_shared_device_asks_whose_it_is_and_shows_nothing(
    chromium: Browser, url: str, offices: Offices, preset: str, scripts: bool
) -> None:
    office = offices[preset]
    reader = reader_of(chromium, url, scripts)
    reader.open(f"/t/{office.id}/file")
    tell(reader, FIRST)
    reader.reopen()
    reader.open(f"/t/{office.id}/file")
    assert FIRST not in reader.page.content()
    reader.press("[value=forget]")
    on_to(reader, "textarea")

    assert reader.page.locator("textarea").first.input_value() == ""
    reader.open(f"/t/{office.id}/file")
    assert FIRST not in reader.page.content()


@each_preset
def test_a_double_click_files_once(chromium: Browser, url: str, offices: Offices, preset: str, scripts: bool) -> None:
    office = offices[preset]
    reader = reader_of(chromium, url, scripts)
    reader.open(f"/t/{office.id}/file")
    on_to(reader, SEND)
    think(office)
    before = numbers(office)
    reader.press_twice(SEND, ".number")

    assert numbers(office) - before == {reader.page.text_content(".number")}


@each_preset
def test_an_ended_draft_keeps_what_is_typed(
    chromium: Browser, url: str, offices: Offices, preset: str, scripts: bool
) -> None:
    office = offices[preset]
    reader = reader_of(chromium, url, scripts)
    reader.open(f"/t/{office.id}/file")
    on_to(reader, "textarea")
    reader.answer()
    field = f"[name='{reader.page.locator('textarea').first.get_attribute('name')}']"
    reader.page.fill(field, FIRST)
    reader.page.context.clear_cookies()
    reader.press(NEXT)
    if not reader.has(field):  # a time that must lie in the future keeps the page open
        reader.press("[value=back]")

    assert reader.page.input_value(field) == FIRST


@both_ways
def test_back_and_forward_from_the_receipt_to_the_complaint(
    chromium: Browser, url: str, offices: Offices, preset: str, scripts: bool
) -> None:
    office = offices[preset]
    reader = reader_of(chromium, url, scripts)
    reader.open(f"/t/{office.id}/file")
    number, filed = send(reader, office), numbers(office)
    receipt = reader.page.url
    reader.page.go_back()
    assert reader.has('a.button[href*="/filed"]')
    go(reader, back=False)
    assert (reader.page.url, reader.page.text_content(".number")) == (receipt, number)
    reader.press("form button.button")
    case = reader.page.url
    go(reader, back=True)
    assert reader.page.text_content(".number") == number
    go(reader, back=False)

    assert (reader.page.url, numbers(office)) == (case, filed)
