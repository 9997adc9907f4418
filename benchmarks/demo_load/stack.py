"""A local stack in a second process: `python -m benchmarks.demo_load.stack` runs until its input ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.demo_load.corpus import ROOT
from chalicelib.kit.instants import from_text

START = "2026-09-01T00:00:00+08:00"
"""A Tuesday. The National Day holidays and their swapped working days are in the following weeks."""
LOG = ROOT / ".local" / "demo-load.log"


@contextmanager
def own_stack(module: str = __name__) -> Iterator[str]:
    """Run the stack and yield its URL. Its log is `.local/demo-load.log`. `module`: started in place of this one."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w", encoding="utf-8") as log:
        command = [sys.executable, "-m", module]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError(f"the local stack did not start; see {LOG}")
            yield url
        finally:
            process.kill()  # its data is in memory only
            process.communicate()


def main() -> int:
    """Print the URL as the first line of output. All other output goes to the log."""
    announce = os.dup(1)
    os.dup2(2, 1)
    os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "WARNING")
    from infra.local.app_functions import load
    from infra.local.stack import run_stack

    with run_stack(0, from_text(START), load) as url:
        os.write(announce, f"{url}\n".encode())
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
