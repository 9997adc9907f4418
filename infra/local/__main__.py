"""`make run`: runs the local stack until Ctrl-C or SIGTERM.

The stack is a second process, which is killed: its data is in memory only. A signal handler of its own would wait for
whatever the main thread does, and for native code in any thread.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

STACK_FILE = Path(".local/stack.json")
_PROGRAM = [sys.executable, "-u", "-m", "infra.local.program"]


def main() -> int:
    """The stack's own exit code, if it ended by itself."""
    ended: SimpleQueue[int] = SimpleQueue()  # unlike an `Event`, safe if a second signal interrupts the first handler
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.put(0))
    with subprocess.Popen(_PROGRAM, stdin=subprocess.PIPE, process_group=0) as stack:  # noqa: S603 our own program
        Thread(target=lambda: ended.put(stack.wait()), daemon=True).start()
        if code := ended.get():
            return code
        with suppress(ProcessLookupError):
            os.killpg(stack.pid, signal.SIGKILL)
    STACK_FILE.unlink(missing_ok=True)
    print("The local stack has stopped. Its data is gone.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
