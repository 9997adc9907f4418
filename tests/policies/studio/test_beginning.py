"""A new procedure is begun from a preset, a version or nothing, and its main choices are answered as questions."""

from __future__ import annotations

import html
import re
from difflib import unified_diff
from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.features.studio.beginning import questions, starts
from chalicelib.features.studio.beginning.questions import PARTS
from chalicelib.features.studio.forms.options import WrittenChoices
from chalicelib.features.studio.text import smallest, tutorial
from chalicelib.policy import presets
from chalicelib.policy.editing.edit_text import edit_text
from chalicelib.policy.reading import source
from chalicelib.web.pages.reader import Reader
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.policies.drafts.shop import ask
from tests.sign_in.door import START, at_the_desk, desk

IN_FORCE, CHOSEN = "customer-service", "corporate-standard"


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), IN_FORCE)


def at(office: Organisation, page: str, language: str = "en") -> Browser:
    browser = at_the_desk(office, "owner", language=language)
    browser.open(f"{desk(office)}/procedure/{page}")
    assert browser.answer.status == 200, browser.answer.text
    return browser


def begin(browser: Browser, start: str, **typed: Any) -> None:
    browser.submit(form=form_of(browser, "/procedure/begin"), start=start, **typed)


def answer(browser: Browser, part: str, **typed: Any) -> None:
    browser.submit(form=form_of(browser, f"/questions/{part}"), **typed)


def text_of(office: Organisation) -> str:
    found: str = office.get("/policy/draft", "owner")["policy"]
    return found


def said(browser: Browser) -> str:
    return re.sub(r'href="/static[^"]*"', "", html.unescape(browser.answer.text))


def changed(office: Organisation, before: str) -> list[str]:
    lines = unified_diff(before.split("\n"), text_of(office).split("\n"), n=0, lineterm="")
    return [one for one in list(lines)[2:] if not one.startswith("@@")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_smallest_procedure_passes_the_check(language: str) -> None:
    assert check_publishable(smallest.empty_text(language)).document.clocks == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_preset_is_described_by_its_main_numbers(office: Organisation, language: str) -> None:
    browser = at(office, "begin", language)

    assert len([one for one in starts.of_presets(Reader(language, chosen=True)) if one.value in said(browser)]) == len(
        presets.names()
    )
    assert "studio." not in said(browser)
    if language == "en":
        assert "First deadline: Resolution" in said(browser)
        assert "Tiers for what is late: 3" in said(browser)


def test_a_preset_opens_a_draft_with_its_text_and_comments(office: Organisation) -> None:
    browser = at(office, "begin")

    begin(browser, starts.PRESET + CHOSEN)

    assert text_of(office) == presets.text(CHOSEN)
    assert "/draft/questions/names" in browser.path


def test_a_version_of_ones_own_opens_a_draft(office: Organisation) -> None:
    begin(at(office, "begin"), starts.VERSION + "1")

    assert text_of(office) == presets.text(IN_FORCE)


def test_nothing_chosen_opens_nothing(office: Organisation) -> None:
    browser = at(office, "begin")

    begin(browser, "")

    assert "Choose what to begin with." in said(browser)
    assert ask(office, "GET", "/policy/draft").status == 404


def test_what_does_not_exist_is_not_begun_with(office: Organisation) -> None:
    for start in (starts.PRESET + "nothing", starts.VERSION + "99", "nothing"):
        browser = at(office, "begin")
        page = browser.page.forms[form_of(browser, "/procedure/begin")]
        fields = [(name, value) for name, value in page.values() if name != "start"]
        assert browser.ask(f"{desk(office)}/procedure/begin", [*fields, ("start", start)]).status == 404


def test_a_draft_is_replaced_only_by_who_says_so(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)
    browser = at(office, "begin")

    begin(browser, starts.EMPTY)
    assert "Tick this to replace it" in said(browser)
    assert text_of(office) == presets.text(CHOSEN)

    begin(browser, starts.EMPTY, replaces="yes")
    assert text_of(office) == smallest.empty_text("en")
    assert "tutorial=true" in browser.path
    assert "The draft is open." in said(browser)


def test_a_draft_that_another_person_saved_meanwhile_is_not_replaced(office: Organisation) -> None:
    first, second = at(office, "begin"), at(office, "begin")
    begin(first, starts.PRESET + CHOSEN)

    begin(second, starts.EMPTY)

    assert text_of(office) == presets.text(CHOSEN)


@pytest.mark.parametrize("name", presets.names())
def test_each_question_of_each_preset_has_words_and_changes_nothing_unasked(name: str) -> None:
    document = presets.document(name)
    for language in ("zh", "en"):
        choices = WrittenChoices(document, Reader(language, chosen=True))
        for part in PARTS:
            asked = questions.asked(document, part)
            shown = questions.views(asked, choices, None)
            assert [one.label for one in shown if one.label.startswith("studio.")] == []
            given = {
                f"{one.key}.{rest}" if rest else one.key: values for one in shown for rest, values in one.given.items()
            }
            assert questions.edits(document, asked, given) == [], part.name


@pytest.mark.parametrize("part", [one.name for one in PARTS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_page_of_questions_is_in_words(office: Organisation, part: str, language: str) -> None:
    begin(at(office, "begin"), starts.PRESET + "platform")

    assert "studio." not in said(at(office, f"draft/questions/{part}", language))


def test_a_limit_is_answered_in_number_and_unit_and_changes_one_line(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)
    browser = at(office, "draft/questions/limits")

    name = "/clocks/archiving:within.0."
    answer(browser, "limits", **{f"{name}number": "20", f"{name}unit": "calendar day"})

    assert "Saved in the draft." in said(browser)
    (old, new) = changed(office, presets.text(CHOSEN))
    assert old.startswith("-")
    assert "20 calendar days" in new


def test_who_decides_and_who_is_told_are_ticked(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)

    answer(at(office, "draft/questions/told"), "told", **{"/intake/tells/1:tells": ["routed", "team_lead"]})
    answer(at(office, "draft/questions/decides"), "decides", **{"/stages/handling/reply:by": ["agent"]})

    written = source.read(text_of(office))
    told = written["intake"]["tells"]
    assert [one["to"] for one in told] == ["complainant", ["routed", "team_lead"]]
    assert written["stages"]["handling"]["reply"]["by"] == "agent"


def test_a_fault_stands_at_its_question_and_nothing_is_saved(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)
    before = text_of(office)
    browser = at(office, "draft/questions/limits")

    answer(browser, "limits", **{"/clocks/archiving:within.0.number": "many"})

    assert 'id="/clocks/archiving:within.0.number-fault"' in said(browser)
    assert 'value="many"' in said(browser)
    assert text_of(office) == before


def test_a_limit_as_text_is_not_lost_before_its_input_is_there(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)
    browser = at(office, "draft/questions/limits")
    name = "/clocks/archiving:within.0."

    answer(browser, "limits", **{f"{name}number": "6", f"{name}unit": "as text"})
    assert f'id="{name}number-fault"' in said(browser)

    answer(browser, "limits", **{f"{name}text": "6 working days including the first day"})
    assert "6 working days including the first day" in text_of(office)


def test_two_authors_lose_nothing(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)
    first, second = (at(office, "draft/questions/names") for _ in range(2))
    answer(first, "names", **{":name.en": "First"})

    answer(second, "names", **{":name.en": "Second"})
    assert "The draft has changed since you opened it." in said(second)
    assert 'value="Second"' in said(second)
    answer(second, "names")

    assert source.read(text_of(office))["name"]["en"] == "Second"


def test_examples_that_a_changed_limit_moved_take_over_the_new_due_times(office: Organisation) -> None:
    begin(at(office, "begin"), starts.PRESET + CHOSEN)
    name = "/clocks/resolution:within.0."
    answer(at(office, "draft/questions/limits"), "limits", **{f"{name}number": "70", f"{name}unit": "working hour"})
    browser = at(office, "draft/steps")
    assert "Examples that come out otherwise" in said(browser)

    browser.submit(form=form_of(browser, "/draft/steps"))

    assert "The due times of the examples are those of the draft now." in said(browser)


def test_pages_are_for_owners_and_unknown_parts_do_not_exist(office: Organisation) -> None:
    owner = at(office, "begin")
    owner.open(f"{desk(office)}/procedure/draft/questions/nothing")
    assert owner.answer.status == 404


def test_edits_of_many_answers_keep_the_text_around_them() -> None:
    text = presets.text(CHOSEN)
    document = source.read(text)
    part = PARTS[0]
    asked = [one for one in questions.asked(document, part) if one.row.name != "contact"]
    given = {f"{one.name}.{language}": ["改"] for one in asked for language in ("zh", "en")}

    after = edit_text(text, questions.edits(document, asked, given))

    assert len(after.split("\n")) == len(text.split("\n"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_snippets_of_the_tutorial_join_to_a_procedure_whose_example_passes(language: str) -> None:
    text = smallest.empty_text(language)
    comments = [line for line in text.split("\n") if line.startswith("#")]

    for step in tutorial.steps(text, [], language):
        assert not step.done
        text = tutorial.joined(text, step.part, language)

    assert check_publishable(text).document.clocks["first_answer"].within
    assert [one.done for one in tutorial.steps(text, [], language)] == [True] * 6
    assert [line for line in text.split("\n") if line.startswith("#")] == comments


def test_a_step_is_inserted_beside_the_text_and_done_until_it_has_a_fault(office: Organisation) -> None:
    browser = at(office, "begin")
    begin(browser, starts.EMPTY)
    form = form_of(browser, "/draft/text")

    browser.submit(form=form, button="insert people")
    assert "Manager" in said(browser)
    assert said(browser).count("is-done") == 1
    browser.submit(form=form_of(browser, "/draft/text"), button="save")
    assert "manager: {en: Manager}" in text_of(office)
    assert "tutorial=true" in browser.path

    broken = text_of(office).replace("manager: {en: Manager}", "manager: {english: Manager}")
    browser.submit(form=form_of(browser, "/draft/text"), button="check", text=broken)
    assert said(browser).count("is-done") == 0


def test_a_text_that_cannot_be_read_stays_as_it_is_typed(office: Organisation) -> None:
    browser = at(office, "draft/text?tutorial=true")

    browser.submit(form=form_of(browser, "/draft/text"), button="insert people", text="people: [")

    assert "people: [" in said(browser)
