"""The contribution of a complaint or a unit: what its record adds to each cell.

It depends on the events alone, so the contribution of any number of first events can be computed again at any time. A
cell is the sum of all contributions: each change adds the record's present contribution, less the counted one.

It also depends on its definition: the code that counts, and the tables of holidays. If the definition changes, earlier
counts cannot be subtracted exactly, so the figures are rebuilt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from chalicelib.complaints.envelope import Event
from chalicelib.kit import canonical
from chalicelib.policy.worktime.calendars.holidays import editions
from chalicelib.statistics.counting import acts, conduct, deadlines, durations, promises, states
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.series import NUMBER, RETURNING, Increments
from chalicelib.statistics.counting.tally import Tally
from chalicelib.statistics.counting.walk import PolicyOf, moments
from chalicelib.store import keys


def count_points(tally: Tally, found: Sequence[Moment]) -> None:
    for moment in found:
        if moment.type == "scored":
            tally.on(moment, "score", number=moment.fields["points"])
        elif moment.type == "task_opened" and "reached_at" in moment.fields:
            tally.on(moment, "threshold", moment.fields["task"])


@cache
def definition() -> str:
    """A digest: the same as long as equal records contribute the same. Compiled calendars use the latest edition."""
    latest = {country: known[-1] for country, known in editions().items()}
    return canonical.digest({"number": NUMBER, "holidays": latest})[:16]


_OF_COMPLAINTS: tuple[Callable[[Tally, Sequence[Moment]], None], ...] = (
    acts.count_events,
    acts.count_admission,
    acts.count_refusals,
    acts.count_answers_given,
    acts.count_demands,
    acts.count_answers,
    acts.count_sums,
    conduct.count_severity_changes,
    conduct.count_categories,
    conduct.count_passing_on,
    conduct.count_earlier_acts,
    deadlines.count_begun,
    deadlines.count_changes,
    deadlines.count_pauses,
    deadlines.count_escalations,
    deadlines.count_outcomes,
    promises.count_promises,
    durations.count_firsts,
    acts.count_endings,
    acts.count_rulings,
    states.count_open,
    states.count_runs,
)
_OF_UNITS = (
    count_points,
    deadlines.count_begun,
    deadlines.count_changes,
    deadlines.count_pauses,
    deadlines.count_escalations,
    deadlines.count_outcomes,
    promises.count_promises,
)


def contribution(events: Sequence[Event], policy_of: PolicyOf, returning: str = "") -> Increments:
    """`events`: from the first on; without any, nothing is contributed. `returning`: whether the complainant had filed
    another complaint before, `yes` or `no`; empty if that is unknown. Raises the errors of `policy_of`."""
    return of_moments(list(moments(events, policy_of)), returning)


def of_moments(found: Sequence[Moment], returning: str = "") -> Increments:
    """`found`: the first moments of a record, any number of them."""
    tally = Tally()
    if not found:
        return tally.increments()
    if returning:
        tally.on(found[0], RETURNING, returning)
    is_unit, counted = keys.is_unit(found[0].event.id), _without_notices(found)
    if not is_unit:
        durations.count_first_reply(tally, found)
    for count in _OF_UNITS if is_unit else _OF_COMPLAINTS:
        count(tally, counted)
    return tally.increments()


def _without_notices(found: Sequence[Moment]) -> list[Moment]:
    """Without the notices that change nothing of the case. They are two thirds of many records.

    Only the first reply depends on them.
    """
    later = [moment for before, moment in pairwise(found) if not _is_mere_notice(before, moment)]
    return [found[0], *later]


def _is_mere_notice(before: Moment, moment: Moment) -> bool:
    if moment.event.type != "notified" or moment.event.act is not None or moment.changed:
        return False
    return (moment.stage, moment.tier, moment.common) == (before.stage, before.tier, before.common)
