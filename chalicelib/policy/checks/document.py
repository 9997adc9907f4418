"""Checks a policy document and reports all faults at once, each with its place.

The structure is checked first; the other checks run only on a document with the right structure. A fault is reported
where it was made, and not again where it has consequences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chalicelib.policy.checks import (
    amendment,
    contact,
    events_at_once,
    examples,
    forms,
    points,
    publicity,
    roles,
    shown_order,
)
from chalicelib.policy.checks.deadlines import (
    calendars,
    clocks,
    counting,
    limits,
    reaching,
    retention,
    tasks,
    timed_acts,
)
from chalicelib.policy.checks.intake import facts, fields, intake
from chalicelib.policy.checks.stages import omissions, order, stages
from chalicelib.policy.checks.walks import standing_still
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import bounds, parsing
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, PolicyFault
from chalicelib.policy.worktime import Budget, BudgetExceeded, bounded

MAX_STEPS = 250_000
"""Steps of calendar arithmetic, about a second."""


def check(raw: Mapping[str, Any]) -> PolicyDocument:
    """Returns the document in its full form. Raises `PolicyFault` with all faults found."""
    document = parsing.parse(raw)
    faults = list(bounds.size_faults(raw)) or _bounded_faults(document)
    if faults:
        raise PolicyFault(faults)
    return document


def _bounded_faults(document: PolicyDocument) -> list[Fault]:
    found: list[Fault] = []
    try:
        with bounded(Budget(MAX_STEPS)):
            names = DefinedNames.of(document)
            found.extend(islice(_faults(document, names), MAX_FAULTS))
            found.extend(() if found else standing_still.faults(document, names))
    except BudgetExceeded:
        if not found:
            found.append(Fault((), "too-costly", most=MAX_STEPS))
    return found


def _faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    yield from calendars.faults(document, names)
    yield from calendars.narrow_faults(document)
    yield from roles.faults(document, names)
    yield from intake.faults(document, names)
    yield from facts.faults(document, names)
    yield from stages.faults(document, names)
    yield from roles.assignment_faults(document)
    yield from stages.reach_faults(document)
    yield from omissions.faults(document, names)
    yield from order.faults(document)
    yield from clocks.faults(document, names)
    yield from reaching.way_faults(document)
    yield from counting.faults(document)
    yield from limits.cost_faults(document)
    yield from tasks.faults(document, names)
    yield from timed_acts.faults(document)
    yield from points.faults(document, names)
    yield from publicity.faults(document, names)
    yield from publicity.supervision_faults(document, names)
    yield from amendment.faults(document, names)
    yield from forms.faults(document, names)
    yield from stages.ledger_faults(document, names)
    yield from events_at_once.event_faults(document)
    yield from fields.faults(document)
    yield from roles.confidentiality_faults(document, names)
    yield from contact.faults(document)
    yield from retention.faults(document)
    yield from shown_order.faults(document)
    yield from examples.faults(document)
