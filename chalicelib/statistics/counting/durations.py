"""Counts the working time from the receipt of a complaint to its first answers, decision and closing."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.complaints.runs import DUE_MOVED
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.language.vocabulary import ANSWERS
from chalicelib.policy.worktime.calendars.open_time import measure
from chalicelib.statistics.counting.histogram import bucket
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.tally import Tally
from chalicelib.statistics.counting.waiting import Stretch, days_taken, waiting


def count_first_reply(tally: Tally, found: Sequence[Moment]) -> None:
    """The first act of the organisation's people, after the filing, of which the complainant was told."""
    moment = _first_told(found)
    if moment is not None:
        _count(tally, found[0], moment, "first_reply")


def _first_told(found: Sequence[Moment]) -> Moment | None:
    by_id = {moment.event.id: moment for moment in found[1:] if moment.by_staff and moment.is_act}
    for moment in found:
        if moment.event.type == "notified" and "complainant" in moment.fields.get("to", ()) and not _is_of_time(moment):
            about = by_id.get(moment.fields.get("about", ""))
            if about is not None:
                return about
    return None


def _is_of_time(moment: Moment) -> bool:
    """True for a message that only says how a due time has moved: it is no answer."""
    return moment.fields.get("wording") == DUE_MOVED


_FIRST_CLOSING = "first_closing"
_ANSWERED = {"first_substantive_reply": ANSWERS, "first_decision": frozenset({"decided"})}
"""By series: the events of which the first one by a person ends the time."""


def count_firsts(tally: Tally, found: Sequence[Moment]) -> None:
    """`own_bucket`, `own_days`: without the time in which the complaint waited for the complainant."""
    closing = next((moment for moment in found if moment.type == "closed"), None)
    if closing is not None:
        _count(tally, found[0], closing, _FIRST_CLOSING)
    waits = waiting(found)
    for series, types in _ANSWERED.items():
        moment = next((moment for moment in found if moment.type in types and moment.by_answerer), None)
        if moment is not None:
            tally.on(moment, series, *_times_of(found[0], moment, waits))


def _times_of(filed: Moment, moment: Moment, waits: Sequence[Stretch]) -> tuple[str, str, str, str]:
    """In the calendar of the policy under which it happened."""
    calendar, begin = moment.policy.calendar, _received(filed)
    end = max(moment.at, begin)
    passed, days = measure(calendar, begin, end), days_taken(calendar, begin, end)
    before = [(since, min(until, end)) for since, until in waits if since < end]
    if not before:
        return bucket(passed), str(days), bucket(passed), str(days)
    own = passed - sum(measure(calendar, since, until) for since, until in before)
    return bucket(passed), str(days), bucket(own), str(days_taken(calendar, begin, end, before))


def _count(tally: Tally, filed: Moment, moment: Moment, series: str) -> None:
    """In the calendar of the policy under which it happened."""
    begin = _received(filed)
    passed = measure(moment.policy.calendar, begin, max(moment.at, begin))
    tally.on(moment, series, bucket(passed))


def _received(filed: Moment) -> Instant:
    received = filed.fields.get("received_at")
    return filed.at if received is None else min(from_text(received), filed.at)
