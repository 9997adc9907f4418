"""A complainant's acts under each procedure: back and forward, a fault, an ended session, a double click."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from chalicelib.kit.instants import HOUR, from_text, to_text
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import open_case
from tests.across.browser.reader import DONE_NOTICE, Reader
from tests.across.browser.served import served
from tests.across.browser.test_each_preset import both_ways, each_preset, reader_of
from tests.across.browser.test_what_follows import LATE, SILENT, first_due, world_of
from tests.clauses.general.offices_by_preset import office_of, play
from tests.clauses.organisation import Organisation

pytestmark = ALL_PAGES

SENDS = "main form button.button"
MOST_FAULTS = 2
"""An answer that is missing, and a time that has passed."""


@contextmanager
def answering(chromium: Browser, preset: str, scripts: bool) -> Iterator[tuple[Organisation, str, Reader]]:
    """The complainant has the page of a case open on which they can act."""
    office = office_of(preset)
    number = waiting_case(office, preset)
    with served(world_of(office)) as url:
        reader = reader_of(chromium, url, scripts)
        open_case(reader, office, number)
        yield office, number, reader


def waiting_case(office: Organisation, preset: str) -> str:
    """It waits for the complainant's answer, or is late, where the procedure asks them for none."""
    silent = SILENT[preset]
    number = play(office, {"after": silent.after, "with": silent.given})
    if not office.get(f"/complaints/{number}", "complainant", number)["acts"]:
        number = play(office, {"after": LATE[preset]})
        office.world.move_to(to_text(from_text(first_due(office, number)) + HOUR))
    return number


def acts(reader: Reader) -> list[str]:
    """The addresses of the forms to which the page leads."""
    found = [one.get_attribute("href") or "" for one in reader.page.locator("main a[href*='/acts/']").all()]
    return list(dict.fromkeys(found))


def events(office: Organisation, number: str) -> int:
    """Those that the complainant has caused."""
    return len([one for one in office.events(number) if one["actor"]["kind"] == "complainant"])


@both_ways
def test_back_and_forward_through_an_act_with_a_fault(chromium: Browser, preset: str, scripts: bool) -> None:
    with answering(chromium, preset, scripts) as (office, number, reader):
        [act, *_] = acts(reader)
        reader.press(f"main a[href='{act}'] >> nth=0")
        before = events(office, number)
        reader.press(SENDS)  # perhaps with faults: then again, with all answers
        for _ in range(MOST_FAULTS):
            if "told=done" not in reader.page.url:
                reader.answer()
                reader.press(SENDS)
        done = reader.page.url
        assert ("told=done" in done, events(office, number)) == (True, before + 1)
        for _ in range(2):
            reader.page.go_back()
            assert reader.has("main h1"), reader.page.url
        for _ in range(2):
            reader.page.go_forward()
            assert reader.has("main h1"), reader.page.url

        assert (reader.page.url, events(office, number)) == (done, before + 1)


@each_preset
def test_an_act_after_an_ended_session_loses_no_word_and_is_done_once(
    chromium: Browser, preset: str, scripts: bool
) -> None:
    with answering(chromium, preset, scripts) as (office, number, reader):
        [*_, act] = (one for one in acts(reader) if "/acts/withdraw" not in one)  # which asks once more
        reader.press(f"main a[href='{act}'] >> nth=0")
        reader.answer()
        typed, before = answers(reader), events(office, number)
        reader.page.context.clear_cookies()
        reader.press(SENDS)
        reader.page.fill("#receipt", office.filed[number].receipt)
        reader.press(SENDS)
        assert answers(reader) == typed
        reader.press_twice(SENDS, DONE_NOTICE)

        assert events(office, number) == before + 1


def answers(reader: Reader) -> list[str]:
    found = reader.page.locator("main textarea, main input:not([type=hidden], [type=radio], [type=checkbox])").all()
    return [one.input_value() for one in found]
