"""The pages on which a complaint is tried, without scripts: events as lines, faults at them, examples kept."""

from __future__ import annotations

import html
from difflib import unified_diff
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.policies.drafts.shop import DRAFT, ask
from tests.sign_in.door import START, at_the_desk, desk

PRESET = "corporate-standard"
TEXT = presets.text(PRESET)
TRY = "/procedure/draft/try"


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), PRESET)


def at(office: Organisation, query: str = "", who: str = "owner", language: str = "en", path: str = TRY) -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}{path}{query}")
    return browser


def shown(browser: Browser) -> str:
    return html.unescape(browser.answer.text)


def press(browser: Browser, go: str, path: str = TRY, **typed: Any) -> str:
    browser.submit(form=form_of(browser, path), button=go, **typed)
    return shown(browser)


def column(browser: Browser, name: str, path: str = TRY) -> list[str]:
    return [value for key, value in browser.page.forms[form_of(browser, path)].values() if key == name]


def typed_at(browser: Browser, lines: list[tuple[str, str, str, str]], go: str = "show", **others: str) -> str:
    """Sends the form with these lines, of which it has as many: event, date, time, fields."""
    while len(column(browser, "line.event")) < len(lines):
        press(browser, "add")
    columns = zip(("event", "date", "time", "fields"), map(list, zip(*lines, strict=True)), strict=True)
    typed: dict[str, Any] = {f"line__{part}": values for part, values in columns}
    return press(browser, go, **typed, **others)


def text_of(office: Organisation) -> str:
    found: str = office.get("/policy/draft", "owner")["policy"]
    return found


def test_each_example_of_a_preset_is_as_expected_and_is_shown_at_its_address(office: Organisation) -> None:
    text = shown(at(office))
    assert text.count('class="passes"') == len(presets.document(PRESET)["examples"])
    assert 'class="differs"' not in text
    second = shown(at(office, "?example=2"))
    assert 'aria-current="true">Example 2' in second
    assert at(office, "?example=99").answer.status == 404


def test_a_button_of_a_line_that_there_is_not_changes_nothing(office: Organisation) -> None:
    browser = at(office)
    typed = [one for one in browser.page.forms[form_of(browser, TRY)].values() if one[0] != "go"]
    for place in ("9", "9" * 5000, "-1", ""):
        assert browser.ask(f"{desk(office)}{TRY}", [*typed, ("go", f"up {place}")]).status == 200


def test_a_changed_limit_makes_examples_differ_with_both_due_times(office: Organisation) -> None:
    changed = TEXT.replace("limit: 24 hours}", "limit: 25 hours}", 1)
    assert changed != TEXT
    ask(office, "PUT", DRAFT, {"policy": changed})
    text = shown(at(office))
    differing = text.split('class="differs"')[1:]
    assert differing
    assert "differs:" in differing[0]
    assert "expected" in differing[0]


def test_lines_are_added_moved_and_removed(office: Organisation) -> None:
    browser = at(office, "?example=0")
    assert column(browser, "line.event") == ["Registered"]
    press(browser, "add")
    assert column(browser, "line.event") == ["Registered", ""]
    typed_at(browser, [("Registered", "2026-11-27", "09:00", ""), ("Accepted", "2026-11-27", "10:00", "")], go="up 1")
    assert column(browser, "line.event") == ["Accepted", "Registered"]
    press(browser, "down 0")
    assert column(browser, "line.event") == ["Registered", "Accepted"]
    press(browser, "remove 1")
    assert column(browser, "line.event") == ["Registered"]
    assert "<svg" in shown(browser)


@pytest.mark.parametrize(
    ("line", "where", "said"),
    [
        (("Flown", "2026-11-27", "10:00", ""), "line-1-event", "not an event"),
        (("Warned of a deadline", "2026-11-27", "10:00", ""), "line-1-event", "not an event"),
        (("Accepted", "2026-11-26", "10:00", ""), "line-1-date", "lies before the event before it"),
        (("Accepted", "2026-11-27", "25:00", ""), "line-1-date", "2026-11-27T25:00"),
        (("Accepted", "", "", ""), "line-1-date", "time"),
        (("Accepted", "2026-11-27", "10:00", "wings: 2"), "line-1-fields", "not a field"),
        (("Accepted", "2026-11-27", "10:00", "a: ["), "line-1-fields", ""),
        (("Registered", "2026-11-27", "10:00", ""), "line-1-event", "the first event, and only it"),
    ],
)
def test_an_impossible_event_is_a_fault_at_its_line(
    office: Organisation, line: tuple[str, str, str, str], where: str, said: str
) -> None:
    text = typed_at(at(office, "?example=0"), [("Registered", "2026-11-27", "09:00", ""), line])
    assert f'<a href="#{where}">' in text
    assert f'id="{where}-fault"' in text
    assert said in text.split(f'id="{where}-fault">')[1].partition("</span>")[0]
    assert "<svg" not in text
    assert 'class="passes"' in text


def test_a_wrong_complaint_is_a_fault_at_its_input(office: Organisation) -> None:
    browser = at(office, "?example=0")
    assert 'id="more-fault"' in press(browser, "show", more="colour: red")
    assert 'id="more-fault"' in press(browser, "show", more="facts: [")
    assert "more-fault" not in press(browser, "show", more="category: {matter: service_quality, wanted: solution}")


@pytest.mark.slow
def test_a_trial_is_kept_as_an_example_without_any_other_change_of_the_text(office: Organisation) -> None:
    text = f"# 自拟\n{TEXT}"
    ask(office, "PUT", DRAFT, {"policy": text})
    browser = at(office, "?example=0")
    lines = [("Registered", "2026-11-27", "09:00", ""), ("Accepted", "2026-11-27", "10:00", "agent_team: 2")]
    said = typed_at(browser, lines, go="keep", name="随手一试")
    assert "It is now an example of the draft." in said
    assert 'aria-current="true">随手一试' in said
    assert 'class="differs"' not in said
    new = list(unified_diff(text.splitlines(), text_of(office).splitlines(), n=0, lineterm=""))[2:]
    assert not [one for one in new if one[:1] == "-"]
    assert any("随手一试" in one for one in new)
    checked = office.world.call(
        "POST", f"{office.path}/policy/check", {"policy": text_of(office)}, auth=office.auth("owner")
    )
    assert checked.status == 200, checked.text


def test_without_a_draft_keeping_begins_one(office: Organisation) -> None:
    said = press(at(office, "?example=0"), "keep", name="first")
    assert "It is now an example of the draft." in said
    assert "first" in text_of(office)


@pytest.mark.slow
def test_nothing_is_kept_on_a_draft_that_another_has_changed(office: Organisation) -> None:
    ask(office, "PUT", DRAFT, {"policy": TEXT})
    browser = at(office, "?example=0")
    changed = f"# later\n{TEXT}"
    ask(office, "PUT", DRAFT, {"policy": changed})
    said = press(browser, "keep", name="late")
    assert "nothing was added" in said
    assert text_of(office) == changed
    assert "It is now an example" in press(browser, "keep", name="late")


def test_what_cannot_happen_is_not_kept(office: Organisation) -> None:
    ask(office, "PUT", DRAFT, {"policy": TEXT})
    text = typed_at(at(office, "?example=0"), [("Accepted", "2026-11-27", "10:00", "")], go="keep")
    assert "line-0-event-fault" in text
    assert text_of(office) == TEXT


def test_a_complaint_is_tried_by_those_who_may_see_it(office: Organisation) -> None:
    number = office.file()
    office.act(number, "agent", "accept", agent_team="2", agent_number="17")
    version = "/procedure/versions/1/try"
    browser = at(office, f"?complaint={number}", "agent", path=version)
    assert column(browser, "line.event", version)[:2] == ["Registered", "Accepted"]
    assert "<svg" in shown(browser)
    due = office.local(office.deadline(number, "resolution")["due"])
    assert due.partition("T")[2][:5] in shown(browser)
    assert at(office, "?complaint=202611-999999", "agent", path=version).answer.status in (403, 404)


def test_a_version_is_tried_by_members_and_keeps_nothing(office: Organisation) -> None:
    version = "/procedure/versions/1/try"
    browser = at(office, "?example=0", "agent", path=version)
    assert 'value="keep"' not in shown(browser)
    assert "<svg" in press(browser, "show", version)
    assert at(office, who="agent").answer.status == 403
    assert at(office, path="/procedure/versions/9/try").answer.status == 404


def test_an_example_of_a_preset_is_tried(office: Organisation) -> None:
    text = shown(at(office, "?preset=platform&example=3"))
    assert text.count("preset=platform&example=") >= 10
    assert at(office, "?preset=nothing").answer.status == 404


def test_a_draft_with_faults_lists_them(office: Organisation) -> None:
    ask(office, "PUT", DRAFT, {"policy": TEXT.replace("stages:", "stagez:", 1)})
    text = shown(at(office))
    assert "stagez" in text
    assert "<svg" not in text
