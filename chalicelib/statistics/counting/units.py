"""Counts the points of units and the thresholds that they reached (P7.3)."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.tally import Tally


def count_points(tally: Tally, found: Sequence[Moment]) -> None:
    for moment in found:
        if moment.type == "scored":
            tally.on(moment, "score", number=moment.fields["points"])
        elif moment.type == "task_opened" and "reached_at" in moment.fields:
            tally.on(moment, "threshold", moment.fields["task"])
