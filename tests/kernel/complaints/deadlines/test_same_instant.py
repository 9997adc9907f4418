"""The order of events that are due at the same instant."""

from __future__ import annotations

from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import DAY, from_text, to_text
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from tests.kernel.complaints import play, small_procedure
from tests.kernel.complaints.small_procedure import Case

START = from_text("2026-11-30T00:00:00+08:00")
ORDER = ["warned", "missed", "reclassified", "demand_lapsed", "replied", "task_opened"]


def policy() -> Policy:
    """Everything is due after a day, when a month begins. Names are such that their order is another one."""
    clock = {"from": "registered", "until": "closed"}
    document = {
        "language": 1,
        "name": "一",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}},
        "people": {"ann": "安"},
        "tiers": [{"roles": "ann"}],
        "severity": {"classes": ["low", "high"], "ageing": {"after": "24 hours", "until": "closed", "to": "high"}},
        "intake": {"channels": ["a"], "evidence": {"photo": "照片"}, "evidence_within": "24 hours"},
        "stages": {
            "registered": {
                "reply": {"by": "ann", "when": {"demand": "lapsed", "severity": "high"}},
                "close": {"by": "ann", "to": "over"},
            },
            "over": {},
        },
        "clocks": {
            "z_warned": {**clock, "within": "48 hours", "warn": ["24 hours before"]},
            "y_missed": {**clock, "within": "24 hours", "missed": "record"},
            "b_act": {"from": "registered", "until": "replied", "within": "24 hours", "missed": {"act": "reply"}},
        },
        "tasks": {
            "a_task": {"zh": "联系", "for": "ann", "monthly": {"day": 1, "due_day": 4, "stages": ["registered"]}}
        },
    }
    return compile_policy(publishing.prepare(document).document, "1")


def test_events_of_one_instant_have_an_order_in_which_later_ones_can_ask_for_earlier_ones() -> None:
    life = play.filed(policy(), Filing("a", severity="low"), START)
    life.wait(START + DAY)
    found = [event for event in life.events if event.type in ORDER]
    assert [event.type for event in found] == ORDER
    assert {event.due_at for event in found} == {to_text(START + DAY)}


def test_misses_of_one_instant_have_the_order_of_the_names_of_their_clocks() -> None:
    clock = {"name": {"en": "C"}, "from": "registered", "until": "decided", "within": "1 day", "missed": "record"}
    stages = {"open": {"decide": {"by": ["agent", "manager"], "to": "done"}}}
    case = Case(small_procedure.policy({"stages": stages, "clocks": {"second": clock, "first": clock}}))
    flow = Flow(case.policy, case.complaint)
    advance(flow, case.now + 9 * DAY)
    assert [one.fields["clock"] for one in flow.drafts if one.type == "missed"] == ["first", "second"]
