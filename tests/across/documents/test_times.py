"""The table of times in docs/clauses.md says what the presets say."""

from __future__ import annotations

import re
from functools import reduce
from typing import Any

import pytest

from chalicelib.policy import presets, publishing
from tests.across.documents.references import ROOT

CLAUSES = (ROOT / "docs" / "clauses.md").read_text("utf-8")
PRESETS = dict(re.findall(r"^## (P\d) `([a-z-]+)`", CLAUSES, re.MULTILINE))
TIMES = CLAUSES.split("## Times")[1].split("\n## ")[0]
ROWS = [
    (clause, *place.split(": "))
    for clause, said in re.findall(r"^\| (P\d\.\d+) \|[^|]*\|([^|]*)\|", TIMES, re.MULTILINE)
    for place in re.findall(r"`([^`]+)`", said)
]


@pytest.mark.parametrize(("clause", "path", "value"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_the_preset_says_what_the_table_of_times_says(clause: str, path: str, value: str) -> None:
    document: Any = presets.document(PRESETS[clause.split(".")[0]])

    found = reduce(lambda part, key: part[int(key)] if isinstance(part, list) else part[key], path.split("."), document)

    assert str(found) == value


@pytest.mark.parametrize("preset", PRESETS.values())
def test_no_preset_counts_days_as_elapsed_time(preset: str) -> None:
    hints = publishing.prepare(presets.document(preset)).hints

    assert [hint.pointer for hint in hints if hint.kind == "elapsed-days"] == []
