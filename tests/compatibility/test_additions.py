"""Declared additions are taken out of a comparison, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.compatibility import additions, dump, files
from tests.compatibility.additions import Addition, item_without_added, without_added
from tests.compatibility.prose import without_prose

QUEUE = "/v1/t/*/complaints?shelf=*"
COLUMN = Addition(QUEUE, "complaints/*/call_by", "a column")
KIND = Addition("/v1/policy-schema", "**/kind/enum", "a kind", value="phone")
STORED = Addition("complaint", "row/call_by", "a column")


def queue(*rows: dict[str, Any], path: str = "/v1/t/acme/complaints?shelf=open") -> dict[str, Any]:
    return {"request": {"path": path}, "status": 200, "body": {"complaints": list(rows), "cursor": None}}


def item(kind: str, **row: Any) -> str:
    return dump.text({"kind": {"S": kind}, "row": {"S": json.dumps(row, separators=(",", ":"))}})


def test_an_added_key_is_taken_out_of_every_row() -> None:
    answer = queue({"number": "1", "call_by": None}, {"number": "2", "call_by": "x"})

    assert without_added(answer, [COLUMN]) == queue({"number": "1"}, {"number": "2"})
    assert answer["body"]["complaints"][1]["call_by"] == "x"


@pytest.mark.parametrize(
    "answer",
    [
        queue({"number": "1", "call_at": None}),
        queue({"number": "1", "call_by": None}, path="/v1/t/acme/tasks"),
        {**queue(), "body": {"complaints": [], "cursor": None, "call_by": 1}},
        {**queue(), "body": None},
    ],
    ids=["another key", "another path", "another place", "no body"],
)
def test_anything_else_is_left(answer: dict[str, Any]) -> None:
    assert without_added(answer, [COLUMN]) == answer


def test_an_added_value_is_taken_out_of_every_enumeration_at_its_place() -> None:
    kind = {"enum": ["text", "phone"]}
    body = {"fields": {"properties": {"kind": kind}}, "facts": [{"kind": kind}], "way": {"enum": ["phone"]}}

    found = without_added({"request": {"path": "/v1/policy-schema"}, "status": 200, "body": body}, [KIND])

    plain = {"enum": ["text"]}
    assert found["body"] == {
        "fields": {"properties": {"kind": plain}},
        "facts": [{"kind": plain}],
        "way": {"enum": ["phone"]},
    }


def test_another_value_is_left() -> None:
    answer = {"request": {"path": "/v1/policy-schema"}, "status": 200, "body": {"kind": {"enum": ["text", "fax"]}}}

    assert without_added(answer, [KIND]) == answer


def test_an_added_key_of_a_stored_row_is_taken_out() -> None:
    assert item_without_added(item("complaint", number="1", call_by=None), [STORED]) == item("complaint", number="1")


def test_another_kind_of_item_is_left() -> None:
    line = item("unit", number="1", call_by=None)

    assert item_without_added(line, [STORED]) == line


def test_no_declared_addition_is_in_what_was_recorded() -> None:
    """It would hide a change of something old."""
    answers = [without_prose(json.loads(line)) for line in files.load("answers.jsonl.gz")]
    items = [line for name in ("items", "later") for line in files.load(f"{name}.jsonl.gz")]

    assert [answer["request"] for answer in answers if without_added(answer) != answer] == []
    assert [line for line in items if item_without_added(line) != line] == []


def test_each_declared_addition_has_its_reason_and_its_place() -> None:
    declared = additions.ANSWERS + additions.ITEMS

    assert [one for one in declared if not (one.why and one.at and one.of)] == []
    assert [one for one in additions.ITEMS if one.at.partition("/")[0] not in additions.JSON_ATTRIBUTES] == []
