"""Counts closings and decisions, with what came of them."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.statistics.counting.acts import answers
from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.tally import Tally, yes


def count_endings(tally: Tally, found: Sequence[Moment]) -> None:
    """`unheard`: the complainant did nothing since the decision or, without one, since the filing or the reopening.

    `reopened`: it was reopened before it was closed again.
    """
    for position, moment in enumerate(found):
        if moment.type == "closed":
            by_time = moment.event.due_at is not None
            tally.on(moment, "ending", yes(by_time), yes(_unheard(found[:position])), yes(_reopens(found[position:])))


def _unheard(before: Sequence[Moment]) -> bool:
    for moment in reversed(before):
        if moment.type in ("decided", "registered", "reopened"):
            return True
        if moment.role == "complainant" and moment.is_act:
            return False
    return True


def _reopens(closing: Sequence[Moment]) -> bool:
    after = (moment.type for moment in closing[1:] if moment.type in ("closed", "reopened"))
    return next(after, "") == "reopened"


def count_rulings(tally: Tally, found: Sequence[Moment]) -> None:
    """`again`: a dispute, an objection or a reopening came between two decisions. `same`: both chose the same."""
    previous: dict[str, str] | None = None
    questioned = False
    for moment in found:
        if moment.type == "decided":
            chosen, again = dict(answers(moment)), previous is not None and questioned
            tally.on(moment, "ruling", yes(again), yes(chosen == previous) if again else "")
            previous, questioned = chosen, False
        elif moment.type in ("disputed", "objected", "reopened"):
            questioned = True
