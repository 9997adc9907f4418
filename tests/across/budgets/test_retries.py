"""The retry after a conflict is written once. A second loop could repeat an attempt without a limit or a wait."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.helpers.left_out import is_kept

ROOT = Path(__file__).resolve().parents[3]
CONFLICT_LOOP = "chalicelib/store/conflicts.py"


SUPPRESSED = {
    "chalicelib/features/people/hand_over.py": "each turn hands over another; the job's next pass tries again",
    "chalicelib/features/messages/inbox/unstaffed_roles.py": "each turn is for another role; another run was faster",
    "chalicelib/features/messages/mail/daily.py": "each turn is for another reader; another run was faster",
    "chalicelib/features/supervision/neglect.py": "each turn looks at another report; a handler was faster",
}
"""Loops that leave a conflict out and go on with the next object. None of them repeats an attempt."""


def conflict_loops(source: str) -> list[int]:
    """The lines of the loops that catch or suppress `CommitConflict`."""
    if "CommitConflict" not in source:
        return []
    loops = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.For | ast.While)]
    return [loop.lineno for loop in loops if any(map(_catches_conflict, ast.walk(loop)))]


def _catches_conflict(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return node.type is not None and "CommitConflict" in ast.unparse(node.type)
    return isinstance(node, ast.withitem) and "CommitConflict" in ast.unparse(node.context_expr)


def test_only_one_function_repeats_attempts_after_a_conflict() -> None:
    sources = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "chalicelib").rglob("*.py")}
    found = {name: conflict_loops(path.read_text("utf-8")) for name, path in sources.items()}

    assert {name: len(lines) for name, lines in found.items() if lines} == dict.fromkeys(
        [CONFLICT_LOOP, *filter(is_kept, SUPPRESSED)], 1
    )


@pytest.mark.parametrize("loop", ["while True:", "for _ in range(3):"])
@pytest.mark.parametrize("error", ["CommitConflict", "(CommitConflict, ClaimLost)", "port.CommitConflict as lost"])
def test_the_search_finds_a_loop(loop: str, error: str) -> None:
    assert conflict_loops(f"{loop}\n try:\n  commit()\n except {error}:\n  continue\n") == [1]


@pytest.mark.parametrize("manager", ["suppress(CommitConflict)", "binding.directory(), suppress(Gone, CommitConflict)"])
def test_the_search_finds_a_suppressed_conflict(manager: str) -> None:
    assert conflict_loops(f"while True:\n with {manager}:\n  commit()\n  break\n") == [1]


def test_the_search_finds_no_conflict_outside_a_loop() -> None:
    assert conflict_loops("try:\n commit()\nexcept CommitConflict:\n for one in []:\n  pass\n") == []
