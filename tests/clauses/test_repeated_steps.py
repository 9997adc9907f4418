"""Tests that begin with the same steps share them, whatever they look at in between (`tests.helpers.fakes.trail`)."""

from __future__ import annotations

import copy
from typing import Any

from chalicelib.policy import presets
from tests.clauses.offices.company import WORK_ORDER, company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


def company() -> Organisation:
    """In a world of its own, as each test has one."""
    return company_in(InProcess("2026-11-27T09:00:00+08:00"))


def played(at: Organisation) -> list[str]:
    """The calls of the store by steps that no earlier test took."""
    assert isinstance(at.world, InProcess)
    return [call.name for call in at.world._fakes.store.calls]


def publish(at: Organisation) -> None:
    policy: dict[str, Any] = {**copy.deepcopy(presets.document("corporate-standard")), "examples": []}
    policy["clocks"]["resolution"]["within"] = ["3 working days"]
    answer = at.world.call("POST", f"{at.path}/policy/publish", {"policy": policy}, auth=at.auth("owner"))
    assert answer.status == 201, answer.text


def test_a_look_leads_to_no_other_steps() -> None:
    first = company()
    number = first.file()
    first.complaint(number)
    first.act(number, "agent", "accept", **WORK_ORDER)
    second = company()

    second.act(second.file(), "agent", "accept", **WORK_ORDER)

    assert played(second) == []


def test_two_equal_looks_of_a_test_are_two_requests() -> None:
    first = company()
    first.complaint(first.file())
    second = company()
    number = second.file()

    shown = second.complaint(number)
    assert played(second) == []

    assert second.complaint(number) == shown
    assert "get" in played(second)


def test_a_shared_step_after_an_own_look_finds_nothing_old_in_caches() -> None:
    publish(company())
    second = company()
    versions = second.get("/policy/versions?limit=7", "owner")["versions"]
    assert (len(versions), "get" in played(second)) == (1, True)

    publish(second)

    assert second.get("/policy", "owner")["version"] == "2"
    assert second.events(second.file(), type_="registered")[0]["policy"] == "2"
