"""When a complaint waited for the complainant, and how many working days something took without that."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from chalicelib.complaints.runs import RUNNING
from chalicelib.kit.instants import DAY, LAST, Instant
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.policy.worktime import Calendar, due_time
from chalicelib.policy.worktime.due_times.pauses import Pause
from chalicelib.policy.worktime.limit import Limit
from chalicelib.statistics.counting.moment import Moment

_COMPLAINANT = "complainant"
_LONGEST = 366
"""What took longer took this many days: no owner asks for a share within more."""


Stretch = tuple[Instant, Instant]
"""From (inclusive) and until (exclusive)."""


def waiting(found: Sequence[Moment]) -> list[Stretch]:
    """The stretches in which a deadline of the complainant ran, or evidence that the complainant was asked for had not
    come, in order. A missed deadline is no longer waited for. The last stretch ends with `LAST` if it still lasts."""
    demands: set[str] = set()
    begun: Instant | None = None
    stretches: list[Stretch] = []
    for moment in found:
        if moment.type == "evidence_demanded" and moment.fields.get("of") == _COMPLAINANT:
            demands.add(moment.event.id)
        elif moment.type in ("evidence_received", "demand_lapsed"):
            demands.discard(str(moment.fields.get("demand")))
        elif moment.type in CANCELLING_EVENTS:
            demands.clear()
        waits = bool(demands) or any(
            run.state == RUNNING and moment.named(run.clock)[-1] == _COMPLAINANT for run in moment.runs_after.values()
        )
        if waits and begun is None:
            begun = moment.at
        elif not waits and begun is not None:
            stretches.append((begun, moment.at))
            begun = None
    return stretches if begun is None else [*stretches, (begun, LAST)]


def days_taken(calendar: Calendar, begin: Instant, end: Instant, pauses: Sequence[Pause] = ()) -> int:
    """The smallest number of working days as a limit from `begin` within which `end` lies, with these pauses."""
    most = min((end - begin) // DAY + 2, _LONGEST)

    def due(number: int) -> Instant:
        found = due_time(calendar, Limit("working_days", number, number, "working day"), begin, pauses).due
        return LAST if found is None else found

    return bisect_left(range(1, most), end, key=due) + 1
