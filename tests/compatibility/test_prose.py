"""A JSON Schema may allow more than it did, and never less."""

from __future__ import annotations

from typing import Any

import pytest

from tests.compatibility.prose import as_then

OLD = {
    "$defs": {},
    "type": "object",
    "properties": {"kind": {"enum": ["text", "time"]}, "within": {"type": "string"}},
    "required": ["kind", "within"],
}


def answer(body: Any) -> dict[str, Any]:
    return {"request": {"path": "/v1/policy-schema"}, "status": 200, "body": body}


@pytest.mark.parametrize(
    "more",
    [
        {"properties": {**OLD["properties"], "most": {"type": "integer"}}},  # type: ignore[dict-item]
        {"properties": {**OLD["properties"], "kind": {"enum": ["text", "time", "date"]}}},  # type: ignore[dict-item]
        {"properties": {**OLD["properties"], "kind": {"enum": ["text", "time"], "type": "string"}}},  # type: ignore[dict-item]
        {"properties": {**OLD["properties"], "within": {"anyOf": [{"type": "string"}, {"type": "array"}]}}},  # type: ignore[dict-item]
        {"required": ["kind"]},
    ],
)
def test_a_schema_that_allows_more_counts_as_the_old_one(more: dict[str, Any]) -> None:
    assert as_then(answer(OLD), answer({**OLD, **more}))["body"] == OLD


@pytest.mark.parametrize(
    "less",
    [
        {"properties": {"kind": {"enum": ["text", "time"]}}},
        {"properties": {"kind": {"enum": ["text", "time"], "type": "array"}, "within": {"type": "string"}}},
        {"properties": {"kind": {"enum": ["text"]}, "within": {"type": "string"}}},
        {"properties": {"kind": {"enum": ["text", "time"]}, "within": {"type": "array"}}},
        {"required": ["kind", "within", "most"]},
        {"additionalProperties": False},
    ],
)
def test_a_schema_that_allows_less_differs(less: dict[str, Any]) -> None:
    assert as_then(answer(OLD), answer({**OLD, **less}))["body"] != OLD
