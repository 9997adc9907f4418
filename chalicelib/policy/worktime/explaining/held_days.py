"""Days that a limit lost, although no pause removed them: with them as its last day, it would have ended in a pause."""

from __future__ import annotations

import msgspec

from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.worktime.explaining.walk import CivilDay


class HeldDays(msgspec.Struct, frozen=True):
    """Days with which the limit would have ended at the same time, in a pause."""

    first: CivilDay
    last: CivilDay
    end: Instant

    def to_json(self) -> dict[str, str]:
        return {"from": self.first.date, "to": self.last.date, "end": to_text(self.end)}
