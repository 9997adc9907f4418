"""The local stack ends within five seconds of one signal or two, whatever it is doing."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clauses.local_stack import description
from tests.infra.test_run import free_port, started, until

WITHIN = 5
"""Seconds from the first signal to the end of the process."""
PATIENCE = 60
"""Seconds until a situation must have come about, on a busy machine."""
NOW = "2026-11-27T09:00:00+08:00"

Process = subprocess.Popen[str]


class Running:
    """`make run` in a folder of its own."""

    def __init__(self, process: Process, folder: Path, port: int) -> None:
        self.process, self.folder, self.port = process, folder, port
        self.connections: list[socket.socket] = []

    def stack(self) -> list[int]:
        """The ids of its child processes."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(one) for one in listed.split()]

    def other_threads(self) -> list[int]:
        """The ids of all threads of the process but the first."""
        pid = self.process.pid
        return [int(one.name) for one in Path(f"/proc/{pid}/task").iterdir() if int(one.name) != pid]

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def send(self, data: bytes) -> socket.socket:
        """Keeps the connection open."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.connections.append(connection)
        connection.sendall(data)
        return connection


def eventually(condition: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """False also for an ended process that its new parent has not waited for."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def starting(running: Running) -> None:
    eventually(running.stack)


def creating_its_demonstration(running: Running) -> None:
    eventually(running.listens)
    assert not description(running.folder).exists()


def waiting(running: Running) -> None:
    until(running.process, "Press Ctrl-C to stop it.")


def answering(running: Running) -> None:
    """One connection is kept open after an answer, one sends half a request, and one moves the clock by a century."""
    waiting(running)
    running.send(b"GET /v1/health HTTP/1.1\r\nHost: h\r\n\r\n").recv(1)
    running.send(b"POST /v1/tenants HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{")
    body = b'{"advance": "5000 weeks"}'
    moving = running.send(b"POST /_local/clock HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    moving.settimeout(1)
    with pytest.raises(TimeoutError):
        moving.recv(1)


def stuck(running: Running) -> None:
    """As in native code that never gives another thread a turn: the stack runs no line of Python."""
    waiting(running)
    for pid in running.stack():
        os.kill(pid, signal.SIGSTOP)


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Running]:
    """With a demonstration where it is being created, or the clock moves past its complaints."""
    port = free_port()
    needed = any(name in request.node.name for name in ("creating_its_demonstration", "answering"))
    demo = "platform telecom-regulator" if needed else ""
    with started(tmp_path, PORT=str(port), NOW=NOW, DEMO=demo) as process:
        found = Running(process, tmp_path, port)
        yield found
        for each in found.connections:
            each.close()


@pytest.mark.parametrize(
    ("situation", "signals"),
    [
        (starting, [signal.SIGTERM]),
        (creating_its_demonstration, [signal.SIGINT]),
        pytest.param(waiting, [signal.SIGINT, signal.SIGINT], marks=pytest.mark.nightly),  # by day `answering`, too
        (answering, [signal.SIGINT, signal.SIGTERM]),
        (stuck, [signal.SIGTERM, signal.SIGTERM]),
    ],
)
def test_it_stops_at_once(
    running: Running, situation: Callable[[Running], None], signals: list[signal.Signals]
) -> None:
    situation(running)
    stack = running.stack()

    for each in signals:
        running.process.send_signal(each)

    assert running.process.wait(WITHIN) == 0
    assert "Its data is gone" in until(running.process, "Its data is gone")
    assert not description(running.folder).exists()
    assert not any(map(runs, stack))


def test_it_stops_if_another_of_its_threads_gets_the_signal(running: Running) -> None:
    """The kernel chooses the thread, and under load not always the first one."""
    starting(running)
    eventually(running.other_threads)
    [other] = running.other_threads()

    assert ctypes.CDLL(None).tgkill(running.process.pid, other, int(signal.SIGTERM)) == 0

    assert running.process.wait(WITHIN) == 0


def test_the_stack_ends_with_the_process_that_started_it(running: Running) -> None:
    waiting(running)
    stack = running.stack()

    running.process.kill()

    assert stack != []
    eventually(lambda: not any(map(runs, stack)))
