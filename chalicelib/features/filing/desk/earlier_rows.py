"""The earlier complaints of what is being filed, as the desk shows them. Who sees them is logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.features.history import queries as history
from chalicelib.features.history.queries import EarlierComplaint
from chalicelib.web.call import Call
from chalicelib.web.pages.desk import CASE, Desk
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.times import time_text

MOST_SHOWN = 10
"""Earlier complaints of the subject, and as many of the customer."""
_PENDING = "pending"


class EarlierComplaintRow(msgspec.Struct, frozen=True, kw_only=True):
    """`what`: category and stage. `why`: what it has in common, and when it was registered. `mark`: empty without."""

    number: str
    path: str
    what: str
    why: str
    mark: str


def found(call: Call, desk: Desk, values: Mapping[str, Any]) -> list[EarlierComplaintRow]:
    """Each complaint once, the newest first. `values`: the facts of the filing, and its subject."""
    earlier = history.before_filing(call.wiring, desk.member, values, f"page {call.route_id}", call.now)
    same: dict[str, list[str]] = {}
    known: dict[str, EarlierComplaint] = {}
    for name, listed in earlier.items():
        for one in listed[:MOST_SHOWN]:
            known[one.number] = one
            same.setdefault(one.number, []).append(name)
    return [_row(desk, known[number], same[number]) for number in sorted(known, reverse=True)]


def _row(desk: Desk, one: EarlierComplaint, same: list[str]) -> EarlierComplaintRow:
    reader = desk.reader
    stage = reader.label(one.stage_name, one.stage)
    category = labels_of(desk).category(one.category)
    registered = time_text(desk.member.policy.calendar, reader, one.registered_at)
    return EarlierComplaintRow(
        number=one.number,
        path=CASE.format(tenant=desk.member.org.id, number=one.number),
        what=" · ".join(text for text in (category, stage) if text),
        why=" · ".join([*(reader.text(f"desk_file.same.{name}") for name in same), registered]),
        mark=reader.text("desk_file.pending") if one.shelf == _PENDING else "",
    )
