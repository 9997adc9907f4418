"""A switch of version is no act on the case: no figure takes it, or what it writes, for an answer."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.envelope import Event
from chalicelib.features.exports.mining.event_attributes import attributes
from chalicelib.features.register.case_values import case_values
from chalicelib.policy.compiled import Policy
from chalicelib.statistics.counting.contribution import contribution
from tests.kernel.complaints.amended import Life, version


def passing_on(document: dict[str, Any]) -> None:
    """With a field that is called like the version in the event of a switch."""
    document["fields"]["to"] = {"zh": "转往", "kind": "choice", "choices": {"1": "一科", "2": "二科"}}
    document["stages"]["open"]["forward"] = {"by": "handler", "needs": "to", "tells": "complainant"}


def switched() -> tuple[list[Event], dict[str, Policy]]:
    versions = {str(number): version(number, passing_on) for number in (1, 2)}
    life = Life(versions["1"])
    life.switch(versions["2"])
    return life.events, versions


def series(name: str) -> list[tuple[str, ...]]:
    events, versions = switched()
    found = contribution(events, versions.__getitem__)
    return [key[1:] for counted in found.values() for key in counted if key[0] == name]


def test_its_version_is_no_choice() -> None:
    assert series("said") == []


def test_it_is_no_first_answer_though_the_complainant_is_told_of_it() -> None:
    assert series("first_reply") == []


def test_it_is_no_act_of_the_offices_people() -> None:
    assert series("staff_act") == []


def test_it_counts_as_an_event() -> None:
    assert any("switched" in key for key in series("event"))


def test_an_act_with_such_a_field_counts_as_all_of_these() -> None:
    policy = version(1, passing_on)
    life = Life(policy)
    life.act("forward", 1, to="2")

    found = contribution(life.events, lambda _version: policy)

    assert {"said", "first_reply", "staff_act"} <= {key[0] for counted in found.values() for key in counted}


def test_an_event_log_has_its_version_as_no_choice() -> None:
    events, versions = switched()
    [event] = [one for one in events if one.type == "switched"]

    assert "field.to" not in {one.name for one in attributes(event, versions["2"])}
    assert "about.to" in {one.name for one in attributes(event, versions["2"])}


def test_a_notice_of_the_case_does_not_show_its_version() -> None:
    events, versions = switched()

    assert "to" not in case_values(versions["2"], events, events[-1]).values
