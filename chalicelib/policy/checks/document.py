"""Checking a document: every name that is used must exist, every limit must read, every stage must have a way on.

All faults are found at once, each with its place. Structure comes first: only what has the right shape is asked what
it means. A fault is reported where it was made, not again where it follows from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chalicelib.policy.checks import (
    clocks,
    confidentiality,
    consequences,
    ends,
    examples,
    fields,
    intake,
    order,
    points,
    reach,
    roles,
    stages,
    tasks,
)
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import bounds, parsing
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, PolicyFault
from chalicelib.policy.worktime import Calendar, CalendarFault

_CALENDAR = {
    "timezone": "calendar-timezone",
    "hours": "calendar-hours",
    "holidays": "calendar-holidays",
    "closed": "calendar-dates",
    "open": "calendar-dates",
    "day_ends": "calendar-day-ends",
    "swapped": "calendar-swapped",
}


def check(raw: Mapping[str, Any]) -> PolicyDocument:
    """The document in its full form. Raises `PolicyFault` with everything that is wrong with it."""
    document = parsing.parse(raw)
    faults = list(bounds.size_faults(raw)) or list(islice(_faults(document), MAX_FAULTS))
    if faults:
        raise PolicyFault(faults)
    return document


def _faults(document: PolicyDocument) -> Iterator[Fault]:
    names = DefinedNames.of(document)
    yield from _calendar(document)
    yield from roles.faults(document, names)
    yield from intake.faults(document, names)
    yield from stages.faults(document, names)
    yield from reach.faults(document)
    yield from ends.faults(document)
    yield from order.faults(document)
    yield from clocks.faults(document, names)
    yield from tasks.faults(document, names)
    yield from points.faults(document, names)
    yield from consequences.faults(document)
    yield from fields.faults(document)
    yield from confidentiality.faults(document, names)
    yield from examples.faults(document)


def _calendar(document: PolicyDocument) -> Iterator[Fault]:
    try:
        Calendar.parse(document.calendar)
    except CalendarFault as fault:
        deep = {path[0] for path, _ in fault.faults if len(path) > 1}
        for path, message in fault.faults:
            if len(path) == 1 and path[0] in deep:  # it follows from what is wrong inside
                continue
            kind = _CALENDAR.get(str(path[0]), "calendar") if path else "calendar"
            yield Fault(("calendar", *path), kind, reason=message)
