"""P4.2: the complainant contradicts a refusal once, naming the class; the director then decides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.behaviour.timeline import timeline
from tests.clauses.giving import declared
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p4.steps import ACCEPTED
from tests.helpers.fakes.files import PDF

REFUSAL: dict[str, Any] = {"ground": "not_in_class", "conditions": {"in_class": False}, "reason": "反映的是道路施工。"}


def refused(hall: Organisation) -> str:
    number = hall.file(category=None)
    hall.act(number, "reception", "refuse", **REFUSAL)
    return number


def contradicted(hall: Organisation) -> str:
    number = refused(hall)
    hall.act(number, "complainant", "reopen", claimed_class="mishandling", objection="施工由中心批准。")
    return number


def test_p4_2_a_refusal_is_contradicted_by_naming_the_class(hall: Organisation) -> None:
    number = refused(hall)
    missing = hall.try_act(number, "complainant", "reopen")
    assert (missing.status, missing.pointer) == (422, "/fields/claimed_class")

    assert hall.act(number, "complainant", "reopen", claimed_class="mishandling")["stage"] == "contradicted"

    assert hall.told("director", number)[0] == f"投诉 {number}：投诉人对不予受理提出异议，请决定是否受理。"


@pytest.mark.parametrize("who", ["reception", "investigator"])
def test_p4_2_only_the_director_decides_on_it(hall: Organisation, who: str) -> None:
    number = contradicted(hall)

    for act, fields in (("classify", {"class": "mishandling"}), ("accept", {"conditions": {}}), ("refuse", REFUSAL)):
        assert hall.try_act(number, who, act, **fields).status == 403


def test_p4_2_the_director_accepts_it_in_a_class(hall: Organisation) -> None:
    number = contradicted(hall)
    assert hall.try_act(number, "director", "accept", conditions={}).pointer == "/fields/conditions/in_class"

    hall.act(number, "director", "classify", **{"class": "mishandling"})

    assert hall.act(number, "director", "accept", conditions={})["stage"] == "accepted"
    assert hall.told("complainant", number)[0] == ACCEPTED.format(number)
    assert hall.told("reception", number)[0] == f"投诉 {number} 已受理。"


def test_p4_2_the_director_refuses_it_with_a_reason_of_which_the_complainant_is_told(hall: Organisation) -> None:
    hall.always = {"facts": {"complainant.email": "complainant@example.org"}}
    number = contradicted(hall)
    missing = hall.try_act(number, "director", "refuse", **{**REFUSAL, "reason": None})
    assert (missing.status, missing.pointer) == (422, "/fields/reason")

    assert hall.act(number, "director", "refuse", **{**REFUSAL, "reason": "施工与中心无关。"})["stage"] == "refused"

    assert "施工与中心无关。" in hall.world.mail("complainant@example.org")


def test_p4_2_a_refusal_is_contradicted_once(hall: Organisation) -> None:
    number = contradicted(hall)
    hall.act(number, "director", "refuse", **REFUSAL)

    answer = hall.try_act(number, "complainant", "reopen", claimed_class="mishandling")

    assert (answer.status, answer.problem) == (409, "act-not-open")
    assert "reopen" not in hall.complaint(number)["acts"]


def test_p4_2_evidence_is_taken_while_a_refusal_can_be_contradicted(hall: Organisation) -> None:
    number = refused(hall)
    first = declared(hall, number, "document", PDF)
    hall.act(number, "complainant", "reopen", claimed_class="mishandling")
    hall.act(number, "director", "refuse", **REFUSAL)
    second = declared(hall, number, "document", PDF)

    assert (first.status, second.problem) == (201, "act-not-open")


def test_p4_6_a_contradiction_is_decided_in_time(hall: Organisation) -> None:
    """No follow-up is owed meanwhile: there is no result yet."""
    number = contradicted(hall)

    assert timeline(hall, number, "2026-12-04T00:00:00+08:00") == [
        "12-01 09:00 warned decision",
        "12-02 18:00 missed decision",
        "12-02 18:00 escalated reception",
        "12-03 18:00 missed decision",
        "12-03 18:00 escalated director",
    ]


def test_p4_2_a_refused_complaint_has_ended(hall: Organisation) -> None:
    assert timeline(hall, refused(hall), "2027-06-10T09:00:00+08:00") == []
