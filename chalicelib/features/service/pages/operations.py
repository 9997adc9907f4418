"""The operations of the OpenAPI document, as pages show them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.features.service.pages import schemas
from chalicelib.features.service.pages.schemas import Member, Say

Document = Mapping[str, Any]


class Listed(msgspec.Struct, frozen=True):
    id: str
    method: str
    path: str
    summary: str


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """`refers`: as in `Member`. `example`: as JSON; empty if there is none."""

    media_type: str
    type: str
    refers: list[str]
    example: str


class Answer(msgspec.Struct, frozen=True):
    """`kinds`: of problems, in place of a text."""

    status: str
    text: str
    kinds: list[str]
    body: Body | None


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    listed: Listed
    text: str
    parameters: list[Member]
    body: Body | None
    answers: list[Answer]


class Tag(msgspec.Struct, frozen=True):
    """`id`: the place of the tag on the page."""

    id: str
    name: str
    text: str
    operations: list[Listed]


def by_tag(document: Document) -> list[Tag]:
    """The tags with their operations, in the document's order."""
    found: dict[str, list[Listed]] = {tag["name"]: [] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            found[one["tags"][0]].append(_listed(path, method, one))
    return [_tag(tag, found[tag["name"]]) for tag in document["tags"]]


def _tag(tag: Mapping[str, Any], operations: list[Listed]) -> Tag:
    place = re.sub("[^a-z]+", "-", tag["name"].lower())
    return Tag(place, tag.get("x-displayName", tag["name"]), tag["description"], operations)


def operation(document: Document, name: str, say: Say) -> Operation | None:
    """`name`: an `operationId`."""
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            if one["operationId"] == name:
                return _operation(_listed(path, method, one), one, say)
    return None


def _listed(path: str, method: str, one: Mapping[str, Any]) -> Listed:
    return Listed(one["operationId"], method.upper(), path, one["summary"])


def _operation(listed: Listed, one: Mapping[str, Any], say: Say) -> Operation:
    return Operation(
        listed=listed,
        text=one.get("description", ""),
        parameters=[_parameter(each, say) for each in one.get("parameters", ())],
        body=_body(one["requestBody"].get("content", {}), say) if "requestBody" in one else None,
        answers=[_answer(status, each, say) for status, each in one["responses"].items()],
    )


def _parameter(each: Mapping[str, Any], say: Say) -> Member:
    known = schemas.member(each["name"], each.get("schema", {}), say)
    told = {"text": each["description"]} if each.get("description") else {}
    return msgspec.structs.replace(known, where=each["in"], required=each.get("required", False), **told)


def _answer(status: str, each: Mapping[str, Any], say: Say) -> Answer:
    """Problems have the same body, which the page of the schema `Problem` describes."""
    if status >= "400":
        return Answer(status, "", re.findall("`([a-z-]+)`", each["description"]), None)
    return Answer(status, each["description"], [], _body(each.get("content", {}), say))


def _body(content: Mapping[str, Any], say: Say) -> Body | None:
    for media_type, one in content.items():
        schema = one.get("schema", {})
        example = one.get("example")
        shown = "" if example is None else example if isinstance(example, str) else _json(example)
        refers = sorted(set(schemas.references(schema)))
        return Body(media_type=media_type, type=schemas.type_text(schema, say), refers=refers, example=shown)
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
