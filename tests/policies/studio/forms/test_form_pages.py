"""The draft changed by its forms, without scripts: each saving changes its lines, and nothing typed is lost."""

from __future__ import annotations

import html
import re
from difflib import unified_diff
from typing import Any

import pytest

from chalicelib.features.studio.forms.rows import SECTIONS
from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import START, at_the_desk, desk

PRESET = "food-drug-administration"
TEXT = presets.text(PRESET)


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), PRESET)


def at(office: Organisation, section: str, item: str = "", language: str = "en") -> Browser:
    browser = at_the_desk(office, "owner", language=language)
    browser.open(f"{desk(office)}/procedure/draft/{section}" + (f"?item={item}" if item else ""))
    return browser


def page(browser: Browser) -> str:
    return html.unescape(browser.answer.text)


def press(browser: Browser, section: str, go: str = "save", **typed: Any) -> None:
    browser.submit(form=form_of(browser, f"/procedure/draft/{section}"), button=go, **typed)


def arrange(browser: Browser, item: str, go: str) -> None:
    """Presses a button beside an item of the list."""
    forms = [number for number, form in enumerate(browser.page.forms) if ("item", item) in form.values()]
    browser.submit(form=forms[0], button=go)


def no_draft(office: Organisation) -> bool:
    answer = office.world.call("GET", f"{office.path}/policy/draft", auth=office.auth("owner"))
    return bool(answer.status == 404)


def text_of(office: Organisation) -> str:
    found: str = office.get("/policy/draft", "owner")["policy"]
    return found


def changed(office: Organisation, before: str = TEXT) -> list[str]:
    lines = unified_diff(before.split("\n"), text_of(office).split("\n"), n=0, lineterm="")
    return [one for one in list(lines)[2:] if not one.startswith("@@")]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_section_shows_what_is_in_force(office: Organisation, section: str, language: str) -> None:
    browser = at(office, section, language=language)

    assert browser.answer.status == 200
    assert "studio." not in re.sub(r'href="[^"]*"', "", page(browser))


def test_a_changed_limit_is_saved_and_said(office: Organisation) -> None:
    browser = at(office, "deadlines", "/clocks/first_review")

    press(browser, "deadlines", **{"within.0.number": "3"})

    assert "Saved in the draft." in page(browser)
    assert "Screening: 5 working days → 3 working days" in page(browser)
    assert changed(office) == ["-    within: 5 working days", "+    within: 3 working days"]
    assert '<span class="new">+    within: 3 working days' in page(browser)


def test_a_value_that_the_check_refuses_stands_at_its_input_and_is_not_saved(office: Organisation) -> None:
    browser = at(office, "deadlines", "/clocks/first_review")

    press(browser, "deadlines", **{"within.0.number": "many", "warn": "soon"})

    assert 'id="within.0.number-fault"' in page(browser)
    assert 'id="warn-fault"' in page(browser)
    assert 'value="many"' in page(browser)
    assert "Saved" not in page(browser)
    assert no_draft(office)


def test_what_would_break_another_place_is_said_before_it_is_saved(office: Organisation) -> None:
    browser = at(office, "people")

    arrange(browser, "/people/archivist", "remove")

    assert "This would break /" in page(browser)
    assert no_draft(office)


@pytest.mark.slow
def test_two_authors_lose_nothing(office: Organisation) -> None:
    first, second = (at(office, "deadlines", "/clocks/first_review") for _ in range(2))
    press(first, "deadlines", **{"within.0.number": "3"})

    press(second, "deadlines", **{"within.0.number": "4"})

    assert "The draft has changed since you opened it." in page(second)
    assert "Revision 1, saved by" in page(second)
    assert 'value="4"' in page(second)
    assert "within: 3 working days" in text_of(office)
    press(second, "deadlines")
    assert "Screening: 5 working days → 4 working days" in page(second)
    assert "within: 4 working days" in text_of(office)


def test_an_item_is_added_with_its_key_and_only_adds_lines(office: Organisation) -> None:
    browser = at(office, "grounds", "/intake/refusals&new=true")
    press(browser, "grounds", **{"label.zh": "匿名投诉", "label.en": "Anonymous"})
    assert "Enter a key." in page(browser)

    press(browser, "grounds", **{"name.key": "settled"})
    assert "there is one of this name already" in page(browser)
    press(browser, "grounds", **{"name.key": "anonymous"})

    assert "Added: Anonymous" in page(browser)
    assert changed(office) == ["+    anonymous: {zh: 匿名投诉, en: Anonymous}"]


def test_items_move_and_nothing_else_does(office: Organisation) -> None:
    browser = at(office, "categories")

    arrange(browser, "/intake/channels/petition", "up")

    assert "New order: Channels" in page(browser)
    assert sorted(TEXT.split("\n")) == sorted(text_of(office).split("\n"))
    assert text_of(office).index("    petition: {") < text_of(office).index("    written: {")


def test_a_form_that_changes_nothing_makes_no_draft(office: Organisation) -> None:
    browser = at(office, "calendar", "/calendar")

    press(browser, "calendar")

    assert "Nothing was changed or saved." in page(browser)
    assert no_draft(office)


def test_only_owners_change_the_draft_and_only_parts_that_there_are(office: Organisation) -> None:
    browser = at_the_desk(office, "officer", language="en")

    browser.open(f"{desk(office)}/procedure/draft/deadlines")
    assert browser.answer.status == 403
    owner = at_the_desk(office, "owner")
    owner.open(f"{desk(office)}/procedure/draft/nothing")
    assert owner.answer.status == 404


@pytest.mark.parametrize("below", ["", "/draft", "/draft/deadlines", "/draft/text", "/versions/1"])
def test_each_page_of_the_procedure_belongs_to_its_entry_of_the_menu(office: Organisation, below: str) -> None:
    browser = at_the_desk(office, "owner", language="en")
    browser.open(f"{desk(office)}/procedure{below}")

    current = "true" if below else "page"
    assert re.search(rf'<a href="[^"]*/desk/procedure[^"/]*" aria-current="{current}">Procedure', page(browser))


def test_a_limit_without_number_is_removed(office: Organisation) -> None:
    browser = at(office, "people", "/tiers/2")

    press(browser, "people", **{"tier_within.number": ""})

    assert "1 working day → nothing" in page(browser)
    assert any(line.startswith("-") and "within" in line for line in changed(office))


def test_a_wording_is_shown_as_an_invented_case_fills_it(office: Organisation) -> None:
    browser = at(office, "wordings", "/wording/received")
    assert "Your complaint 202611-000001 is registered. The information centre will screen it by Fri 27" in page(
        browser
    )

    press(browser, "wordings", go="preview", **{"texts.en": "{number}, in stage {stage}[ until {due}], {nothing}."})

    assert "202611-000001, in stage Registered, to be screened until Fri 27 Nov 2026 09:00, {nothing}." in page(browser)
    assert no_draft(office)


@pytest.mark.slow
def test_a_deadline_can_do_an_act_when_it_is_missed_and_keeps_its_texts(office: Organisation) -> None:
    browser = at(office, "deadlines")
    assert "the service does it: Closed, “The complainant did not answer" in page(browser)

    browser.open(f"{desk(office)}/procedure/draft/deadlines?item=/clocks/decision")
    press(browser, "deadlines", missed="act decide")
    assert "/clocks/decision" in page(browser)  # the check: an act that needs values is not done by itself
    assert no_draft(office)
    press(browser, "deadlines", missed="record")
    assert "When missed: goes up the tiers → only on record" in page(browser)


@pytest.mark.slow
def test_totals_of_points_lead_to_tasks() -> None:
    office = sign_up(InProcess(START), "property-management")
    browser = at(office, "points", "/points/at/5")
    press(browser, "points", task="written_report")
    assert "two thresholds open the task" in page(browser)

    browser.open(f"{desk(office)}/procedure/draft/points?item=/points/at/5")
    press(browser, "points", **{"name.key": "6"})

    assert "Decided (Whether the complaint is valid: Valid, " in page(browser)
    assert "<dt>Points</dt><dd>3</dd>" in page(browser)
    assert "Added: Total 6" in page(browser)
    assert "Removed: Total 5" in page(browser)
    before = presets.text("property-management")
    assert changed(office, before) == ["-    5: site_survey", '+    "6": site_survey']
