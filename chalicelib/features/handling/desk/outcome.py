"""What an act would do, and what others did meanwhile, as lines of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from chalicelib.features.handling.close_duplicates import WouldLink
from chalicelib.features.handling.consequences_view import Would
from chalicelib.features.handling.told import WouldTell
from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text


class WouldLine(NamedTuple):
    """`verb`: the name of a text, such as `move` or `tell`."""

    verb: str
    text: str


class ShownChange(NamedTuple):
    at: str
    text: str
    by: str


def lines(would: Would, labels: CaseLabels) -> list[WouldLine]:
    """Five verbs: move, tell, start, stop, and what must be approved first."""
    return list(_lines(would, labels))


def _lines(would: Would, labels: CaseLabels) -> Iterator[WouldLine]:
    reader = labels.reader

    def time(at: str | None) -> str:
        return reader.text("desk_act.no_time") if at is None else time_text(labels.policy.calendar, reader, at)

    if would.approval is not msgspec.UNSET:
        yield WouldLine("wait", labels.joined([reader.label(one.label) for one in would.approval.by]))
    if would.link is not msgspec.UNSET:
        yield from _link(would.link, reader, time)
    if would.stage.before.stage != would.stage.after.stage:
        yield WouldLine("move", reader.label(would.stage.after.label))
    for told in would.tells:
        yield WouldLine("tell", _told(told, reader))
    for run in would.starts:
        yield WouldLine("start", reader.text("desk_act.until", name=reader.label(run.label), at=time(run.due)))
    for ended in would.stops:
        yield WouldLine("stop", reader.label(ended.label))
    for moved in would.moves:
        name = reader.label(moved.label)
        yield WouldLine(
            "shift", reader.text("desk_act.moved", name=name, old=time(moved.before), new=time(moved.after))
        )


def _link(link: WouldLink, reader: Reader, time: Callable[[str | None], str]) -> Iterator[WouldLine]:
    """Which complaint goes on, when this one is closed, which of its deadlines go on until then, and what is copied."""
    yield WouldLine("go_on", reader.text("desk_act.link.stage", number=link.to, stage=reader.label(link.label)))
    yield WouldLine("close", reader.of_code("desk_act.link.", link.closes))
    for run in link.goes_on:
        yield WouldLine("keep", reader.text("desk_act.until", name=reader.label(run.label), at=time(run.due)))
    if link.closes != "alone":
        yield WouldLine("copy", reader.text("desk_act.link.copy"))


def _told(told: WouldTell, reader: Reader) -> str:
    who = reader.of_code("desk_case.by.", "staff") if told.label is msgspec.UNSET else reader.label(told.label)
    return reader.text("desk_act.told", who=who, subject=reader.label(told.subject))


def changes(
    since: Iterable[Mapping[str, Any]], names: Mapping[str, str], policy: Policy, reader: Reader
) -> list[ShownChange]:
    """`since`: as the problem `stale` has it. `names`: of members, by id. Messages follow from other changes."""
    return [
        ShownChange(
            at=time_text(policy.calendar, reader, one["at"]),
            text=reader.label(one["label"], one["type"]),
            by=names.get(one["actor"].get("id", ""), reader.of_code("desk_case.by.", one["actor"]["kind"])),
        )
        for one in since
        if (one["type"], one["actor"]["kind"]) != ("notified", "system")
    ]
