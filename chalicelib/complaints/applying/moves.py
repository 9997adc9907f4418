"""Moved due times: those who were told of a due time are told the new one, and why (X.2).

Each message is for one kind of reader: the complainant, the respondent, or staff. Staff are told of every time that one
of them was told of. A time that moves within its minute is the same time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.complaints.envelope import PARTIES, EventDraft, EventFields, event_id
from chalicelib.complaints.runs import MISSED, Run, run_key
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import MINUTE, Instant, to_text
from chalicelib.policy.worktime import spend

_STAFF = "staff"


class MovedRun(NamedTuple):
    """`told`: by reader, the due time of which they were told. `at`: the place of the event that moved it."""

    run: Run
    due: Instant
    told: dict[str, Instant]
    at: int
    cause: EventDraft


class News(NamedTuple):
    """Who is to be told of what moved, and of which event: its id and its time."""

    to: list[str]
    about: str
    at: Instant


class Drafted(NamedTuple):
    """The complaint before and after the drafts of a flow."""

    before: Complaint
    drafts: Sequence[EventDraft]
    complaint: Complaint


def rest(drafted: Drafted) -> News | None:
    """For the readers whom no message about the event has told."""
    moves = _moves(drafted)
    if not moves:
        return None
    last = max(moves, key=lambda move: move.at)
    about = event_id(drafted.before.number, drafted.before.seq + last.at + 1, last.cause.name)
    return News(list(dict.fromkeys(name for move in moves for name in move.told)), about, last.cause.at)


def by_reader(drafted: Drafted, names: Sequence[str]) -> Iterator[tuple[list[str], EventFields]]:
    """The readers by what a message to them says of moved due times; nothing for those who were told of none."""
    moves = _moves(drafted)
    waiting = {name for move in moves for name in move.told}
    groups: dict[str, list[str]] = {}
    for name in names:
        kind = name if name in PARTIES else _STAFF
        groups.setdefault(kind if name in waiting else "", []).append(name)
    for some in groups.values():
        moved = [_fields(drafted, move, some) for move in moves if not move.told.keys().isdisjoint(some)]
        yield some, {"moved": moved} if moved else {}


def _moves(drafted: Drafted) -> list[MovedRun]:
    """Of the runs that events of this flow have changed."""
    told = {run.key: names for run in drafted.complaint.runs if (names := _told(drafted.complaint, run))}
    causes = _causes(drafted.drafts) if told else {}
    return [
        MovedRun(run, run.due, told[run.key], *causes[run.key])
        for run in drafted.complaint.runs
        if run.due is not None and run.key in told and run.key in causes
    ]


def _told(complaint: Complaint, run: Run) -> dict[str, Instant]:
    """Those who were told of another due time of the run, without people who are no longer responsible."""
    if run.due is None:
        return {}
    told, minute = complaint.told.get(run.key, {}), run.due // MINUTE
    return {name: at for name, at in told.items() if at // MINUTE != minute and not _is_replaced(complaint, name)}


def _is_replaced(complaint: Complaint, name: str) -> bool:
    sub = name.removeprefix("@")
    assigned = any(sub in subs for subs in complaint.assigned.values())
    return not assigned and any(sub in subs for subs in complaint.formerly.values())


def _causes(drafts: Sequence[EventDraft]) -> dict[str, tuple[int, EventDraft]]:
    """By run: the last event that changed it, with its place."""
    spend(len(drafts))
    return {
        run_key(one["clock"], one["n"]): (at, draft) for at, draft in enumerate(drafts) for one in draft.result.clocks
    }


def _fields(drafted: Drafted, move: MovedRun, names: Sequence[str]) -> EventFields:
    """What a message to these readers says of it: `by` is the event that moved it, `why` how it did so."""
    run, why = move.run, _why(drafted, move)
    before = [move.told[name] for name in names if name in move.told]
    said: EventFields = {"deadline": run.key, "from": to_text(before[-1]), "to": to_text(move.due)}
    said |= {"by": move.cause.type, **({"why": why} if why else {})}
    said |= {"calendar": run.calendar} if run.calendar else {}
    return said | ({"missed": True} if _was_missed(move) else {})


def _was_missed(move: MovedRun) -> bool:
    """Whether the run in whose place this one came was missed, and stays so."""
    before = (move.run.clock, move.run.replaces)
    clocks = move.cause.result.clocks
    return any((one["clock"], one["n"]) == before and one.get("state") == MISSED for one in clocks)


def _why(drafted: Drafted, move: MovedRun) -> str:
    """What moved it, if the name of the event does not say it: `class`, `unit` or `pause`; otherwise empty."""
    run, cause = move.run, move.cause
    before = drafted.drafts[move.at - 1].result.severity if move.at else drafted.before.severity
    if cause.result.severity != before and cause.type != "switched":
        return "class"
    if cause.result.unit is not None:
        return "unit"
    resumed = bool(run.pauses) and run.pauses[-1][1] == cause.at
    return "pause" if resumed and not run.replaces else ""
