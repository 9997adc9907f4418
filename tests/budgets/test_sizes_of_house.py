"""Budgets of the house: files and functions stay small, tests and tools among them (design §2)."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py"))]
BESIDE = sorted(path for room in ("tests", "infra", "benchmarks") for path in (ROOT / room).rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> dict[str, int]:
    """Lines of each function without its docstring; those of functions inside it are their own."""
    tree = ast.parse(path.read_text("utf-8"))
    return {f"{path.name}:{node.name}": own_lines(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def own_lines(function: ast.FunctionDef) -> int:
    doc = function.body[0] if ast.get_docstring(function) is not None else None
    inside = [node for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function]
    return (
        span(function) - (span(doc) if doc is not None else 0) - len({line for node in inside for line in rows(node)})
    )


def rows(node: ast.FunctionDef) -> range:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return range(first, (node.end_lineno or 0) + 1)


def span(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("path", [*FILES, *BESIDE], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert lines(path) <= 300


@pytest.mark.parametrize("path", [*FILES, *BESIDE], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_longer_than_forty_lines(path: Path) -> None:
    assert {name: size for name, size in functions(path).items() if size > 40} == {}


def test_the_median_file_has_at_most_eighty_lines() -> None:
    assert median(size for path in FILES if (size := lines(path))) <= 80


def test_the_median_function_has_at_most_eight_lines() -> None:
    assert median(size for path in FILES for size in functions(path).values()) <= 8
