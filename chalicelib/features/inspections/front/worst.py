"""The ten worst cases of a period, as they stood at its end.

The order: how long a duty of the office was overdue, how high the complaint was escalated, how often the complainant
disputed an answer. The text of a complaint is private and in no document.
"""

from __future__ import annotations

from chalicelib.complaints.runs import MISSED, Run
from chalicelib.features.inspections.document import WorstCase
from chalicelib.features.inspections.front.looking import PeriodRecord, PeriodRecords
from chalicelib.kit.instants import MINUTE, Instant
from chalicelib.policy.worktime.calendars.open_time import measure
from chalicelib.statistics.counting.moment import Moment, RunKey
from chalicelib.statistics.counting.series import COMMON
from chalicelib.statistics.dimensions import Labels
from chalicelib.statistics.measures.deadlines import OFFICE

MOST = 10
_ENDS = frozenset({"refused", "closed", "withdrawn", "archived", "transferred"})


def worst(records: PeriodRecords, labels: Labels) -> list[WorstCase]:
    """Those in which a duty of the office was overdue in the period, or an answer was disputed."""
    found = [one for record in records.found if (one := _case(records, record, labels)) is not None]
    found.sort(key=lambda one: (-one.overdue, -one.tier, -one.disputed, one.number))
    return found[:MOST]


def _case(records: PeriodRecords, record: PeriodRecord, labels: Labels) -> WorstCase | None:
    known = record.until(records.end)
    overdue, clock = _longest(records, known)
    disputes = [one for one in known if one.type == "disputed" and one.at >= records.begin]
    if not overdue and not disputes:
        return None
    last = known[-1]
    common = dict(zip(COMMON, last.common, strict=True))
    stage = last.policy.document.stages.get(last.stage)
    return WorstCase(
        number=record.number,
        overdue=overdue,
        is_open=last.type not in _ENDS and stage is not None and bool(stage.acts),
        clock=labels.of("clock", clock) if clock else {"zh": "", "en": ""},
        category=labels.of("category", common["category"]) if common["category"] else {"zh": "", "en": ""},
        unit=labels.of("unit", common["unit"]),
        stage=labels.of("stage", last.stage),
        tier=last.tier,
        disputed=len(disputes),
    )


def _longest(records: PeriodRecords, known: list[Moment]) -> tuple[int, str]:
    """The working minutes of the longest miss, and its deadline."""
    runs: dict[RunKey, tuple[Moment, Run]] = {}
    for moment in known:
        runs |= {(run.clock, run.n): (moment, run) for run in moment.changed}
    late = ((_minutes(records, moment, run), run.clock) for moment, run in runs.values())
    return max(late, default=(0, ""))


def _minutes(records: PeriodRecords, moment: Moment, run: Run) -> int:
    """0 for a deadline that was not overdue in the period, or is no duty of the office."""
    stop: Instant = records.end if run.ended is None else min(run.ended, records.end)
    if run.state != MISSED or run.due is None or stop <= max(run.due, records.begin):
        return 0
    if moment.named(run.clock)[2] != OFFICE:
        return 0
    return max(measure(moment.policy.calendar_of(run.calendar), run.due, stop) // MINUTE, 1)
