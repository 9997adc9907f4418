"""Starts a local stack for tests: `python -m infra.local` on a free port, in its own directory, at a given time."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.clauses.world import LocalStack

ROOT = Path(__file__).parents[2]
STARTS_WITHIN, ENDS_WITHIN = 60, 60
"""Seconds, enough on two busy cores."""


@contextmanager
def local_stack(directory: Path, now: str) -> Iterator[LocalStack]:
    """Stops the stack at the end of the block with SIGINT, as Ctrl-C does. It has one demonstration tenant."""
    settings = {"POWERTOOLS_LOG_LEVEL": "INFO", "DEMO": "platform", "PORT": str(_free_port()), "NOW": now}
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    with (directory / "output.txt").open("w+") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.local"], cwd=directory, env=environment, stdout=output, stderr=output
        )
        try:
            yield LocalStack(_url(process, directory), directory / "output.txt")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(ENDS_WITHIN)


def _url(process: subprocess.Popen[bytes], directory: Path) -> str:
    stack = directory / ".local" / "stack.json"
    give_up = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < give_up:
        if stack.exists() and (text := stack.read_text("utf-8")).endswith("}\n"):
            return str(json.loads(text)["url"])
        time.sleep(0.05)
    raise RuntimeError("the local stack did not start:\n" + (directory / "output.txt").read_text("utf-8")[-4000:])


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
