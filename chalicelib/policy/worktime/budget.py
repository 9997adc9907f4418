"""Counted steps: a bound on the work of a request or a wake-up, whatever the document says and the caches hold.

The arithmetic counts a step for each pause and each year that it crosses, for each day that an explanation visits, and
for each day of a year that must be compiled. A year counts at its first use under a budget even if it is cached, so
that the count is the same on every machine. Other work counts its own steps with `spend`: events, explanations, and the
states of cases that checks explore.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

YEAR_STEPS = 366
"""Steps for a compiled year of a calendar with up to three open times a day. A step takes one to four microseconds."""


class BudgetExceeded(Exception):
    """The work would take more steps than its budget has."""


class Budget:
    __slots__ = ("_years", "limit", "spent")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0
        self._years: set[Hashable] = set()

    def spend(self, steps: int) -> None:
        self.spent += steps
        if self.spent > self.limit:
            raise BudgetExceeded(f"more than {self.limit} steps")

    def use_year(self, year: Hashable, steps: int) -> None:
        """Counts the compilation of a year once."""
        if year not in self._years:
            self._years.add(year)
            self.spend(steps)


CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)
"""The budget of the present work; None outside of `bounded`."""


@contextmanager
def bounded(budget: Budget) -> Iterator[Budget]:
    """Counts all work inside against this budget, and afterwards against the budget around it.

    The work inside gets no more than the budget around it has left.
    """
    around = CURRENT.get()
    if around is not None:
        budget.limit = min(budget.limit, max(around.limit - around.spent, 0))
    token = CURRENT.set(budget)
    try:
        yield budget
    finally:
        CURRENT.reset(token)
        if around is not None:
            around.spent += budget.spent


def spend(steps: int = 1) -> None:
    """Raises `BudgetExceeded`. Does nothing outside of `bounded`."""
    budget = CURRENT.get()
    if budget is not None:
        budget.spend(steps)
