"""A world in which what events cause can be made to wait."""

from __future__ import annotations

from tests.clauses.world import InProcess


class Waiting(InProcess):
    """While it is held, nothing is relayed or delivered."""

    held = False

    def settle(self) -> None:
        if not self.held:
            super().settle()
