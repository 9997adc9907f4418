"""A client generator accepts the OpenAPI document without warnings, and the generated client works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clauses.local_stack import LocalStack

CALLS = Path(__file__).with_name("calls.py")
DOCUMENT = Path(__file__).parents[5] / "docs" / "openapi.json"
GENERATOR = Path(sys.prefix) / "openapi-client" / "bin"
"""An environment of its own, beside the packages of this one."""
CALLED = 10
"""At least so many different operations."""
SETTINGS = "post_hooks: []\ncontent_type_overrides: {application/atom+xml: text/html}\n"
"""No formatting. The generator knows text as HTML only."""


def run(program: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run([GENERATOR / program, *arguments], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def with_operations(called: str) -> Any:
    """The document with those of its operations that the source `called` names, and the schemas that they need."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    schemas = document["components"]["schemas"]
    document["paths"] = {
        path: kept
        for path, methods in document["paths"].items()
        if (kept := {method: one for method, one in methods.items() if f'"{one["operationId"]}"' in called})
    }
    needed, waiting = set[str](), [document["paths"], document["webhooks"]]
    while waiting:
        new = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(waiting))) - needed
        needed |= new
        waiting = [schemas[name] for name in new]
    document["components"]["schemas"] = {name: one for name, one in schemas.items() if name in needed}
    return document


@pytest.fixture
def client(tmp_path: Path, whole: bool) -> Path:
    """The folder that contains the package `redress_client`. Fails for any warning of the generator."""
    assert GENERATOR.exists(), "run: make install"
    config, part = tmp_path / "config.yaml", tmp_path / "part.json"
    config.write_text(SETTINGS, "utf-8")
    part.write_text(json.dumps(with_operations(CALLS.read_text("utf-8"))), "utf-8")
    source, made = ["--path", str(DOCUMENT if whole else part)], ["--output-path", str(tmp_path / "made")]
    run("openapi-python-client", "generate", *source, *made, "--config", str(config), "--fail-on-warning")
    return tmp_path / "made"


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_the_generated_client_works(client: Path, stack: LocalStack) -> None:
    """By day of the operations that are called, at night of the whole document: the generator takes eight seconds."""
    called = run("python", str(CALLS), stack.url, PYTHONPATH=str(client))

    assert len(set(called.split())) >= CALLED
