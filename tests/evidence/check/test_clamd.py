"""ClamAV's protocol, against a test daemon that implements it (clamd(8): INSTREAM)."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chalicelib.features.evidence.scanning.scanners import Clamd, GuardDuty, StandInScanner, scanner


class Daemon:
    """Reads one stream and sends `answer`. `most`: bytes after which it closes the connection (`StreamMaxLength`)."""

    def __init__(self, listening: socket.socket, answer: bytes, most: int) -> None:
        self.received = b""
        self.command = b""
        self._listening, self._answer, self._most = listening, answer, most
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with connection, connection.makefile("rb") as stream:
            self.command = stream.read(len(b"zINSTREAM\0"))
            while length := struct.unpack(">L", stream.read(4))[0]:
                self.received += stream.read(length)
                if len(self.received) > self._most:
                    break
            connection.sendall(self._answer + b"\0")


@contextmanager
def running(answer: bytes, most: int = 1 << 30, path: Path | None = None) -> Iterator[tuple[Daemon, str]]:
    listening = socket.create_server(("127.0.0.1", 0)) if path is None else socket.socket(socket.AF_UNIX)
    if path is not None:
        listening.bind(str(path))
        listening.listen()
    with listening:
        daemon = Daemon(listening, answer, most)
        name = f"clamd://127.0.0.1:{listening.getsockname()[1]}" if path is None else f"clamd://{path}"
        yield daemon, name
        daemon.thread.join(5)


def outcome(name: str, *chunks: bytes) -> tuple[str, str, bool]:
    with scanner(name).scan() as scan:
        for chunk in chunks:
            scan.feed(chunk)
        verdict = scan.verdict()
    assert verdict is not None
    return verdict.outcome, verdict.scanner, verdict.stand_in


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"stream: OK", "clean"),
        (b"stream: Eicar-Test-Signature FOUND", "malware"),
        (b"INSTREAM size limit exceeded. ERROR", "not-scannable"),
    ],
)
def test_the_daemons_answer_is_the_verdict(answer: bytes, expected: str) -> None:
    with running(answer) as (daemon, name):
        assert outcome(name, b"one", b"", b"two") == (expected, "clamav", False)
    assert (daemon.command, daemon.received) == (b"zINSTREAM\0", b"onetwo")


def test_clamd_over_a_unix_socket(tmp_path: Path) -> None:
    with running(b"stream: OK", path=tmp_path / "clamd.sock") as (_, name):
        assert outcome(name, b"x")[0] == "clean"


@pytest.mark.parametrize("answer", [b"", b"Command read timed out. ERROR"])
def test_an_answer_without_a_verdict_is_an_error(answer: bytes) -> None:
    with running(answer) as (_, name), pytest.raises(OSError, match="no verdict"):
        outcome(name, b"x")


def test_a_refused_connection_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        outcome(f"clamd://127.0.0.1:{port}", b"x")


def test_a_scanner_is_named_by_the_settings() -> None:
    assert isinstance(scanner("guardduty"), GuardDuty)
    assert isinstance(scanner("stand-in"), StandInScanner)
    assert isinstance(scanner("clamd://scan.internal:3310"), Clamd)
    with pytest.raises(ValueError, match="a scanner is"):
        scanner("none")
