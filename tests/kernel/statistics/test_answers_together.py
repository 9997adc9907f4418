"""Several questions that are answered from one reading have the answers that each has alone."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from chalicelib.access import binding
from chalicelib.kit.instants import DAY
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer, answer_each
from tests.backtests.live import Office
from tests.kernel.statistics.played import NOW, count, play

ALL = tuple(MEASURES)
QUESTIONS = (
    Question(measures=ALL, first=date(2026, 11, 1), last=date(2026, 11, 30)),
    Question(measures=ALL, first=date(2026, 11, 10), last=date(2026, 12, 9)),
    Question(measures=("received", "open", "missed"), by=("month",), first=date(2026, 1, 1), last=date(2026, 12, 31)),
    Question(measures=("received", "closed"), by=("channel",), first=date(2026, 12, 1), last=date(2026, 12, 31)),
    Question(measures=("received",), by=("day",), first=date(2026, 11, 20), last=date(2026, 12, 2)),
)
PAIRS = list(combinations(QUESTIONS, 2))


@pytest.fixture(scope="module", params=[True, False], ids=["consolidated", "pending"])
def office(request: pytest.FixtureRequest) -> Office:
    found = play("corporate-standard", 8, 3)
    if request.param:
        count(found)
    return found


def alone(office: Office, *questions: Question) -> list[object]:
    return [answer(office.wiring, office.tenant, one, NOW + DAY) for one in questions]


@pytest.mark.parametrize("pair", PAIRS)
def test_two_questions(office: Office, pair: tuple[Question, Question]) -> None:
    with binding.tenant(office.tenant):
        together = answer_each(office.wiring, office.tenant, pair, NOW + DAY)
        assert together == alone(office, *pair)
        assert [bool(one.rows) for one in together] == [True, True]
