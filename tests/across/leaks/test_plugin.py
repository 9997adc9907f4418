"""The plugin detects markers in every kind of output, and reports nothing for tests that do not leak."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.across.leaks.leaking import BREAKS

ROOT = Path(__file__).parents[3]
LEAKING = Path(__file__).with_name("leaking.py")
LEAKS = [
    "test_token_of_a_modules_first_test_in_a_log",
    "test_token_in_a_log",
    "test_token_in_the_log_of_a_library",
    "test_password_on_standard_output",
    "test_key_in_an_error",
    "test_receipt_that_was_shown_in_a_log",
    "test_fact_in_an_error[13800000000]",
    "test_fact_in_an_error[The parcel came three days late.]",
    "test_id_of_a_person_shown_to_a_party",
    *(f"test_form_that_is_sent_again_with[{name}]" for name in BREAKS),
]


@pytest.fixture(scope="module")
def failed() -> dict[str, bool]:
    """For each test of `leaking.py`: True if pytest reports an error although the test itself passed."""
    asked = ["-p", "tests.across.leaks.plugin", "--noconftest", "-rA", str(LEAKING)]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", *asked]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    lines = re.findall(r"^(PASSED|ERROR) \S+?::(.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
    assert lines, done.stdout + done.stderr
    return {name: ("ERROR", name) in lines for word, name in lines if word == "PASSED"}


CLEAN = ["test_clean", "test_first_of_a_module", "test_form_that_is_sent_again"]


@pytest.mark.slow
@pytest.mark.parametrize("name", CLEAN)
def test_a_test_without_a_leak_passes(failed: dict[str, bool], name: str) -> None:
    assert not failed[name]


@pytest.mark.parametrize("name", LEAKS)
def test_a_test_with_a_leak_fails(failed: dict[str, bool], name: str) -> None:
    assert failed[name]


def test_every_test_of_the_module_is_expected(failed: dict[str, bool]) -> None:
    assert {*CLEAN, *LEAKS} == set(failed)
