"""An act that says that it was done on an earlier day counts as entered later, whether it states a time or a day."""

from __future__ import annotations

import json

import pytest

from chalicelib.policy.language.values import fact_kinds
from tests.clauses.organisation import sign_up_with
from tests.clauses.world import InProcess, advance
from tests.kernel.policy.test_guide import SMALLEST, added, read

STATED = {"time": ("2026-11-27T09:30:00Z", "2026-11-30T09:30:00Z"), "date": ("2026-11-27", "2026-11-30")}
"""By kind: of the day of the filing, and of the day of the act."""


def test_every_kind_of_a_time_is_tried() -> None:
    assert {name for name, row in fact_kinds.OF_DOCUMENTS.items() if row.is_time} == STATED.keys()


@pytest.mark.parametrize("kind", STATED)
def test_an_act_that_states_an_earlier_day_was_entered_later(kind: str) -> None:
    done = {"en": "When it was done", "kind": kind, "tense": "past"}
    decide = {"by": "agent", "to": "decided", "needs": ["solution", "done"], "tells": "complainant"}
    more = {"fields": {"done": done}, "stages": {"registered": {"decide": decide}}}
    sample = {"sample": {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}}}
    policy = json.dumps(added(added(read(SMALLEST), more), sample))
    shop = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), policy)
    numbers = [shop.file(), shop.file()]
    advance(shop.world, "73 hours")
    for number, stated in zip(numbers, STATED[kind], strict=True):
        shop.act(number, "agent", "decide", solution="Repaired.", done=stated)
    advance(shop.world, "2 days")

    [row] = shop.get("/reports/indicators?from=2026-11-27&to=2026-12-01", "owner")["rows"]
    entered = row["values"]["acts_entered_later"]
    assert (entered["numerator"], entered["denominator"]) == (1, 2)
