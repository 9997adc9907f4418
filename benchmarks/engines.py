"""Running a measurement of its own process on an engine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from infra import fetch

NOT_HERE = 3
"""The exit code that says that the engine cannot run on this machine; why is on standard error."""
_ALONE = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
"""DynamoDB Local listens on every address, so it only runs where there is none but loopback."""
_ENDS_SECONDS = 15


def run_on(engine: str, module: str, *arguments: object) -> Any:
    """What the module printed last, as JSON. None where the engine cannot run here; why is said on standard error.

    Raises RuntimeError where the measurement itself failed.
    """
    command = [sys.executable, "-m", module, engine, *map(str, arguments)]
    if engine == "dynamodb-local":
        missing = [each for each in ("unshare", "ip", "java", "npm") if not shutil.which(each)]
        if missing:
            print(f"{engine} does not run here: there is no {' and no '.join(missing)}", file=sys.stderr)
            return None
        fetch.dynamodb_local()  # there is no network where it runs
        command = [*_ALONE, *command]
    code, said = _finished(command)
    if code == NOT_HERE:
        return None
    if code:
        raise RuntimeError(f"{module} on {engine} ended with {code}")
    return json.loads(said.splitlines()[-1])


def _finished(command: Sequence[str]) -> tuple[int, str]:
    """Its exit code and output. Where the time is over before, it is told to end, and ends its engine."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            said, _ = process.communicate()
        except BaseException:
            _end(process)
            raise
    return process.returncode, said


def _end(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(_ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
