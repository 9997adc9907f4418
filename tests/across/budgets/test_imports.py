"""Imports of a cold start. Every function imports app.py, so each import of app.py slows down all functions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import fields

from chalicelib.kit.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[3]
DEPLOYED = {variable(field.name): "7" if field.type is int else "x" for field in fields(Settings)}
DEPLOYED[variable("scanner")] = "guardduty"
AFTER = "Loaded:"
HANDLING = {**DEPLOYED, "_HANDLER": "app.app"}
"""The handler of the API function."""
API = "import app"
ROUTES = "app.app.load_routes()"
ADAPTERS = "app.app.get_wiring()"
AUTHORIZER = "from chalicelib import bootstrap; bootstrap.current_tokens()"
RARE_ROUTE = "app.app({'requestContext': {'resourcePath': '/v1/presets', 'httpMethod': 'PATCH'}}, None)"


def imported(*steps: str, environment: Mapping[str, str] = DEPLOYED) -> list[set[str]]:
    """The loaded modules of a new interpreter after each step, in the environment of a deployed function."""
    program = "\n".join(f"{step}\nprint('{AFTER}', *sys.modules)" for step in steps)
    found = output_of(f"import sys\n{program}", environment).splitlines()
    return [set(line.split()) for line in found if line.startswith(AFTER)]


def output_of(program: str, environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def existing(name: str) -> str:
    """The full name of a module of the program. Fails for a module that was renamed, which no program imports."""
    assert find_spec(f"chalicelib.{name}") is not None
    return f"chalicelib.{name}"


class Loaded(NamedTuple):
    """The modules of a function other than the API: with the app alone, then with all routes, then with adapters."""

    app: set[str]
    routes: set[str]
    adapters: set[str]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded(*imported(API, ROUTES, ADAPTERS))


class Cold(NamedTuple):
    """The modules of the API function when it is ready for its first request, and after one to a rare route."""

    ready: set[str]
    answered: set[str]


@pytest.fixture(scope="module")
def api() -> Cold:
    return Cold(*imported(API, RARE_ROUTE, environment=HANDLING))


@pytest.fixture(scope="module")
def cold(api: Cold) -> set[str]:
    return api.ready


@pytest.fixture(scope="module")
def by_the_authorizer() -> set[str]:
    return imported(API, AUTHORIZER)[-1]


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
        "jinja2",
        "pikepdf",
        "lxml",
        "PIL",
        "urllib.request",
        "importlib.metadata",
    ],
)
def test_the_app_and_its_routes_do_not_import(loaded: Loaded, library: str) -> None:
    assert library not in loaded.routes


@pytest.mark.parametrize(
    "package", ["policy.language.model", "complaints", "casework", "features", "statistics", "workers"]
)
def test_app_does_not_import_packages_of_single_functions(loaded: Loaded, package: str) -> None:
    assert existing(package) not in loaded.app


@pytest.mark.slow
@pytest.mark.parametrize("module", ["_sysconfigdata", "unicodedata"])
def test_a_cold_start_does_not_import_modules_that_first_requests_rarely_need(cold: set[str], module: str) -> None:
    assert not [name for name in cold if name.startswith(module)]


@pytest.mark.parametrize(
    "module",
    [
        "chalicelib.features.handling.routes",
        "chalicelib.bootstrap.adapters",
        "chalicelib.access.id_tokens",
        "aws_lambda_powertools.logging.logger",
    ],
)
def test_the_api_function_has_imported_before_its_first_request(cold: set[str], module: str) -> None:
    assert module in cold


def test_a_cold_start_reads_no_more_of_our_modules_than_it_did(cold: set[str]) -> None:
    """Each module costs a tenth of a millisecond, however small it is."""
    assert len([module for module in cold if module.startswith("chalicelib")]) <= 225


def test_a_cold_start_compiles_no_pattern(cold: set[str]) -> None:
    """All patterns together took 5 ms. `re.fullmatch` etc. compile a pattern at its first use and cache it."""
    ours = [module for module in cold if module.startswith("chalicelib.")]
    assert [module for module in ours if any(map(_compiles, _source(module).body))] == []


def _source(module: str) -> ast.Module:
    path = ROOT / module.replace(".", "/")
    return ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8"))


def _compiles(statement: ast.stmt) -> bool:
    """True if the statement compiles a pattern when the module is imported."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return False
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile" for node in ast.walk(statement))


@pytest.mark.usefixtures("loaded", "cold")  # have written the byte code: compiling allocates before `app` begins
@pytest.mark.parametrize("environment", [DEPLOYED, HANDLING], ids=["another function", "the API's own"])
def test_garbage_collection_is_off_while_a_function_starts(environment: Mapping[str, str]) -> None:
    counted = "[each['collections'] for each in gc.get_stats()]"
    assert output_of(f"import gc; before = {counted}; import app; print({counted} == before)", environment) == "True"


def test_garbage_collection_starts_later_and_skips_the_loaded_objects() -> None:
    asked = f"{API}; import gc; print(gc.isenabled(), gc.get_freeze_count() > 50 * len(gc.get_objects()))"
    assert output_of(asked, HANDLING) == "True True"


@pytest.mark.parametrize(
    "package",
    [
        "statistics",
        "features.register",
        "features.inspections",
        "policy.checks",
        "policy.reading.parsing",
        "policy.presets",
        "features.record.verification",
        "features.record.anchoring",
        "complaints.trial.preview",
        "features.switching",
        "features.forms",
        "features.policies",
    ],
)
def test_a_cold_start_does_not_import_rarely_used_packages(cold: set[str], package: str) -> None:
    assert existing(package) not in cold


def test_the_program_uses_no_dataclasses() -> None:
    """Each costs a millisecond, because it generates and compiles methods. A struct costs a twentieth of that.

    `dataclasses.replace` of a struct fails at run time, and mypy does not detect it.
    """
    sources = (ROOT / "chalicelib").rglob("*.py")
    using = [
        each.name for each in sources if re.search(r"^\s*(from|import) dataclasses\b", each.read_text("utf-8"), re.M)
    ]
    assert using == []


def test_a_rarely_used_route_is_loaded_on_request(api: Cold) -> None:
    assert "chalicelib.features.policies.routes" in api.answered - api.ready


@pytest.mark.parametrize(
    "library",
    ["pynamodb", "botocore", "aws_encryption_sdk", "aws_lambda_powertools.event_handler", "yaml", "holidays", "jwt"],
)
def test_the_authorizer_does_not_import_before_its_first_token(by_the_authorizer: set[str], library: str) -> None:
    assert library not in by_the_authorizer


@pytest.mark.parametrize(
    "library",
    [
        "boto3",
        "aws_encryption_sdk",
        "yaml",
        "holidays",
        "pikepdf",
        "moto",
        "pytest",
        "aws_lambda_powertools.event_handler",
    ],
)
def test_the_api_with_its_adapters_does_not_import(loaded: Loaded, library: str) -> None:
    assert library not in loaded.adapters
