"""A dimension of reports and a column of the staff queue are their rows: one more row is enough, everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from infra.checks.trees import ROOT
from tests.across.made_up.more_rows import ALIKE, PLAIN, QUARTER

FILTERS = {PLAIN, *ALIKE.values()} - {ALIKE["week"]}
QUERIES = ("get_report", "list_report_cases", "get_draft_report", "list_draft_report_cases")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """It takes three seconds of CPU time: the rows are there before the program is imported."""
    program = [sys.executable, "-m", "tests.across.made_up.more_rows"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def parameters(document: Any, operation: str) -> dict[str, str]:
    found = [one for path in document["paths"].values() for one in path.values() if one["operationId"] == operation]
    return {one["name"]: one["description"] for each in found for one in each["parameters"]}


def counts(rows: list[Any]) -> dict[str, int]:
    return {"".join(row["keys"].values()): row["values"]["received"]["count"] for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALIKE)
def test_a_dimension_under_another_name_has_the_same_figures(told: dict[str, Any], name: str) -> None:
    usual, added = told["reports"][name]["usual"], told["reports"][ALIKE[name]]["added"]
    rows, cases, _ = usual
    assert added == usual
    assert rows
    assert any(cases)


@pytest.mark.slow
def test_a_dimension_of_a_plain_row_groups_and_filters(told: dict[str, Any]) -> None:
    assert counts(told[PLAIN]) == {"l": 1, "p": 3}
    assert counts(told["filtered"]) == {"": 3}


def test_a_report_under_a_draft_has_it(told: dict[str, Any]) -> None:
    assert [row["keys"] for row in told["draft"]] == [{PLAIN: "l"}, {PLAIN: "p"}]


def test_a_period_has_the_complaints_of_its_days(told: dict[str, Any]) -> None:
    [row] = told[QUARTER]
    assert row["keys"] == {QUARTER: "2026-Q4"}
    assert "from=2026-11-01&to=2026-11-30" in row["values"]["received"]["cases"]


def test_a_measure_that_chooses_by_it_refuses_it(told: dict[str, Any]) -> None:
    [wrong] = told["wrong"]["errors"]
    assert wrong["pointer"] == "/query/by"
    assert wrong["detail"].startswith("of even0: is no dimension of received; known are: policy, channel")


@pytest.mark.parametrize("operation", QUERIES)
def test_the_document_has_a_parameter_for_each_filter_in_both_languages(told: dict[str, Any], operation: str) -> None:
    english, chinese = (parameters(one, operation) for one in told["documents"])
    assert {english[name] for name in FILTERS} == {f"Keeps what has one of these values of `{one}`." for one in FILTERS}
    assert {chinese[name] for name in FILTERS} == {f"只保留 `{one}` 为这些值之一的数据。" for one in FILTERS}
    assert QUARTER not in english


def test_the_document_names_each_period(told: dict[str, Any]) -> None:
    english, chinese = (parameters(one, "get_report")["by"] for one in told["documents"])
    assert english.startswith("A dimension of the rows: `day`, `week`, `month`, `wee0`, `quarter`, one of the filters")
    assert chinese.startswith("各行的维度：`day`、`week`、`month`、`wee0`、`quarter`、任一筛选项")


def test_the_page_of_the_statistics_lists_it(told: dict[str, Any]) -> None:
    received = next(line for line in told["page"].splitlines() if line.startswith("| `received`"))
    assert received.endswith("`role`, `channe0`, `severit0`, `stag0`, `initial` |")
    assert "`day`, `week`, `month`, `wee0`, `quarter`." in told["page"]
    assert "`initial` (initial, 首字母), `quarter` (quarter, 季度).\n" in told["page"]


def test_its_values_are_named_as_its_row_says(told: dict[str, Any]) -> None:
    assert told["label"] == {"zh": "书面", "en": "Letter"}


def test_a_column_is_stored_shown_and_filters(told: dict[str, Any]) -> None:
    [row] = told["queue"]["complaints"]
    stored = told["stored"]
    assert stored["number"] == row["number"] == told["number"]
    assert (row["stag0"], row["keeper"], row["seq"]) == (stored["stage"], row["number"], stored["seq"])


def test_a_column_that_is_not_shown_is_stored_only(told: dict[str, Any]) -> None:
    assert told["stored"]["secret"] == told["number"]
    assert "secret" not in told["queue"]["complaints"][0]


def test_a_respondent_gets_what_the_column_says_instead(told: dict[str, Any]) -> None:
    assert [row.get("keeper") for row in told["shown"]] == ["202611-000001", None]


def test_the_document_has_the_column_and_its_filter_in_both_languages(told: dict[str, Any]) -> None:
    english, chinese = told["documents"]
    row = english["components"]["schemas"]["QueuedComplaint"]
    assert {"stag0", "keeper", "seq"} <= row["properties"].keys()
    assert row["required"] == ["number"]
    assert [parameters(one, "list_complaints")["stag0"] for one in (english, chinese)] == ["Only it.", "只列出它。"]
