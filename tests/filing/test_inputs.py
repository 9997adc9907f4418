"""The inputs of a filing: each has the size, the keyboard and the label that fit what it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.kernel.web.pages.filing import answers, to_check

ABOUT = {
    "complainant.address": {"en": "Address"},
    "respondent.name": {"en": "Name"},
    "respondent.address": {"en": "Address"},
    "paid": {"en": "Amount", "kind": "number"},
    "bought_on": {"en": "Bought on", "kind": "date", "tense": "past"},
    "plate": {"en": "Plate number"},
    "phone_of_shop": {"en": "Telephone", "kind": "phone"},
}


def asking(world: InProcess, facts: dict[str, Any], **intake: Any) -> Organisation:
    return sign_up_with(world, json.dumps(added(read(SMALLEST), {"intake": {"facts": facts, **intake}})))


def pages(browser: Browser, organisation: Organisation) -> Iterator[Document]:
    """Each page of a filing with a question. Goes on with an answer to each, also to a time that must lie ahead."""
    page = browser.open(f"/t/{organisation.id}/file")
    for _ in range(20):
        if any(given.get("id") == "send" for _, given in page.tags):
            return
        if browser.answer.status == 200:
            yield page
        given = {name.replace(".", "__"): value for name, value in answers(page.forms[0]).items()}
        past = browser.answer.status == 422
        page = browser.submit(
            **{key: text.replace("-11-26T", "-12-26T") if past else text for key, text in given.items()}
        )
    raise AssertionError("the questions have no end")


def inputs(world: InProcess, organisation: Organisation) -> dict[str, dict[str, str]]:
    """The attributes of each input of a filing, by the name of its fact."""
    return {
        given["name"].removeprefix("fact."): {**given, "tag": tag}
        for page in pages(Browser(world, "en"), organisation)
        for tag, given in page.tags
        if given.get("name", "").startswith("fact.")
    }


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("phone_of_shop", {"type": "tel", "size": "20", "data-most": "60"}),
        ("paid", {"type": "number", "inputmode": "decimal"}),
        ("bought_on", {"type": "date"}),
        ("respondent.name", {"type": "text", "size": "24", "data-most": "200"}),
        ("plate", {"type": "text", "size": "24", "data-most": "200"}),
        ("complainant.address", {"tag": "textarea", "rows": "2", "data-most": "500", "autocomplete": "street-address"}),
        ("content", {"tag": "textarea", "rows": "5", "data-most": "4000"}),
    ],
)
def test_an_input_fits_what_it_takes(world: InProcess, fact: str, expected: dict[str, str]) -> None:
    found = inputs(world, asking(world, ABOUT, subject=["plate"]))[fact]

    assert {name: found.get(name) for name in expected} == expected


def test_no_input_of_another_person_offers_the_reader_s_own_particulars(world: InProcess) -> None:
    found = inputs(world, asking(world, ABOUT))

    assert "autocomplete" not in found["respondent.address"]


@pytest.mark.parametrize("preset", presets.names())
def test_no_preset_asks_for_the_minute_of_a_past_event(world: InProcess, preset: str) -> None:
    facts = presets.document(preset)["intake"]["facts"]
    asked = {name: fact for name, fact in facts.items() if fact.get("given_by") != "staff"}

    assert [name for name, fact in asked.items() if fact.get("kind") == "time" and fact.get("tense") == "past"] == []


@pytest.mark.parametrize("preset", presets.names())
def test_no_preset_asks_what_staff_say_or_what_has_one_answer(world: InProcess, preset: str) -> None:
    organisation = sign_up(world, preset)
    facts = presets.document(preset)["intake"]["facts"]

    asked = inputs(world, organisation)

    staff = {name for name, fact in facts.items() if fact.get("given_by") == "staff"}
    sole = {
        name for name, fact in facts.items() if fact.get("required") is True and len(fact.get("choices", "12")) == 1
    }
    assert asked.keys() & (staff | sole) == set()


def test_equal_labels_on_the_check_page_name_their_questions(world: InProcess) -> None:
    page = to_check(Browser(world, "en"), asking(world, ABOUT))

    assert page.texts.count("Address (About you)") == 1
    assert page.texts.count("Address (Who is the complaint about?)") == 1


def test_equal_labels_of_one_page_are_numbered(world: InProcess) -> None:
    page = to_check(Browser(world, "en"), asking(world, {"first": {"en": "Order"}, "second": {"en": "Order"}}))

    assert [text for text in page.texts if text.startswith("Order ")] == ["Order 1", "Order 2"]


def test_equal_labels_in_the_error_summary_are_told_apart(world: InProcess) -> None:
    required = {name: {"en": "Name", "required": True} for name in ("respondent.name", "complainant.name")}
    browser = Browser(world, "en")
    for page in pages(browser, asking(world, required)):
        if "fact.respondent.name" in page.ids:
            break

    browser.submit()

    assert ("#fact.respondent.name", "Fill in “Name (Who is the complaint about?)”") in browser.page.links


def test_a_question_with_many_inputs_numbers_its_pages(world: InProcess) -> None:
    many = {f"item_{number}": {"en": f"Item {number}"} for number in range(7)}

    shown = [page.headings for page in pages(Browser(world, "en"), asking(world, many))]

    assert [one for one in shown if "What happened?" in one[0]] == [
        ["What happened? (1 of 2)"],
        ["What happened? (2 of 2)"],
    ]


def test_the_summary_names_the_faults_in_the_order_of_the_page(world: InProcess) -> None:
    browser = Browser(world)
    for page in pages(browser, sign_up(world, "food-drug-administration")):
        if "fact.respondent.name" in page.ids:
            break

    found = browser.submit()

    ids = [one for one in found.ids if one.startswith("fact.") and not one.endswith(("-hint", "-fault", "-count"))]
    assert [href.removeprefix("#") for href, _ in found.links if href.startswith("#fact.")] == ids


def test_facts_are_asked_in_the_order_of_the_printed_form(world: InProcess) -> None:
    [asked] = [
        [given["name"] for _, given in page.tags if given.get("name", "").startswith("fact.")]
        for page in pages(Browser(world), sign_up(world, "food-drug-administration"))
        if "fact.request" in page.ids
    ]

    assert asked == ["fact.request", "fact.reasons", "fact.occurred_at", "fact.knew_at"]


def test_without_a_form_the_account_is_asked_first(world: InProcess) -> None:
    [asked] = [
        [given["name"] for _, given in page.tags if given.get("name", "").startswith("fact.")]
        for page in pages(Browser(world), sign_up(world, "auto-repair"))
        if "fact.content" in page.ids
    ]

    assert asked == ["fact.content", "fact.plate_number", "fact.repair_order"]


def test_the_choice_other_comes_last(world: InProcess) -> None:
    office = sign_up(world, "platform")
    browser = Browser(world)

    page = browser.open(f"/t/{office.id}/file")

    assert [one.value for one in page.forms[0].controls if one.name == "category.matter"][-1] == "other"
