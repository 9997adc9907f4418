"""JSON Schemas (2020-12) in words: the type of a value, and the members of an object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

Schema = Mapping[str, Any]
_PREFIX = "#/components/schemas/"
Say = Callable[..., str]
"""A text of the pages by its name, with its values: `Reader.text`."""
_RANGES = (
    ("minLength", "docs.type.least_characters"),
    ("maxLength", "docs.type.most_characters"),
    ("minimum", "docs.type.least"),
    ("maximum", "docs.type.most"),
    ("minItems", "docs.type.least_items"),
    ("maxItems", "docs.type.most_items"),
    ("pattern", "docs.type.pattern"),
    ("format", "docs.type.format"),
)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of an object, or a parameter. `refers`: the names of the schemas of which its values are."""

    name: str
    where: str
    required: bool
    type: str
    refers: list[str]
    text: str


def members(schema: Schema, say: Say) -> list[Member]:
    """Empty for a schema that is no object."""
    required = schema.get("required", ())
    found = schema.get("properties", {})
    return [msgspec.structs.replace(member(name, one, say), required=name in required) for name, one in found.items()]


def member(name: str, schema: Schema, say: Say) -> Member:
    """A member that may be left out."""
    return Member(
        name=name,
        where="",
        required=False,
        type=type_text(schema, say),
        refers=sorted(set(references(schema))),
        text=str(schema.get("description", "")),
    )


def type_text(schema: Schema, say: Say) -> str:
    """Such as `array of string, at most 20 items`, or `"zh" or "en"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_PREFIX)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return say("docs.type.or").join(dict.fromkeys(type_text(one, say) for one in schema[key]))
    if "enum" in schema:
        return say("docs.type.or").join(_quoted(one) for one in schema["enum"])
    if "const" in schema:
        return _quoted(schema["const"])
    ranges = [say(words, value=schema[key]) for key, words in _RANGES if key in schema]
    return say("docs.type.and").join([_plain(schema, say), *ranges])


def _plain(schema: Schema, say: Say) -> str:
    kind = schema.get("type", say("docs.type.any"))
    if kind == "array":
        return say("docs.type.array", of=type_text(schema.get("items", {}), say))
    extra = schema.get("additionalProperties")
    if kind == "object" and isinstance(extra, Mapping) and extra:
        return say("docs.type.object", of=type_text(extra, say))
    return say("docs.type.or").join(kind) if isinstance(kind, list) else str(kind)


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
