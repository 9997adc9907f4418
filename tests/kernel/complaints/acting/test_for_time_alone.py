"""`by: time`: an act that no person may do, only a clock at its due time."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import alarms, open_acts
from chalicelib.complaints.acting.advance import advance
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.kit.instants import DAY
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, START, Case, policy, staff

OWNER = staff("sub-owner", "owner", "agent")
OPEN: dict[str, Any] = {
    "notify": {"by": "time", "sets": {"asked": "yes"}},
    "close": {"by": "manager", "to": "done", "when": {"asked": "yes"}},
    "decide": {"by": "agent", "to": "done"},
}
CLOCK = {
    "name": {"en": "Silence"},
    "from": "registered",
    "until": "decided",
    "within": "24 hours",
    "missed": {"act": "notify"},
}


def waiting(**changes: Any) -> Case:
    parts = {"stages": {"open": OPEN}, "clocks": {"silence": CLOCK}, "tiers": [{"roles": "manager"}]}
    return Case(policy({**parts, **changes}))


@pytest.mark.parametrize("asker", [AGENT, MANAGER, OWNER, COMPLAINANT, staff("sub-time", "time")])
def test_no_person_may_do_it(asker: Asker) -> None:
    assert waiting().refusal("notify", asker) == "forbidden"


@pytest.mark.parametrize("asker", [AGENT, MANAGER, OWNER, COMPLAINANT])
def test_no_list_shows_it(asker: Asker) -> None:
    case = waiting()
    assert "notify" not in case.open_to(asker)
    assert open_acts.open_to_anybody(case.policy, case.complaint) == ["decide"]


def test_its_clock_does_it() -> None:
    case = waiting()
    flow = Flow(case.policy, case.complaint)
    advance(flow, START + DAY)
    [done] = [draft for draft in flow.drafts if draft.type == "notified"]
    assert (done.actor.kind, done.act, flow.complaint.flags["asked"]) == ("system", "notify", "yes")


def test_people_go_on_after_it() -> None:
    case = waiting()
    flow = Flow(case.policy, case.complaint)
    advance(flow, START + DAY)
    case.complaint = flow.complaint
    assert case.open_to(MANAGER) == ["close"]


def test_nobody_is_told_that_they_can_do_it() -> None:
    case = waiting(tiers=[{"acting": True}], clocks={"silence": CLOCK, "answer": {**CLOCK, "missed": "escalate"}})
    assert alarms.recipients(Flow(case.policy, case.complaint)) == ["agent"]


def test_the_search_for_cases_that_stand_still_lets_only_the_clock_do_it() -> None:
    """If a party has to start the clock, `notify` may never happen, and `close` stays shut."""
    by_party = {"agree": {"by": "complainant"}, "decide": {"by": "complainant", "to": "done"}}
    parts = {"stages": {"open": {**OPEN, **by_party}}, "holds": ["agent"], "tiers": [{"roles": "manager"}]}
    policy({**parts, "clocks": {"silence": CLOCK}})
    with pytest.raises(PolicyFault) as found:
        policy({**parts, "clocks": {"silence": {**CLOCK, "from": "agreed"}}})
    assert [fault.kind for fault in found.value.faults] == ["stands-still"]
