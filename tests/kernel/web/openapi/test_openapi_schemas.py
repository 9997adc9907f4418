"""Client generators can read every schema of the OpenAPI document, and no schema leaves its values open by accident."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from chalicelib.web.openapi.plain_schemas import simplify

DOCUMENT = json.loads((Path(__file__).parents[4] / "docs" / "openapi.json").read_text("utf-8"))
COMPONENTS = DOCUMENT["components"]["schemas"]
NAMED = ("properties", "$defs", "patternProperties")
LISTED = ("anyOf", "oneOf", "allOf", "prefixItems")
SINGLE = ("items", "additionalProperties", "not")
SAYS_SOMETHING = {"type", "enum", "const", "$ref", *LISTED}


def roots(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every schema of the document that is not inside another."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "schema":
                yield f"{path}/{name}", value
            elif name != "example":
                yield from roots(value, f"{path}/{name}")
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from roots(value, f"{path}/{index}")


def below(schema: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The schema and all inside it."""
    yield path, schema
    if not isinstance(schema, dict):
        return
    for keyword in NAMED:
        for name, one in schema.get(keyword, {}).items():
            yield from below(one, f"{path}/{name}")
    for keyword in LISTED:
        for index, one in enumerate(schema.get(keyword, [])):
            yield from below(one, f"{path}/{keyword}/{index}")
    for keyword in SINGLE:
        if keyword in schema and schema[keyword] not in (True, False):
            yield from below(schema[keyword], f"{path}/{keyword}")


def all_schemas() -> dict[str, Mapping[str, Any]]:
    named = [pair for name, schema in COMPONENTS.items() for pair in below(schema, name)]
    return dict(named + [pair for path, root in roots(DOCUMENT["paths"], "paths") for pair in below(root, path)])


SCHEMAS = all_schemas()


def is_object(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "object" or "object" in (schema.get("type") or [])


def describes_members(schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("properties")) or isinstance(schema.get("additionalProperties"), dict)


def test_each_object_describes_its_members() -> None:
    bare = {path for path, schema in SCHEMAS.items() if is_object(schema) and not describes_members(schema)}

    assert bare == set()


def test_each_list_describes_its_items() -> None:
    lists = {path: schema for path, schema in SCHEMAS.items() if schema.get("type") == "array"}

    assert [path for path, schema in lists.items() if not isinstance(schema.get("items"), dict)] == []
    assert [path for path, schema in lists.items() if "prefixItems" in schema] == []


def test_a_schema_of_any_value_says_so() -> None:
    silent = [(path, one) for path, one in SCHEMAS.items() if not SAYS_SOMETHING & one.keys()]

    assert [path for path, one in silent if not one.get("description", "").startswith("Any JSON value")] == []


def test_no_choice_is_between_values_of_one_truth() -> None:
    choices = [(path, value) for path, schema in SCHEMAS.items() for value in schema.get("enum", [])]

    assert [path for path, value in choices if isinstance(value, bool)] == []


def test_no_two_schemas_have_one_title() -> None:
    titles = Counter(schema["title"] for schema in SCHEMAS.values() if "title" in schema)

    assert [title for title, times in titles.items() if times > 1] == []
    assert [name for name, schema in COMPONENTS.items() if "title" in schema and schema["title"] != name] == []


def test_every_operation_that_answers_with_a_body_describes_it() -> None:
    answers = [
        (path, method, status, answer)
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
        for status, answer in operation["responses"].items()
    ]

    assert [one[:3] for one in answers if (one[2] in ("204", "304")) == ("content" in one[3])] == []


@pytest.mark.parametrize(
    ("kinds", "items"),
    [
        (["string", "string"], {"type": "string"}),
        (["string", "null"], {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ],
)
def test_a_tuple_is_an_array_of_a_fixed_length(kinds: list[str], items: dict[str, Any]) -> None:
    schema = {"type": "array", "prefixItems": [{"type": one} for one in kinds], "items": False, "minItems": 2}

    simplify([{"properties": {"pair": schema}}])

    assert schema == {"type": "array", "items": items, "minItems": 2}


def test_a_default_makes_no_member_required_for_openapi_typescript() -> None:
    """It takes each member with a `default` for required, in requests too."""
    members = [(path, one) for path, schema in SCHEMAS.items() for one in schema.get("properties", {}).items()]

    assert members
    assert [(path, name) for path, (name, one) in members if "default" in one] == []


def test_a_default_of_a_member_is_told_unless_it_is_null() -> None:
    schema = {"type": "object", "properties": {"to": {"type": "null", "default": None}, "dry": {"default": False}}}

    simplify(schema)

    assert schema["properties"] == {"to": {"type": "null"}, "dry": {"x-default": False}}


@pytest.mark.parametrize(("name", "said"), [("held", "legal hold"), ("received_at", "before its registration")])
def test_a_member_of_the_view_of_a_complaint_is_described_as_what_it_is(name: str, said: str) -> None:
    assert said in COMPONENTS["ComplaintView"]["properties"][name]["description"]
