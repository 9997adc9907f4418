"""Running a measurement on an engine, in its own process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from infra.engines import fetch

NOT_HERE = 3
"""Exit code for an engine that cannot run on this machine. The reason is on standard error."""
_ISOLATED = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
"""DynamoDB Local listens on all addresses, so it runs in a network namespace that has only loopback."""
_ENDS_SECONDS = 15


def run_on(engine: str, module: str, *arguments: object) -> Any:
    """Run the module and return the JSON of its last output line.

    Returns None when the engine cannot run here; the reason is on standard error. Raises RuntimeError when the
    measurement failed.
    """
    command = [sys.executable, "-m", module, engine, *map(str, arguments)]
    if engine == "dynamodb-local":
        missing = [each for each in ("unshare", "ip", "java", "npm") if not shutil.which(each)]
        if missing:
            print(f"{engine} does not run here: there is no {' and no '.join(missing)}", file=sys.stderr)
            return None
        fetch.dynamodb_local()  # downloaded first: the namespace has no network
        command = [*_ISOLATED, *command]
    code, output = _run(command)
    if code == NOT_HERE:
        return None
    if code:
        raise RuntimeError(f"{module} on {engine} ended with {code}")
    return json.loads(output.splitlines()[-1])


def _run(command: Sequence[str]) -> tuple[int, str]:
    """Return the exit code and output. When interrupted, terminate the process group with its engine."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            output, _ = process.communicate()
        except BaseException:
            _terminate(process)
            raise
    return process.returncode, output


def _terminate(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(_ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
