"""What `docs/operations.md` says must be renewed by a date is what the repository has until that date."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from chalicelib.policy.worktime.calendars.holidays import editions, load_table
from infra.iam.verify import OLDEST_NODE
from infra.local.resources.template import load

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in row.split("|")[1:-1]] for row in PAGE.splitlines() if row.startswith("| `")]


def test_each_newest_holiday_table_is_renewed_by_the_end_of_its_last_official_year() -> None:
    listed = {
        edition: row[-1] for row in ROWS for edition in re.findall(r"`([A-Z]{2}(?:-[A-Z]{3})?-\d{4}\.\d+)`", row[0])
    }
    newest = [load_table(known[-1]) for known in editions().values()]
    assert listed == {table.edition: f"{table.official_through}-12-31" for table in newest}


@pytest.mark.slow
def test_the_functions_runtime_is_renewed_before_aws_ends_it() -> None:
    """The dates of AWS as cfn-lint has them."""
    runtime = load()["Globals"]["Function"]["Runtime"]
    [(_, by, _)] = [row for row in ROWS if row[0] == f"`{runtime}` of the functions"]
    ends = json.loads((files("cfnlint.data") / "AdditionalSpecs" / "LmbdRuntimeLifecycle.json").read_text())[runtime]
    assert re.findall(r"\d{4}-\d\d-\d\d", by) == [ends["deprecated"], ends["update-block"]]


def test_the_oldest_versions_for_development_are_in_the_list() -> None:
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    listed = {row[0].partition(",")[0] for row in ROWS if "the oldest for" in row[0]}
    assert listed == {f"`python{oldest.removeprefix('>=')}`", f"`node` {OLDEST_NODE}"}
