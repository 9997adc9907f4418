"""The check streams a file. Memory use does not grow with its size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.evidence import LIMIT


@pytest.mark.slow
def test_a_file_larger_than_the_memory_limit_is_checked() -> None:
    """`benchmarks.evidence` ends with an error above its limit of 150 MiB, at 160 MiB as at 1 GiB."""
    measured = subprocess.run(
        [sys.executable, "-m", "benchmarks.evidence"],
        env={**os.environ, "MIB": str(LIMIT + 10)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (measured.returncode, measured.stderr) == (0, "")
    assert measured.stdout.startswith(f"{LIMIT + 10} MiB in one pass")
