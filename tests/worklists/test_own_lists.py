"""The tabs *mine* and *my unit* of an organisation with more complaints than are counted: from lists of their own."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.worklists import work_list_rows
from chalicelib.features.worklists.desk_queue import FURTHER_PAGES
from chalicelib.tenants.people.membership import LEAST_ROWS
from tests.across.isolation.excluded import made
from tests.clauses.offices.estate import add_offices, estate_in, staff_offices
from tests.clauses.offices.marketplace import archived, demanded, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess, advance
from tests.sign_in.door import START
from tests.worklists.test_desk_queue import accepted, counts, queue, rows

COUNTED = 3


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation with five open complaints counts as large, and its pages look through few rows."""
    monkeypatch.setattr("chalicelib.features.worklists.desk_queue.COUNTED", COUNTED)


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess(START))


def lists_of(office: Organisation, sub: str) -> list[str]:
    """The numbers on the lists of the person, of all shelves."""
    world = office.world
    assert isinstance(world, InProcess)
    found = [one for one in world.fakes.store.everything() if one.kind == work_list_rows.KIND]
    return [work_list_rows.FORM.read(one).number for one in found if one.key.pk.endswith(f"#{sub}")]


def file_others(office: Organisation, **filing: Any) -> None:
    """More than a page looks through."""
    for _ in range(FURTHER_PAGES * COUNTED + 2):
        office.file(**filing)


def behind_others(office: Organisation) -> str:
    """A complaint of the handler."""
    file_others(office)
    advance(office.world, "1 day")
    return accepted(office)


def test_the_complaint_of_a_person_that_is_due_last_is_on_their_first_page(office: Organisation) -> None:
    number = behind_others(office)
    browser = queue(office, "?tab=mine", "handler")

    assert rows(browser) == [number]
    assert "Next page" not in browser.page.text


@pytest.mark.parametrize("tab", ["mine", "unassigned", "all"])
def test_the_number_of_a_persons_complaints_is_right_on_each_tab(office: Organisation, tab: str) -> None:
    behind_others(office)
    assert counts(queue(office, f"?tab={tab}", "handler"))["Mine"] == "1"


def test_beyond_the_counted_complaints_the_number_of_a_persons_own_says_so(office: Organisation) -> None:
    for _ in range(COUNTED + 2):
        accepted(office)
    assert counts(queue(office, who="handler"))["Mine"] == f"{COUNTED}+"


def test_the_order_is_that_of_the_due_times_after_they_have_changed(office: Organisation) -> None:
    file_others(office)
    first = accepted(office)
    advance(office.world, "1 hour")
    second = accepted(office)
    assert rows(queue(office, "?tab=mine", "handler")) == [first, second]

    third = demanded(office)
    of_api = [row["number"] for row in office.get("/complaints?mine=true", "handler")["complaints"]]
    assert rows(queue(office, "?tab=mine", "handler")) == of_api
    assert set(of_api) == {first, second, third}


def test_pages_of_a_list_show_each_complaint_once(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [accepted(office) for _ in range(COUNTED + 2)]
    for module in ("desk_queue", "own_lists"):
        monkeypatch.setattr(f"chalicelib.features.worklists.{module}.MAX_KEYS", COUNTED)
    office.world.call("PATCH", f"{office.path}/people/me/settings", {"rows": LEAST_ROWS}, auth=office.auth("handler"))
    browser, seen = queue(office, "?tab=mine", "handler"), list[str]()
    while True:
        seen += rows(browser)
        onward = [href for href, words in browser.page.links if words == "Next page"]
        if not onward:
            break
        browser.open(f"/t/{office.id}/desk{onward[0]}")
    assert sorted(seen) == sorted(numbers)


def test_filters_hold_on_a_list_too(office: Organisation) -> None:
    number = behind_others(office)
    stage = office.complaint(number, "owner")["stage"]
    assert rows(queue(office, f"?tab=mine&stage={stage}", "handler")) == [number]

    browser = queue(office, "?tab=mine&stage=archived", "handler")
    assert (rows(browser), "Take a filter away" in browser.page.text) == ([], True)


def test_a_complaint_that_is_given_to_another_person_moves_to_their_list(office: Organisation) -> None:
    number = behind_others(office)
    hire(office, "handler", name="second")
    office.act(number, "screener", "assign", responsible=office.subs["second"])

    assert rows(queue(office, "?tab=mine", "handler")) == []
    assert rows(queue(office, "?tab=mine", "second")) == [number]
    assert (lists_of(office, office.subs["handler"]), lists_of(office, office.subs["second"])) == ([], [number])


def test_an_archived_complaint_is_on_no_list(office: Organisation) -> None:
    number = archived(office)
    file_others(office)

    assert lists_of(office, office.subs["handler"]) == []
    assert rows(queue(office, "?tab=mine&shelf=archived", "handler")) == [number]


@pytest.mark.slow
def test_a_person_whom_a_complaint_excludes_has_no_row_for_it_and_no_number() -> None:
    scene = made()
    office, assigned = scene.office, [scene.office.subs[one] for one in ("officer", "second")]

    assert [lists_of(office, sub) for sub in assigned] == [[], [scene.number]]
    assert counts(queue(office, who="officer"))["Mine"] == "0"


@pytest.mark.slow
def test_a_row_that_is_not_removed_yet_shows_no_complaint_that_has_left(office: Organisation) -> None:
    """The lists follow their complaints a moment later."""
    number, world = behind_others(office), office.world
    assert isinstance(world, InProcess)
    before = {one.key: one for one in world.fakes.store.everything() if one.kind == work_list_rows.KIND}
    hire(office, "handler", name="second")
    office.act(number, "screener", "assign", responsible=office.subs["second"])
    world.fakes.store._entries.update(before)

    assert rows(queue(office, "?tab=mine", "handler")) == []


@pytest.fixture
def estate() -> Organisation:
    found = estate_in(InProcess(START))
    add_offices(found)
    staff_offices(found)
    return found


def of_unit(estate: Organisation, **filing: Any) -> str:
    return estate.file(unit="north", **filing)


def test_the_tab_of_a_unit_shows_its_complaint_behind_others(estate: Organisation) -> None:
    file_others(estate, unit="south")
    advance(estate.world, "1 day")
    number = of_unit(estate)
    browser = queue(estate, "?tab=unit", "of_north")

    assert rows(browser) == [number]
    assert "Next page" not in browser.page.text


@pytest.mark.slow
def test_a_member_of_two_units_sees_the_complaints_of_both(estate: Organisation) -> None:
    numbers = [estate.file(unit="south"), of_unit(estate)]
    grants = [{"role": "management_office", "unit": unit} for unit in ("north", "south")]
    sub = estate.subs["of_north"]
    answer = estate.world.call("PUT", f"{estate.path}/people/{sub}", {"grants": grants}, auth=estate.auth("owner"))
    assert answer.status == 200, answer.text

    assert sorted(rows(queue(estate, "?tab=unit", "of_north"))) == sorted(numbers)
