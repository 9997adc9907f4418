"""The port to whatever looks for malware. Behind it stand `scanners`."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal, Protocol

import msgspec


class ScanVerdict(msgspec.Struct, frozen=True):
    """What a scanner says of a file: `clean`, `malware`, or `not-scannable` (it cannot look inside)."""

    outcome: Literal["clean", "malware", "not-scannable"]
    scanner: str
    stand_in: bool = False
    """It knows test files only: nothing was really looked for."""


class Scan(Protocol):
    """The scan of one file, fed as the file streams by."""

    def feed(self, chunk: bytes) -> None: ...

    def verdict(self) -> ScanVerdict | None:
        """After the last byte. None where the verdict comes by itself, later. Raises where there is none."""
        ...


class Scanner(Protocol):
    """Looks for malware (Amazon GuardDuty, ClamAV)."""

    def scan(self) -> AbstractContextManager[Scan]:
        """Begin with one file."""
        ...
