"""Inflating within limits: what a few bytes of an archive or a document may grow to."""

from __future__ import annotations

from chalicelib.evidence.check.refusal import Refusal

MOST_BYTES = 1024 * 1024 * 1024
"""Of everything in one file together."""
MOST_TIMES = 200
"""How many times larger than itself a file may become; text and blank scans reach 100."""
SMALLEST = 16 * 1024 * 1024
"""Bytes that may always come out, however small the file is."""


class Budget:
    """What one file may still inflate to."""

    def __init__(self, size: int) -> None:
        """`size`: of the file, in bytes."""
        self._left = min(MOST_BYTES, max(SMALLEST, size * MOST_TIMES))

    def spend(self, count: int) -> None:
        """Raises `Refusal("bomb")`."""
        self._left -= count
        if self._left < 0:
            raise Refusal("bomb")
