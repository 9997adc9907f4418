"""The operations of the OpenAPI document, as pages show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.pages.reference import schemas
from chalicelib.pages.reference.schemas import Member

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
    status: str
    text: str
    body: Body | None


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    listed: Listed
    text: str
    parameters: list[Member]
    body: Body | None
    answers: list[Answer]


def by_tag(document: Document) -> dict[str, list[Listed]]:
    """The operations of each tag, in the document's order."""
    found: dict[str, list[Listed]] = {tag["name"]: [] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            found[one["tags"][0]].append(_listed(path, method, one))
    return found


def operation(document: Document, name: str) -> Operation | None:
    """`name`: an `operationId`."""
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            if one["operationId"] == name:
                return _operation(_listed(path, method, one), one)
    return None


def _listed(path: str, method: str, one: Mapping[str, Any]) -> Listed:
    return Listed(one["operationId"], method.upper(), path, one["summary"])


def _operation(listed: Listed, one: Mapping[str, Any]) -> Operation:
    return Operation(
        listed=listed,
        text=one.get("description", ""),
        parameters=[_parameter(each) for each in one.get("parameters", ())],
        body=_body(one["requestBody"].get("content", {})) if "requestBody" in one else None,
        answers=[
            Answer(status, each["description"], _success(status, each)) for status, each in one["responses"].items()
        ],
    )


def _parameter(each: Mapping[str, Any]) -> Member:
    told = each.get("description", "")
    return schemas.member(
        each["name"], each.get("schema", {}), required=each.get("required", False), where=each["in"], text=told
    )


def _success(status: str, each: Mapping[str, Any]) -> Body | None:
    """Errors have the same body, which the first page describes."""
    return _body(each.get("content", {})) if status.startswith("2") else None


def _body(content: Mapping[str, Any]) -> Body | None:
    for media_type, one in content.items():
        schema = one.get("schema", {})
        example = one.get("example")
        shown = "" if example is None else example if isinstance(example, str) else _json(example)
        refers = sorted(set(schemas.references(schema)))
        return Body(media_type=media_type, type=schemas.type_text(schema), refers=refers, example=shown)
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
