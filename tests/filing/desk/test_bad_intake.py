"""Bad input at the desk: each fault stands at its field, and what was typed stays."""

from __future__ import annotations

import json
from html import unescape

import pytest

from chalicelib.access import binding
from chalicelib.casework import numbers
from chalicelib.limits.plans import DEFAULT, PLANS
from tests.clauses.organisation import Organisation, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.filing.desk.intake import (
    TAKERS,
    at_intake,
    checked,
    fault_at,
    file_path,
    intake_of,
    number_and_receipt,
    press,
    sensible,
    taken_down,
)
from tests.filing.test_without_units import POLICY
from tests.kernel.web.pages.browser import ADDRESS, Browser
from tests.sign_in.door import START, at_the_desk

HOSTILE = '<script>alert(1)</script>" onload="x" {{ 7*7 }} \'; --\n=cmd()'
EARLIER = "2026-11-16T09:00:00+08:00"


def office_on(preset: str) -> Organisation:
    """That was open for some days."""
    office = sign_up(InProcess(EARLIER), preset)
    office.world.move_to(START)
    return office


@pytest.fixture
def shop() -> Organisation:
    return office_on("auto-repair-forms")


@pytest.fixture
def bureau() -> Organisation:
    return office_on("food-drug-administration")


def filed(office: Organisation) -> int:
    return len(office.get("/complaints", "owner")["complaints"])


@pytest.mark.parametrize("preset", TAKERS)
def test_an_empty_form_has_a_fault_at_each_required_input(preset: str) -> None:
    office = office_on(preset)
    browser = at_intake(office, TAKERS[preset])
    press(browser, "check")
    required = [
        f"fact.{name}"
        for name, fact in office.get("/policy", "owner")["policy"]["intake"]["facts"].items()
        if fact.get("required") is True
    ]
    assert browser.answer.status == 422
    assert required
    for name in ("channel", *required):
        assert fault_at(browser, name)


def test_a_required_category_of_staff_has_its_fault(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, category__nature="")
    assert (browser.answer.status, fault_at(browser, "category.nature")) == (
        422,
        "Choose an answer for “Nature of complaint”",
    )


def test_a_box_with_one_answer_must_be_ticked(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, fact__apologised=[])
    assert fault_at(browser, "fact.apologised").startswith("Choose an answer")


@pytest.mark.parametrize("channel", ["fax", "", "<b>", "phone\x00"])
def test_an_unknown_channel_is_a_fault(shop: Organisation, channel: str) -> None:
    browser = at_intake(shop, "staff")
    checked(browser, channel=channel)
    assert browser.answer.status == 422
    assert "Channel" in fault_at(browser, "channel")
    assert filed(shop) == 0


def test_a_channel_of_others_is_neither_offered_nor_taken() -> None:
    office = office_on("property-management")
    browser = at_intake(office, "service_centre")
    assert "headquarters" not in [one.value for one in intake_of(browser).controls]
    checked(browser, channel="headquarters")
    assert (browser.answer.status, "headquarters" in fault_at(browser, "channel")) == (422, False)
    number, _ = taken_down(office, "headquarters", channel="headquarters")
    assert office.complaint(number, "owner")["channel"] == "headquarters"


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-11-27T09:01", "lies in the future"),
        ("2030-01-01T00:00", "lies in the future"),
        ("2026-11-16T10:00", "is longer ago than 10 calendar days"),
        ("0001-01-01T00:00", "is not a time"),
        ("yesterday", "is not a time"),
        ("2026-02-30T10:00", "is not a time"),
    ],
)
def test_a_time_of_receipt_that_the_policy_does_not_take(bureau: Organisation, at: str, why: str) -> None:
    browser = at_intake(bureau, "information_centre")
    bureau.world.move_to(START)
    checked(browser, received=at, received__received_why="The letter was opened late.")
    assert browser.answer.status == 422
    assert why in fault_at(browser, "received")
    values = dict(intake_of(browser).values())
    assert (values["received"], values["received.received_why"]) == (at, "The letter was opened late.")
    assert '<details class="earlier" open>' in browser.answer.text


def test_a_time_of_receipt_needs_its_reason_and_a_reason_its_time(bureau: Organisation) -> None:
    browser = at_intake(bureau, "information_centre")
    checked(browser, received="2026-11-20T10:00")
    assert fault_at(browser, "received.received_why").startswith("Fill in ")
    checked(browser, received__received_why="The letter was opened late.")
    assert fault_at(browser, "received") == "Fill in “When it was received”"


def test_faults_of_all_parts_are_shown_at_once(bureau: Organisation) -> None:
    browser = at_intake(bureau, "information_centre")
    checked(browser, channel="fax", received="2030-01-01T00:00", fact__request="", fact__complainant__phone="1")
    for name in ("channel", "received", "received.received_why", "fact.request", "fact.complainant.phone"):
        if name != "received.received_why":  # the time is refused before its reason is read
            assert fault_at(browser, name)


@pytest.mark.parametrize("preset", TAKERS)
def test_four_thousand_characters_are_taken_and_one_more_is_a_fault(preset: str) -> None:
    office = office_on(preset)
    name = {"auto-repair-forms": "course", "customer-service": "content"}.get(preset, "reasons")
    browser = at_intake(office, TAKERS[preset])
    checked(browser, **{f"fact__{name}": "长" * 4001})
    assert fault_at(browser, f"fact.{name}").endswith("too long by 1. It takes at most 4,000 characters")
    assert dict(intake_of(browser).values())[f"fact.{name}"] == "长" * 4001
    number, _ = taken_down(office, TAKERS[preset], **{f"fact__{name}": "长" * 4000})
    assert office.complaint(number, "owner")["number"] == number


def test_a_long_subject_is_a_fault_before_and_at_the_last_click(bureau: Organisation) -> None:
    browser = at_intake(bureau, "information_centre")
    values = sensible(browser) | {"subject": "x" * 101}
    for go in ("check", "file"):
        press(browser, "check", **values)
        body = [(name, value) for name, value in intake_of(browser).values() if name != "go"]
        answer = browser.ask(file_path(bureau), [*body, ("go", go)])
        assert (answer.status, "too long by 1. It takes at most 100 characters" in answer.text) == (422, True)
    assert filed(bureau) == 0


@pytest.mark.parametrize("preset", TAKERS)
def test_hostile_texts_are_shown_as_text(preset: str) -> None:
    office = office_on(preset)
    browser = at_intake(office, TAKERS[preset])
    typed = {
        one.name.replace(".", "__"): HOSTILE
        for one in intake_of(browser).controls
        if one.tag == "textarea" and one.name.startswith("fact.")
    }
    checked(browser, **typed)
    assert browser.answer.status == 200, browser.page.text
    pages = [browser.answer.text]
    press(browser, "change")
    pages.append(browser.answer.text)
    assert [one.replace("\r", "") for one in dict(intake_of(browser).values()).values()].count(HOSTILE) == len(typed)
    press(browser, "check")
    press(browser, "file")
    pages.append(browser.answer.text)
    assert [page for page in pages if "<script>alert" in page or 'onload="x"' in page] == []
    number, _ = number_and_receipt(browser)
    assert office.complaint(number, "owner")["number"] == number


def test_a_form_without_a_key_is_checked_again(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser)
    for key in ("", "short", "k" * 500, "<b>"):
        body = [(name, value) for name, value in intake_of(browser).values() if name not in ("key", "go")]
        answer = browser.ask(file_path(shop), [*body, ("key", key), ("go", "file")])
        assert (answer.status, "Check before you file" in answer.text) == (200, True)
    assert filed(shop) == 0


def test_a_last_click_without_the_check_shows_all_faults(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    key = dict(intake_of(browser).values())["key"]
    answer = browser.ask(file_path(shop), [("key", key), ("go", "file"), ("fact.place", "Bay 7")])
    assert answer.status == 422
    assert "Bay 7" in answer.text
    assert "Fill in “Summary”" in unescape(answer.text)


@pytest.mark.parametrize("go", ["", "nonsense", "check' OR 1=1", "filed"])
def test_an_unknown_step_shows_the_form(shop: Organisation, go: str) -> None:
    browser = at_intake(shop, "staff")
    answer = browser.ask(file_path(shop), [("go", go), ("fact.place", "Bay 7")])
    assert (answer.status, "Bay 7" in answer.text) == (200, True)


def test_an_unknown_unit_severity_or_category_is_a_fault() -> None:
    office = office_on("property-management")
    browser = at_intake(office, "service_centre")
    answer = browser.ask(
        file_path(office),
        [("go", "check"), ("unit", "moon"), ("severity", "worst"), ("category.urgency", "now"), ("language", "fr")],
    )
    text = unescape(answer.text)
    assert answer.status == 422
    assert "Severity: must be one of" in text
    assert "Urgency: must be one of" in text
    assert "is not one of the units" in text, "the organisation has no units, so that no input asks for one"


def test_a_form_of_another_site_files_nothing(shop: Organisation) -> None:
    browser = at_intake(shop, "staff")
    checked(browser)
    body = [*intake_of(browser).values(), ("go", "file")]
    assert browser.ask(file_path(shop), body, origin=f"{ADDRESS}.evil.example").status == 403
    assert filed(shop) == 0


def test_without_units_the_page_says_why_nothing_can_be_filed() -> None:
    landlord = sign_up_with(InProcess(START), POLICY)
    browser = at_intake(landlord, "clerk")
    assert "the organisation has none yet" in browser.page.text
    assert [one.value for one in intake_of(browser).controls if one.type == "submit" and one.value == "check"] == [
        "check"
    ], "only the hidden button, which Enter presses"


def test_a_month_that_is_full_keeps_what_was_typed(shop: Organisation) -> None:
    assert isinstance(shop.world, InProcess)
    store, most = shop.world.fakes.store, PLANS[DEFAULT].complaints_a_month
    with binding.tenant(shop.id):
        store.count(numbers.counter(shop.id, "202611"), numbers.KIND, step=most)
    browser = at_intake(shop, "staff")
    checked(browser, fact__place="Bay 7")
    press(browser, "file")
    assert browser.answer.status == 409
    assert "takes no more complaints this month" in browser.page.text
    assert dict(intake_of(browser).values())["fact.place"] == "Bay 7"


def test_what_the_module_asks_for_is_checked_as_the_form(shop: Organisation) -> None:
    browser = at_the_desk(shop, "staff")
    path = f"{file_path(shop)}/earlier"
    assert browser.ask(path, [("fact.plate_number", HOSTILE), ("fact.complainant.phone", "x" * 5000)]).json == {
        "earlier": []
    }
    assert json.loads(browser.ask(path, []).text) == {"earlier": []}
    assert Browser(shop.world, "en").ask(path, []).status == 401  # type: ignore[arg-type]
