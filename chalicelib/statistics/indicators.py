"""Indicators of gaming: shares, and whether each lies where chance alone would put it.

A unit is compared with all units together. So that an organisation that games as a whole is seen, each share is also
compared with the organisation's own year before, and with the reference that its owners entered.

The funnel limits say how far a unit's share may lie from the overall share by chance (Spiegelhalter 2005, section 3.1).
They are exact quantiles of the binomial distribution, so a small unit is not flagged for one or two cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from math import exp, lgamma, log, sqrt
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.kit.instants import Instant
from chalicelib.statistics.measures.table import GAMING
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import AnsweredQuestion, AnsweredRow, answer
from chalicelib.statistics.tabulating.value import Ratio
from chalicelib.wiring import Wiring

Place = Literal["within", "above_95", "above_99_8", "below_95", "below_99_8"]
_TAILS = (0.025, 0.001)
"""Of each side: 95 % and 99.8 % of all units lie between the limits by chance."""
_YEAR = timedelta(days=365)
_EXACT = 5_000
"""Above it, the normal distribution is close enough: an exact sum has as many terms."""
_Z = {0.025: 1.959964, 0.001: 3.090232}


class Limits(msgspec.Struct, frozen=True):
    """Counts between which a unit lies by chance, both included: with 95 % and with 99.8 %."""

    low_95: int
    high_95: int
    low_99_8: int
    high_99_8: int


def places(shares: Mapping[str, Ratio]) -> dict[str, Place]:
    """Where each unit lies, compared with all units together. Units without cases are left out."""
    counted = {name: one for name, one in shares.items() if one.denominator > 0}
    total = sum(one.denominator for one in counted.values())
    overall = sum(one.numerator for one in counted.values()) / total if total else 0.0
    return {name: place(one, limits(one.denominator, overall)) for name, one in counted.items()}


def place(share: Ratio, of: Limits) -> Place:
    if share.numerator > of.high_95:
        return "above_99_8" if share.numerator > of.high_99_8 else "above_95"
    if share.numerator < of.low_95:
        return "below_99_8" if share.numerator < of.low_99_8 else "below_95"
    return "within"


def limits(cases: int, share: float) -> Limits:
    """`share`: the overall share, from 0 to 1."""
    if not 0 < share < 1:
        known = cases if share >= 1 else 0
        return Limits(known, known, known, known)
    (low, high), (lowest, highest) = (_quantiles(cases, share, tail) for tail in _TAILS)
    return Limits(low, high, lowest, highest)


def _quantiles(cases: int, share: float, tail: float) -> tuple[int, int]:
    """The smallest counts whose cumulative probability exceeds `tail`, and reaches `1 - tail`."""
    if cases > _EXACT:
        spread = _Z[tail] * sqrt(cases * share * (1 - share))
        return max(round(cases * share - spread), 0), min(round(cases * share + spread), cases)
    passed, low = 0.0, None
    for count in range(cases + 1):
        passed += exp(_log_probability(cases, count, share))
        if low is None and passed > tail:
            low = count
        if passed >= 1 - tail:
            return low or 0, count
    return low or 0, cases


def _log_probability(cases: int, count: int, share: float) -> float:
    ways = lgamma(cases + 1) - lgamma(count + 1) - lgamma(cases - count + 1)
    return ways + count * log(share) + (cases - count) * log(1 - share)


def past_of(question: Question) -> Question:
    """The same question about the year before its period."""
    return replace(question, first=question.first - _YEAR, last=question.first - timedelta(days=1))


def against_past(present: Ratio, past: Ratio) -> Place | None:
    """None without cases in one of them. Half a case is added to the past, which may have none by chance."""
    if not present.denominator or not past.denominator:
        return None
    return place(present, limits(present.denominator, (past.numerator + 0.5) / (past.denominator + 1)))


def against_reference(present: Ratio, reference: float) -> Place | None:
    return place(present, limits(present.denominator, reference)) if present.denominator else None


Places = dict[str, dict[str, Place]]
"""By measure and unit. A unit without cases is left out."""


def indicators(wiring: Wiring, tenant: str, question: Question, now: Instant) -> tuple[AnsweredQuestion, Places]:
    """The shares by unit, and their places in the funnel. `question`: its period and filters are used.

    Raises as `answer`. The caller binds the tenant.
    """
    asked = replace(question, measures=tuple(sorted(GAMING)), by=("unit",))
    found = answer(wiring, tenant, asked, now)
    return found, places_of_units(found.rows, sorted(GAMING))


def places_of_units(rows: list[AnsweredRow], measures: Iterable[str]) -> Places:
    """`rows`: of a question by unit alone. `measures`: indicators that it asked for."""
    return {name: places(_shares(rows, name)) for name in measures}


def _shares(rows: list[AnsweredRow], measure: str) -> dict[str, Ratio]:
    values = {row.keys[0]: row.values.get(measure) for row in rows}
    return {unit: value for unit, value in values.items() if isinstance(value, Ratio)}
