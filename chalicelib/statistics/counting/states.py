"""Counts the state at the end of each day as differences: +1 where a state begins, -1 where it ends.

The differences of a month are added up as well, so that a query reads no day of earlier months.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.complaints.runs import Run
from chalicelib.statistics.counting.moment import Moment, RunKey
from chalicelib.statistics.counting.series import Address, Tuple
from chalicelib.statistics.counting.tally import Tally
from chalicelib.statistics.days import week_of

_ENDS = frozenset({"refused", "closed", "withdrawn", "archived"})


def count_open(tally: Tally, found: Sequence[Moment]) -> None:
    """`week`: of the filing. A case has ended from its refusal, closing or withdrawal until an act leads elsewhere, and
    in a stage without acts."""
    week, before, ended = week_of(found[0].day), None, False
    for moment in found:
        stays = ended and moment.stage == moment.stage_before and moment.type != "link_contested"
        ended = moment.type in _ENDS or stays
        stage = moment.policy.document.stages.get(moment.stage)
        over = ended or (stage is not None and not stage.acts)
        after = None if over else ("open", *moment.common, moment.stage, str(moment.tier), week)
        _change(tally, moment, before, after)
        before = after


def count_runs(tally: Tally, found: Sequence[Moment]) -> None:
    """The open deadlines. The stage is the reason for which a deadline is paused."""
    before: Mapping[RunKey, Tuple] = {}
    known = None
    for moment in found:
        shown = (moment.common, moment.stage)
        if shown == known and not moment.changed:
            continue
        after = {key: _of_run(moment, run) for key, run in moment.runs_after.items()}
        for key in {**before, **after}:
            _change(tally, moment, before.get(key), after.get(key))
        before, known = after, shown


def _of_run(moment: Moment, run: Run) -> Tuple:
    return ("run", *moment.common, *moment.named(run.clock), moment.stage, run.state)


def _change(tally: Tally, moment: Moment, before: Tuple | None, after: Tuple | None) -> None:
    if before == after:
        return
    for address in (Address("D", moment.day), Address("M", moment.day[:7])):
        if before is not None:
            tally.add(address, before, -1)
        if after is not None:
            tally.add(address, after, 1)
