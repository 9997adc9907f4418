"""Limits on inflating compressed data, and on the time to read it, against decompression bombs."""

from __future__ import annotations

from chalicelib.features.evidence.refusal import Refusal
from chalicelib.kit.instants import SECOND
from chalicelib.kit.system_clock import real_time

MOST_BYTES = 1024 * 1024 * 1024
"""Bytes that all streams of one file may inflate to together."""
MOST_TIMES = 200
"""Largest ratio of inflated size to file size. Text and scans of blank pages reach 100."""
SMALLEST = 16 * 1024 * 1024
"""Bytes that any file may inflate to, however small it is."""
SECONDS = 300
"""Time for all that is in one file. The function has 900 s."""


class InflationBudget:
    """The bytes that one file may still inflate to, and the time until when."""

    def __init__(self, size: int, seconds: int = SECONDS) -> None:
        """`size`: the file's size in bytes."""
        self._until = real_time() + seconds * SECOND
        self._left = min(MOST_BYTES, max(SMALLEST, size * MOST_TIMES))

    def spend(self, count: int) -> None:
        """Count `count` inflated bytes. Raises `Refusal("bomb")` when the file's budget or time is used up."""
        self._left -= count
        if self._left < 0 or real_time() > self._until:
            raise Refusal("bomb")
