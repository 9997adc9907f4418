"""The complaints that a value of a report under a draft counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.features.backtests.figures import parts
from chalicelib.features.backtests.figures.parts import Column
from chalicelib.statistics import cases as statistics
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.horizon import Horizon
from chalicelib.store.port import Store

PARTS_PER_PAGE = 2


class CasesPage(NamedTuple):
    """`numbers`: may be empty although more follow."""

    numbers: list[str]
    after: Mapping[str, str] | None


class Wanted(NamedTuple):
    """`question`: without `by`; its filters name the value."""

    question: Question
    column: Column
    horizon: Horizon


def page(store: Store, tenant: str, name: str, wanted: Wanted, after: Mapping[str, str] | None) -> CasesPage:
    """`name`: of the back-test. `after`: None for the first page."""
    found = parts.page_of_cases(store, tenant, name, PARTS_PER_PAGE, after)
    numbers = [
        number
        for entry in found.entries
        for number, increments in parts.cases_in(entry, wanted.column).items()
        if statistics.counts(wanted.question, increments, wanted.horizon)
    ]
    return CasesPage(sorted(numbers), found.after)
