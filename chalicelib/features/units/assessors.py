"""Who may assess an inspection: a person who handled no complaint of its period (P4.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from chalicelib.casework import numbers, snapshot
from chalicelib.casework.loading import Case
from chalicelib.casework.numbers import NumberPosition
from chalicelib.casework.unit_access import UnitRequest
from chalicelib.complaints.participation import Participation
from chalicelib.kit.instants import Instant, from_instant, to_instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.publicity import INSPECTION
from chalicelib.store.port import Store

_DAYS = {"month": 31, "quarter": 92, "year": 366}
"""The most days of a period."""
_PAGE = 300
"""Complaints that are read at a time."""


class _Handled(msgspec.Struct, frozen=True):
    """A part of a complaint's state: the time of its last event, and who did what."""

    at: Instant = 0
    participation: Participation | None = None


def check(store: Store, target: UnitRequest, case: Case, fields: Mapping[str, Any]) -> None:
    """Raises `Problem("forbidden")` if the caller would assess a period in which they handled a complaint."""
    supervision = case.policy.document.supervision
    opened = _opened(case, fields)
    if opened is None or supervision is None or supervision.inspection is None:
        return
    begin = to_instant(from_instant(opened) - timedelta(days=_DAYS[supervision.inspection.every]))
    for one in _since(store, target.tenant, begin):
        doers = [] if one.participation is None else one.participation.doers
        if any(target.sub in doer.people for doer in doers):
            raise Problem("forbidden", "You handled complaints of this period. Another person assesses it.")


def _opened(case: Case, fields: Mapping[str, Any]) -> Instant | None:
    """When the inspection's task that the fields name was opened; it opens when its period has ended."""
    named = str(fields.get("task", "")).rpartition("/")[2]
    found = [
        one.opened for key, one in case.complaint.tasks.items() if one.task == INSPECTION and named in (key, INSPECTION)
    ]
    return min(found, default=None)


def _since(store: Store, tenant: str, begin: Instant) -> Iterator[_Handled]:
    """Complaints with an event since then, latest months first."""
    months, position = list(reversed(numbers.months(store, tenant))), NumberPosition()
    following: NumberPosition | None = position
    while following is not None:
        found, following = numbers.next_page(months, following, _PAGE)
        yield from _recent(store, tenant, found, begin)


def _recent(store: Store, tenant: str, found: Sequence[str], begin: Instant) -> Iterator[_Handled]:
    states = snapshot.read(store, tenant, found, _Handled)
    yield from (one for one in states.values() if one.at >= begin)
