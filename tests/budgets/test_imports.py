"""What a cold start imports: every function imports app.py, so whatever that brings, all of them pay for."""

from __future__ import annotations

import ast
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
AUTHORIZER = "import app; from chalicelib import bootstrap; bootstrap.current_tokens()"
DEPLOYED_API = "import app; app.app.load_routes(); app.app.get_wiring()"


def imported(program: str, environment: Mapping[str, str] = DEPLOYED) -> set[str]:
    """The modules of a fresh interpreter, in a deployed function's environment, after the program."""
    return set(said(f"{program}\nimport sys\nprint(*sys.modules)", environment).split())


def said(program: str, environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def by_the_app() -> set[str]:
    return imported(API)


@pytest.fixture(scope="module")
def by_the_routes() -> set[str]:
    return imported(ROUTES)


@pytest.fixture(scope="module")
def cold() -> set[str]:
    """The API's own function, ready for its first request."""
    return imported(API, HANDLING)


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


@pytest.mark.parametrize(
    "room", ["policy.language.model", "complaints", "casework", "oversight", "http.routes", "workers"]
)
def test_no_function_imports_what_only_others_use(by_the_app: set[str], room: str) -> None:
    assert f"chalicelib.{room}" not in by_the_app


@pytest.mark.parametrize("module", ["_sysconfigdata", "unicodedata"])
def test_a_cold_start_does_not_read_what_its_first_request_seldom_needs(cold: set[str], module: str) -> None:
    assert not [name for name in cold if name.startswith(module)]


@pytest.mark.parametrize(
    "module",
    [
        "chalicelib.http.routes.complaints",
        "chalicelib.adapters",
        "chalicelib.access.id_tokens",
        "aws_lambda_powertools.logging.logger",
    ],
)
def test_the_apis_own_function_has_before_its_first_request(cold: set[str], module: str) -> None:
    assert module in cold


def test_a_cold_start_reads_no_more_of_our_modules_than_it_did(cold: set[str]) -> None:
    """Each costs a tenth of a millisecond, however little it holds."""
    assert len([module for module in cold if module.startswith("chalicelib")]) <= 205


def test_a_cold_start_compiles_no_pattern(cold: set[str]) -> None:
    """Together they took 5 ms. `re.fullmatch` and the like compile a pattern's text at its first use, and keep it."""
    ours = [module for module in cold if module.startswith("chalicelib.")]
    assert [module for module in ours if any(map(_compiles, _source(module).body))] == []


def _source(module: str) -> ast.Module:
    path = ROOT / module.replace(".", "/")
    return ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8"))


def _compiles(statement: ast.stmt) -> bool:
    """Whether it compiles a pattern as the module is imported."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return False
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile" for node in ast.walk(statement))


@pytest.mark.parametrize("environment", [DEPLOYED, HANDLING], ids=["another function", "the API's own"])
def test_no_garbage_is_looked_for_while_a_function_starts(environment: Mapping[str, str]) -> None:
    counted = "[each['collections'] for each in gc.get_stats()]"
    assert said(f"import gc; before = {counted}; import app; print({counted} == before)", environment) == "True"


def test_garbage_is_looked_for_afterwards_but_not_among_what_was_loaded() -> None:
    asked = f"{API}; import gc; print(gc.isenabled(), gc.get_freeze_count() > 50 * len(gc.get_objects()))"
    assert said(asked, HANDLING) == "True True"


@pytest.mark.parametrize(
    "room",
    [
        "oversight",
        "policy.check",
        "policy.parsing",
        "policy.presets",
        "record.verify",
        "record.anchoring",
        "complaints.preview",
        "casework.switch",
        "http.routes.drafts",
    ],
)
def test_a_cold_start_does_not_wait_for_what_is_seldom_asked_for(cold: set[str], room: str) -> None:
    assert f"chalicelib.{room}" not in cold


def test_nothing_is_a_dataclass() -> None:
    """Each costs a millisecond, for the methods that it writes and compiles; a struct costs a twentieth.

    `dataclasses.replace` of a struct would fail when it is called, and mypy does not see it.
    """
    sources = (ROOT / "chalicelib").rglob("*.py")
    using = [
        each.name for each in sources if re.search(r"^\s*(from|import) dataclasses\b", each.read_text("utf-8"), re.M)
    ]
    assert using == []


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
