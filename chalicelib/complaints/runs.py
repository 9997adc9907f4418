"""A run of a clock, and its JSON form in events, where instants are fixed-width UTC text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.zone import end_of_date

StoredRun = dict[str, Any]
"""A run as JSON, in the form that events store."""
RUNNING, PAUSED, MET, MISSED, CANCELLED = "running", "paused", "met", "missed", "cancelled"


class Run(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """From an event in the clock's `from` to an event in its `until`. Instants are in milliseconds."""

    clock: str
    n: int
    """The number of this run among the clock's runs in the complaint, from 1."""
    seq: int
    """The sequence number of the event that started it."""
    task: int = 0
    """For a task's clock: the event that opened the task. Only the completion of that task ends the run."""
    started: Instant
    limit: str
    """The limit that applies now, as text; empty if the due time was stated."""
    stated: Instant | None = None
    before: Instant | None = None
    """For an extended run: the due time before the first extension. The cap on extensions counts from it."""
    hours: str
    """`open` or `closed`: the working hours at the start. A limit may depend on it."""
    calendar: str = ""
    """The name of its calendar in the policy's `calendars`; empty for the policy's `calendar`."""
    day_end: bool = False
    """True if time started it at 24:00: it belongs to the day that has just ended."""
    due: Instant | None
    provisional: bool = False
    state: str = RUNNING
    rung: int = 0
    """The number of rungs of the escalation ladder that this run has missed."""
    next: Instant | None = None
    """The time at which the next rung is missed: first the due time, then the times of the next tiers."""
    warns: list[Instant] = []
    """The times of future warnings, earliest first."""
    pauses: list[list[Instant | None]] = []
    """Pauses as `[from, to]`. The last `to` is None while the run is paused."""
    ended: Instant | None = None
    held: bool = False
    """True if it is paused from its start, until members have decided on the masks in what the respondent reads."""
    under: str = ""
    """For a run that was missed before a policy switch: the version it was missed under, which explains it."""

    @property
    def is_beyond(self) -> bool:
        """True if its limit would end after the last due time that can be stored."""
        return self.state == RUNNING and self.due is None

    @property
    def open(self) -> bool:
        return self.ended is None


def first_open(runs: Iterable[Run], clock: str) -> Run | None:
    """The open run of the clock. If several tasks of one name are open, the run of the task that was opened first."""
    return min((run for run in runs if run.clock == clock), key=lambda run: run.task, default=None)


def stated_time(calendar: Calendar, text: str) -> Instant:
    """The instant of a stored time. A date means its 24:00 in the calendar's zone."""
    return end_of_date(calendar.zone, text) if is_date(text) else from_text(text)


def is_date(text: str) -> bool:
    """Whether a stored time is a civil date."""
    return len(text) == _DATE_LENGTH


_DATE_LENGTH = len("2026-11-27")
_MEMBERS = frozenset(Run.__struct_encode_fields__)
_INSTANTS = ("started", "stated", "before", "due", "next", "ended")


def to_json(run: Run) -> StoredRun:
    """The run in the form that events store."""
    raw = _with_instants(msgspec.to_builtins(run), to_text)
    if run.later is msgspec.UNSET:
        return raw
    from chalicelib.kit.later_parts import with_kept  # only during an update

    kept: StoredRun = with_kept(raw)
    return kept


def from_json(raw: StoredRun) -> Run:
    run = msgspec.convert(_with_instants(raw, from_text), Run)
    if raw.keys() <= _MEMBERS:
        return run
    from chalicelib.kit.later_parts import keep  # only during an update

    return keep(run, raw)


def latest(changes: Iterable[Iterable[StoredRun]]) -> list[Run]:
    """The runs that the first of several events started, as the last of the events leaves them."""
    first, *later = [[from_json(run) for run in clocks] for clocks in changes]
    found = {(run.clock, run.n): run for run in first}
    for run in (run for runs in later for run in runs):
        if (run.clock, run.n) in found:
            found[run.clock, run.n] = run
    return list(found.values())


def _with_instants(raw: StoredRun, convert: Callable[[Any], Any]) -> StoredRun:
    converted = {**raw, **{key: convert(raw[key]) for key in _INSTANTS if raw.get(key) is not None}}
    if "warns" in converted:
        converted["warns"] = [convert(one) for one in converted["warns"]]
    if "pauses" in converted:
        converted["pauses"] = [
            [None if one is None else convert(one) for one in pause] for pause in converted["pauses"]
        ]
    return converted


def earliest(runs: Iterable[Run]) -> Run | None:
    """The run with the earliest due time, or None if none has one."""
    return min((run for run in runs if run.due is not None), key=lambda run: (run.due, run.calendar), default=None)


def due_field(run: Run | None) -> dict[str, str]:
    """The due time of the run for a message, and its calendar if it has another one; empty if the run has none."""
    if run is None or run.due is None:
        return {}
    return {"due": to_text(run.due), **({"calendar": run.calendar} if run.calendar else {})}
