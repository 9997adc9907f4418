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


_FIRSTS = {
    "first_substantive_reply": ANSWERS,
    "first_decision": frozenset({"decided"}),
    "first_closing": frozenset({"closed"}),
}
"""By series: the events of which the first ends the time."""


def count_firsts(tally: Tally, found: Sequence[Moment]) -> None:
    for series, types in _FIRSTS.items():
        moment = next((moment for moment in found if moment.type in types), None)
        if moment is not None:
            _count(tally, found[0], moment, series)


def _count(tally: Tally, filed: Moment, moment: Moment, series: str) -> None:
    """In the calendar of the policy under which it happened."""
    begin = _received(filed)
    passed = measure(moment.policy.calendar, begin, max(moment.at, begin))
    tally.on(moment, series, bucket(passed))


def _received(filed: Moment) -> Instant:
    received = filed.fields.get("received_at")
    return filed.at if received is None else min(from_text(received), filed.at)
