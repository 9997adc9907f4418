"""Arrows between the rooms run one way, read off the imports (design §2)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "chalicelib").rglob("*.py"))

BASE = {"instants", "canonical", "merkle", "problem", "decoding"}
ROOMS: dict[str, set[str]] = {
    "instants": set(),
    "canonical": set(),
    "merkle": set(),
    "problem": set(),
    "decoding": set(),
    "settings": set(),
    "observability": set(),
    "ports": {"instants"},
    "policy": BASE,
    "complaints": BASE | {"policy"},
    "store": BASE | {"tenants"},
    "tenants": BASE | {"ports", "observability", "policy", "complaints", "store", "wiring"},
    "casework": BASE | {"ports", "observability", "policy", "complaints", "jobs", "store", "tenants", "wiring"},
    "deadlines": BASE
    | {"ports", "casework", "jobs", "leaving", "messages", "record", "store", "tenants", "wiring", "observability"},
    "evidence": BASE | {"ports", "policy", "complaints", "casework", "store", "tenants", "wiring"},
    "messages": BASE
    | {"ports", "observability", "policy", "complaints", "casework", "jobs", "store", "tenants", "wiring"},
    "jobs": BASE | {"ports", "store", "tenants", "wiring", "observability"},
    "record": BASE
    | {"ports", "complaints", "casework", "evidence", "jobs", "oversight", "store", "tenants", "wiring"}
    | {"observability"},
    "leaving": BASE
    | {"complaints", "casework", "evidence", "jobs", "messages", "oversight", "ports", "record"}
    | {"store", "tenants", "wiring"},
    "oversight": BASE | {"policy", "complaints", "casework", "jobs", "store", "tenants", "wiring", "observability"},
    "wiring": {"evidence", "instants", "policy", "ports", "settings", "store", "tenants", "http", "adapters"},
    "adapters": {"instants", "ports", "settings", "store", "tenants", "messages", "evidence"}
    | {"leaving", "record", "http", "wiring"},
    "http": BASE
    | {"ports", "observability", "policy", "complaints", "casework", "messages", "evidence", "oversight"}
    | {"deadlines", "jobs", "leaving", "record", "tenants", "store", "wiring"},
    "entries": {"observability", "casework", "deadlines", "evidence", "messages"}
    | {"jobs", "leaving", "oversight", "record", "store", "wiring"},
}
"""What each room may import, and why where it is no plain arrow down:
`store` → `tenants`: `tenants.binding` says whose credentials sign a call, and a call without one fails closed.
`tenants` → `policy`, `complaints`: a policy is checked before it is published; the tenant's events share the envelope.
`wiring` ↔ `adapters`: by a function, so that what a process does not use it does not import.
`http` → `store`, `complaints`: keys of a cursor, and the shapes of what is asked.
"""
CORE = {"instants", "canonical", "merkle", "problem", "decoding", "policy", "complaints"}
OUTSIDE_OF_CORE = {"chalice", "boto3", "botocore", "pynamodb", "aws_lambda_powertools", "time", "os", "socket"}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "chalicelib").parts[0].removesuffix(".py")


def imports(path: Path, *, inside: bool = True) -> Iterator[str]:
    """Full names of what the file imports; without `inside` only those of its top level."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree) if inside else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("chalicelib.")} - {room(path)}


@pytest.mark.parametrize("name", sorted({room(path) for path in FILES} - {"__init__"}))
def test_a_room_imports_only_what_it_may(name: str) -> None:
    found = {(path.name, other) for path in FILES if room(path) == name for other in rooms_imported(path)}
    assert {(file, other) for file, other in found if other not in ROOMS[name]} == set()


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in CORE], ids=lambda path: path.name)
def test_the_core_knows_neither_aws_nor_web_nor_time(path: Path) -> None:
    assert {name for name in imports(path) if name.split(".")[0] in OUTSIDE_OF_CORE} == set()


def reads_time(path: Path) -> bool:
    clocks = {"now", "utcnow", "today", "time", "time_ns", "monotonic"}
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in clocks
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date", "time")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def test_only_the_wiring_and_the_http_frame_read_the_time() -> None:
    allowed = {"wiring.py", "http/api.py", "observability.py"}
    found = {str(path.relative_to(ROOT / "chalicelib")) for path in FILES if reads_time(path)}
    assert found <= allowed


def test_only_the_store_knows_pynamodb() -> None:
    assert {room(path) for path in FILES for name in imports(path) if name.startswith("pynamodb")} == {"store"}


def test_yaml_is_imported_by_one_module_that_is_imported_late() -> None:
    assert {path.name for path in FILES for name in imports(path) if name.split(".")[0] == "yaml"} == {"yaml_text.py"}
    at_start = {name for path in FILES for name in imports(path, inside=False)}
    assert "chalicelib.policy.yaml_text" not in at_start


def test_nothing_of_the_program_imports_tests_or_infra() -> None:
    assert {name for path in FILES for name in imports(path) if name.split(".")[0] in ("tests", "infra")} == set()
