"""The units of an organisation, managed by its owners on a page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def at_units(office: Organisation) -> Browser:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/units")
    return browser


def add(browser: Browser, name: str, id_: str) -> None:
    browser.submit(form=form_of(browser, "/units"), name=name, id=id_)


def units(office: Organisation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.get("/units", "owner")["units"]
    return found


def test_a_unit_is_added_and_put_below_another(office: Organisation) -> None:
    browser = at_units(office)
    add(browser, "总部", "head")
    add(browser, "东部", "east")
    browser.submit(form=form_of(browser, "/units/east"), parent="head")
    assert units(office) == [{"id": "east", "name": "东部", "parent": "head"}, {"id": "head", "name": "总部"}]
    assert browser.page.text.index("总部") < browser.page.text.index("东部")


@pytest.mark.parametrize(
    ("name", "id_", "at"), [("总部", "Head Office", "id"), ("总部", "", "id"), ("", "head", "name")]
)
def test_what_is_wrong_stands_at_its_input_and_what_was_typed_stays(
    office: Organisation, name: str, id_: str, at: str
) -> None:
    browser = at_units(office)
    add(browser, name, id_)
    assert f'id="{at}-fault"' in browser.answer.text
    assert f'value="{name}"' in browser.answer.text
    assert units(office) == []


def test_a_taken_id_is_said(office: Organisation) -> None:
    browser = at_units(office)
    add(browser, "总部", "head")
    add(browser, "别的", "head")
    assert "Another unit has this id" in browser.page.text
    assert [one["name"] for one in units(office)] == ["总部"]


def test_units_cannot_be_above_each_other_in_a_circle(office: Organisation) -> None:
    browser = at_units(office)
    add(browser, "总部", "head")
    add(browser, "东部", "east")
    browser.submit(form=form_of(browser, "/units/east"), parent="head")
    browser.submit(form=form_of(browser, "/units/head"), parent="east")
    assert 'id="parent-head-fault"' in browser.answer.text
    assert "parent" not in units(office)[1]


def test_a_name_is_never_markup(office: Organisation) -> None:
    browser = at_units(office)
    add(browser, "<script>alert(1)</script>", "x")
    assert "<script>alert" not in browser.answer.text
    assert "&lt;script&gt;alert(1)" in browser.answer.text


def test_the_units_of_the_plan_are_used_up(office: Organisation) -> None:
    for number in range(20):
        body = {"id": f"u{number}", "name": f"U{number}"}
        assert office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner")).status == 201
    browser = at_units(office)
    add(browser, "多余", "more")
    assert 'id="id-fault"' in browser.answer.text
    assert len(units(office)) == 20
