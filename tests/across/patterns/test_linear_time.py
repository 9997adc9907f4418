"""Each regular expression takes time in proportion to the length of a text, also of one that was made to be slow."""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.features.supervision.people import beside, naming
from chalicelib.kit import catalogue
from chalicelib.particulars import name_forms, pinyin, surnames
from chalicelib.web import chinese
from infra.checks.trees import ROOT, files, nodes
from tests.across.patterns import growth
from tests.across.patterns.attacks import Attack, attacks, text
from tests.across.patterns.found import Use, uses
from tests.across.patterns.growth import grows

PARTS = [
    "app.py",
    *sorted(f"chalicelib/{path.name}" for path in (ROOT / "chalicelib").iterdir() if path.name[0] != "_"),
]
MAKERS = {
    "chalicelib/web/chinese.py: row.pattern": [
        row.pattern for row in catalogue.section("patterns", list[chinese.Pattern])
    ],
    "chalicelib/particulars/search.py: name": [
        *pinyin.patterns("王小明"),
        *pinyin.patterns("马克"),
        *(pattern for name in ("王小明", "高明") for pattern in surnames.certain(name)),
        *(pattern for name in ("王小明", "高明") for pattern in surnames.doubtful(name)),
        str(name_forms.initials("Ana B C Dee")),
    ],
    "chalicelib/particulars/surnames.py: official(titles)": [surnames.official(["监督"])],
    "chalicelib/features/supervision/people/naming.py: named_behind(titles)": [naming.named_behind(["supervisor"])],
    "chalicelib/features/supervision/people/ties.py: own.known": [
        beside.pattern("王小明工老师", ["王小明", "王工", "李老师"], beside.title(["监督"]))
    ],
}
"""Patterns of the text catalogue, and those that are made of people's names and titles."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "pattern", "length"),
    [
        ("finditer", " - at `.*`$", 16_000),
        ("fullmatch", "(a|aa)*b", 16_000),
        ("match", "(.*),(.*),x", 4_000),
    ],
)
def test_a_pattern_is_found_that_takes_longer(
    how: str, pattern: str, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`length`: of texts, enough for a fast processor. For 16,000 characters the last one takes a second."""
    monkeypatch.setattr(growth, "LONG", length)

    assert slow_texts(Use("", how, re.compile(pattern))) != []


@pytest.mark.parametrize("part", PARTS)
def test_each_pattern_takes_linear_time(part: str) -> None:
    once = {(use.how, use.pattern): use for use in uses(part, MAKERS)}

    slow = {use.place: found for use in once.values() if (found := slow_texts(use))}

    assert slow == {}


def test_patterns_are_found_in_the_source() -> None:
    found = {use.place for part in PARTS for use in uses(part, MAKERS)}

    assert set(MAKERS) <= found
    assert "chalicelib/tenants/names.py: TENANT_PATTERN" in found
    assert "chalicelib/particulars/terms.py: NICKNAME" in found


def test_no_module_hides_a_pattern_from_this_search() -> None:
    """Each calls `re` by its name."""
    hidden = [
        path
        for path in files(*PARTS)
        for node in nodes(path)
        if (isinstance(node, ast.ImportFrom) and node.module in ("re", "regex"))
        or (isinstance(node, ast.Import) and any(name.name in ("re", "regex") and name.asname for name in node.names))
    ]

    assert hidden == []


def slow_texts(use: Use) -> list[Attack]:
    """The first attack that takes longer than linear time, if one does."""
    run = runner(use)
    for attack in attacks(use.pattern):
        if grows(run, lambda length, attack=attack: encoded(use, text(attack, length))):  # type: ignore[misc]
            return [attack]
    return []


def encoded(use: Use, written: str) -> Any:
    return written if isinstance(use.pattern.pattern, str) else written.encode("latin-1", "replace")


def runner(use: Use) -> Callable[[Any], object]:
    if use.how == "finditer":
        return lambda written: deque(use.pattern.finditer(written), maxlen=0)
    run: Callable[[Any], object] = getattr(use.pattern, use.how)
    return run
