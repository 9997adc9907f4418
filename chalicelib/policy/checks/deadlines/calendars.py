"""Checks the calendars of a policy: each document, their names, and whether they have enough open time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chalicelib.kit.problem import Text
from chalicelib.policy.checks import references
from chalicelib.policy.checks.deadlines import clocks
from chalicelib.policy.checks.deadlines.limits import PlacedLimit, deadlines
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import UNIT_CALENDAR
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import Budget, BudgetExceeded, Calendar, CalendarFault, bounded, parse_limit
from chalicelib.policy.worktime.calendars.calendar import OWN_CALENDAR, others_of
from chalicelib.policy.worktime.calendars.reader import read_calendar
from chalicelib.policy.worktime.too_narrow import TooLong, too_narrow

MAX_STEPS = 200_000
"""Counted steps (`worktime.budget`) of the search for starts from which limits last too long."""
_KINDS = {
    "timezone": "calendar-timezone",
    "hours": "calendar-hours",
    "holidays": "calendar-holidays",
    "closed": "calendar-dates",
    "open": "calendar-dates",
    "day_ends": "calendar-day-ends",
    "swapped": "calendar-swapped",
    "last_day": "calendar-last-day",
    "calendar_days_end": "calendar-days-end",
    "paused_days": "calendar-paused-days",
    "listed_through": "calendar-listed-through",
    "last_day_of": "calendar-last-day-of",
}


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    yield from _document_faults(("calendar",), OWN_CALENDAR, document)
    for name in document.calendars:
        yield from _document_faults(("calendars", name), name, document)
    if UNIT_CALENDAR in document.calendars:
        yield Fault(("calendars", UNIT_CALENDAR), "reserved", name=UNIT_CALENDAR)
    for index, tier in enumerate(document.tiers):
        yield from clocks.calendar_faults(("tiers", index, "calendar"), tier.calendar, document, names)
    for name, task in document.tasks.items():
        yield from clocks.calendar_faults(("tasks", name, "calendar"), task.calendar, document, names)


def _document_faults(root: Path, name: str, document: PolicyDocument) -> Iterator[Fault]:
    known = {OWN_CALENDAR: document.calendar, **document.calendars}
    calendar = document.calendar if root == ("calendar",) else document.calendars[name]
    try:
        last_day_of = read_calendar(calendar).last_day_of
        path = (*root, "last_day_of")
        if last_day_of == name:
            yield Fault(path, "last-day-of-itself")
        elif last_day_of is not None:
            yield from references.undefined_names(path, [last_day_of], known.keys() - {name}, "no-calendar")
    except CalendarFault as fault:
        deep = {path[0] for path, _ in fault.faults if len(path) > 1}
        for path, message in fault.faults:
            if len(path) == 1 and path[0] in deep:  # a consequence of a fault inside this key's value
                continue
            kind = _KINDS.get(str(path[0]), "calendar") if path else "calendar"
            yield Fault((*root, *path), kind, reason=message if isinstance(message, Text) else Text(message))


def narrow_faults(document: PolicyDocument) -> Iterator[Fault]:
    """No calendar may open too little for a limit that uses it. Faulty calendars and limits are reported elsewhere."""
    calendars = _calendars(document)
    answers: dict[tuple[str, str], TooLong | None] = {}
    with bounded(Budget(MAX_STEPS)):
        for limit in deadlines(document):
            try:
                used = {name: None for named in limit.calendars for name in _used(document, named)}
                found = any(_is_too_narrow(name, limit, calendars, answers) for name in used)
            except BudgetExceeded:
                yield Fault(limit.path, "too-costly", most=MAX_STEPS)
                return
            if found:
                yield Fault(limit.path, "calendar-too-narrow", name=limit.text)


def _is_too_narrow(
    name: str, limit: PlacedLimit, calendars: Mapping[str, Calendar], answers: dict[tuple[str, str], TooLong | None]
) -> bool:
    key = (name, limit.text)
    if name in calendars and key not in answers:
        answers[key] = _too_long(calendars[name], limit.text)
    return answers.get(key) is not None


def _used(document: PolicyDocument, named: str | None) -> list[str]:
    """The calendars that a name can mean; the policy's own is `""`. A unit may use any of them."""
    if named == UNIT_CALENDAR:
        return ["", *document.calendars]
    return [""] if named is None else [named]


def _calendars(document: PolicyDocument) -> Mapping[str, Calendar]:
    found = {}
    for name, calendar in {"": document.calendar, **document.calendars}.items():
        try:
            found[name] = Calendar.parse(calendar, None, others_of(name, document.calendar, document.calendars))
        except CalendarFault:
            continue
    return found


def _too_long(calendar: Calendar, text: str) -> TooLong | None:
    try:
        limit = parse_limit(text)
    except ValueError:
        return None
    return too_narrow(calendar, limit)
