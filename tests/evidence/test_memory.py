"""A file is never in memory whole, however large it is: it streams through the check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_a_file_larger_than_what_the_check_may_have_passes_through_it() -> None:
    """`benchmarks.evidence` ends with an error above its limit of 150 MiB, at 256 MiB as at 1 GiB."""
    measured = subprocess.run(
        [sys.executable, "-m", "benchmarks.evidence"],
        env={**os.environ, "MIB": "256"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (measured.returncode, measured.stderr) == (0, "")
    assert measured.stdout.startswith("256 MiB in one pass")
