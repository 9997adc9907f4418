"""Checks the time after which private values and files are erased: it ends after all that still needs them."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.deadlines.limits import START, PlacedLimit
from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import CalendarFault, due_time, parse_calendars, parse_limit

_PATH: Path = ("retention", "closed")
_ENDS = CANCELLING_EVENTS | {"archived"}
"""The events with which complaints end."""


def faults(document: PolicyDocument) -> Iterator[Fault]:
    if document.retention is None:
        return
    text = document.retention.closed
    wrong = list(clocks.limit_faults(_PATH, text))
    yield from wrong
    if not wrong and parse_limit(text).kind == "none":
        yield Fault(_PATH, "retention-without-end")
    elif not wrong:
        yield from _too_short(document, text)


def _too_short(document: PolicyDocument, text: str) -> Iterator[Fault]:
    """Compares both from one start, without pauses. Faulty calendars and limits are reported elsewhere."""
    try:
        kept = _end(document, PlacedLimit(_PATH, text))
    except (CalendarFault, ValueError):
        return
    for needed in _needing(document):
        try:
            end = _end(document, needed)
        except (CalendarFault, ValueError):
            continue
        if kept < end:
            place = ".".join(str(step) for step in needed.path)
            yield Fault(_PATH, "retention-too-short", name=text, place=place, limit=needed.text)


def _end(document: PolicyDocument, limit: PlacedLimit) -> int:
    """0 for a limit without an end."""
    calendars = parse_calendars(document.calendar, document.calendars)
    named = [calendars.get(name or "", calendars[""]) for name in limit.calendars]
    return max(due_time(calendar, parse_limit(limit.text), START).due or 0 for calendar in named)


def _needing(document: PolicyDocument) -> Iterator[PlacedLimit]:
    """The clocks that can run after the end, the time for which files are kept, and that of earlier complaints."""
    for name, clock in document.clocks.items():
        if _runs_after_end(clock):
            for rule in clock.within:
                yield PlacedLimit(("clocks", name), rule.limit, (clock.calendar,))
    intake = document.intake
    if intake.evidence_kept is not None:
        yield PlacedLimit(("intake", "evidence_kept"), intake.evidence_kept)
    if intake.repeats is not None:
        yield PlacedLimit(("intake", "repeats"), intake.repeats.within)


def _runs_after_end(clock: Clock) -> bool:
    return bool(_ENDS & {one.event for one in clock.start} or set(clock.survives) & CANCELLING_EVENTS)
