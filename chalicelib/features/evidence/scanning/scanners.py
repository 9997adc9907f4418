"""Malware scanners: Amazon GuardDuty, ClamAV's `clamd`, and a stand-in that only recognises the EICAR test file."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from chalicelib.ports.files import Scan, Scanner, ScanVerdict

GUARDDUTY, CLAMAV, STAND_IN = "guardduty", "clamav", "stand-in"
_SECONDS = 60
"""Timeout for each exchange with `clamd`."""
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file that every scanner detects (eicar.org). It is split in two, so that no scanner detects this module."""


def scanner(named: str) -> Scanner:
    """`guardduty`, `clamd://host:port`, `clamd:///path/of/socket` or `stand-in`. Raises ValueError for another name."""
    address = urlsplit(named)
    if address.scheme == "clamd":
        return Clamd(address.hostname or "", address.port or 3310, address.path)
    if named == GUARDDUTY:
        return GuardDuty()
    if named == STAND_IN:
        return StandInScanner()
    raise ValueError("a scanner is guardduty, clamd://host:port, clamd:///socket or stand-in")


class GuardDuty:
    """Amazon GuardDuty Malware Protection reads the object itself and sends its verdict as an EventBridge event."""

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        yield _NoScan()


class _NoScan:
    def feed(self, chunk: bytes) -> None:
        """Does nothing: GuardDuty reads the object itself."""

    def verdict(self) -> ScanVerdict | None:
        return None


class StandInScanner:
    """Detects the EICAR test file and nothing else. Its verdicts have `stand_in` set."""

    @contextmanager
    def scan(self) -> Iterator[Scan]:
        yield _EicarScan()


class _EicarScan:
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
        """Context with a connection to `clamd`. Raises OSError if the connection fails."""
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\0")
            yield _ClamdScan(connection)

    def _connected(self) -> socket.socket:
        if self._host:
            return socket.create_connection((self._host, self._port), timeout=_SECONDS)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        connection.connect(self._path)
        return connection


class _ClamdScan:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stopped = False

    def feed(self, chunk: bytes) -> None:
        """Sends the chunk's length, then the chunk. `clamd` closes the connection if the file exceeds its limit."""
        if self._stopped or not chunk:
            return
        try:
            self._connection.sendall(struct.pack(">L", len(chunk)) + chunk)
        except (BrokenPipeError, ConnectionResetError):
            self._stopped = True

    def verdict(self) -> ScanVerdict:
        """Raises OSError if the answer is not a verdict."""
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
