"""Ratings within the instant of the result, by time, and by approval.

Within one instant the state does not tell which came first, so another rating is permitted.
"""

from __future__ import annotations

import pytest

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.rights.permits import COMPLAINANT, as_party
from chalicelib.kit.instants import HOUR
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy

STAGES = {
    "open": {"decide": {"by": "agent", "to": "second"}},
    "second": {
        "rate": {"by": "complainant"},
        "execute": {"by": "agent"},
        "close": {"by": "manager", "to": "done"},
    },
}


@pytest.mark.parametrize(("between", "offered"), [(0, ["rate"]), (HOUR, [])], ids=["at once", "an hour later"])
def test_a_result_is_rated_again_only_if_it_may_have_come_after_the_rating(between: int, offered: list[str]) -> None:
    case = Case(policy({"stages": STAGES}))
    case.act("decide")
    case.now += between - HOUR  # each act of a case is an hour later
    case.act("rate", COMPLAINANT)
    assert case.open_to(COMPLAINANT) == offered


def test_what_was_carried_out_after_the_rating_is_rated_again() -> None:
    case = Case(policy({"stages": STAGES}))
    case.act("decide")
    case.act("rate", COMPLAINANT)
    assert case.open_to(COMPLAINANT) == []

    case.act("execute")

    assert case.open_to(COMPLAINANT) == ["rate"]


def test_the_complainant_replaces_a_rating_that_time_gave() -> None:
    silence = {"name": {"en": "Silence"}, "from": "decided", "until": "rated", "within": "2 hours"}
    silence |= {"missed": {"act": "rate"}, "duty": "complainant"}
    case = Case(policy({"stages": STAGES, "clocks": {"silence": silence}}))
    case.act("decide")

    flow = Flow(case.policy, case.complaint)
    advance(flow, case.now + 3 * HOUR)
    case.complaint = flow.complaint

    assert "rated" in [draft.type for draft in flow.drafts]
    assert case.open_to(COMPLAINANT) == ["rate"]


def test_a_recorded_rating_is_not_approved_after_the_complainants_own() -> None:
    rate = {"by": "complainant", "takes": "kind", "approval": {"by": "manager", "when": {"kind": "good"}}}
    fields = {"kind": {"en": "Rating", "kind": "choice", "choices": {"good": {"en": "Good"}, "bad": {"en": "Bad"}}}}
    case = Case(policy({"stages": {**STAGES, "second": {**STAGES["second"], "rate": rate}}, "fields": fields}))
    case.act("decide")
    recorder = as_party(AGENT, "complainant", None)
    assert recorder is not None
    case.act("rate", recorder, kind="good")
    case.act("rate", COMPLAINANT, kind="bad")
    case.act("execute")  # a new result

    with pytest.raises(Problem) as refused:
        case.act("approve", MANAGER, {"kind": "good"})

    assert refused.value.kind == "act-not-open"
    assert case.types.count("rated") == 1
