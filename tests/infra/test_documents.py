"""The files, tests, routes, alarms and targets that documents name exist. Each defence names its test."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from chalicelib.kit.observability import NAMESPACE, SERVICE, STACK, Figure
from infra.local.resources.template import load
from tests.helpers import left_out
from tests.helpers.nonempty import nonempty

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/operations.md")),
    *(ROOT / "docs" / name for name in ("policy.md", "policy-reference.md", "policy-tutorial.md")),
]
FILE = re.compile(r"`((?:tests|chalicelib|infra|docs|benchmarks)/[\w./-]+)`")
TARGET = re.compile(r"(?<!\w)make ([a-z][a-z-]+)\b")
LINK = re.compile(r"\]\(([^)#:]+)\)")
ROUTE = re.compile(r"`(?:GET|POST|PUT|DELETE|PATCH) (/v1/[^\s`…]+)`")
NO_TARGETS = frozenset({"it"})
"""Words after `make` in ordinary sentences, which are no targets."""


def text(document: Path) -> str:
    return document.read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = set(FILE.findall(text(document)))
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    linked = set(LINK.findall(text(document)))
    assert sorted(name for name in linked if not (document.parent / name).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_target_that_is_named_is_one(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    assert sorted(set(TARGET.findall(text(document))) - targets - NO_TARGETS) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_route_that_is_named_is_one(document: Path) -> None:
    routes = json.loads(text(ROOT / "docs/openapi.json"))["paths"]
    named = {route.partition("?")[0] for route in ROUTE.findall(text(document))}
    assert sorted(named - set(routes) - left_out.PATHS) == []


def test_no_file_holds_both_sides_of_a_merge() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = [ROOT / name for name in tracked.split("\0") if name and (ROOT / name).is_file()]
    sides = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert len(files) > 500
    assert [file for file in files if sides.search(file.read_bytes())] == []


def test_each_defence_names_the_test_that_shows_it() -> None:
    part = text(ROOT / "SECURITY.md").partition("## Threats and defences")[2].partition("\n## ")[0]
    claims = re.findall(r"^- (.*?)(?=\n- |\n\n)", part, re.MULTILINE | re.DOTALL)
    assert len(claims) > 20
    # What an administrator of the account can do is a warning, and no defence.
    claims = [claim for claim in claims if not claim.startswith("An administrator of the AWS account")]
    assert [claim for claim in claims if "`tests/" not in claim and "`infra/" not in claim] == []


OPERATIONS = ROOT / "docs/operations.md"


def alarms() -> dict[str, Any]:
    resources = load()["Resources"].items()
    return {name: each["Properties"] for name, each in resources if each["Type"] == "AWS::CloudWatch::Alarm"}


def rows(heading: str) -> Iterator[list[str]]:
    """Cells of the first table under a heading of the operators' guide."""
    part = text(OPERATIONS).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| `")]
    return ([cell.strip() for cell in line.strip("|").split(" |")] for line in lines)


def test_operations_say_what_every_parameter_means() -> None:
    parameters = load()["Parameters"]
    assert len(parameters) >= 10
    assert [name for name in parameters if f"`{name}`" not in text(OPERATIONS)] == []


def test_operations_say_what_to_do_at_every_alarm_that_there_is_and_at_no_other() -> None:
    said = {name.strip("`"): (means, does) for name, means, does in rows("Alarms")}
    assert said.keys() == alarms().keys()
    assert all(means and does for means, does in nonempty(said.values()))
    assert set(re.findall(r"`(\w+Alarm)`", text(OPERATIONS))) <= said.keys()


@pytest.mark.parametrize("table", ["Alarms", "Figures"])
def test_operations_say_one_thing_of_each(table: str) -> None:
    named = [name for name, *_ in rows(table)]
    assert sorted(name for name in set(named) if named.count(name) > 1) == []


def test_every_figure_says_what_it_counts_and_which_alarm_hears_of_it() -> None:
    said = {figure.strip("`"): alarm.strip("` |") for figure, _, alarm in rows("Figures")}
    hears = {each["MetricName"]: name for name, each in alarms().items() if each.get("Namespace") == NAMESPACE}
    assert said == {figure: hears.get(figure, "") for figure in get_args(Figure)}


def test_an_alarm_hears_only_of_figures_that_are_measured_as_it_names_them() -> None:
    of_calculations = [
        one.get("MetricStat", {}).get("Metric", {}) for each in alarms().values() for one in each.get("Metrics", [])
    ]
    ours = [each for each in (*alarms().values(), *of_calculations) if each.get("Namespace") == NAMESPACE]
    measured = [{"Name": "service", "Value": SERVICE}, {"Name": "stack", "Value": {"Ref": "AWS::StackName"}}]
    assert {each["MetricName"] for each in ours} <= set(get_args(Figure))
    assert [each for each in ours if each["Dimensions"] != measured] == []
    assert load()["Globals"]["Function"]["Environment"]["Variables"][STACK] == {"Ref": "AWS::StackName"}


def test_every_alarm_is_heard_where_the_topic_is() -> None:
    heard = [{"Fn::If": ["AlarmsAreHeard", {"Ref": "AlarmTopic"}, {"Ref": "AWS::NoValue"}]}]
    assert {name for name, each in alarms().items() if each["AlarmActions"] != heard} == set()
