"""Indicators of gaming: each unit's share, and whether it lies where chance alone would put it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.statistics.answer import Answer, Row, answer
from chalicelib.statistics.measures.table import GAMING
from chalicelib.statistics.question import Question
from chalicelib.statistics.tabulating.funnel import Place, places
from chalicelib.statistics.tabulating.value import Ratio
from chalicelib.wiring import Wiring

Places = dict[str, dict[str, Place]]
"""By measure and unit. A unit without cases is left out."""


def indicators(wiring: Wiring, tenant: str, question: Question, now: Instant) -> tuple[Answer, Places]:
    """The shares by unit, and their places in the funnel. `question`: its period and filters are used.

    Raises as `answer`. The caller binds the tenant.
    """
    asked = replace(question, measures=tuple(sorted(GAMING)), by=("unit",))
    found = answer(wiring, tenant, asked, now)
    return found, places_of_units(found.rows, sorted(GAMING))


def places_of_units(rows: list[Row], measures: Iterable[str]) -> Places:
    """`rows`: of a question by unit alone. `measures`: indicators that it asked for."""
    return {name: places(_shares(rows, name)) for name in measures}


def _shares(rows: list[Row], measure: str) -> dict[str, Ratio]:
    values = {row.keys[0]: row.values.get(measure) for row in rows}
    return {unit: value for unit, value in values.items() if isinstance(value, Ratio)}
