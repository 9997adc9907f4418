"""Checks a policy document and reports all faults at once, each with its place.

The structure is checked first; the other checks run only on a document with the right structure. A fault is reported
where it was made, and not again where it has consequences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chalicelib.policy.checks import (
    clocks,
    consequences,
    examples,
    fields,
    intake,
    order,
    points,
    reachability,
    roles,
    stages,
    tasks,
)
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import bounds, parsing
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, PolicyFault
from chalicelib.policy.worktime import Calendar, CalendarFault

_CALENDAR_KINDS = {
    "timezone": "calendar-timezone",
    "hours": "calendar-hours",
    "holidays": "calendar-holidays",
    "closed": "calendar-dates",
    "open": "calendar-dates",
    "day_ends": "calendar-day-ends",
    "swapped": "calendar-swapped",
}


def check(raw: Mapping[str, Any]) -> PolicyDocument:
    """Returns the document in its full form. Raises `PolicyFault` with all faults found."""
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
    yield from reachability.faults(document)
    yield from order.faults(document)
    yield from clocks.faults(document, names)
    yield from tasks.faults(document, names)
    yield from points.faults(document, names)
    yield from consequences.faults(document)
    yield from fields.faults(document)
    yield from roles.confidentiality_faults(document, names)
    yield from examples.faults(document)


def _calendar(document: PolicyDocument) -> Iterator[Fault]:
    try:
        Calendar.parse(document.calendar)
    except CalendarFault as fault:
        deep = {path[0] for path, _ in fault.faults if len(path) > 1}
        for path, message in fault.faults:
            if len(path) == 1 and path[0] in deep:  # a consequence of a fault inside this key's value
                continue
            kind = _CALENDAR_KINDS.get(str(path[0]), "calendar") if path else "calendar"
            yield Fault(("calendar", *path), kind, reason=message)
