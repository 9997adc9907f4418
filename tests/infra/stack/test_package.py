"""The packaging runs on the functions' Python only."""

from __future__ import annotations

import pytest

from infra.local.resources.template import load
from infra.package.__main__ import PYTHON, refusal


def test_the_functions_python_packages() -> None:
    assert refusal(PYTHON) == ""


@pytest.mark.parametrize("running", [(3, 11), (3, 12), (3, 14)])
def test_another_python_is_refused_by_its_version_and_the_needed_one(running: tuple[int, int]) -> None:
    assert "needs Python 3.13" in refusal(running)
    assert f"this is Python 3.{running[1]}." in refusal(running)


def test_the_template_names_the_same_runtime() -> None:
    assert load()["Globals"]["Function"]["Runtime"] == f"python{PYTHON[0]}.{PYTHON[1]}"
