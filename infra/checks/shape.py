"""`make shape`: sizes of files, functions, signatures and folders, and code that only tests use.

Exit code 1 when a figure is over its limit.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import inf
from pathlib import Path
from statistics import median
from typing import NamedTuple

from infra.checks import trees

ROOT = trees.ROOT
PROGRAM = ("app.py", "chalicelib")
EVERYTHING = (*PROGRAM, "infra", "tests", "benchmarks")
MEDIAN_FILE, LONGEST_FILE = 120, 300
"""Lines, with blank lines and docstrings. The median is that of the program; the maximum holds for every file."""
MEDIAN_FUNCTION, LONGEST_FUNCTION = 6, 40
"""Lines from `def` (or its first decorator) to the end, without the docstring. Nested functions count as well."""
MOST_PARAMETERS = 6
"""Without `self` and `cls`."""
INIT = "__init__.py"
MOST_MODULES = 30
"""Python files in one folder, `__init__.py` left out."""
FOLDERS = ("benchmarks", "chalicelib", "docs", "infra", "tests")
"""Those whose entries are counted. Tools expect their files in the root."""
MOST_ENTRIES, MOST_ENTRIES_OF_TESTS = 20, 40
"""Files and folders of all kinds in one folder, and in one folder of tests."""
WIDER = {"chalicelib/features": 40}
"""Folders with a limit of their own: one folder for each feature."""
NUMBERED = "docs/decisions"
"""A list by number, without a limit."""
KEPT_UNUSED = {
    "indicators": "The indicators of gaming by unit in one call, for the inspection reports to come.",
}
"""Definitions that nothing but tests uses yet, with the reason."""


class MeasuredShape(NamedTuple):
    """One figure per place: a file, a function or a folder."""

    place: str
    size: int


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def file_lines(*names: str) -> list[MeasuredShape]:
    """Empty files (`__init__.py`) are left out."""
    counted = [MeasuredShape(short(path), len(path.read_text("utf-8").splitlines())) for path in trees.files(*names)]
    return [one for one in counted if one.size]


def function_lines(*names: str) -> list[MeasuredShape]:
    return [
        MeasuredShape(f"{short(path)}:{one.name}", one.span)
        for path in trees.files(*names)
        for one in _file(path).functions
    ]


def parameters(*names: str) -> list[MeasuredShape]:
    return [
        MeasuredShape(f"{short(path)}:{one.name}", one.parameters)
        for path in trees.files(*names)
        for one in _file(path).functions
    ]


def folder_modules(*names: str) -> list[MeasuredShape]:
    counted = Counter(short(path.parent) for path in trees.files(*names) if path.name != INIT)
    return [MeasuredShape(*each) for each in counted.items()]


def folder_entries(*folders: Path) -> Iterator[MeasuredShape]:
    """Of these folders and of all below. What tools leave behind (`__pycache__`, hidden files) is left out."""
    for folder in folders:
        kept = [one for one in folder.iterdir() if one.name[0] != "." and one.name != "__pycache__"]
        yield MeasuredShape(short(folder), len(kept))
        yield from folder_entries(*(one for one in kept if one.is_dir()))


def over_entries() -> list[MeasuredShape]:
    """Folders over their limit."""
    return [one for one in counted_folders() if one.size > most_entries(one.place)]


def counted_folders() -> list[MeasuredShape]:
    return list(folder_entries(*(ROOT / name for name in FOLDERS)))


def most_entries(place: str) -> float:
    """The limit of a folder."""
    if place == NUMBERED:
        return inf
    return MOST_ENTRIES_OF_TESTS if place.partition("/")[0] == "tests" else WIDER.get(place, MOST_ENTRIES)


def used_by_tests_alone() -> list[str]:
    """Top-level definitions and methods of `chalicelib` whose names occur nowhere in the program and its tools.

    By name, so a definition that shares its name with one in use is not found.
    """
    used = _names_used("app.py", "chalicelib", "infra", "benchmarks") | _names_in_rows()
    return [place for place, name in _definitions() if name not in used and name not in KEPT_UNUSED]


def _definitions() -> Iterator[tuple[str, str]]:
    for path in trees.files("chalicelib"):
        yield from ((f"{short(path)}:{place}", name) for place, name in _file(path).definitions)


def _names_used(*names: str) -> set[str]:
    nodes = (node for path in trees.files(*names) for node in trees.nodes(path))
    return {name for node in nodes for name in _name_used_by(node)}


def _names_in_rows() -> set[str]:
    """Rows of `composition` name definitions by their places, such as `module:name`."""
    texts = (getattr(node, "value", None) for node in trees.nodes(trees.ROOT / "chalicelib" / "composition.py"))
    return {text.rpartition(":")[2] for text in texts if isinstance(text, str)}


class _Function(NamedTuple):
    """`span`: in lines."""

    name: str
    span: int
    parameters: int


class _File(NamedTuple):
    """What the figures need of a file. `definitions`: places in the file, such as `Class.method`, with their names."""

    functions: list[_Function]
    definitions: list[tuple[str, str]]


@cache
def _file(path: Path) -> _File:
    tree = trees.tree(path)
    found = [one for one in trees.statements(tree) if isinstance(one, ast.FunctionDef)]
    return _File([_Function(one.name, _span(one), _parameters(one)) for one in found], list(_defined_in(tree)))


def _defined_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.name
        if isinstance(node, ast.ClassDef):
            methods = [one.name for one in node.body if isinstance(one, ast.FunctionDef)]
            yield from ((f"{node.name}.{one}", one) for one in methods if not one.startswith("__"))


def _name_used_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.alias) and node.asname:
        yield node.name
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _span(node: ast.FunctionDef) -> int:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    docstring = ast.get_docstring(node, clean=False) is not None and node.body[0]
    documented = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (node.end_lineno or node.lineno) - first + 1 - documented


def _parameters(node: ast.FunctionDef) -> int:
    named = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([name for name in named if name not in ("self", "cls")])


def over(measured: list[MeasuredShape], limit: int) -> list[MeasuredShape]:
    return sorted((one for one in measured if one.size > limit), key=lambda one: -one.size)


def main() -> int:
    """Prints each figure beside its limit, and the places over it."""
    rows = [
        ("median lines of a file", median(one.size for one in file_lines(*PROGRAM)), MEDIAN_FILE, []),
        _row("lines of the longest file", file_lines(*EVERYTHING), LONGEST_FILE),
        ("median lines of a function", median(one.size for one in function_lines(*PROGRAM)), MEDIAN_FUNCTION, []),
        _row("lines of the longest function", function_lines(*EVERYTHING), LONGEST_FUNCTION),
        _row("most parameters of a function", parameters(*PROGRAM, "infra"), MOST_PARAMETERS),
        _row("most modules in a folder", folder_modules(*EVERYTHING), MOST_MODULES),
        _entries("most entries in a folder", MOST_ENTRIES),
        _entries("most in one of tests or features", MOST_ENTRIES_OF_TESTS),
    ]
    unused = used_by_tests_alone()
    rows.append(("definitions that only tests use", len(unused), 0, [MeasuredShape(place, 1) for place in unused]))
    for name, figure, limit, places in rows:
        print(f"{name:34}{figure:>6g}  limit {limit}")
        for place in places:
            print(f"    {place.size:>4}  {place.place}")
    return int(any(figure > limit for _, figure, limit, _ in rows))


def _row(name: str, measured: list[MeasuredShape], limit: int) -> tuple[str, float, int, list[MeasuredShape]]:
    return name, max(one.size for one in measured), limit, over(measured, limit)


def _entries(name: str, limit: int) -> tuple[str, float, int, list[MeasuredShape]]:
    return _row(name, [one for one in counted_folders() if most_entries(one.place) == limit], limit)


if __name__ == "__main__":
    sys.exit(main())
