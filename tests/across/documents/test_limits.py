"""docs/limits.md has every limit of the code, the plans and the template, with its value."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from chalicelib.limits.plans import PLANS
from chalicelib.web.problems import PROBLEM_TYPES
from infra.checks import trees
from infra.local.resources.template import load
from tests.helpers.nonempty import nonempty

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs/limits.md").read_text("utf-8")
DEFINED = re.compile(r"`(chalicelib/[\w/]+)\.py` `(\w+)`")
LIMIT = re.compile(r"_?(MAX|MOST|LONGEST|LARGEST|SHORTEST)(_\w+)?")
VALUE = re.compile(r"(?:1/)?([\d,]+)(?: (\w+?)s?)?")
INCLUDED = {"included": True, "not included": False}
BYTES = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


def cells() -> Iterator[list[str]]:
    for line in TEXT.splitlines():
        if line.startswith("| ") and not line.startswith(("| Limit |", "| Defined in |", "| Quota |")):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def defined() -> dict[tuple[str, str], str]:
    """Module and name of each constant on the page, with its value there."""
    found: dict[tuple[str, str], str] = {}
    for row in cells():
        for cell in (row[0], row[-1]):
            if match := DEFINED.fullmatch(cell.strip()):
                found[match[1].replace("/", "."), match[2]] = row[1]
    assert len(found) > 100
    return found


def values(text: str) -> set[float]:
    """What a constant with this value may be: a number, bytes, seconds, milliseconds, or whether a plan includes it."""
    if text in INCLUDED:
        return {INCLUDED[text]}
    match = VALUE.fullmatch(text)
    assert match, text
    number, unit = float(match[1].replace(",", "")), match[2] or ""
    if unit in BYTES:
        return {number * BYTES[unit]}
    seconds = SECONDS.get(unit)
    return {number} if seconds is None else {number * seconds, number * seconds * 1000}


def named(text: str) -> dict[str, str]:
    """The limits of a kind in the table of the deployment (`parameter`, `method` or `mapping`), with their values."""
    rows = [row for row in cells() if row[-1].startswith(f"{text} ")]
    return {row[-1].removeprefix(f"{text} ").strip("` "): row[1] for row in rows}


@pytest.mark.parametrize("module_and_name", sorted(defined()), ids=".".join)
def test_a_limit_has_the_value_that_the_code_has(module_and_name: tuple[str, str]) -> None:
    module, name = module_and_name
    value: Any = getattr(importlib.import_module(module), name)
    number = len(value) if isinstance(value, dict) else value
    assert number in values(defined()[module_and_name])


def test_each_problem_has_the_status_that_the_service_gives() -> None:
    named = nonempty(re.findall(r"(\d{3}) `([a-z-]+)`", TEXT))
    assert {kind: int(status) for status, kind in named} == {kind: PROBLEM_TYPES[kind].status for _, kind in named}


def constants() -> Iterator[tuple[str, str]]:
    """The module-level limits of the code, by their names."""
    for file in trees.files("chalicelib"):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for node in trees.tree(file).body:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(each, ast.Name) and LIMIT.fullmatch(each.id):
                        yield module, each.id


def test_every_limit_of_the_code_is_listed() -> None:
    found = set(constants())
    assert len(found) > 90
    assert sorted(found - defined().keys()) == []


def test_the_plans_are_those_of_the_code() -> None:
    quotas = {row[0].strip("`"): row[1:] for row in cells() if row[0].strip("`") in asdict(PLANS["starter"])}
    assert quotas.keys() == asdict(PLANS["starter"]).keys()
    for quota, shown in quotas.items():
        assert [asdict(plan)[quota] in values(text) for plan, text in zip(PLANS.values(), shown, strict=True)] == [
            True
        ] * 3


def test_limits_of_the_deployment_are_the_templates_defaults() -> None:
    parameters = load()["Parameters"]
    shown = named("parameter")
    assert {name: parameters[name]["Default"] for name in shown} == {
        name: _number(text) for name, text in shown.items()
    }
    numeric = {name for name, each in parameters.items() if each["Type"] == "Number"}
    assert numeric - shown.keys() == {"PlanRequestsFactor", "AddressComplaintsFactor"}, "factors, 1 by default"


def test_rates_of_single_methods_are_the_templates() -> None:
    settings = load()["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    rates = {
        f"{each['HttpMethod']} {each['ResourcePath'].removeprefix('/').replace('~1', '/')}": each["ThrottlingRateLimit"]
        for each in settings
        if each["HttpMethod"] != "*"
    }
    assert {name: _number(text) for name, text in named("method").items()} == rates


def test_bounds_of_workers_are_the_templates() -> None:
    functions = {
        name: each["Properties"] for name, each in load()["Resources"].items() if "Serverless::F" in each["Type"]
    }
    bounds = {
        name: event["Properties"]["ScalingConfig"]["MaximumConcurrency"]
        for name, each in functions.items()
        for event in each.get("Events", {}).values()
        if "ScalingConfig" in event["Properties"]
    }
    assert {name: _number(text) for name, text in named("mapping").items()} == bounds


def _number(text: str) -> int:
    return int(text.replace(",", ""))
