"""docs/data-model.md describes each kind of item and each event type that the code and the fixtures have."""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

from chalicelib.complaints.envelope import Event
from chalicelib.policy.language.vocabulary import EVENTS
from tests.documents.references import ROOT, tracked

PAGE = (ROOT / "docs" / "data-model.md").read_text("utf-8")
EVENT_ROWS = dict(re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.*)$", PAGE.partition("## Events")[2], re.MULTILINE))
FIXTURES = ROOT / "tests" / "compatibility" / "data"
_KIND_ROWS = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \| `", PAGE, re.MULTILINE)
KINDS = {name for row in _KIND_ROWS for name in row.strip("`").split("`, `")}


def items() -> Iterator[dict[str, Any]]:
    for file in ("items", "later"):
        with gzip.open(FIXTURES / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def kinds_in_the_code() -> set[str]:
    """Constants of the program whose names end in `KIND` and that entries use."""
    found = set()
    for file in tracked("chalicelib/*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                if any(name.endswith("KIND") and not name.startswith("JOB") for name in names):
                    found.add(str(node.value.value))
    return found


def test_each_kind_of_item_that_was_ever_written_is_described() -> None:
    assert sorted({item["kind"]["S"] for item in items()} - KINDS) == []


def test_each_kind_of_item_in_the_code_is_described() -> None:
    assert sorted(kinds_in_the_code() - KINDS) == []


def test_each_event_type_is_described() -> None:
    assert sorted(EVENTS - _types()) == []


def test_each_event_type_that_was_ever_written_is_described() -> None:
    assert sorted({event["type"] for event in _events()} - _types()) == []


def test_each_member_of_an_event_is_described() -> None:
    rows = PAGE.partition("## Events")[2].partition("### ")[0]
    assert sorted(name for name in Event.__struct_fields__ if f"`{name}`" not in rows) == []


def _types() -> set[str]:
    named = {name for names in EVENT_ROWS for name in names.strip("`").split("`, `")}
    return named | {"scored"}


def _events() -> Iterator[dict[str, Any]]:
    return (json.loads(item["body"]["S"]) for item in items() if item["kind"]["S"] == "event")
