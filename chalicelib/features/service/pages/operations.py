"""The operations of the OpenAPI document, as pages show them, with their JSON Schemas (2020-12) in words."""

from __future__ import annotations

import json
import re
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


class SchemaMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member of an object, or a parameter. `refers`: the names of the schemas of which its values are."""

    name: str
    where: str
    required: bool
    type: str
    refers: list[str]
    text: str


def members(schema: Schema, say: Say) -> list[SchemaMember]:
    """Empty for a schema that is no object."""
    required = schema.get("required", ())
    found = schema.get("properties", {})
    return [msgspec.structs.replace(member(name, one, say), required=name in required) for name, one in found.items()]


def member(name: str, schema: Schema, say: Say) -> SchemaMember:
    """A member that may be left out."""
    return SchemaMember(
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


Document = Mapping[str, Any]


class ListedOperation(msgspec.Struct, frozen=True):
    id: str
    method: str
    path: str
    summary: str


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """`refers`: as in `SchemaMember`. `example`: as JSON; empty if there is none."""

    media_type: str
    type: str
    refers: list[str]
    example: str


class OperationAnswer(msgspec.Struct, frozen=True):
    """`kinds`: of problems, in place of a text."""

    status: str
    text: str
    kinds: list[str]
    body: Body | None


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    listed: ListedOperation
    text: str
    parameters: list[SchemaMember]
    body: Body | None
    answers: list[OperationAnswer]


class Tag(msgspec.Struct, frozen=True):
    """`id`: the place of the tag on the page."""

    id: str
    name: str
    text: str
    operations: list[ListedOperation]


def by_tag(document: Document) -> list[Tag]:
    """The tags with their operations, in the document's order."""
    found: dict[str, list[ListedOperation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            found[one["tags"][0]].append(_listed(path, method, one))
    return [_tag(tag, found[tag["name"]]) for tag in document["tags"]]


def _tag(tag: Mapping[str, Any], operations: list[ListedOperation]) -> Tag:
    place = re.sub("[^a-z]+", "-", tag["name"].lower())
    return Tag(place, tag.get("x-displayName", tag["name"]), tag["description"], operations)


def operation(document: Document, name: str, say: Say) -> Operation | None:
    """`name`: an `operationId`."""
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            if one["operationId"] == name:
                return _operation(_listed(path, method, one), one, say)
    return None


def _listed(path: str, method: str, one: Mapping[str, Any]) -> ListedOperation:
    return ListedOperation(one["operationId"], method.upper(), path, one["summary"])


def _operation(listed: ListedOperation, one: Mapping[str, Any], say: Say) -> Operation:
    return Operation(
        listed=listed,
        text=one.get("description", ""),
        parameters=[_parameter(each, say) for each in one.get("parameters", ())],
        body=_body(one["requestBody"].get("content", {}), say) if "requestBody" in one else None,
        answers=[_answer(status, each, say) for status, each in one["responses"].items()],
    )


def _parameter(each: Mapping[str, Any], say: Say) -> SchemaMember:
    known = member(each["name"], each.get("schema", {}), say)
    told = {"text": each["description"]} if each.get("description") else {}
    return msgspec.structs.replace(known, where=each["in"], required=each.get("required", False), **told)


def _answer(status: str, each: Mapping[str, Any], say: Say) -> OperationAnswer:
    """Problems have the same body, which the page of the schema `Problem` describes."""
    if status >= "400":
        return OperationAnswer(status, "", re.findall("`([a-z-]+)`", each["description"]), None)
    return OperationAnswer(status, each["description"], [], _body(each.get("content", {}), say))


def _body(content: Mapping[str, Any], say: Say) -> Body | None:
    for media_type, one in content.items():
        schema = one.get("schema", {})
        example = one.get("example")
        shown = "" if example is None else example if isinstance(example, str) else _json(example)
        refers = sorted(set(references(schema)))
        return Body(media_type=media_type, type=type_text(schema, say), refers=refers, example=shown)
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
