"""Rules for imports that import-linter cannot express: access to time, late imports, and the use of PynamoDB."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from infra import trees

ROOT = trees.ROOT
FILES = trees.files("chalicelib")

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
    allowed = {"system_clock.py", "http/api.py", "observability.py"}
    found = {str(path.relative_to(ROOT / "chalicelib")) for path in FILES if reads_time(path)}
    assert found <= allowed


def test_only_the_store_imports_pynamodb() -> None:
    assert {package(path) for path in FILES for name in imports(path) if name.startswith("pynamodb")} == {"store"}


def test_one_module_imports_yaml_and_is_itself_imported_late() -> None:
    assert {path.name for path in FILES for name in imports(path) if name.split(".")[0] == "yaml"} == {"yaml_text.py"}
    at_start = {name for path in FILES for name in imports(path, inside=False)}
    assert "chalicelib.policy.reading.yaml_text" not in at_start


def test_the_program_imports_neither_tests_nor_infra() -> None:
    assert {name for path in FILES for name in imports(path) if name.split(".")[0] in ("tests", "infra")} == set()
