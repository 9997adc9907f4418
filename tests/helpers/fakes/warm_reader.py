"""A process that has loaded the PDF parser and reads each document in a child, for tests of many documents.

The child runs the same program under the same limits as the process that `other_process` starts. To start an
interpreter and to load the parser take 0.15 s, and the reading a hundredth of it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from chalicelib.features.evidence.check.pdf import other_process, reading


class WarmReader:
    """Runs in place of `other_process._run`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def run(self, command: list[str], file: BinaryIO, copy: BinaryIO) -> int:
        """The exit code, or the negative number of a signal."""
        socket.send_fds(self._connection, [command[-1].encode()], [file.fileno(), copy.fileno()])
        return int(self._connection.recv(16))


@contextmanager
def warm_reader() -> Iterator[WarmReader]:
    """The process ends with the block."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            env=other_process.environment(),
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        yield WarmReader(ours)
        ours.close()
        process.wait()


def serve(connection: socket.socket) -> None:
    """Answers each request, a size with two open files, until the other side closes the connection."""
    from chalicelib.features.evidence.check.pdf import cleaning, objects  # noqa: F401  loads the parser, for all children

    while True:
        size, files, *_ = socket.recv_fds(connection, 16, 2)
        if not size:
            return
        child = os.fork()
        if not child:
            _become_reader(int(size), *files)
        for each in files:
            os.close(each)
        _, status = os.waitpid(child, 0)
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become_reader(size: int, file: int, copy: int) -> None:
    """Ends the child with the code of `reading`."""
    code = 1
    try:
        os.dup2(file, 0)
        os.dup2(copy, 1)
        code = reading.main(size)
        sys.stdout.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
