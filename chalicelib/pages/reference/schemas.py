"""JSON Schemas (2020-12) in words: the type of a value, and the members of an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

Schema = Mapping[str, Any]
_PREFIX = "#/components/schemas/"
_RANGES = (
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minimum", "at least {}"),
    ("maximum", "at most {}"),
    ("minItems", "at least {} items"),
    ("maxItems", "at most {} items"),
    ("pattern", "pattern {}"),
    ("format", "{}"),
)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of an object, or a parameter. `refers`: the names of the schemas of which its values are."""

    name: str
    where: str
    required: bool
    type: str
    refers: list[str]
    text: str


def members(schema: Schema) -> list[Member]:
    """Empty for a schema that is no object."""
    required = schema.get("required", ())
    return [member(name, one, required=name in required) for name, one in schema.get("properties", {}).items()]


def member(name: str, schema: Schema, *, required: bool, where: str = "", text: str = "") -> Member:
    told = text or str(schema.get("description", ""))
    refers = sorted(set(references(schema)))
    return Member(name=name, where=where, required=required, type=type_text(schema), refers=refers, text=told)


def type_text(schema: Schema) -> str:
    """Such as `array of string, at most 20 items`, or `"zh" or "en"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_PREFIX)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(type_text(one) for one in schema[key]))
    if "enum" in schema:
        return " or ".join(_quoted(one) for one in schema["enum"])
    if "const" in schema:
        return _quoted(schema["const"])
    ranges = [words.format(schema[key]) for key, words in _RANGES if key in schema]
    return ", ".join([_plain(schema), *ranges])


def _plain(schema: Schema) -> str:
    kind = schema.get("type", "any value")
    if kind == "array":
        return f"array of {type_text(schema.get('items', {}))}"
    extra = schema.get("additionalProperties")
    if kind == "object" and isinstance(extra, Mapping) and extra:
        return f"object of {type_text(extra)}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _quoted(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def references(schema: Any) -> Iterator[str]:
    """The names of the schemas that it refers to."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].removeprefix(_PREFIX)
        for one in schema.values():
            yield from references(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from references(one)
