"""Assignees of an act must hold the role, also when the assignment waits for an approval."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clauses.organisation import Organisation, first_sign_in, hire, sign_up
from tests.clauses.world import InProcess

POLICY = Path(__file__).parents[1] / "kernel" / "complaints" / "hostile.yaml"
START = "2026-11-27T09:00:00+08:00"


@pytest.fixture
def own() -> Organisation:
    """An organisation on a policy of its own, in which the board approves assignments."""
    world = InProcess(START)
    organisation = Organisation(world, "own-policy", "")
    body = {"id": organisation.id, "name": "机构", "email": "owner@own.example", "policy": POLICY.read_text("utf-8")}
    answer = world.call("POST", "/v1/tenants", body)
    assert answer.status == 201, answer.text
    organisation.tokens["owner"] = first_sign_in(world, "owner@own.example")
    for role in ("clerk", "head", "board"):
        hire(organisation, role)
    return organisation


def accepted(own: Organisation) -> str:
    filed = own.world.call("POST", f"{own.path}/complaints", {"channel": "wire", "facts": {"content": "内容"}})
    number = str(filed.json["number"])
    own.act(number, "clerk", "accept")
    return number


def proposed(own: Organisation, who: str) -> str:
    number = accepted(own)
    own.act(number, "head", "assign", clerks=[who])
    return number


@pytest.mark.slow
def test_an_assignment_takes_effect_when_it_is_approved(own: Organisation) -> None:
    number = proposed(own, own.subs["clerk"])
    answer = own.act(number, "board", "approve")
    assert "assigned" in [event["type"] for event in answer["events"]]
    assert own.complaint(number, "head")["assigned"] == {"clerk": [own.subs["clerk"]]}


@pytest.mark.parametrize("who", ["head", "nobody"])
def test_a_person_without_the_role_is_not_proposed(own: Organisation, who: str) -> None:
    number = accepted(own)

    answer = own.try_act(number, "head", "assign", clerks=[own.subs.get(who, who)])

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/clerks")
    assert own.complaint(number, "head")["proposals"] == []


def test_an_approval_assigns_no_person_who_has_left(own: Organisation) -> None:
    hire(own, "clerk", name="second")
    number = proposed(own, own.subs["second"])
    left = own.world.call("DELETE", f"{own.path}/people/{own.subs['second']}", auth=own.auth("owner"))
    assert left.status < 300, left.text

    assert own.try_act(number, "board", "approve").status == 422
    assert own.complaint(number, "head")["assigned"] == {}


def test_assigning_a_person_without_the_role_is_refused_at_once() -> None:
    bureau = sign_up(InProcess(START), "food-drug-administration")
    number = bureau.file()
    ticked = {"direct_interest": True, "definite": True, "in_scope": True, "proper_statement": True}
    bureau.act(number, "information_centre", "accept", conditions=ticked)
    assert bureau.try_act(number, "leader", "assign", officers=[bureau.subs["archivist"]]).status == 422
