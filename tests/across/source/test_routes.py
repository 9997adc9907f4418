"""Routes decide nothing: each takes values from the request, calls its use case, and gives the result its form."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from chalicelib import composition
from infra.checks import trees

ROUTES = [
    trees.ROOT / "chalicelib" / feature.path / f"{place.replace('.', '/')}.py"
    for feature, place in composition.places("routes")
]
REFUSING = ("chalicelib.kit.problem", "chalicelib.casework.authorization", "chalicelib.tenants.people")
READING = {"load_member", "read_asker", "load_asker", "load_visible_complaint", "check_visible", "load_reader"}


def decisions(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """What refuses a request, asks who the caller is, or reads the store."""
    for node in nodes:
        if isinstance(node, ast.Raise):
            yield f"line {node.lineno} raises a problem"
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith(REFUSING):
            yield f"line {node.lineno} imports from {node.module}"
        elif isinstance(node, ast.Call) and _reads(ast.unparse(node.func)):
            yield f"line {node.lineno} calls {ast.unparse(node.func)}"


def _reads(called: str) -> bool:
    return ".store." in called or called.rpartition(".")[2] in READING


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_routes_decide_nothing(path: Path) -> None:
    assert list(decisions(trees.nodes(path))) == []


def test_a_decision_is_found() -> None:
    source = """
from chalicelib.kit.problem import Problem
def get(call):
    _, person = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
    if not person.owner or call.wiring.store.get([key]):
        raise Problem("forbidden", "Only owners may do this.")
"""
    assert len(list(decisions(trees.nodes_in(source)))) == 4
