"""Collects a text of a part that comes in pieces, within a limit."""

from __future__ import annotations

from chalicelib.features.evidence.refusal import Refusal

LONGEST = 1024 * 1024
"""Characters. Excel writes at most 8,192 in a formula. Add-ins keep references with their data in codes of fields."""


class TextOfElement:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._left = LONGEST

    def add(self, piece: str) -> None:
        """Raises `Refusal("bomb")`."""
        self._left -= len(piece)
        if self._left < 0:
            raise Refusal("bomb")
        self._pieces.append(piece)

    def __str__(self) -> str:
        return "".join(self._pieces)
