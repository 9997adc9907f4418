"""The port to malware scanners. `scanners` implements it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal, Protocol

import msgspec


class ScanVerdict(msgspec.Struct, frozen=True):
    """A scanner's result for a file. `not-scannable`: the scanner cannot read the content."""

    outcome: Literal["clean", "malware", "not-scannable"]
    scanner: str
    stand_in: bool = False
    """True if the scanner only recognises test files, so the file was not really scanned."""


class Scan(Protocol):
    """The scan of one file, which is fed in chunks."""

    def feed(self, chunk: bytes) -> None: ...

    def verdict(self) -> ScanVerdict | None:
        """Called after the last byte. None if the verdict comes later, as an event. Raises OSError on failure."""
        ...


class Scanner(Protocol):
    """Scans files for malware (Amazon GuardDuty, ClamAV)."""

    def scan(self) -> AbstractContextManager[Scan]:
        """Starts the scan of one file."""
        ...
