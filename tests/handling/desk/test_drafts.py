"""What a member types for an act is kept as a draft: it waits on the page of the complaint, and is never sent alone."""

from __future__ import annotations

import json
import re

import pytest
from msgspec.structs import force_setattr

from chalicelib.features.handling.drafts import LASTS, MAX_BYTES, MOST
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.desk.desk import at_act, case_path, opened
from tests.handling.desk.drafting import TEXT, noted, notes, press, stored, tab_of, waiting, world_of
from tests.handling.test_overtaken import overtaken
from tests.helpers.fakes.sealer import FakeKms, real_sealer
from tests.leaving.test_leaving import later, leave
from tests.retention.office import AFTER, filed, publish
from tests.retention.office import START as RETAINED_FROM
from tests.retention.office import later as until_erased
from tests.sign_in.door import START, at_the_desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


@pytest.fixture
def number(office: Organisation) -> str:
    return office.file()


def test_what_an_act_would_do_has_an_address_that_can_be_read_again(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    address = browser.path
    assert "/acts/note/check?draft=" in address

    browser.open(address)

    assert (browser.answer.status, TEXT in browser.page.text) == (200, True)
    assert notes(office, number) == []


def test_the_address_has_nothing_of_what_was_typed(office: Organisation, number: str) -> None:
    assert re.fullmatch(
        rf"{case_path(office, number)}/acts/note/check\?draft=[0-9a-f-]{{36}}", noted(office, number).path
    )


def test_the_case_says_that_a_draft_waits_and_opens_it(office: Organisation, number: str) -> None:
    noted(office, number)
    browser = opened(office, number, "screener")
    assert "A draft of yours waits: Add a note" in browser.page.text, browser.page.text

    browser.open(waiting(browser)[0])
    press(browser, "do")

    assert browser.path == f"{case_path(office, number)}?told=done"
    assert notes(office, number) == [TEXT]


def test_a_draft_can_be_kept_before_it_is_complete(office: Organisation, number: str) -> None:
    browser = at_act(office, number, "screener", "refuse")
    press(browser, "keep", fact__reason="Not a matter of this platform.")
    assert browser.path == f"{case_path(office, number)}?told=kept"

    browser.open(waiting(browser)[0])

    assert "Not a matter of this platform." in browser.answer.text
    assert office.events(number, type_="refused") == []


def test_changing_it_leads_to_an_address_with_what_was_typed(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    press(browser, "change")
    address = browser.path

    browser.open(address)

    assert TEXT in browser.answer.text
    assert "/acts/note?draft=" in address


def test_the_act_deletes_its_draft(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    press(browser, "do")

    assert (waiting(browser), stored(office)) == ([], [])


def test_back_to_a_draft_that_is_done_shows_the_complaint_as_it_is(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    address = browser.path
    press(browser, "do")
    browser.open(address)

    assert browser.path == f"{case_path(office, number)}?told=no_draft"
    assert notes(office, number) == [TEXT]


def test_what_is_typed_after_going_back_is_another_act(office: Organisation, number: str) -> None:
    browser = at_act(office, number, "screener", "note")
    earlier = tab_of(browser)
    press(browser, "check", fact__text=TEXT)
    press(browser, "do")
    press(earlier, "check", fact__text="And again.")
    assert earlier.answer.status == 412
    press(earlier, "check")
    press(earlier, "do")

    assert notes(office, number) == [TEXT, "And again."]


def test_a_draft_can_be_deleted(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    press(browser, "forget")

    assert browser.path == f"{case_path(office, number)}?told=forgotten"
    assert (stored(office), notes(office, number)) == ([], [])


def test_two_tabs_have_two_drafts(office: Organisation, number: str) -> None:
    first = noted(office, number, "One.")
    second = at_act(office, number, "screener", "note")
    press(second, "check", fact__text="Two.")
    press(first, "do")

    assert notes(office, number) == ["One."]
    assert len(waiting(first)) == 1


def test_another_tab_that_has_typed_something_else_is_shown_before_anything_is_done(
    office: Organisation, number: str
) -> None:
    browser = noted(office, number)
    other = tab_of(browser)
    press(other, "change")
    press(other, "check", fact__text="Something else.")
    press(browser, "do")

    assert "Something else." in browser.page.text
    assert notes(office, number) == []
    press(browser, "do")
    assert notes(office, number) == ["Something else."]


def test_a_draft_ends_after_a_day(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    world_of(office).fakes.real_clock.now += LASTS
    again = at_the_desk(office, "screener")
    again.open(browser.path)

    assert again.path == f"{case_path(office, number)}?told=no_draft"
    assert waiting(again) == []


def test_the_oldest_of_too_many_drafts_makes_room(office: Organisation, number: str) -> None:
    for place in range(MOST + 1):
        noted(office, number, f"Note {place}.")
    browser = opened(office, number, "screener")
    found = waiting(browser)
    texts = [browser.open(each).text for each in found]

    assert len(found) == MOST
    assert ["Note 5." in texts[0], any("Note 0." in text for text in texts)] == [True, False]


def test_what_is_too_long_to_be_kept_is_still_on_the_page(office: Organisation, number: str) -> None:
    browser = at_act(office, number, "screener", "note")
    press(browser, "check", fact__text="x" * MAX_BYTES)

    assert (browser.answer.status, "x" * MAX_BYTES in browser.answer.text) == (422, True)
    assert stored(office) == []


def test_what_is_stored_is_encrypted(office: Organisation) -> None:
    fakes = world_of(office).fakes
    force_setattr(fakes.wiring, "sealer", real_sealer(fakes.store, FakeKms()))
    noted(office, office.file())
    [body] = stored(office)

    assert list(json.loads(body)) == ["sealed"]
    assert TEXT not in body


def test_a_commit_that_others_overtake_is_not_done_and_keeps_the_draft(office: Organisation, number: str) -> None:
    browser = noted(office, number)
    with overtaken(office):
        press(browser, "do")

    assert notes(office, number) == []
    assert "Others acted on the complaint at the same time" in browser.page.text
    press(browser, "do")
    assert notes(office, number) == [TEXT]


def test_drafts_are_erased_with_their_organisation(office: Organisation, number: str) -> None:
    noted(office, number)
    assert stored(office)
    assert leave(office).status == 202
    later(office, 32)

    assert stored(office) == []


def test_drafts_are_erased_with_the_private_values_of_their_complaint() -> None:
    bureau = bureau_in(InProcess(RETAINED_FROM))
    publish(bureau, "20 calendar days")
    number = filed(bureau)
    browser = at_act(bureau, number, "information_centre", "note")
    press(browser, "keep", fact__text=TEXT)
    assert stored(bureau)
    bureau.act(number, "information_centre", "refuse", ground="no_facts")
    until_erased(bureau, AFTER)

    assert bureau.events(number, type_="values_erased")
    assert stored(bureau) == []
