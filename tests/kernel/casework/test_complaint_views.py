"""The view of a complaint: members see the work that is left, and the complainant only what concerns them."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.casework.views.complaint_views import ComplaintView, act_events, state
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.kit.instants import DAY, HOUR, to_text
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, NUMBER, START, Case, policy, staff

CHANGES: dict[str, Any] = {
    "intake": {"evidence": {"photo": {"en": "Photo"}}, "unit": "none"},
    "fields": {"of": {"en": "Of", "kind": "choice", "choices": {"complainant": {"en": "C"}}}, "handler": {"en": "H"}},
    "stages": {
        "open": {
            "guidance": [{"en": "Call", "zh": "致电"}, {"en": "Write", "zh": "致函"}],
            "tick": {"by": "agent", "needs": "item"},
            "assign": {"by": "manager", "needs": "handler", "assigns": {"agent": "handler"}},
            "demand_evidence": {"by": "agent", "needs": "of", "within": "1 day"},
            "decide": {"by": "agent", "to": "done", "approval": {"by": "manager"}},
            "withdraw": {"by": "complainant", "to": "done"},
        }
    },
    "tiers": [{"roles": "manager"}],
    "tasks": {"call": {"en": "Call", "for": "agent", "on": "registered"}},
    "clocks": {"answer": {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": "2 days"}},
}
STAFF_ONLY = {
    *("office_acts", "office_forms", "complainant_acts", "complainant_forms", "follows", "assigned", "held"),
    *("complainant_further_acts", "complainant_further_forms"),
    *("receipt_with", "receipt_exposed", "guidance", "demands", "proposals", "awaiting_me", "tasks"),
}


def worked() -> Case:
    """A complaint with work of each kind."""
    case = Case(policy(CHANGES))
    case.act("assign", MANAGER, handler=["sub-agent"])
    case.act("tick", item="2")
    case.act("demand_evidence", of="complainant")
    case.act("decide")
    case.act("hold", staff("sub-owner", "owner"), reason="Lawsuit")
    return case


def shown(case: Case, asker: Asker) -> dict[str, Any]:
    found: ComplaintView = state(case.policy, case.complaint, asker)
    view: dict[str, Any] = msgspec.to_builtins(found)
    return view


def test_a_member_sees_the_work_that_is_left() -> None:
    view = shown(worked(), MANAGER)
    opened = to_text(START)
    assert view["tasks"] == [{"task": "call", "id": f"{NUMBER}/2", "role": "agent", "opened": opened}]
    assert view["guidance"] == [
        {"item": "1", "zh": "致电", "en": "Call", "ticked": False},
        {"item": "2", "zh": "致函", "en": "Write", "ticked": True},
    ]
    until = to_text(START + 3 * HOUR + DAY)
    assert view["demands"] == [{"demand": f"{NUMBER}/6", "of": "complainant", "kinds": ["photo"], "until": until}]
    assert view["proposals"] == [{"proposal": f"{NUMBER}/7", "act": "decide", "approvers": ["manager"]}]
    assert view["next"] == {"clock": "answer", "due": to_text(START + 2 * DAY), "state": "running"}


def test_a_member_sees_who_has_a_part_in_the_complaint() -> None:
    view = shown(worked(), MANAGER)
    assert (view["assigned"], view["held"].rpartition("/")[0]) == ({"agent": ["sub-agent"]}, NUMBER)
    assert (view["follows"], view["receipt_with"], view["receipt_exposed"]) == (None, None, False)


def test_an_approver_sees_what_awaits_them() -> None:
    case = worked()
    assert shown(case, MANAGER)["awaiting_me"] == [f"{NUMBER}/7"]
    assert shown(case, AGENT)["awaiting_me"] == []


def test_a_member_sees_what_they_can_record_for_the_complainant() -> None:
    view = shown(worked(), AGENT)
    assert (view["complainant_acts"], view["complainant_forms"]) == (["withdraw"], {"withdraw": []})
    assert view["office_acts"] == ["note", "link", "inform"]
    assert view["office_forms"].keys() == {"note", "link", "inform"}


def test_the_complainant_sees_no_work_of_the_office() -> None:
    view = shown(worked(), COMPLAINANT)
    assert view.keys().isdisjoint(STAFF_ONLY)
    assert (view["number"], view["stage"], view["acts"]) == (NUMBER, "open", ["withdraw"])
    assert shown(worked(), AGENT).keys() - view.keys() == STAFF_ONLY
    assert "write" in view["further_acts"]


def test_the_answer_to_an_act_lists_its_events_by_their_ids() -> None:
    case = worked()
    before = case.complaint.seq
    case.act("approve", MANAGER, {})
    new = case.drafts[before:]
    found = act_events(case.complaint, new)
    assert [(event.id, event.type) for event in found] == [
        (f"{NUMBER}/{seq}", draft.type) for seq, draft in enumerate(new, before + 1)
    ]
    assert [event.type for event in found][:3] == ["approved", "notified", "decided"]
    assert {event.at for event in found} == {to_text(case.now)}
