"""Rows of the queue in the reader's words, in three groups: late, due today, later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

import msgspec

from chalicelib.casework.queue_row import QueueRow
from chalicelib.features.worklists.desk_queue import DeskQueue
from chalicelib.kit.instants import Instant, from_text
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.time_left import TimeLeft, time_left
from chalicelib.web.pages.times import time_text


class DeskRow(msgspec.Struct, frozen=True, kw_only=True):
    """`deadline`, `due`, `left`: of what is due next; empty if nothing is. `marks`: as in `QueueRow`. `version`: of the
    complaint."""

    number: str
    group: str
    left: str
    due: str
    deadline: str
    category: str
    channel: str
    severity: str
    stage: str
    people: str
    tier: int
    marks: tuple[str, ...]
    version: int


def rows_of(found: DeskQueue, labels: CaseLabels, people: Mapping[str, str], now: Instant) -> list[DeskRow]:
    return [_row(row, labels, people, now, found.versions.get(row.number, 0)) for row in found.rows]


def groups(rows: Iterable[DeskRow]) -> list[tuple[str, list[DeskRow]]]:
    """The rows stand in the order of their due times, so each group is one run of them."""
    return [(name, list(run)) for name, run in groupby(rows, key=lambda row: row.group)]


def _row(row: QueueRow, labels: CaseLabels, people: Mapping[str, str], now: Instant, version: int) -> DeskRow:
    policy, reader, due = labels.policy, labels.reader, row.next
    left = TimeLeft("", "later") if due is None else time_left(policy, reader, due.clock, from_text(due.due), now)
    return DeskRow(
        number=row.number,
        group=left.group,
        left=left.text,
        due="" if due is None else time_text(policy.calendar, reader, due.due),
        deadline="" if due is None else labels.clock(due.clock),
        category=labels.category(row.category),
        channel=labels.channel(row.channel),
        severity="" if row.severity is None else labels.severity(row.severity),
        stage=labels.stage(row.stage),
        people=labels.joined([people.get(sub, sub) for sub in row.assigned]),
        tier=row.tier,
        marks=row.marks,
        version=version,
    )
