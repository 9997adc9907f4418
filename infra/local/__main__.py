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
from socket import socketpair
from threading import Thread

STACK_FILE = Path(".local/stack.json")
_ENDED = b"\0"
"""What wakes it if the stack ends by itself. A signal sends its number."""
_PROGRAM = [sys.executable, "-u", "-m", "infra.local.program"]


def main() -> int:
    """The stack's own exit code, if it ended by itself."""
    heard, wakes = socketpair()
    wakes.setblocking(False)
    signal.set_wakeup_fd(wakes.fileno())  # a lock or queue does not wake if another thread gets the signal
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: None)
    with subprocess.Popen(_PROGRAM, stdin=subprocess.PIPE, process_group=0) as stack:  # noqa: S603 our own program
        Thread(target=lambda: (stack.wait(), wakes.send(_ENDED)), daemon=True).start()
        if heard.recv(1) == _ENDED and (code := stack.wait()):
            return code
        with suppress(ProcessLookupError):
            os.killpg(stack.pid, signal.SIGKILL)
    STACK_FILE.unlink(missing_ok=True)
    print("The local stack has stopped. Its data is gone.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
