"""Rows of the queue in the reader's words, in three groups: late, due today, later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import NamedTuple

import msgspec

from chalicelib.casework.queue_row import QueueRow
from chalicelib.features.worklists.desk_queue import DeskQueue
from chalicelib.kit.instants import Instant, from_text
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.time_left import TimeLeft, times_left
from chalicelib.web.pages.times import times_of


class DeskRow(msgspec.Struct, frozen=True, kw_only=True):
    """`deadline`, `due`, `left`: of what is due next; empty if nothing is. `marks`: as in `QueueRow`.

    `version`: of the complaint. `href`: of its page. `tick`: what its box is called.
    """

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
    href: str
    tick: str


def rows_of(found: DeskQueue, desk: Desk, labels: CaseLabels, people: Mapping[str, str]) -> list[DeskRow]:
    """What several rows have in common is said once: few categories and stages, and the days of due times."""
    words = _Words(
        case=f"{desk.path}/complaints/",
        asked=desk.reader.link(""),
        tick=desk.reader.around("queue.tick", "number"),
        left=times_left(labels.policy, labels.reader, desk.call.now),
        due=times_of(labels.policy.calendar, labels.reader),
        clock=cache(labels.clock),
        category=cache(lambda values: labels.category(dict(values))),
        channel=cache(labels.channel),
        severity=cache(labels.severity),
        stage=cache(labels.stage),
        people=cache(lambda subs: labels.joined([people.get(sub, sub) for sub in subs])),
    )
    return [_row(row, words, found.versions.get(row.number, 0)) for row in found.rows]


def groups(rows: Iterable[DeskRow]) -> list[tuple[str, list[DeskRow]]]:
    """The rows stand in the order of their due times, so each group is one run of them."""
    return [(name, list(run)) for name, run in groupby(rows, key=lambda row: row.group)]


class _Words(NamedTuple):
    """How the rows of a page say what they have, each for a value of a row.

    `case`, `asked`: before and behind a complaint's number in the address of its page. `tick`: as `Reader.around`.
    """

    case: str
    asked: str
    tick: tuple[str, str]
    left: Callable[[str, Instant], TimeLeft]
    due: Callable[[str], str]
    clock: Callable[[str], str]
    category: Callable[[tuple[tuple[str, str], ...]], str]
    channel: Callable[[str], str]
    severity: Callable[[str], str]
    stage: Callable[[str], str]
    people: Callable[[tuple[str, ...]], str]


def _row(row: QueueRow, words: _Words, version: int) -> DeskRow:
    due, number, (before, after) = row.next, row.number, words.tick
    left = TimeLeft("", "later") if due is None else words.left(due.clock, from_text(due.due))
    return DeskRow(
        number=number,
        href=f"{words.case}{number}{words.asked}",
        tick=f"{before}{number}{after}",
        group=left.group,
        left=left.text,
        due="" if due is None else words.due(due.due),
        deadline="" if due is None else words.clock(due.clock),
        category=words.category(tuple(row.category.items())),
        channel=words.channel(row.channel),
        severity="" if row.severity is None else words.severity(row.severity),
        stage=words.stage(row.stage),
        people=words.people(tuple(row.assigned)),
        tier=row.tier,
        marks=row.marks,
        version=version,
    )
