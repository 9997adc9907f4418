"""Rules for imports that import-linter cannot express: circles of modules, access to time, late imports, PynamoDB."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from infra.checks import trees

ROOT = trees.ROOT
FILES = trees.files("chalicelib")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in trees.files("app.py", "chalicelib", "infra")
}
Graph = Mapping[str, set[str]]
"""The modules that each module imports."""

CORE = {"instants", "canonical", "merkle", "problem", "decoding", "policy", "complaints"}
OUTSIDE_OF_CORE = {"chalice", "boto3", "botocore", "pynamodb", "aws_lambda_powertools", "time", "os", "socket"}


def package(path: Path) -> str:
    """The package or module directly below `chalicelib` that the file belongs to."""
    return path.relative_to(ROOT / "chalicelib").parts[0].removesuffix(".py")


def imports(path: Path, *, inside: bool = True) -> list[str]:
    """Full names of all imports of the file; without `inside`, only those at module level."""
    everywhere, at_start, _ = _read(path)
    return everywhere if inside else at_start


@cache
def _read(path: Path) -> tuple[list[str], list[str], bool]:
    """The imports of the file, those at module level, and whether it reads the time."""
    nodes = trees.nodes(path)
    return list(_names(nodes)), list(_names(trees.tree(path).body)), any(map(_reads_time, nodes))


def _names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", [path for path in FILES if package(path) in CORE], ids=lambda path: path.name)
def test_the_core_imports_neither_aws_nor_web_nor_time(path: Path) -> None:
    assert {name for name in imports(path) if name.split(".")[0] in OUTSIDE_OF_CORE} == set()


def reads_time(path: Path) -> bool:
    """True if the file calls a function of the standard library that returns the current time."""
    return _read(path)[2]


def _reads_time(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today", "time", "time_ns", "monotonic"}
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date", "time")
    )


def test_only_the_wiring_and_the_http_frame_read_the_time() -> None:
    allowed = {"kit/system_clock.py", "web/api.py", "kit/observability.py"}
    found = {str(path.relative_to(ROOT / "chalicelib")) for path in FILES if reads_time(path)}
    assert found <= allowed


def test_only_the_store_imports_pynamodb() -> None:
    assert {package(path) for path in FILES for name in imports(path) if name.startswith("pynamodb")} == {"store"}


def test_few_modules_import_yaml_late() -> None:
    """Those that read and write policies, and the catalogue of texts: only where it is not compiled."""
    readers = {path.name for path in FILES for name in imports(path) if name.split(".")[0] == "yaml"}
    assert readers == {"yaml_text.py", "yaml_writing.py", "places.py", "catalogue.py"}
    at_start = {name for path in FILES for name in imports(path, inside=False)}
    assert not {"chalicelib.policy.reading.yaml_writing", "chalicelib.policy.editing.edit_text"} & at_start
    late = {path.name for path in FILES for name in imports(path, inside=False) if name == "yaml"}
    assert late == {"yaml_text.py", "yaml_writing.py", "places.py"}


def test_the_program_imports_neither_tests_nor_infra() -> None:
    assert {name for path in FILES for name in imports(path) if name.split(".")[0] in ("tests", "infra")} == set()


def module_of(name: str, modules: Iterable[str]) -> str | None:
    """The module of an import's full name, which is a module or a definition in one; None for a library's."""
    return next((one for one in (name, name.rpartition(".")[0]) if one in modules), None)


def graph_of(names: Mapping[str, Iterable[str]]) -> Graph:
    """`names`: for each module, the full names of its imports."""
    found = {module: {module_of(name, names) for name in imported} for module, imported in names.items()}
    return {module: {one for one in imported if one is not None} for module, imported in found.items()}


def shortest_circle(graph: Graph) -> list[str]:
    """The modules of a shortest circle, of which each imports the next; empty if there is none."""
    circles = (circle for module in sorted(_on_circles(graph)) if (circle := _way_back(graph, module)))
    return min(circles, key=len, default=[])


def _on_circles(graph: Graph) -> set[str]:
    """Leaves out what imports no module left, again and again: the rest is on a circle, or imports one."""
    left = dict(graph)
    while ended := [module for module, imported in left.items() if imported.isdisjoint(left)]:
        for module in ended:
            del left[module]
    return set(left)


def _way_back(graph: Graph, start: str) -> list[str]:
    ways = [[start]]
    seen = {start}
    for way in ways:
        for module in sorted(graph[way[-1]]):
            if module == start:
                return [*way, start]
            if module not in seen:
                seen.add(module)
                ways.append([*way, module])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions, and those that only type checking sees, count as well."""
    assert " -> ".join(shortest_circle(graph_of({name: imports(path) for name, path in MODULES.items()}))) == ""


def test_an_import_names_the_whole_module() -> None:
    """The search for circles knows no relative imports."""
    assert [name for name, path in MODULES.items() for node in trees.nodes(path) if getattr(node, "level", 0)] == []


def test_a_circle_through_a_function_and_type_checking_is_found() -> None:
    sources = {
        "a": "from b import Thing",
        "b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import c",
        "c": "def late():\n    import json\n    from d import e\n    from a import late",
        "d": "import c",
        "d.e": "import d.f",
        "d.f": "import a, json",
        "unrelated": "import a",
    }
    graph = graph_of({name: list(_names(trees.nodes_in(source))) for name, source in sources.items()})

    assert shortest_circle(graph) == ["a", "b", "c", "a"]
    assert shortest_circle({**graph, "b": set()}) == []
