"""Two versions, or the draft and a version, compared in words and as texts."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.policies.drafts.shop import DRAFT, OPEN, PUBLISH, ask
from tests.sign_in.door import START, at_the_desk, desk

TEXT = presets.text("telecom-regulator")


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "telecom-regulator")


def save(office: Organisation, text: str) -> None:
    assert ask(office, "PUT", DRAFT, {"policy": text}).status == 200


def compared(office: Organisation, query: str = "", who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/procedure/comparison{query}")
    return browser


def changed() -> str:
    """The preset with one limit less, whichever it has first."""
    assert TEXT.count("\nclocks:") == 1
    head, tail = TEXT.split("\nclocks:", 1)
    before = next(word for word in ("60 days", "30 days", "15 working days", "5 working days") if word in tail)
    return head + "\nclocks:" + tail.replace(before, "44 days", 1)


def test_the_draft_is_compared_with_the_version_in_force(office: Organisation) -> None:
    save(office, changed())
    said = compared(office).answer.text
    assert "From: Version 1 (in force). To: Draft." in said
    assert "→ 44" in said
    assert 'class="new">+' in said
    assert "<code>/clocks/" in said


def test_two_versions_are_compared_either_way(office: Organisation) -> None:
    assert ask(office, "POST", PUBLISH, {"policy": _without_examples(changed())}).status == 201
    there = compared(office, "?before=1&after=2").answer.text
    back = compared(office, "?before=2&after=1").answer.text
    assert ("→ 44" in there, "→ 44" in back) == (True, False)
    assert "44" in back


def _without_examples(text: str) -> str:
    at = text.find("\nexamples:")
    return text if at < 0 else text[:at] + "\n"


def test_a_version_and_itself_say_the_same(office: Organisation) -> None:
    said = compared(office).answer.text
    assert "They say the same." in said
    assert "The texts are the same." in said


def test_a_draft_that_came_as_json_differs_only_where_it_does(office: Organisation) -> None:
    document = {name: part for name, part in presets.document("telecom-regulator").items() if name != "examples"}
    assert ask(office, "POST", PUBLISH, {"policy": document}).status == 201
    changed = {**document, "name": {"zh": "新的办理程序", "en": "New procedure"}}
    assert ask(office, "PUT", DRAFT, {"policy": changed}).status == 200
    said = compared(office).answer.text
    assert said.count('class="new">+') == 1
    assert "<code>/name/en</code>" in said
    assert 'class="elements"' not in said


def test_a_changed_comment_is_a_difference_of_the_texts_alone(office: Organisation) -> None:
    save(office, "# a remark\n" + TEXT)
    said = compared(office).answer.text
    assert "They say the same." in said
    assert "+# a remark" in said


def test_a_draft_that_is_no_procedure_is_compared_as_text(office: Organisation) -> None:
    save(office, TEXT + "\nbroken: [\n")
    said = compared(office).answer.text
    assert "only the texts are compared" in said
    assert "+broken: [" in said


@pytest.mark.slow
def test_members_compare_the_draft_only_when_it_is_open_to_them(office: Organisation) -> None:
    save(office, TEXT)
    assert compared(office, "?after=draft", "director").answer.status == 404
    assert "Draft</option>" not in compared(office, "", "director").answer.text
    assert ask(office, "POST", OPEN, {"to": ["departments"]}).status == 200
    assert compared(office, "?after=draft", "director").answer.status == 200


@pytest.mark.parametrize("query", ["?after=9", "?before=x", "?before=99999999999", f"?after={'9' * 5000}"])
def test_a_version_that_there_is_not_is_not_found(office: Organisation, query: str) -> None:
    assert compared(office, query).answer.status == 404


def test_the_page_is_chinese_for_chinese_readers(office: Organisation) -> None:
    save(office, changed())
    said = compared(office, language="zh").answer.text
    assert "从第1版（现行）到草案" in said
    assert "期限" in said
