"""Help where one stands: what each page of the desk is for, and the clause of the procedure beside each act."""

from __future__ import annotations

import pytest

from app import app
from chalicelib.kit import catalogue
from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading import parsing
from chalicelib.web.contract import Contract
from chalicelib.web.pages.desk import DESK
from chalicelib.web.pages.rendering import HTML
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import START, at_the_desk, desk

DOCUMENTS = {
    f"{DESK}/reports/inspections/{{inspection}}",
    f"{DESK}/complaints/{{number}}/forms/{{form}}",
    f"{DESK}/complaints/{{number}}/case-file",
    f"{DESK}/complaints/{{number}}/files/{{file}}/copy",
    f"{DESK}/organisation/exports/{{export}}/file",
}
"""Printed documents and downloads, which have no layout of the desk."""


def pages() -> list[Contract]:
    return [
        one
        for one in app.all_contracts
        if one.path.startswith(DESK) and (one.method, one.produces) == ("GET", HTML) and one.path not in DOCUMENTS
    ]


def test_each_page_of_the_desk_says_in_one_line_what_it_is_for() -> None:
    without = [one.path for one in pages() if one.path not in catalogue.texts("purposes")]
    assert len(pages()) > 15
    assert without == []


def test_no_line_is_of_a_page_that_is_gone() -> None:
    assert catalogue.texts("purposes").keys() <= {one.path for one in pages()}


def test_a_line_is_short() -> None:
    long = [path for path, text in catalogue.texts("purposes").items() if len(text.en) > 120 or len(text.zh) > 60]
    assert long == []


@pytest.mark.parametrize(("language", "line"), [("en", "Begin with the first."), ("zh", "从最前面的开始办理")])
def test_the_page_shows_its_line(language: str, line: str) -> None:
    office = sign_up(InProcess(START), "platform")
    assert line in at_the_desk(office, "handler", language=language).answer.text


@pytest.fixture
def garage() -> Organisation:
    return sign_up(InProcess(START), "auto-repair-forms")


def first_acts(name: str) -> dict[str, str | None]:
    """The acts of a preset's first stage, with their clauses."""
    document = compile_policy(parsing.parse(presets.document(name)), name).document
    return {act: one.clause for act, one in document.stages[document.intake.first].acts.items()}


def test_the_clause_stands_beside_each_act_that_has_one(garage: Organisation) -> None:
    number = garage.file()
    browser = at_the_desk(garage, "staff")
    browser.open(f"{desk(garage)}/complaints/{number}")
    found = {act: one for act, one in first_acts("auto-repair-forms").items() if f"/acts/{act}" in browser.answer.text}
    clauses = {one for one in found.values() if one is not None}
    assert clauses
    assert {one for one in clauses if f'<span class="hint">{one}</span>' in browser.answer.text} == clauses


def test_the_form_of_an_act_names_its_clause(garage: Organisation) -> None:
    number = garage.file()
    browser = at_the_desk(garage, "staff")
    browser.open(f"{desk(garage)}/complaints/{number}/acts/classify")
    assert f"Clause: {first_acts('auto-repair-forms')['classify']}" in browser.answer.text


def test_without_a_clause_nothing_is_shown(garage: Organisation) -> None:
    number = garage.file()
    browser = at_the_desk(garage, "staff")
    browser.open(f"{desk(garage)}/complaints/{number}/acts/note")
    assert browser.answer.status == 200
    assert "Clause:" not in browser.answer.text
