"""The rehearsal's changes to the package."""

from __future__ import annotations

import ast
from pathlib import Path

from infra.rehearsal.adapted_package import startup_folder


def test_the_startup_folder_holds_a_program_that_python_imports_first(tmp_path: Path) -> None:
    program = startup_folder(tmp_path) / "sitecustomize.py"

    assert ast.parse(program.read_text("utf-8")).body
