"""The files of the fixtures: lines of text, compressed if the name ends with `.gz`."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def save(name: str, lines: Iterable[str]) -> None:
    """The same bytes for the same lines."""
    body = "".join(f"{line}\n" for line in lines).encode()
    (DATA / name).write_bytes(gzip.compress(body, 9, mtime=0) if name.endswith(".gz") else body)


@cache
def load(name: str) -> list[str]:
    """Read once per process."""
    body = (DATA / name).read_bytes()
    return (gzip.decompress(body) if name.endswith(".gz") else body).decode().splitlines()
