"""`docs/policy.md` says what the language is: its examples can be published, and its tables name every word."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.language import (
    deadlines,
    example,
    facts,
    intake,
    model,
    parts,
    publicity,
    stages,
)
from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.policy.language.parts import LanguagePart
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, UNLISTED_ACTS
from chalicelib.policy.language.wording.default_wording import PLACEHOLDERS
from chalicelib.policy.reading.source import read
from chalicelib.policy.worktime.calendars.document import CalendarDocument
from chalicelib.policy.worktime.calendars.holidays import countries
from chalicelib.policy.worktime.explaining.wording import wording

GUIDE = (Path(__file__).parents[3] / "docs/policy.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", GUIDE, re.M | re.S))
EXAMPLES = [
    (title, block)
    for title, text in SECTIONS.items()
    for block in re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
]
SMALLEST = EXAMPLES[0][1]


def added(base: Any, part: Any) -> Any:
    """Maps are joined, everything else is replaced."""
    if not isinstance(base, dict) or not isinstance(part, dict):
        return part
    return {**base, **{key: added(base.get(key), value) for key, value in part.items()}}


def _keys(part: type[LanguagePart]) -> set[str]:
    return set(part.__struct_encode_fields__)


def section(title: str) -> str:
    return SECTIONS[title]


@pytest.mark.parametrize(("title", "block"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_each_example_can_be_published(title: str, block: str) -> None:
    check_publishable(json.dumps(added(read(SMALLEST), read(block)), ensure_ascii=False))


def test_every_block_of_the_guide_is_an_example_that_is_published() -> None:
    assert len(EXAMPLES) == GUIDE.count("```yaml")


def test_every_part_of_a_document_has_an_example() -> None:
    shown = {key for _, block in EXAMPLES for key in read(block)}
    assert set(model.PolicyDocument.__struct_fields__) - shown == set()


def test_every_act_stands_beside_its_event() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|$", section("Stages and acts"), re.MULTILINE)
    assert dict(rows) == EVENT_OF_ACT


def test_the_acts_that_stages_do_not_list_are_named() -> None:
    [sentence] = re.findall(r"^Stages do not list these acts.*?\.(?= |$)", section("Stages and acts"), re.MULTILINE)

    assert set(re.findall(r"`(\w+)`", sentence)) == UNLISTED_ACTS


@pytest.mark.parametrize(
    ("title", "part", "written"),
    [
        ("Intake", intake.Intake, {}),
        ("Stages and acts", stages.Act, {}),
        ("Clocks", deadlines.Clock, {"start": "from"}),
        ("Sample and examples", example.Example, {}),
        ("Sample and examples", example.ExampleSetup, {}),
    ],
)
def test_every_key_of_a_part_is_in_its_table(title: str, part: type[LanguagePart], written: dict[str, str]) -> None:
    named = {
        name
        for row in re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    keys = {written.get(name, name) for name in part.__struct_fields__} - {"name"}
    assert keys - named == set()


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("Calendar", {*CalendarDocument.__struct_fields__, "open"} - {"overrides"}),
        ("People and tiers", {*_keys(parts.ActorSelector), *_keys(model.Tier)}),
        ("Several calendars", {"calendar"}),
        ("Intake", {*_keys(intake.Received), *_keys(intake.EvidenceKind)}),
        ("Limitation", {*_keys(intake.Limitation), *_keys(intake.LimitationPart)} - {"start"}),
        ("Facts and fields", _keys(facts.Fact)),
        ("Notifications", _keys(stages.NotificationRule)),
        ("Points of units", _keys(model.Points) - {"per", "clause"}),
        ("Confidentiality, legal holds, comments on drafts", _keys(parts.Confidentiality)),
        (
            "Publicity and supervision",
            {*_keys(publicity.Notices), *_keys(publicity.Results), *_keys(publicity.Figures)},
        ),
        ("Publicity and supervision", {*_keys(publicity.Supervision), *_keys(publicity.Inspection)} - {"role"}),
    ],
)
def test_every_key_of_a_part_is_described_or_shown(title: str, keys: set[str]) -> None:
    code = re.findall(r"```yaml\n.*?```|`[^`]*`", section(title), re.S)
    words = {word for key in keys for word in key.split()}
    assert words - set(re.findall(r"\w+", " ".join(code))) - {"name"} == set()


def test_every_kind_of_facts_is_described_as_public_or_private_with_its_values() -> None:
    rows = re.findall(r"^\| `(\w+)`[^|]*\|[^|]*\| (\w+) \|([^|]*)\|$", section("Facts and fields"), re.MULTILINE)
    assert {name: (record == "public", bool(values.strip())) for name, record, values in rows} == {
        name: (kind.is_public, kind.values != "any") for name, kind in OF_DOCUMENTS.items()
    }


@pytest.mark.parametrize("page", ["policy.md", "policy-tutorial.md", "policy-reference.md"])
def test_the_private_kinds_are_named(page: str) -> None:
    written = (Path(__file__).parents[3] / "docs" / page).read_text("utf-8")
    text = re.sub("<!--.*?-->", "", written)
    [named] = re.findall(r"((?:`\w+`(?:, | and )?)+)\)? are private", text)

    assert re.findall(r"`(\w+)`", named) == [name for name, kind in OF_DOCUMENTS.items() if not kind.is_public]


def test_every_table_of_holidays_and_every_placeholder_is_named() -> None:
    assert [name for name in countries() if f"`{name}`" not in section("Calendar")] == []
    assert [name for name in PLACEHOLDERS if f"`{name}`" not in section("Notifications")] == []


def test_every_built_in_field_stands_with_its_acts() -> None:
    table = section("Facts and fields").partition("| field | act | value |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)` \| (`[^|]*`) \|", table, re.MULTILINE)

    assert {name for name, _ in rows} == BUILT_IN_FIELDS.keys()
    assert {act for _, acts in rows for act in re.findall(r"`(\w+)`", acts)} <= EVENT_OF_ACT.keys()


def test_the_units_of_limits_are_named() -> None:
    table = re.findall(r"^\| (`.*?) \|", section("Limits and warnings"), re.MULTILINE)
    named = {name.removesuffix("s") for row in table for name in re.findall(r"`\d+ ([a-z ]+)`", row)}

    assert named == wording("en").units.keys()


def test_the_file_types_of_evidence_are_named() -> None:
    named = re.findall(r"`((?:application|audio|image|text|video)/[\w.+-]+)`", section("Intake"))

    assert sorted(named) == sorted(FILE_TYPES)
