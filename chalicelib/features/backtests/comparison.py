"""Comparison of one complaint's outcomes under two policies: one line for each difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from chalicelib.complaints.runs import Run
from chalicelib.features.backtests.outcome import OPENING_ACTS, Outcome
from chalicelib.kit.instants import Instant, to_text

DifferenceKind = Literal[
    "earlier",
    "later",
    "clock_gained",
    "clock_lost",
    "breach_gained",
    "breach_lost",
    "no_longer_accepted",
    "newly_accepted",
    "act_not_possible",
    "approval_awaited",
    "other_role",
    "unreadable",
]


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`before`: as recorded. `after`: under the draft. Instants are UTC text.

    The kind `unreadable` is not a difference: the complaint could not be replayed.
    """

    kind: DifferenceKind
    number: str
    clock: str | None = None
    run: int | None = None
    before: str | None = None
    after: str | None = None
    act: str | None = None
    reason: str | None = None
    role: str | None = None


def compare(number: str, before: Outcome, after: Outcome) -> list[Line]:
    """Return the lines: those of the clocks in the order of their names, then that of the complaint, then its acts."""
    return [*_clock_lines(number, before, after), *_acceptance_lines(number, before, after), *_act_lines(number, after)]


def _clock_lines(number: str, before: Outcome, after: Outcome) -> Iterator[Line]:
    for clock, run in sorted({*before.runs, *after.runs}):
        old, new = before.runs.get((clock, run)), after.runs.get((clock, run))
        for kind in (*_due_changes(old, new), *_breach_changes(old, new)):
            yield Line(kind=kind, number=number, clock=clock, run=run, before=_due(old), after=_due(new))


def _due_changes(old: Run | None, new: Run | None) -> Iterator[DifferenceKind]:
    if old is None or new is None:
        yield "clock_gained" if old is None else "clock_lost"
    elif old.due is not None and new.due is not None and old.due != new.due:
        yield "earlier" if new.due < old.due else "later"


def _breach_changes(old: Run | None, new: Run | None) -> Iterator[DifferenceKind]:
    if is_breached(old) != is_breached(new):
        yield "breach_lost" if is_breached(old) else "breach_gained"


def is_breached(run: Run | None) -> bool:
    return run is not None and run.rung > 0


def _due(run: Run | None) -> str | None:
    instant: Instant | None = None if run is None else run.due
    return None if instant is None else to_text(instant)


def _acceptance_lines(number: str, before: Outcome, after: Outcome) -> Iterator[Line]:
    if before.accepted and not after.accepted:
        rejected = next((one for one in after.rejected_acts if one.act in OPENING_ACTS), None)
        yield Line(
            kind="no_longer_accepted",
            number=number,
            act=None if rejected is None else rejected.act,
            reason=None if rejected is None else rejected.reason,
        )
    elif after.accepted and not before.accepted:
        yield Line(kind="newly_accepted", number=number)


def _act_lines(number: str, after: Outcome) -> Iterator[Line]:
    for one in after.rejected_acts:
        yield Line(kind="act_not_possible", number=number, act=one.act, reason=one.reason)
    for act in after.awaiting_approval:
        yield Line(kind="approval_awaited", number=number, act=act)
    for act, role in after.unauthorised_roles:
        yield Line(kind="other_role", number=number, act=act, role=role)
