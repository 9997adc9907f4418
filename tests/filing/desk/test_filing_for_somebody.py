"""Filing for somebody at the desk: what the form asks, the page to check, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.filing.desk.intake import (
    TAKERS,
    at_intake,
    checked,
    file_path,
    intake_of,
    number_and_receipt,
    press,
    sensible,
    taken_down,
)
from tests.handling.exclusion.council import publish
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import TEXT
from tests.sign_in.door import START

PRESETS = list(TAKERS)


def office_on(preset: str) -> Organisation:
    return sign_up(InProcess(START), preset)


@pytest.fixture
def shop() -> Organisation:
    return office_on("auto-repair-forms")


def names(browser: Browser) -> set[str]:
    return {one.name for one in intake_of(browser).controls}


def published(office: Organisation) -> dict[str, Any]:
    found: dict[str, Any] = office.get("/policy", "owner")["policy"]["intake"]
    return found


@pytest.mark.parametrize("preset", presets.names())
def test_the_form_asks_for_all_that_staff_can_say(preset: str) -> None:
    office = office_on(preset)
    intake, asked = published(office), names(at_intake(office, "owner"))
    wanted = {f"fact.{name}" for name in intake["facts"]} | {f"category.{name}" for name in intake["categories"]}
    wanted |= {"channel", "language", "received"} | {f"received.{name}" for name in intake["received"]["needs"]}
    assert wanted - asked == set()


@pytest.mark.parametrize("preset", PRESETS)
def test_before_the_last_click_nothing_is_filed(preset: str) -> None:
    office = office_on(preset)
    browser = at_intake(office, TAKERS[preset])
    checked(browser)
    assert (browser.answer.status, browser.page.headings[0]) == (200, "Check before you file")
    assert TEXT in browser.page.text
    assert office.get("/complaints", "owner")["complaints"] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_the_complaint_is_filed_in_the_role_of_the_member_for_the_complainant(preset: str) -> None:
    office = office_on(preset)
    number, _ = taken_down(office, TAKERS[preset])
    [event] = office.events(number, type_="registered")
    assert (event["actor"]["role"], event["actor"]["on_behalf_of"]) == (TAKERS[preset], "complainant")


@pytest.mark.parametrize("preset", PRESETS)
def test_the_receipt_opens_the_complaint(preset: str) -> None:
    office = office_on(preset)
    number, receipt = taken_down(office, TAKERS[preset])
    found = office.world.call("GET", f"{office.path}/complaints/{number}", auth=f"Receipt {receipt}")
    assert (found.status, found.json["number"]) == (200, number)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_page_has_the_promised_deadlines_and_leads_on(preset: str) -> None:
    office = office_on(preset)
    browser = at_intake(office, TAKERS[preset])
    checked(browser)
    press(browser, "file")
    number, _ = number_and_receipt(browser)
    due = office.world.call("GET", f"{office.path}/complaints/{number}/deadlines", auth=office.auth("owner")).json[
        "deadlines"
    ]
    assert due
    assert [one["label"]["en"] for one in due if one["label"]["en"] not in browser.page.text] == []
    links = {href for href, _ in browser.page.links}
    assert {f"{file_path(office)}/../complaints/{number}".replace("/file/..", ""), file_path(office)} <= links


def test_what_only_staff_say_is_on_record(shop: Organisation) -> None:
    number, _ = taken_down(shop, "staff", category__nature="delay")
    view = shop.complaint(number, "owner")
    assert (view["category"], view["facts"]["apologised"]) == ({"nature": "delay"}, True)


def test_severity_is_the_one_that_was_chosen(shop: Organisation) -> None:
    classes = shop.get("/policy", "owner")["policy"]["severity"]["order"]
    severe, _ = taken_down(shop, "staff", severity=classes[-1])
    plain, _ = taken_down(shop, "staff", severity="")
    assert [shop.complaint(one, "owner")["severity"] for one in (severe, plain)] == [classes[-1], classes[0]]


def test_deadlines_count_from_the_time_of_receipt() -> None:
    office = sign_up(InProcess("2026-11-16T09:00:00+08:00"), "food-drug-administration")
    office.world.move_to(START)
    late = {"received": "2026-11-20T10:00", "received__received_why": "The letter was opened late."}
    number, _ = taken_down(office, "information_centre", channel="written", **late)
    [event] = office.events(number, type_="registered")
    assert office.local(event["fields"]["received_at"]) == "2026-11-20T10:00:00+08:00"
    assert office.complaint(number, "information_centre")["channel"] == "written"
    [screening] = office.world.call(
        "GET", f"{office.path}/complaints/{number}/deadlines", auth=office.auth("information_centre")
    ).json["deadlines"]
    assert office.local(screening["started"]) == "2026-11-20T10:00:00+08:00"


def test_a_policy_without_a_time_of_receipt_does_not_ask_for_it(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    assert {"received", "received.received_why"} <= names(browser)
    policy = shop.get("/policy", "owner")["policy"]
    policy["intake"].pop("received")
    policy["fields"].pop("received_why")
    policy["examples"] = [one for one in policy["examples"] if "received" not in one.get("given", {})]
    publish(shop, policy)
    assert not {"received", "received.received_why"} & names(at_intake(shop, "staff"))


def test_the_only_channel_and_the_language_of_the_organisation_are_chosen(shop: Organisation) -> None:
    chosen = {(one.name, one.value) for one in intake_of(at_intake(shop, "staff")).controls if one.checked}
    assert chosen == {("language", "zh"), ("severity", "")}


def test_changing_what_was_entered_keeps_it(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, fact__place="Bay 7 & <gate>")
    press(browser, "change")
    values = dict(intake_of(browser).values())
    assert (values["fact.place"], values["fact.course"]) == ("Bay 7 & <gate>", TEXT)


@pytest.mark.parametrize("go", ["check", "change"])
def test_the_other_language_keeps_what_was_entered(shop: Organisation, go: str) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, fact__place="Bay 7")
    if go == "change":
        press(browser, "change")
    press(browser, "zh")
    shown = dict(intake_of(browser).values())
    assert browser.page.language == "zh-CN"
    assert browser.page.headings[0] == ("登记前请核对" if go == "check" else "代投诉人登记")
    assert shown["fact.place"] == "Bay 7"


def test_the_slip_is_in_the_language_of_the_complainant(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, language="zh")
    press(browser, "file")
    assert "投诉回执" in browser.page.text
    assert "The receipt is shown only once." in browser.answer.text


def test_no_address_shows_the_receipt_again(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser)
    press(browser, "file")
    number, receipt = number_and_receipt(browser)
    assert receipt not in " ".join(browser.visited)
    for path in (file_path(shop), f"{file_path(shop)}/../complaints/{number}".replace("/file/..", "")):
        browser.open(path)
        assert (browser.answer.status, receipt in browser.answer.text) == (200, False)
    assert receipt not in str(shop.world.fakes.store.everything())  # type: ignore[attr-defined]


def test_a_double_click_files_once_and_shows_the_same_receipt(shop: Organisation) -> None:
    browser, second = at_intake(shop, "staff"), Browser(shop.world, "en")  # type: ignore[arg-type]
    checked(browser)
    second.continue_from(browser)
    press(browser, "file")
    press(second, "file")
    assert number_and_receipt(browser) == number_and_receipt(second)
    assert len(shop.get("/complaints", "owner")["complaints"]) == 1


def test_two_tabs_file_two_complaints(shop: Organisation) -> None:
    assert taken_down(shop, "staff") != taken_down(shop, "staff")
    assert len(shop.get("/complaints", "owner")["complaints"]) == 2


def test_a_form_that_has_filed_another_complaint_keeps_what_was_typed_and_files_it_when_asked_again(
    shop: Organisation,
) -> None:
    """A page that was left with the browser's back, or a tab that was duplicated."""
    browser, second = at_intake(shop, "staff"), Browser(shop.world, "en")  # type: ignore[arg-type]
    values = sensible(browser)
    second.continue_from(browser)
    for one, place in ((browser, "Bay 7"), (second, "Bay 8")):
        press(one, "check", **(values | {"fact__place": place}))
        press(one, "file")
    assert second.answer.status == 409
    assert "has already filed another complaint" in second.page.text
    assert dict(intake_of(second).values())["fact.place"] == "Bay 8"
    press(second, "check")
    press(second, "file")
    assert number_and_receipt(browser) != number_and_receipt(second)


def test_a_session_that_ends_before_the_last_click_loses_nothing(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, fact__place="Bay 7")
    browser.cookies.clear()
    press(browser, "file")
    assert browser.answer.status == 401
    assert "Bay 7" in browser.answer.text
    assert shop.get("/complaints", "owner")["complaints"] == []
