"""What a draft would have changed for one complaint: one line for each difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from chalicelib.complaints.runs import Run
from chalicelib.instants import Instant, to_text
from chalicelib.oversight.backtest.outcome import Outcome

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
    """`before` is what happened, `after` what the draft would have made of it; instants as UTC text.

    `unreadable` is no difference: the complaint could not be replayed.
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
    """In the order of the clocks' names, then what concerns the complaint and its acts."""
    return [*_of_clocks(number, before, after), *_of_the_case(number, before, after), *_of_acts(number, after)]


def _of_clocks(number: str, before: Outcome, after: Outcome) -> Iterator[Line]:
    for clock, run in sorted({*before.runs, *after.runs}):
        was, would = before.runs.get((clock, run)), after.runs.get((clock, run))
        kinds = [*_moved(was, would), *_breached(was, would)]
        for kind in kinds:
            yield Line(kind=kind, number=number, clock=clock, run=run, before=_due(was), after=_due(would))


def _moved(was: Run | None, would: Run | None) -> Iterator[DifferenceKind]:
    if was is None or would is None:
        yield "clock_gained" if was is None else "clock_lost"
    elif was.due is not None and would.due is not None and was.due != would.due:
        yield "earlier" if would.due < was.due else "later"


def _breached(was: Run | None, would: Run | None) -> Iterator[DifferenceKind]:
    if is_breached(was) != is_breached(would):
        yield "breach_lost" if is_breached(was) else "breach_gained"


def is_breached(run: Run | None) -> bool:
    return run is not None and run.rung > 0


def _due(run: Run | None) -> str | None:
    instant: Instant | None = None if run is None else run.due
    return None if instant is None else to_text(instant)


def _of_the_case(number: str, before: Outcome, after: Outcome) -> Iterator[Line]:
    if before.taken and not after.taken:
        turned_down = next((one for one in after.turned_down if one.act in ("register", "accept")), None)
        yield Line(
            kind="no_longer_accepted",
            number=number,
            act=None if turned_down is None else turned_down.act,
            reason=None if turned_down is None else turned_down.reason,
        )
    elif after.taken and not before.taken:
        yield Line(kind="newly_accepted", number=number)


def _of_acts(number: str, after: Outcome) -> Iterator[Line]:
    for one in after.turned_down:
        yield Line(kind="act_not_possible", number=number, act=one.act, reason=one.reason)
    for act in after.waiting:
        yield Line(kind="approval_awaited", number=number, act=act)
    for act, role in after.other_roles:
        yield Line(kind="other_role", number=number, act=act, role=role)
