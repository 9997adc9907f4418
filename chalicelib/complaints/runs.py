"""A run of a clock, and its JSON form in events, where instants are fixed-width UTC text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.zone import end_of_date

StoredRun = dict[str, Any]
"""A run as JSON, in the form that events store."""
DUE_MOVED = "due_moved"
"""The wording of a message about due times alone."""
RUNNING, PAUSED, MET, MISSED, CANCELLED = "running", "paused", "met", "missed", "cancelled"


class TotalStart(StoredPart, frozen=True, omit_defaults=True):
    """Where the first of several runs counts from, which extensions or promises replaced one after another."""

    start: Instant
    day_end: bool = False
    of_date: bool = False
    pauses: list[list[Instant]] = []
    """The pauses of the replaced runs."""


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
    begins: Instant | None = None
    """The opening of a working day as which its start counts, by the clock's `starts`."""
    moved: list[tuple[str, Instant]] = []
    """The calendars in which it counted before its complaint got another unit, each with the time until which."""
    total: TotalStart | None = None
    """For a run that an extension or a later promise began: from where `most_total` counts."""
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
    """True if time started it at 24:00, or if it counts from a date: it belongs to the day that has just ended."""
    of_date: bool = False
    """True if it counts from the 24:00 of a date. A limit that includes the first day begins with that date."""
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
    replaces: int = 0
    """The number of the run in whose place it came: an extension, a later promise, another start of the same clock."""
    unreached: bool = False
    """True if it began though the complainant was not reached: after three attempts, or without any way to try."""
    under: str = ""
    """For a run that was missed before a policy switch: the version it was missed under, which explains it."""

    @property
    def counts_from(self) -> Instant:
        return self.started if self.begins is None else self.begins

    @property
    def counts_from_day_end(self) -> bool:
        """True if it counts from a 24:00, which belongs to the day that has just ended."""
        return self.day_end and self.begins is None

    @property
    def counts_from_date(self) -> bool:
        """True if that is the 24:00 of a date."""
        return self.of_date and self.begins is None

    @property
    def is_beyond(self) -> bool:
        """True if its limit would end after the last due time that can be stored."""
        return self.state == RUNNING and self.due is None

    @property
    def open(self) -> bool:
        return self.ended is None

    @property
    def key(self) -> str:
        return run_key(self.clock, self.n)


def run_key(clock: str, n: int) -> str:
    """By which messages and the state name a run."""
    return f"{clock}/{n}"


class Reaching(StoredPart, frozen=True, omit_defaults=True):
    """An event that clocks ask to have reached the complainant, while a bounce or an attempt can still change a run."""

    about: str
    """The event's id."""
    seq: int
    type: str
    at: Instant
    fields: dict[str, Any] = {}
    """Those of its fields for which the clocks ask."""
    mailed: bool = False
    """True if it was sent by mail. Otherwise it waits for an attempt that reaches the complainant."""
    starts: dict[str, list[str]] = {}
    """The clocks that wait for it, each with the working days of the attempts that reached no person."""
    ended: list[Run] = []
    """The runs that the mail ended, as they were before."""
    tried: list[str] | None = None
    """Of a message that is told by telephone if no mail reaches the complainant: as the days of a clock in `starts`."""


def reaching_to_json(told: Iterable[Reaching]) -> list[dict[str, Any]]:
    """In the form that events store."""
    return [
        {
            **msgspec.to_builtins(one),
            "at": to_text(one.at),
            **({"ended": list(map(to_json, one.ended))} if one.ended else {}),
        }
        for one in told
    ]


def reaching_from_json(raw: Iterable[dict[str, Any]]) -> list[Reaching]:
    return [
        msgspec.structs.replace(
            msgspec.convert({**one, "at": from_text(one["at"]), "ended": []}, Reaching),
            ended=[from_json(run) for run in one.get("ended", ())],
        )
        for one in raw
    ]


def first_open(runs: Iterable[Run], clock: str) -> Run | None:
    """The open run of the clock. If several tasks of one name are open, the run of the task that was opened first."""
    return min((run for run in runs if run.clock == clock), key=lambda run: run.task, default=None)


def can_be_late(fields: Mapping[str, Any], clocks: Iterable[StoredRun], at: str) -> bool:
    """Whether something can have been late when a complaint was filed: it arrived earlier, or a run counts from a fact.

    `fields`, `clocks`, `at`: of the event `registered`.
    """
    return "received_at" in fields or any(run["due"] is not None and run["due"] <= at for run in clocks)


def stated_time(calendar: Calendar, text: str) -> Instant:
    """The instant of a stored time. A date means its 24:00 in the calendar's zone."""
    return end_of_date(calendar.zone, text) if is_date(text) else from_text(text)


def is_date(text: str) -> bool:
    """Whether a stored time is a civil date."""
    return len(text) == _DATE_LENGTH


_DATE_LENGTH = len("2026-11-27")
_MEMBERS = frozenset(Run.__struct_encode_fields__)
_INSTANTS = ("started", "begins", "stated", "before", "due", "next", "ended")


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
        converted["pauses"] = _converted(converted["pauses"], convert)
    if "moved" in converted:
        converted["moved"] = [(name, convert(until)) for name, until in converted["moved"]]
    if "total" in converted:
        total = {**converted["total"], "start": convert(converted["total"]["start"])}
        converted["total"] = {**total, "pauses": _converted(total.get("pauses", []), convert)}
    return converted


def _converted(pauses: list[list[Any]], convert: Callable[[Any], Any]) -> list[list[Any]]:
    return [[None if one is None else convert(one) for one in pause] for pause in pauses]


def earliest(runs: Iterable[Run]) -> Run | None:
    """The run with the earliest due time, or None if none has one."""
    return min((run for run in runs if run.due is not None), key=lambda run: (run.due, run.calendar), default=None)


SAID_TO_STAFF = frozenset({"resumed", "reopened"})
"""The next due time after these may be one of theirs."""
_RESTARTING = SAID_TO_STAFF | {"extended", "promised"}


def brought_about(event: str, fields: Mapping[str, Any], changed: Iterable[Run]) -> Run | None:
    """The run whose due time messages about the event say as the one that it brings about. `changed`: by the event."""
    due = [run for run in changed if run.open and run.due is not None]
    named = [run for run in due if event == "extended" and run.clock == fields.get("clock")]
    return earliest(named or due) if event in _RESTARTING else None


def due_field(run: Run | None) -> dict[str, str]:
    """The due time of the run for a message, and its calendar if it has another one; empty if the run has none.

    `deadline`: the run, for a message whose text says this time.
    """
    if run is None or run.due is None:
        return {}
    return {"due": to_text(run.due), "deadline": run.key, **({"calendar": run.calendar} if run.calendar else {})}
