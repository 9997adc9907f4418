"""The processes of `make test` share the rewriting of assertions.

pytest rewrites the assertions of a module when it first imports the module, and keeps the byte code. All processes
import the same modules in the same order, so in a fresh clone each would rewrite all of them, which is half of the time
that they take to collect the tests. Here each process first rewrites its share, and then finds the byte code of the
others. pytest rewrites as usual what is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from _pytest.assertion import rewrite

PRIVATE = ("PYC_TAIL", "_rewrite_test", "_write_pyc", "assertstate_key", "get_cache_dir")
"""Names of the pinned pytest, which has no public function to rewrite a module without running it. If a later version
lacks one, nothing is shared."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    process = getattr(session.config, "workerinput", None)
    if process is not None:
        place, of = int(process["workerid"].removeprefix("gw")), process["workercount"]
        rewrite_all(modules(session.config)[place::of], session.config)


def modules(config: pytest.Config) -> list[Path]:
    """The test modules in the folders that the run is for, in the order in which they are collected."""
    folders = [config.invocation_params.dir / argument for argument in config.args]
    patterns = ["conftest.py", *config.getini("python_files")]
    return sorted({path for folder in folders for pattern in patterns for path in folder.rglob(pattern)})


def rewrite_all(paths: Iterable[Path], config: pytest.Config) -> None:
    """Those without byte code that is as new as the source. Whether it fits the source, pytest tells by a hash."""
    private: Any = rewrite
    if sys.dont_write_bytecode or not all(hasattr(rewrite, name) for name in PRIVATE):
        return
    if (state := config.stash.get(private.assertstate_key, None)) is None:  # `--assert=plain`
        return
    for path in paths:
        kept = private.get_cache_dir(path) / f"{path.stem}{private.PYC_TAIL}"
        if kept.exists() and kept.stat().st_mtime >= path.stat().st_mtime:
            continue
        try:
            source, code = private._rewrite_test(path, config)
        except (SyntaxError, ValueError, Warning):  # pytest meets it again at the module's turn, and tells of it
            continue
        kept.parent.mkdir(parents=True, exist_ok=True)
        private._write_pyc(state, code, source, kept)
