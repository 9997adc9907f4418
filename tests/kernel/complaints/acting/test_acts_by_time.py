"""Acts that the system performs at a due time: `missed: {act, fields}`."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.complaints.runs import from_json
from chalicelib.kit.instants import HOUR, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.complaints import play, small_procedure
from tests.kernel.complaints.play import NUMBER, Life

START = from_text("2026-11-26T10:00:00+08:00")
DUE = START + 5 * HOUR
ANN = Asker("staff", "ann", (Grant("ann"),))
CLOSE = {"act": "close", "fields": {"summary": {"zh": "逾期未补充", "en": "Nothing came in time"}}}

CHOOSING: dict[str, Any] = {
    "language": 1,
    "name": "一",
    "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
    "people": {"ann": "安"},
    "intake": {"channels": ["a"]},
    "fields": {"why": {"zh": "缘由", "kind": "choices", "choices": {"late": "逾期", "other": "其他"}}},
    "stages": {
        "registered": {"close": {"by": "ann", "to": "over", "needs": "why"}, "accept": {"by": "ann"}},
        "over": {},
    },
}


def policy(close: dict[str, Any] | None = None, **clocks: Any) -> Policy:
    close = {"by": "ann", "to": "over", "needs": "summary", "approval": {"by": "bob"}, **(close or {})}
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
        "people": {"ann": "安", "bob": "波"},
        "tiers": [{"roles": "ann"}, {"roles": "bob"}],
        "intake": {"channels": ["a"]},
        "fields": {"summary": {"zh": "摘要", "kind": "text"}},
        "stages": {
            "registered": {"close": close, "park": {"by": "ann", "to": "parked"}, "accept": {"by": "ann"}},
            "parked": {"close": {**close, "when": {}, "after": []}, "resume": {"by": "ann", "to": "registered"}},
            "over": {},
        },
        "clocks": clocks,
    }
    return compile_policy(publishing.prepare(document).document, "1")


def clock(**keys: Any) -> dict[str, Any]:
    return {"from": "registered", "until": "accepted", "within": "5 hours", **keys}


def types(life: Life) -> list[str]:
    return [event.type for event in life.events[1:]]


def test_time_performs_the_act_once_without_approval() -> None:
    life = play.filed(policy(answer=clock(missed=CLOSE)), Filing("a"), START)
    life.wait(DUE + HOUR)
    event = life.events[1]
    assert types(life) == ["closed"]
    assert (event.id, event.actor, event.act) == (
        f"{NUMBER}/answer/1/act",
        {"kind": "system", "id": "system"},
        "close",
    )
    assert (event.at, event.due_at, life.complaint.stage) == (to_text(DUE), to_text(DUE), "over")


def test_a_text_is_stored_as_that_of_a_person() -> None:
    life = play.filed(policy(answer=clock(missed=CLOSE)), Filing("a"), START)
    life.wait(DUE)
    [values] = [one for one in life.private if "summary" in one.values]
    assert values.values == {"summary": "逾期未补充\nNothing came in time"}
    assert life.events[1].fields == {"given": ["summary"]}


def test_values_other_than_texts_are_given_unchanged() -> None:
    changes = {
        "tiers": [{"roles": "manager"}],
        "fields": {
            "outcome": {"en": "Outcome", "kind": "choice", "choices": {"refused": {"en": "Refused"}}},
            "amount": {"en": "Amount", "kind": "number"},
        },
        "stages": {"open": {"decide": {"by": "agent", "needs": ["outcome", "amount"], "to": "done"}}},
        "clocks": {
            "wait": {
                "name": {"en": "Wait"},
                **clock(until="decided", missed={"act": "decide", "fields": {"outcome": "refused", "amount": 0}}),
            }
        },
    }
    case = small_procedure.Case(small_procedure.policy(changes))
    flow = Flow(case.policy, case.complaint)
    advance(flow, case.now + 6 * HOUR)
    assert [draft.fields for draft in flow.drafts] == [{"outcome": "refused", "amount": 0}]


def test_the_run_is_met_and_not_cancelled_by_the_act() -> None:
    life = play.filed(policy(answer=clock(missed=CLOSE)), Filing("a"), START)
    life.wait(DUE)
    [run] = [from_json(one) for one in life.events[1].result["clocks"]]
    assert (run.state, run.ended) == ("met", DUE)


def test_misses_of_other_clocks_come_first_at_one_instant() -> None:
    life = play.filed(policy(answer=clock(missed=CLOSE), zero=clock()), Filing("a"), START)
    life.wait(DUE)
    assert types(life) == ["missed", "escalated", "notified", "closed"]


def test_an_act_that_is_not_possible_is_a_miss_that_escalates() -> None:
    life = play.filed(policy({"after": "accepted"}, answer=clock(missed=CLOSE)), Filing("a"), START)
    life.wait(DUE)
    assert types(life) == ["missed", "escalated", "notified"]
    assert life.complaint.stage == "registered"


def test_an_act_whose_stage_is_over_is_a_miss_too() -> None:
    life = play.filed(policy(answer=clock(missed={"act": "accept"}, until="closed")), Filing("a"), START)
    assert life.act(ActRequest("park"), ANN, START + HOUR) is None
    life.wait(DUE)
    assert types(life) == ["parked", "missed", "escalated", "notified"]


def test_a_demand_that_lapses_at_the_same_instant_has_lapsed_for_the_act() -> None:
    changes = {
        "tiers": [{"roles": "agent"}],
        "intake": {"evidence": {"photo": {"en": "Photo"}}},
        "fields": {"of": {"en": "Of", "kind": "choice", "choices": {"complainant": {"en": "Complainant"}}}},
        "stages": {
            "open": {
                "demand_evidence": {"by": "agent", "needs": "of", "within": "5 hours"},
                "close": {"by": "agent", "to": "done", "when": {"demand": "lapsed"}},
                "decide": {"by": "manager", "to": "done"},
            }
        },
        "clocks": {
            "wait": {
                "name": {"en": "Wait"},
                **clock(until="evidence_received", missed={"act": "close"}),
                "from": "evidence_demanded",
            }
        },
    }
    case = small_procedure.Case(small_procedure.policy(changes))
    case.act("demand_evidence", of="complainant")
    flow = Flow(case.policy, case.complaint)
    advance(flow, case.now + 6 * HOUR)
    assert [draft.type for draft in flow.drafts] == ["demand_lapsed", "closed"]


def test_a_choice_that_is_named_twice_is_refused() -> None:
    document = CHOOSING | {"clocks": {"answer": clock(missed={"act": "close", "fields": {"why": ["late", "late"]}})}}
    with pytest.raises(PolicyFault, match="why"):
        publishing.prepare(document)


def test_a_demand_that_is_approved_after_its_time_lapses_at_the_approval() -> None:
    parties = {"complainant": {"en": "Complainant"}}
    demand = {"by": "agent", "needs": ["of", "until"], "approval": {"by": "manager"}}
    changes = {
        "intake": {"evidence": {"photo": {"en": "Photo"}}},
        "fields": {
            "of": {"en": "Of", "kind": "choice", "choices": parties},
            "until": {"en": "Until", "kind": "time"},
        },
        "stages": {"open": {"demand_evidence": demand, "decide": {"by": "manager", "to": "done"}}},
    }
    case = small_procedure.Case(small_procedure.policy(changes))
    asked = {"of": "complainant", "until": to_text(case.now + 2 * HOUR)}
    case.act("demand_evidence", **asked)
    case.now += 5 * HOUR
    case.act("approve", small_procedure.MANAGER, proposed=asked)
    flow = Flow(case.policy, case.complaint)

    advance(flow, case.now)

    assert [(draft.type, draft.at) for draft in flow.drafts] == [("demand_lapsed", case.now)]
