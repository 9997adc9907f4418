"""A world that can delay the delivery of events."""

from __future__ import annotations

from tests.clauses.world import InProcess


class Waiting(InProcess):
    """While it is `held`, no event is relayed or delivered."""

    held = False

    def settle(self) -> None:
        if not self.held:
            super().settle()
