"""A query is read page by page in one module only. A second loop could forget the last page, or read it twice."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from infra.checks import trees

PROGRAM = trees.ROOT / "chalicelib"
PAGED = {"query", "listed", "due"}
"""The methods of the store that return a page."""
NO_PAGING = {
    "store/erasing.py": "`clear` drains a partition: it deletes each page, so the next query has no position",
}
"""Loops that query, and need no position: path and reason."""
PURE = {"policy", "complaints"}
"""These packages read no pages. Their `after` is a word of the policy language."""


def paging_loops(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """The lines of loops that can read the page after a page: they query, or a `while` asks a page for a position."""
    for loop in nodes:
        if isinstance(loop, ast.While | ast.For):
            signs = [_queries, _asks_for_position] if isinstance(loop, ast.While) else [_queries]
            if any(sign(node) for node in ast.walk(loop) for sign in signs):
                yield loop.lineno


def _queries(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PAGED


def _asks_for_position(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "after"


def test_only_the_paging_module_has_a_paging_loop() -> None:
    paths = [path for path in trees.files("chalicelib") if path.relative_to(PROGRAM).parts[0] not in PURE]
    loops = {str(path.relative_to(PROGRAM)): len(list(paging_loops(trees.nodes(path)))) for path in paths}
    found = {path: count for path, count in loops.items() if count}
    assert found == dict.fromkeys(["store/reads.py", *NO_PAGING], 1)


@pytest.mark.parametrize(
    "text",
    [
        "while True:\n    page = wiring.store.query(pk, after=after)\n    after = page.after\n",
        "for _ in range(5):\n    page = store.listed(pk, limit=9, after=after)\n",
        "while left:\n    left = {shard: store.due(shard, until, after=one) for shard, one in left.items()}\n",
        "while after is not None:\n    page = read(after)\n    after = page.after\n",
        "while True:\n    page = store.query(pk, **position)\n    position = {'after': page.after}\n",
        "for _ in range(5):\n    entries += store.query(pk, first=entries[-1].key.sk).entries\n",
    ],
    ids=["while", "for", "shards", "through-a-function", "keywords", "by-sort-key"],
)
def test_a_paging_loop_is_found(text: str) -> None:
    assert list(paging_loops(trees.nodes_in(text))) == [1]


def test_one_page_and_a_loop_over_pages_are_no_paging_loops() -> None:
    text = "page = store.query(pk, after=after)\nfor page in reads.pages(fetch):\n    place = page.after\n"
    assert list(paging_loops(trees.nodes_in(text))) == []
