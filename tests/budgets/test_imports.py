"""What a cold start imports: every function imports app.py, so whatever that brings, all of them pay for."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED = {variable(field.name): "x" for field in fields(Settings)}
API = "import app"
AUTHORIZER = "import app; from chalicelib import wiring; wiring.current_tokens()"
DEPLOYED_API = "import app; app.app.get_wiring()"


def imported(program: str) -> set[str]:
    """The modules of a fresh interpreter, in a deployed function's environment, after the program."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
        cwd=ROOT,
        env=DEPLOYED,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def by_the_app() -> set[str]:
    return imported(API)


@pytest.fixture(scope="module")
def by_the_authorizer() -> set[str]:
    return imported(AUTHORIZER)


@pytest.mark.parametrize(
    "library",
    [
        "boto3",
        "botocore",
        "pynamodb",
        "jwt",
        "cryptography",
        "aws_encryption_sdk",
        "yaml",
        "holidays",
        "aws_lambda_powertools",
        "urllib.request",
        "importlib.metadata",
    ],
)
def test_the_app_alone_does_not_import(by_the_app: set[str], library: str) -> None:
    assert library not in by_the_app


@pytest.mark.parametrize(
    "library",
    ["pynamodb", "botocore", "aws_encryption_sdk", "aws_lambda_powertools.event_handler", "yaml", "holidays", "jwt"],
)
def test_the_authorizer_does_not_import_before_its_first_token(by_the_authorizer: set[str], library: str) -> None:
    assert library not in by_the_authorizer


@pytest.mark.parametrize(
    "library",
    ["boto3", "aws_encryption_sdk", "yaml", "holidays", "moto", "pytest", "aws_lambda_powertools.event_handler"],
)
def test_the_api_with_its_adapters_does_not_import(library: str) -> None:
    assert library not in imported(DEPLOYED_API)
