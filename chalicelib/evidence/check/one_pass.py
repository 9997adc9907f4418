"""The one full pass over a file's bytes: hashed, counted, scanned and, where it is looked into, kept on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from chalicelib.evidence.scanning.port import Scan

ENDS = 128 * 1024
"""Bytes kept of the beginning and of the end: a ZIP's last record may stand 65,557 bytes before its end."""


class ScannedFile(NamedTuple):
    size: int
    sha256: str
    head: bytes
    tail: bytes


def run(chunks: Iterable[bytes], scan: Scan, disk: BinaryIO | None) -> ScannedFile:
    """What is held in memory does not grow with the file."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    for chunk in chunks:
        digest.update(chunk)
        scan.feed(chunk)
        size += len(chunk)
        if len(head) < ENDS:
            head += chunk[: ENDS - len(head)]
        tail = (tail + chunk[-ENDS:])[-ENDS:]
        if disk is not None:
            disk.write(chunk)
    return ScannedFile(size, digest.hexdigest(), head, tail)
