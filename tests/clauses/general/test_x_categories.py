"""Each preset asks for the categories of its source, in the source's words, and those who may say them say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib.policy import presets
from tests.clauses.general.offices_by_preset import office_of
from tests.clauses.organisation import Filed, Organisation
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.case_page import case_page

TABLE: dict[str, dict[str, dict[str, Any]]] = yaml.load(
    Path(__file__).with_name("categories.yaml").read_text("utf-8"), yaml.CSafeLoader
)
ASKED = [(preset, name, row) for preset, of_it in TABLE.items() for name, row in of_it.items()]
CHOICES = [(preset, name, value, words) for preset, name, row in ASKED for value, words in row["choices"].items()]


def by_staff(office: Organisation) -> str:
    return office.auth(office.filer or next(role for role in office.subs if role != "owner"))


def with_category(office: Organisation, name: str, value: str | None) -> dict[str, str]:
    """The sample's categories with this one, which comes first; without it for None."""
    others = {**office.example().get("category", {}), name: value}
    return {key: one for key, one in others.items() if one is not None}


def test_the_table_has_each_preset_with_categories() -> None:
    documents = {name: presets.document(name)["intake"].get("categories", {}) for name in presets.names()}

    assert {name: [*of_it] for name, of_it in TABLE.items()} == {
        name: [*of_it] for name, of_it in documents.items() if of_it
    }


@pytest.mark.parametrize(("preset", "name", "value", "words"), CHOICES)
def test_a_category_is_filed_and_printed_in_the_words_of_the_source(
    preset: str, name: str, value: str, words: str
) -> None:
    office = office_of(preset)

    answer = office.try_file(auth=by_staff(office), category=with_category(office, name, value))

    assert answer.status == 201, answer.text
    number = answer.json["number"]
    office.filed[number] = Filed(number, answer.json["receipt"], answer.json)
    printed = office.world.call("GET", f"{office.path}/complaints/{number}/case-file", auth=office.auth("owner")).text
    assert words in printed
    assert TABLE[preset][name]["question"] in case_page(office, number)
    assert office.complaint(number)["category"][name] == value


@pytest.mark.parametrize(("preset", "name", "row"), ASKED)
def test_the_front_page_names_what_a_complainant_says_and_nothing_else(
    preset: str, name: str, row: dict[str, Any]
) -> None:
    office = office_of(preset)

    page = Browser(office.world, "zh").open(f"/t/{office.id}").text  # type: ignore[arg-type]

    choices = nonempty(list(row["choices"].values()))
    asked = [one for one in choices if one in page.split("\n")]
    if row["asked"] == "filer":
        assert (asked, row["question"] in page) == (choices, True)
    else:
        assert asked == []


@pytest.mark.parametrize(("preset", "name", "row"), ASKED)
def test_a_filing_without_a_category_is_refused_only_if_the_source_demands_it(
    preset: str, name: str, row: dict[str, Any]
) -> None:
    office = office_of(preset)

    answer = office.try_file(auth=by_staff(office), category=with_category(office, name, None))

    assert answer.status == (422 if row.get("required") else 201), answer.text
