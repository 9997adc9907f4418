"""The type check of single mutants: `make lint` refuses many that no test notices, such as `None` for a text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from mutmut.mutation.diff_apply import apply_mutant, find_mutant

NOTICED, UNNOTICED = "types", "survived"


def check(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yields the name and the status of each mutant."""
    for name in names:
        yield name, NOTICED if _is_refused(name) else UNNOTICED


def _is_refused(name: str) -> bool:
    path = Path(find_mutant(name).path)
    source, times = path.read_text("utf-8"), path.stat()
    function = re.split("x_|ǁ", name.rpartition("__mutmut_")[0])[-1]
    if len(re.findall(rf"\bdef {function}\(", source)) != 1:
        return False  # mutmut could change a method of another class
    try:
        apply_mutant(name)
        mypy = [sys.executable, "-m", "mypy", str(path)]
        return subprocess.run(mypy, capture_output=True, check=False).returncode == 1  # noqa: S603 our own arguments
    finally:
        path.write_text(source, "utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # otherwise mutmut would take it for a new file
