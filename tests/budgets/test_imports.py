"""What a cold start imports: every function imports app.py, so whatever that brings, all of them pay for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import fields

from chalicelib.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED = {variable(field.name): "7" if field.type is int else "x" for field in fields(Settings)}
DEPLOYED[variable("scanner")] = "guardduty"
HANDLING = {**DEPLOYED, "_HANDLER": "app.app"}
"""The API's own function, as Lambda names it."""
API = "import app"
ROUTES = "import app; app.app.load_routes()"
AUTHORIZER = "import app; from chalicelib import wiring; wiring.current_tokens()"
DEPLOYED_API = "import app; app.app.load_routes(); app.app.get_wiring()"


def imported(program: str, environment: Mapping[str, str] = DEPLOYED) -> set[str]:
    """The modules of a fresh interpreter, in a deployed function's environment, after the program."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def by_the_app() -> set[str]:
    return imported(API)


@pytest.fixture(scope="module")
def by_the_routes() -> set[str]:
    return imported(ROUTES)


@pytest.fixture(scope="module")
def cold() -> set[str]:
    """The API's own function, ready for its first request."""
    return imported("import app; import chalicelib.adapters", HANDLING)


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
def test_the_app_and_its_routes_do_not_import(by_the_routes: set[str], library: str) -> None:
    assert library not in by_the_routes


@pytest.mark.parametrize("room", ["policy.model", "complaints", "casework", "oversight", "http.routes", "entries"])
def test_no_function_imports_what_only_others_use(by_the_app: set[str], room: str) -> None:
    assert f"chalicelib.{room}" not in by_the_app


def test_the_apis_own_function_has_its_routes_before_the_first_request() -> None:
    assert "chalicelib.http.routes.complaints" in imported(API, HANDLING)


@pytest.mark.parametrize(
    "room",
    [
        "oversight",
        "policy.check",
        "policy.parsing",
        "policy.presets",
        "complaints.preview",
        "casework.switch",
        "http.routes.drafts",
    ],
)
def test_a_cold_start_does_not_wait_for_what_is_seldom_asked_for(cold: set[str], room: str) -> None:
    assert f"chalicelib.{room}" not in cold


def test_only_the_wiring_is_a_dataclass() -> None:
    """Each costs a millisecond, for the methods that it writes and compiles; a struct costs a fiftieth.

    `dataclasses.replace` of a struct would fail when it is called, and mypy does not see it.
    """
    sources = (ROOT / "chalicelib").rglob("*.py")
    using = [
        each.name for each in sources if re.search(r"^\s*(from|import) dataclasses\b", each.read_text("utf-8"), re.M)
    ]
    assert using == ["wiring.py"]


def test_a_route_that_is_seldom_asked_for_is_there_when_it_is(cold: set[str]) -> None:
    asked = "import app; app.app({'requestContext': {'resourcePath': '/v1/presets', 'httpMethod': 'PATCH'}}, None)"
    assert "chalicelib.http.routes.presets" in imported(asked, HANDLING) - cold


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
