"""Duplicates are closed with the complaint that they follow: with its outcome, its stage, and all that this causes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.kernel.casework.own_policy import BASE, signed_up

POLICY: dict[str, Any] = {
    **BASE,
    "intake": {"channels": {"phone": {"en": "Phone"}}, "first": "open"},
    "fields": {"outcome": {"en": "Outcome", "kind": "choice", "choices": {"valid": {"en": "Valid"}}}},
    "stages": {
        "open": {
            "decide": {"by": "agent", "needs": "outcome"},
            "close": {"by": "agent", "to": "done"},
            "withdraw": {"by": "complainant", "to": "done"},
        },
        "done": {"name": {"en": "Done"}, "reopen": {"by": "agent", "to": "open"}},
    },
    "tasks": {"thank": {"en": "Thank", "for": "agent", "on": "closed"}},
    "clocks": {"answer": {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "5 days"}},
}


@pytest.fixture
def own() -> Organisation:
    return signed_up(POLICY)


def file(own: Organisation) -> str:
    answer = own.world.call("POST", f"{own.path}/complaints", {"channel": "phone", "facts": {}}, auth=own.auth("agent"))
    assert answer.status == 201, answer.text
    return str(answer.json["number"])


def linked(own: Organisation) -> tuple[str, str]:
    """A complaint and its duplicate."""
    first, second = file(own), file(own)
    own.act(second, "agent", "link", to=first)
    return first, second


def types(own: Organisation, number: str) -> list[str]:
    own.world.settle()
    return [event["type"] for event in own.events(number, "agent")]


def test_the_closing_of_a_duplicate_has_its_consequences(own: Organisation) -> None:
    first, second = linked(own)
    own.act(first, "agent", "decide", outcome="valid")
    own.act(first, "agent", "close")
    assert types(own, second)[-4:] == ["closed", "task_opened", "notified", "notified"]
    [closed] = own.events(second, "agent", "closed")
    assert closed["id"] == f"{second}/{closed['seq']}"
    assert (closed["fields"]["follows"], closed["fields"]["outcome"]) == (first, {"outcome": "valid"})
    view = own.complaint(second, "agent")
    assert (view["stage"], [task["task"] for task in view["tasks"]]) == ("done", ["thank"])


def test_a_complaint_that_was_withdrawn_closes_no_duplicate(own: Organisation) -> None:
    first, second = linked(own)
    body = {"fields": {}, "on_behalf_of": "complainant"}
    path = f"{own.path}/complaints/{first}/acts/withdraw"
    assert own.world.call("POST", path, body, auth=own.auth("agent")).status == 200
    assert "closed" not in types(own, second)


def test_a_complaint_that_is_open_again_closes_no_new_duplicate(own: Organisation) -> None:
    first = file(own)
    own.act(first, "agent", "close")
    own.act(first, "agent", "reopen")
    second = file(own)
    own.act(second, "agent", "link", to=first)
    assert "closed" not in types(own, second)


def test_a_duplicate_under_a_version_without_the_stage_of_the_other_stays_in_its_own(own: Organisation) -> None:
    second = file(own)
    stages = {"open": {**POLICY["stages"]["open"], "close": {"by": "agent", "to": "over"}}}
    stages["open"]["withdraw"] = {"by": "complainant", "to": "over"}
    newer = {**POLICY, "stages": {**stages, "over": POLICY["stages"]["done"]}}
    published = own.world.call("POST", f"{own.path}/policy/publish", {"policy": newer}, auth=own.auth("owner"))
    assert published.status == 201, published.text
    first = file(own)
    own.act(second, "agent", "link", to=first)

    own.act(first, "agent", "close")

    assert (own.complaint(first, "agent")["stage"], own.complaint(second, "agent")["stage"]) == ("over", "open")
    assert [event["fields"]["follows"] for event in own.events(second, "agent", "closed")] == [first]


def test_a_complaint_that_is_closed_again_at_the_instant_of_its_reopening_closes_its_duplicates(
    own: Organisation,
) -> None:
    first = file(own)
    own.act(first, "agent", "close")
    own.act(first, "agent", "reopen")
    second = file(own)
    own.act(second, "agent", "link", to=first)
    own.act(first, "agent", "close")
    [reopened], closed = own.events(first, "agent", "reopened"), own.events(first, "agent", "closed")
    assert closed[-1]["at"] == reopened["at"]
    assert "closed" in types(own, second)
