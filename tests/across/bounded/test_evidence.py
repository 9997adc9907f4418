"""The time for an answer to a demand for evidence ends by 2099, like every other due time."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import acts
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy import publishing
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.complaints import play

LATE = from_text("2099-12-01T10:00:00Z")
ANN = Asker("staff", "ann", (Grant("ann"),))
NARROW = {"timezone": "Europe/Berlin", "hours": {"mon": ["09:00-09:01"]}}


def document(within: str, evidence_within: str | None = None, **parts: Any) -> dict[str, Any]:
    intake = {"channels": ["a"], "unit": "required", "evidence": {"photo": {"zh": "照片"}}}
    demand = {"by": "ann", "to": "waiting", "within": within}
    return {
        "language": 1,
        "name": "One",
        "calendar": {"timezone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}},
        "people": {"ann": "Ann"},
        "intake": intake | ({"evidence_within": evidence_within} if evidence_within else {}),
        "stages": {
            "registered": {"demand_evidence": demand, "decide": {"by": "ann", "to": "over"}},
            "waiting": {"decide": {"by": "ann", "to": "over"}},
            "over": {},
        },
        **parts,
    }


def policy(within: str, evidence_within: str | None = None) -> Policy:
    return compile_policy(publishing.prepare(document(within, evidence_within)).document, "1")


def test_a_demand_whose_limit_would_end_after_2099_is_refused_with_its_limit() -> None:
    life = play.filed(policy("2 months"), Filing("a", unit="u"), LATE)

    with pytest.raises(Problem) as refused:
        acts.decide(Flow(life.policy, life.complaint), ActRequest("demand_evidence"), ANN, LATE)

    assert (refused.value.kind, [place.detail for place in refused.value.places]) == (
        "invalid",
        ["the time for the answer, 2 months, would end after 2099"],
    )
    assert life.act(ActRequest("demand_evidence"), ANN, LATE) == "invalid"


def test_a_demand_that_ends_in_2099_has_its_due_time() -> None:
    life = play.filed(policy("2 weeks"), Filing("a", unit="u"), LATE)

    assert life.act(ActRequest("demand_evidence"), ANN, LATE) is None
    [demand] = life.complaint.demands.values()
    assert demand.due == from_text("2099-12-15T10:00:00Z")


def test_a_demand_at_filing_that_would_end_after_2099_refuses_the_filing() -> None:
    with pytest.raises(Problem) as refused:
        play.filed(policy("1 week", "2 months"), Filing("a", unit="u"), LATE)

    assert (refused.value.detail, [place.detail for place in refused.value.places]) == (
        "A time limit would end after 2099.",
        ["the time for the answer, 2 months, would end after 2099"],
    )


@pytest.mark.parametrize(
    ("limits", "place"),
    [
        (("3000 working minutes", None), "/stages/registered/demand_evidence/within"),
        (("1 day", "3000 working minutes"), "/intake/evidence_within"),
    ],
)
def test_the_checker_refuses_a_time_for_answers_that_never_ends(limits: tuple[str, str | None], place: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document(*limits, calendar=NARROW))

    assert [(fault.pointer, fault.kind) for fault in caught.value.faults] == [(place, "calendar-too-narrow")]
