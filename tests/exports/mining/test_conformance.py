"""Played complaints conform to the stages of their policy, as their event log shows them."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.exports import log_step
from tests.clauses.organisation import sign_up
from tests.clauses.walks.at_workshop import WORK
from tests.clauses.walks.working import to_the_archive
from tests.clauses.world import InProcess
from tests.exports.exported import START, estate, world_of
from tests.exports.mining import logs, replay
from tests.exports.mining.players import played

NUMBER = [6, pytest.param(300, marks=pytest.mark.nightly)]


def policies_of(world: InProcess, path: str, auth: str) -> replay.Policies:
    policy: dict[str, Any] = world.call("GET", f"{path}/policy", auth=auth).json
    return {f"policy:{policy['version']}": policy["policy"]}


@pytest.mark.parametrize("count", NUMBER)
def test_played_cases_conform_to_the_stages_of_their_policy(count: int) -> None:
    world, organisations = played(count)
    cases, misfits = 0, list[str]()

    for one in organisations:
        policies = policies_of(world, one.path, one.auth("owner"))
        traces = logs.read(logs.packed(world, one.path, one.auth("owner"))).traces.values()
        cases += len(traces)
        misfits += [fault for trace in traces for fault in replay.misfits(trace, policies)]
        assert replay.fitness(list(traces), policies) == 1

    assert (cases, misfits) == (count, [])


def test_a_case_played_to_the_archive_and_one_with_approvals_conform() -> None:
    workshop = sign_up(InProcess(START), "auto-repair-forms")
    to_the_archive(workshop, workshop.file(), WORK)

    for made in (workshop, estate()):
        world = world_of(made)
        policies = policies_of(world, made.path, made.auth("owner"))
        traces = list(logs.read(logs.packed(world, made.path, made.auth("owner"))).traces.values())
        assert [replay.misfits(trace, policies) for trace in traces] == [[] for _ in made.filed]


@pytest.mark.parametrize("violation", ["left out", "another stage", "an act of another stage", "the wrong beginning"])
def test_a_violation_is_found(violation: str) -> None:
    workshop = sign_up(InProcess(START), "auto-repair-forms")
    to_the_archive(workshop, workshop.file(), WORK)
    world = world_of(workshop)
    [trace] = logs.read(logs.packed(world, workshop.path, workshop.auth("owner"))).traces.values()
    decided = next(place for place, event in enumerate(trace) if event["concept:name"] == "decided")

    if violation == "left out":
        del trace[decided - 2 : decided]
    elif violation == "another stage":
        trace[decided]["stage"] = trace[0]["stage"]
    elif violation == "an act of another stage":
        trace[decided]["act"] = "archive"
    else:
        trace[0]["stage"] = trace[-1]["stage"]

    policies = policies_of(world, workshop.path, workshop.auth("owner"))
    assert replay.misfits(trace, policies)
    assert replay.fitness([trace], policies) < 1


def test_the_log_is_the_same_when_each_step_reads_one_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    made = estate()
    world = world_of(made)
    whole = logs.read(logs.packed(world, made.path, made.auth("owner")))

    monkeypatch.setattr(log_step, "COMPLAINTS_PER_STEP", 1)
    monkeypatch.setattr(log_step, "UNITS_PER_STEP", 1)
    parts = logs.read(logs.packed(world, made.path, made.auth("owner")))

    def shape(log: logs.EventLog) -> list[Any]:
        """Without the pseudonyms, which differ."""
        return [(one["type"], one.get("time"), one["attributes"]) for one in log.ocel["events"] + log.ocel["objects"]]

    assert shape(parts) == shape(whole)
    assert [len(trace) for trace in parts.traces.values()] == [len(trace) for trace in whole.traces.values()]
