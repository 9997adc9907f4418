"""`most_total`: how far extensions and promises together can put off a due time."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import acts
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.rights.permits import ActRequest
from chalicelib.kit.instants import from_text, to_text
from chalicelib.kit.problem import Problem
from chalicelib.web.chinese import translate
from tests.kernel.complaints.deadlines.counting.counted import OFFICE, do, due, filed, policy
from tests.kernel.complaints.one_person import ANN
from tests.kernel.complaints.play import Life

NOW = "2026-11-27T10:00+01:00"
EXTEND = {"extend": {"by": "ann", "needs": ["clock"], "takes": ["until"], "most_total": "10 calendar days"}}
PROMISE = {"promise": {"by": "ann", "needs": ["call_at"], "most_total": "10 calendar days"}}
CLOCK: dict[str, Any] = {"from": "registered", "until": ["replied", "closed"], "within": "3 calendar days"}
CALL: dict[str, Any] = {"from": "promised", "until": ["replied", "closed"], "stated": "call_at"}
END, LATER = "2026-12-08T00:00+01:00", "2026-12-08T00:01+01:00"
"""Ten calendar days after Friday 27 November end with Monday 7 December."""


def test_extensions_together_end_at_most_that_long_after_the_first_start() -> None:
    life = filed(policy({"c": CLOCK}, EXTEND), NOW)
    assert do(life, "extend", "2026-11-28T10:00+01:00", clock="c", until="2026-12-04T10:00+01:00") is None
    assert do(life, "extend", "2026-12-03T10:00+01:00", clock="c", until=LATER) == "invalid"
    assert do(life, "extend", "2026-12-03T10:00+01:00", clock="c", until=END) is None


def test_an_extension_by_the_clocks_own_limit_is_bound_too() -> None:
    """On 4 December three days more end on the 7th; on the 5th they would end on the 8th."""
    life = filed(policy({"c": CLOCK}, EXTEND), NOW)
    for day in ("11-29", "12-01", "12-03"):
        assert do(life, "extend", f"2026-{day}T10:00+01:00", clock="c") is None
    assert do(life, "extend", "2026-12-05T10:00+01:00", clock="c") == "invalid"
    assert do(life, "extend", "2026-12-04T10:00+01:00", clock="c") is None
    assert due(life, "c") == "2026-12-08T00:00"


def test_it_stands_beside_most() -> None:
    both = {"extend": {**EXTEND["extend"], "most": "2 calendar days"}}
    life = filed(policy({"c": CLOCK}, both), NOW)
    assert do(life, "extend", NOW, clock="c", until="2026-12-04T10:00+01:00") == "invalid"


def test_pauses_put_the_end_off_whichever_run_they_lie_in() -> None:
    """Two whole days of the first run, and one of the second."""
    life = filed(policy({"c": {**CLOCK, "paused_in": "waiting"}}, EXTEND), NOW)
    assert do(life, "park", "2026-11-28T00:00+01:00") is None
    assert do(life, "resume", "2026-11-30T00:00+01:00") is None
    assert do(life, "extend", "2026-11-30T10:00+01:00", clock="c", until="2026-12-05T10:00+01:00") is None
    assert do(life, "park", "2026-12-02T00:00+01:00") is None
    assert do(life, "resume", "2026-12-03T00:00+01:00") is None
    assert do(life, "extend", "2026-12-03T10:00+01:00", clock="c", until="2026-12-11T00:01+01:00") == "invalid"
    assert do(life, "extend", "2026-12-03T10:00+01:00", clock="c", until="2026-12-11T00:00+01:00") is None


def test_last_day_moves_the_end() -> None:
    moving = {**OFFICE, "last_day": "next working day"}
    nine = {"extend": {**EXTEND["extend"], "most_total": "9 calendar days"}}
    life = filed(policy({"c": CLOCK}, nine, calendar=moving), NOW)  # 6 December is a Sunday
    assert do(life, "extend", NOW, clock="c", until=LATER) == "invalid"
    assert do(life, "extend", NOW, clock="c", until=END) is None


def test_later_promises_end_at_most_that_long_after_the_first() -> None:
    life = filed(policy({"call": CALL}, PROMISE), "2026-11-20T10:00+01:00")
    assert do(life, "promise", NOW, call_at="2026-12-01T10:00+01:00") is None
    assert do(life, "promise", "2026-11-30T10:00+01:00", call_at=LATER) == "invalid"
    assert do(life, "promise", "2026-11-30T10:00+01:00", call_at=END) is None


def test_a_first_promise_counts_from_itself() -> None:
    life = filed(policy({"call": CALL}, PROMISE), "2026-11-20T10:00+01:00")
    assert do(life, "promise", NOW, call_at=LATER) == "invalid"
    assert do(life, "promise", NOW, call_at=END) is None


def test_a_kept_promise_begins_anew() -> None:
    life = filed(policy({"call": CALL}, PROMISE), "2026-11-20T10:00+01:00")
    assert do(life, "promise", NOW, call_at=END) is None
    assert do(life, "reply", "2026-12-01T10:00+01:00") is None
    assert do(life, "promise", "2026-12-01T10:00+01:00", call_at=LATER) is None


def refusal(life: Life, act: str, at: str, **fields: str) -> Problem:
    with pytest.raises(Problem) as refused:
        acts.decide(Flow(life.policy, life.complaint), ActRequest(act, fields), ANN, from_text(at))
    return refused.value


def test_the_refusal_names_the_field_the_end_and_the_limit() -> None:
    life = filed(policy({"c": CLOCK}, EXTEND), NOW)
    found = refusal(life, "extend", NOW, clock="c", until=to_text(from_text(LATER)))
    [place] = found.places
    assert place.pointer == "/fields/until"
    assert "after Mon 7 Dec 2026 24:00" in place.detail
    assert "10 calendar days" in place.detail
    assert "合计最多" in translate(place.text)


def test_without_a_time_the_refusal_names_the_clock() -> None:
    life = filed(policy({"c": {**CLOCK, "within": "12 calendar days"}}, EXTEND), NOW)
    [place] = refusal(life, "extend", NOW, clock="c").places
    assert place.pointer == "/fields/clock"


def test_the_refusal_of_a_promise_names_its_field() -> None:
    life = filed(policy({"call": CALL}, PROMISE), NOW)
    [place] = refusal(life, "promise", NOW, call_at=to_text(from_text(LATER))).places
    assert place.pointer == "/fields/call_at"
