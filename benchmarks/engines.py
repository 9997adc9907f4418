"""Running a measurement of its own process on an engine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import Any

_ALONE = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
"""DynamoDB Local listens on every address, so it only runs where there is none but loopback."""


def run_on(engine: str, module: str, *arguments: object) -> Any:
    """What the module printed last, as JSON. None where the engine cannot run here; why is said on standard error."""
    command = [sys.executable, "-m", module, engine, *map(str, arguments)]
    if engine == "dynamodb-local":
        if not shutil.which("unshare") or not shutil.which("java"):
            return None
        command = [*_ALONE, *command]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    return None if done.returncode else json.loads(done.stdout.splitlines()[-1])
