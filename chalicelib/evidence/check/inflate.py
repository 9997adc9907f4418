"""Limits on inflating compressed data, against decompression bombs."""

from __future__ import annotations

from chalicelib.evidence.refusal import Refusal

MOST_BYTES = 1024 * 1024 * 1024
"""Bytes that all streams of one file may inflate to together."""
MOST_TIMES = 200
"""Largest ratio of inflated size to file size. Text and scans of blank pages reach 100."""
SMALLEST = 16 * 1024 * 1024
"""Bytes that any file may inflate to, however small it is."""


class InflationBudget:
    """The bytes that one file may still inflate to."""

    def __init__(self, size: int) -> None:
        """`size`: the file's size in bytes."""
        self._left = min(MOST_BYTES, max(SMALLEST, size * MOST_TIMES))

    def spend(self, count: int) -> None:
        """Count `count` inflated bytes. Raises `Refusal("bomb")` when the file's budget is used up."""
        self._left -= count
        if self._left < 0:
            raise Refusal("bomb")
