"""Every key that the language reads has its entry in the schema and its row in the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema
import msgspec
import pytest

from chalicelib.kit.decoding import is_struct
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import LISTABLE_ACTS
from chalicelib.policy.reading.source import read
from chalicelib.policy.reading.source_paths import AS_WRITTEN
from chalicelib.policy.worktime.calendars.reader import read_calendar
from chalicelib.policy.written_form import written_form
from infra.policy_keys import flow, reference
from infra.policy_keys.__main__ import schema_text
from infra.policy_keys.parts import all_parts
from tests.kernel.policy.written_form.documents import ROOT

PAGE = (ROOT / "docs/policy-reference.md").read_text("utf-8")
ROWS = [re.split(r"(?<!\\) \| ", row.strip("| ")) for row in PAGE.splitlines() if row.startswith("| `")]
DEFINITIONS: dict[str, Any] = {"document": written_form(), **written_form()["definitions"]}
MAPS = {
    name: next((one for one in schema.get("anyOf", [schema]) if "properties" in one), None)
    for name, schema in DEFINITIONS.items()
}
PROPERTIES = [
    (name, key, described) for name, schema in MAPS.items() if schema for key, described in schema["properties"].items()
]


def structs(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs of the language that the type leads to."""
    if is_struct(kind):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from structs(field.type)
    for inner in get_args(kind):
        yield from structs(inner)


STRUCTS = sorted(set(structs(PolicyDocument)), key=lambda struct: struct.__name__)


def of_part(name: str) -> set[str]:
    """The keys that the reference lists for a part, in the words of authors and of the full form."""
    name = name.replace("_", " ")
    places = ("the document",) if name == "document" else (f"*{name}*:", f"[{name}](policy.md#")
    keys = {key.strip("`") for key, _, _, where, *_ in ROWS if where.startswith(places)}
    return keys | {full for full, written in AS_WRITTEN.items() if written in keys}


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_each_key_of_a_struct_has_its_entry_and_its_row(struct: type[msgspec.Struct]) -> None:
    keys = set(struct.__struct_encode_fields__)
    parts = [name for name, schema in MAPS.items() if schema and keys <= schema["properties"].keys()]

    assert parts
    assert [name for name in parts if keys <= of_part(name)]


def test_the_walk_reaches_the_whole_language() -> None:
    assert len(STRUCTS) > 40


def test_what_needs_nothing_but_its_name_may_be_a_text() -> None:
    """The reader takes a text for the name of each labelled part, so the schema must not refuse it."""
    named = {name for name, part in all_parts().items() if part.labelled and not any(e.required for e in part.entries)}
    assert named == {name for name in named if all_parts()[name].plain == "text"}


def test_the_calendars_keys_are_those_of_its_reader() -> None:
    hours = {"mon": ["09:00-17:00"]}
    described = set(MAPS["calendar"]["properties"]) if MAPS["calendar"] else set()
    with pytest.raises(ValueError, match="a calendar has ") as refused:
        read_calendar({"timezone": "UTC", "hours": hours, "unheard of": 1})

    assert described == set(re.findall(r"\w+", str(refused.value).partition("a calendar has ")[2]))
    assert described == of_part("calendar")


def test_each_act_that_stages_list_has_its_entry_and_its_row() -> None:
    assert set(DEFINITIONS["stage"]["properties"]) - {"name", "guidance", "shelf", "acts"} == LISTABLE_ACTS
    assert of_part("stage") >= LISTABLE_ACTS


def test_the_schema_and_the_reference_are_generated_from_the_language_as_it_is() -> None:
    assert (ROOT / "chalicelib/policy/written_form.json").read_text("utf-8") == schema_text()
    assert reference.page() == PAGE


@pytest.mark.parametrize(("part", "key", "described"), PROPERTIES, ids=[f"{name} {key}" for name, key, _ in PROPERTIES])
def test_each_property_is_described_and_its_example_is_valid(part: str, key: str, described: dict[str, Any]) -> None:
    assert described["description"].endswith((".", ")"))
    for example in described.get("examples", []):
        in_place = {**described, "definitions": written_form()["definitions"]}
        jsonschema.Draft7Validator(in_place).validate(msgspec.json.decode(msgspec.json.encode(example)))


def test_each_row_has_a_type_a_default_a_place_a_meaning_and_an_example() -> None:
    assert len(ROWS) > 280
    assert [row for row in ROWS if len(row) != 6 or not all(row)] == []
    assert [row for row in ROWS if not row[5].startswith(f"`{row[0].strip('`')}: ")] == []


def test_each_example_reads_as_the_yaml_that_the_row_shows() -> None:
    for part in all_parts().values():
        for entry in part.entries:
            assert read(f"{entry.key}: {flow.text(entry.example)}") == {entry.key: entry.example}
