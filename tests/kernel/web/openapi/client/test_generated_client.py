"""A client generator accepts the OpenAPI document without warnings, and the generated client works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clauses.local_stack import LocalStack

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


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that contains the package `redress_client`. Fails for any warning of the generator."""
    assert GENERATOR.exists(), "run: make install"
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.yaml"
    config.write_text(SETTINGS, "utf-8")
    source, made = ["--path", str(DOCUMENT)], ["--output-path", str(folder / "made")]
    run("openapi-python-client", "generate", *source, *made, "--config", str(config), "--fail-on-warning")
    return folder / "made"


def test_the_generated_client_works(client: Path, stack: LocalStack) -> None:
    called = run("python", str(Path(__file__).with_name("calls.py")), stack.url, PYTHONPATH=str(client))

    assert len(set(called.split())) >= CALLED
