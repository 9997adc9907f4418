"""Work beyond its counted steps is refused with its place; nothing of it is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.trial import examples
from chalicelib.features.backtests import replay_complaint
from chalicelib.features.policies import previews
from chalicelib.policy.checks import document
from chalicelib.policy.checks.deadlines import calendars
from chalicelib.policy.checks.walks import standing_still
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.reading import parsing
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.store import sizes
from chalicelib.web import dispatch
from tests.across.bounded import requests
from tests.across.bounded.documents import AT, FILING, policy
from tests.clauses.organisation import Organisation
from tests.kernel.policy.faulty_policies.faulty import GOOD, faulty

EXAMPLE = {
    "given": {"channel": "phone", "facts": {"size": "s"}, "severity": "low"},
    "events": [{"event": "registered", "at": "2026-11-27T09:00"}, {"event": "accepted", "at": "2026-11-27T09:00"}],
    "then": {"stage": "open"},
}
CALENDAR = {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-18:00"]}}


@pytest.fixture
def office() -> Organisation:
    return requests.shop()


def faults(given: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(PolicyFault) as caught:
        examples.check_publishable(given)
    return [(fault.pointer, fault.kind) for fault in caught.value.faults]


def test_a_check_names_the_limit_whose_calendar_it_could_not_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MAX_STEPS", 5)
    narrow = faulty("calendar/hours", {"mon": ["09:00-09:01"]})
    narrow["clocks"]["decision"]["within"][0]["limit"] = "500 working minutes"

    assert faults(narrow)[0] == ("/clocks/decision/within/0/limit", "too-costly")


def test_a_check_that_runs_out_of_steps_elsewhere_names_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_STEPS", 0)

    assert faults(faulty("clocks/decision/within", "5 working days")) == [("", "too-costly")]


def test_a_check_names_the_example_that_runs_out_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own place, not that of the examples before it: each takes 112 steps, and the first also those of the year."""
    assert examples.check_publishable(policy(examples=[EXAMPLE] * 3)).document.examples
    monkeypatch.setattr(examples, "MAX_STEPS", 366 + 2 * 112 + 50)

    assert faults(policy(examples=[EXAMPLE] * 3)) == [("/examples/2", "too-costly")]


def test_a_preview_of_a_policy_names_its_events(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "MAX_STEPS", 10)
    body = {"policy": GOOD, "complaint": FILING, "events": [{"event": "registered", "at": AT}]}

    answer = office.world.call("POST", "/v1/preview/policy", body)

    assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, ["/events"])


def test_a_preview_of_a_deadline_names_its_limit(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "MAX_DEADLINE_STEPS", 10)
    body = {"calendar": CALENDAR, "start": AT, "within": "5 working days"}

    answer = office.world.call("POST", "/v1/preview/deadline", body)

    assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, ["/within"])


def test_a_filing_beyond_its_steps_is_refused_and_not_recorded(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = office.example()
    before = office.get("/complaints", "agent")["complaints"]
    monkeypatch.setattr(dispatch, "REQUEST_STEPS", 30)

    answer = office.world.call("POST", office.path + "/complaints", example)

    monkeypatch.undo()
    assert (answer.status, answer.problem) == (409, "conflict")
    assert "too much work" in answer.json["detail"]
    assert office.get("/complaints", "agent")["complaints"] == before


def test_an_act_beyond_its_steps_is_refused_and_not_recorded(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.file()
    before = office.events(number)
    monkeypatch.setattr(dispatch, "REQUEST_STEPS", 10)

    answer = office.try_act(number, "agent", "accept", agent_team="2", agent_number="17")

    monkeypatch.undo()
    assert (answer.status, answer.problem) == (409, "conflict")
    assert office.events(number) == before


def test_a_complaint_that_a_back_test_cannot_replay_in_its_steps_is_a_line_with_the_reason(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.file()
    monkeypatch.setattr(replay_complaint, "MAX_STEPS", 10)
    asked = {"from": "2026-11-27T00:00:00+08:00", "to": "2026-11-27T09:30:00+08:00", "version": "1"}
    office.world.move_to("2026-11-27T10:00:00+08:00")

    started = office.world.call("POST", office.path + "/policy/backtest", asked, auth=office.auth("owner"))
    assert started.status in (200, 202), started.text
    requests.sweep(office)
    result = office.get(f"/policy/backtest/{started.json['id']}", "owner")["result"]

    assert result["unreadable"] == 1
    [line] = result["shown"]["unreadable"]
    assert (line["number"], line["reason"]) == (number, "The complaint's deadlines need too much work to calculate.")


def flags_of_one_act(count: int) -> dict[str, Any]:
    """One act gives each flag any of ten values, so that ten million states follow from one."""
    given = policy()
    given["fields"]["pick"] = {"zh": "选", "kind": "choice", "choices": [f"v{number}" for number in range(10)]}
    names = [f"f{number}" for number in range(count)]
    given["stages"]["open"]["decide"] |= {"sets": dict.fromkeys(names, "field.pick"), "needs": ["pick"]}
    given["stages"]["open"]["close"] = {"by": "ann", "to": "end", "when": {name: ["v0"] for name in names}}
    return given


def clocks_that_may_start(count: int) -> dict[str, Any]:
    """Each clock may start or not with one event: a million combinations."""
    given = policy()
    clock = {"from": {"decided": {"verdict": "valid"}}, "until": "closed", "within": "1 day"}
    given["clocks"] |= {f"c{number}": clock for number in range(count)}
    when = {f"clock.c{number}": ["running", "none"] for number in range(count)}
    given["stages"]["open"]["close"] = {"by": "ann", "to": "end", "when": when}
    return given


@pytest.mark.parametrize("given", [flags_of_one_act(7), clocks_that_may_start(20)])
def test_the_search_for_cases_that_stand_still_ends_within_one_act(given: dict[str, Any]) -> None:
    """The states that follow from one act are counted one by one."""
    parsed = parsing.parse(given)

    [fault] = standing_still.faults(parsed, DefinedNames.of(parsed))

    assert (fault.pointer, fault.kind) == ("/stages", "too-costly")


def test_a_filing_with_wrong_categories_is_answered_briefly_however_long_their_names_are(office: Organisation) -> None:
    """A document determines how long each fault is, and a body how many there are."""
    given = policy()
    given["intake"]["categories"] |= {f"d{number:04}{'x' * 90}": ["a"] for number in range(1_000)}
    published = office.world.call("POST", office.path + "/policy/publish", {"policy": given}, auth=office.auth("owner"))
    assert published.status == 201, published.text
    filing = {**FILING, "category": {f"unknown{number}": "a" for number in range(20_000)}}

    answer = office.world.call("POST", office.path + "/complaints", filing)

    assert answer.status == 422
    assert len(answer.text) < 1_000_000
    assert answer.json["errors"][0]["detail"].endswith("…")


def test_deadlines_that_no_longer_fit_into_an_item_refuse_the_act(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ninety-seven clocks with sixty pauses each are too many for an item of 400 KB."""
    number = office.file()
    before = office.events(number)
    monkeypatch.setattr(sizes, "ITEM_BYTES", 1_000)

    answer = office.try_act(number, "agent", "accept", agent_team="2", agent_number="17")

    monkeypatch.undo()
    assert (answer.status, answer.problem) == (409, "conflict")
    assert answer.json["detail"] == "The complaint's deadlines and pauses are too many to store."
    assert office.events(number) == before
