"""Retries are written once: after a conflict, and after a throttled table."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFLICT_LOOP = "chalicelib/store/conflicts.py"


def conflict_loops(source: str) -> list[int]:
    """The lines of the loops that catch `CommitConflict`."""
    loops = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For | ast.While)]
    return [loop.lineno for loop in loops if any(map(_catches_conflict, ast.walk(loop)))]


def _catches_conflict(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) and node.type is not None and "CommitConflict" in ast.unparse(node.type)


def test_only_one_function_repeats_attempts_after_a_conflict() -> None:
    sources = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "chalicelib").rglob("*.py")}
    found = {name: conflict_loops(path.read_text("utf-8")) for name, path in sources.items()}

    assert {name: len(lines) for name, lines in found.items() if lines} == {CONFLICT_LOOP: 1}


@pytest.mark.parametrize("loop", ["while True:", "for _ in range(3):"])
@pytest.mark.parametrize("error", ["CommitConflict", "(CommitConflict, ClaimLost)", "port.CommitConflict as lost"])
def test_the_search_finds_a_loop(loop: str, error: str) -> None:
    assert conflict_loops(f"{loop}\n try:\n  commit()\n except {error}:\n  continue\n") == [1]


def test_the_search_finds_no_conflict_outside_a_loop() -> None:
    assert conflict_loops("try:\n commit()\nexcept CommitConflict:\n for one in []:\n  pass\n") == []
