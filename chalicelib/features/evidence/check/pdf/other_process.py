"""Starts another process that reads a PDF (`reading`), so that a hostile document cannot harm this one.

The parser is written in C++. Its process has limits of memory and time, no environment (so no credentials of the
function), and ends after one document. A signal that ends it refuses the document.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from typing import BinaryIO

from chalicelib.features.evidence.check.pdf import outcome
from chalicelib.features.evidence.refusal import Refusal

PROGRAM = "chalicelib.features.evidence.check.pdf.reading"
SECONDS = 45
"""Longest run. The worker that resumes a check has a minute."""
_OUT_OF_TIME = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
"""SIGKILL follows SIGXCPU at the hard limit, and is how the system ends a process without memory."""


def check(file: BinaryIO, size: int) -> bytes | None:
    """`size`: the file's size in bytes. Returns a copy without metadata, or None if there is none.

    Raises `Refusal`, or `ReaderFailed` if the process could not do its work."""
    file.flush()
    file.seek(0)
    with tempfile.TemporaryFile() as copy:
        code = _run([sys.executable, "-m", PROGRAM, str(size)], file, copy)
        if code < 0:
            raise Refusal("bomb" if code in _OUT_OF_TIME else "not-scannable")
        outcome.raise_refusal(code)
        if code != outcome.COPIED:
            return None
        copy.seek(0)
        return copy.read()


def environment() -> dict[str, str]:
    """What the process needs to find its modules, and the interpreter its library. Nothing else, so no credentials."""
    found = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"}
    libraries = os.environ.get("LD_LIBRARY_PATH")
    return found if libraries is None else {**found, "LD_LIBRARY_PATH": libraries}


def _run(command: list[str], file: BinaryIO, copy: BinaryIO) -> int:
    """Returns the exit code, or the negative number of a signal."""
    try:
        return subprocess.run(  # noqa: S603 our own interpreter and program
            command,
            stdin=file,
            stdout=copy,
            stderr=subprocess.DEVNULL,
            env=environment(),
            timeout=SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise Refusal("bomb") from None
    except OSError as error:
        raise outcome.ReaderFailed("the process that reads PDFs did not start") from error
