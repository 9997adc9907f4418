"""What the documents name exists: files, tests, routes, alarms and targets; and each defence names what shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/operations.md", "docs/policy.md")
]
FILE = re.compile(r"`((?:tests|chalicelib|infra|docs|benchmarks)/[\w./-]+)`")
TARGET = re.compile(r"(?<!\w)make ([a-z][a-z-]+)\b")
LINK = re.compile(r"\]\(([^)#:]+)\)")
ROUTE = re.compile(r"`(?:GET|POST|PUT|DELETE|PATCH) (/v1/[^\s`…]+)`")
NO_TARGETS = frozenset({"it"})
"""Words that follow `make` in a sentence."""


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
    assert sorted(named - set(routes)) == []


def test_each_defence_names_the_test_that_shows_it() -> None:
    part = text(ROOT / "SECURITY.md").partition("## Who might want it")[2].partition("\n## ")[0]
    claims = re.findall(r"^- (.*?)(?=\n- |\n\n)", part, re.MULTILINE | re.DOTALL)
    assert len(claims) > 20
    # What an administrator of the account can do is a warning, and no defence.
    claims = [claim for claim in claims if not claim.startswith("Whoever administers")]
    assert [claim for claim in claims if "`tests/" not in claim and "`infra/" not in claim] == []


def test_operations_say_what_to_do_at_every_alarm_and_with_every_parameter() -> None:
    template = text(ROOT / "infra/template.yaml")
    alarms = re.findall(r"^  (\w+):\n    Type: AWS::CloudWatch::Alarm$", template, re.MULTILINE)
    parameters = re.findall(r"^  (\w+):\n    Type: \w+$", template.partition("\nConditions:")[0], re.MULTILINE)
    assert len(alarms) >= 6
    assert len(parameters) >= 10
    guide = text(ROOT / "docs/operations.md")
    assert [name for name in alarms + parameters if f"`{name}`" not in guide] == []
