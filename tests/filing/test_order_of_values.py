"""Values are offered in the order in which the policy lists them: on pages, in forms of acts, in faults, in CSV."""

from __future__ import annotations

import pytest

from tests.clauses.offices import bureau, helpdesk
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser

START = "2026-11-27T09:00:00+08:00"
PRODUCTS = ["食品", "药品", "保健品", "化妆品"]
RATINGS = ["satisfied", "fair", "dissatisfied"]


@pytest.fixture
def office() -> Organisation:
    return helpdesk.helpdesk_in(InProcess(START))


def test_a_question_of_a_page_offers_the_categories_in_this_order() -> None:
    made = bureau.bureau_in(InProcess(START))
    browser = Browser(made.world)

    text = browser.open(f"/t/{made.id}/file").text
    while not all(one in text for one in PRODUCTS):
        text = browser.submit().text

    places = [text.index(one) for one in PRODUCTS]
    assert places == sorted(places)


def test_the_form_of_an_act_offers_the_choices_in_this_order(office: Organisation) -> None:
    number = helpdesk.executed(office)

    acts = office.get(f"/complaints/{number}/acts", "complainant", number)["acts"]

    [rate] = [one for one in acts if one["act"] == "rate"]
    [rating] = [one for one in rate["fields"] if one["name"] == "rating"]
    assert [one["value"] for one in rating["choices"]] == RATINGS


def test_a_fault_names_the_choices_in_this_order(office: Organisation) -> None:
    answer = office.try_act(helpdesk.executed(office), "complainant", "rate", rating="excellent")

    assert answer.json["errors"][0]["values"] == RATINGS
    assert answer.json["errors"][0]["detail"] == "must be one of: Satisfied, Fair, Dissatisfied"


def test_a_fault_names_the_categories_in_this_order(office: Organisation) -> None:
    answer = office.try_file(category={"kind": "colour"})

    assert answer.json["errors"][0]["values"] == ["product_quality", "after_sales", "other"]
