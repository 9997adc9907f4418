"""Malware scanners: GuardDuty's verdict, which comes as an event; ClamAV's `clamd`; a stand-in for test files."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from chalicelib.evidence.scanning.port import Scan, Scanner, ScanVerdict

GUARDDUTY, CLAMAV, STAND_IN = "guardduty", "clamav", "stand-in"
_SECONDS = 60
"""How long `clamd` may be silent."""
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file that every scanner knows (eicar.org); in two pieces, so that none takes this module for it."""


def scanner(named: str) -> Scanner:
    """`guardduty`, `clamd://host:port`, `clamd:///path/of/socket` or `stand-in`. Raises ValueError."""
    address = urlsplit(named)
    if address.scheme == "clamd":
        return Clamd(address.hostname or "", address.port or 3310, address.path)
    if named == GUARDDUTY:
        return GuardDuty()
    if named == STAND_IN:
        return StandInScanner()
    raise ValueError("a scanner is guardduty, clamd://host:port, clamd:///socket or stand-in")


class GuardDuty:
    """Amazon GuardDuty Malware Protection reads the object by itself and sends its verdict by EventBridge."""

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        yield _Later()


class _Later:
    def feed(self, chunk: bytes) -> None:
        """GuardDuty reads the object, not what is fed here."""

    def verdict(self) -> ScanVerdict | None:
        return None


class StandInScanner:
    """Finds the EICAR test file and nothing else. Every verdict says that it is a stand-in's."""

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        yield _Eicar()


class _Eicar:
    def __init__(self) -> None:
        self._found, self._carried = False, b""

    def feed(self, chunk: bytes) -> None:
        self._found = self._found or _EICAR in self._carried + chunk
        self._carried = (self._carried + chunk)[-len(_EICAR) :]

    def verdict(self) -> ScanVerdict:
        return ScanVerdict("malware" if self._found else "clean", STAND_IN, stand_in=True)


class Clamd:
    """ClamAV's daemon: `INSTREAM` over TCP or a Unix socket (man clamd(8))."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self._host, self._port, self._path = host, port, path

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        """Raises OSError where nobody listens."""
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            yield _InStream(connection)

    def _connected(self) -> socket.socket:
        if self._host:
            return socket.create_connection((self._host, self._port), timeout=_SECONDS)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        connection.connect(self._path)
        return connection


class _InStream:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stopped = False

    def feed(self, chunk: bytes) -> None:
        """Each piece behind its length. `clamd` hangs up on a file above its limit, and says so (`verdict`)."""
        if self._stopped or not chunk:
            return
        try:
            self._connection.sendall(struct.pack(">L", len(chunk)) + chunk)
        except (BrokenPipeError, ConnectionResetError):
            self._stopped = True

    def verdict(self) -> ScanVerdict:
        """Raises OSError for an answer that is no verdict."""
        if not self._stopped:
            self._connection.sendall(struct.pack(">L", 0))
        answer = self._answer()
        if answer.endswith("OK"):
            return ScanVerdict("clean", CLAMAV)
        if answer.endswith("FOUND"):
            return ScanVerdict("malware", CLAMAV)
        if "size limit exceeded" in answer:
            return ScanVerdict("not-scannable", CLAMAV)
        raise OSError("clamd gave no verdict")

    def _answer(self) -> str:
        found = b""
        while not found.endswith(b"\0") and (piece := self._connection.recv(4096)):
            found += piece
        return found.rstrip(b"\0").decode("utf-8", "replace").strip()
