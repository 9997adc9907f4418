"""The runs of deadlines in an event log: their start, due time, end and outcome, and the events that these are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.walks.at_workshop import WORK
from tests.clauses.walks.working import to_the_archive
from tests.clauses.world import InProcess
from tests.exports.exported import START, estate
from tests.exports.mining.logs import EventLog
from tests.exports.mining.test_contents import log_of

LATER = "2026-12-02T16:00:00+08:00"
"""The example's deadline has passed by then, and three steps of its escalation."""


def missed() -> Organisation:
    """A complaint that is resolved late, and one that is not resolved."""
    made = sign_up(InProcess(START), "corporate-standard")
    first, _ = made.file(), made.file()
    made.world.move_to(LATER)
    made.act(first, "agent", "accept", **WORK_ORDER)
    made.act(first, "team_lead", "confirm")
    made.act(first, "team_lead", "forward", to="business_unit")
    made.act(first, "business_unit", "assign", responsible=[made.subs["business_unit"]])
    made.act(first, "business_unit", "inspect", findings="送货晚了三天。", truthful=True)
    made.act(first, "business_unit", "decide", solution="致歉并退还运费。", outcome="compensated")
    return made


def archived() -> Organisation:
    made = sign_up(InProcess(START), "auto-repair-forms")
    to_the_archive(made, made.file(), WORK)
    return made


@pytest.fixture(scope="module", params=[missed, archived, estate])
def log(request: pytest.FixtureRequest) -> EventLog:
    return log_of(request.param())


def runs(log: EventLog) -> Iterator[tuple[dict[str, list[str]], list[tuple[str, str, str]]]]:
    """The values of each run, by name, with the events about it: type, time, and the part of the run."""
    for one in log.ocel["objects"]:
        if one["type"] == "clock_run":
            values: dict[str, list[str]] = {}
            for each in one["attributes"]:
                values.setdefault(each["name"], []).append(each["value"])
            yield values, list(parts(log, one["id"]))


def parts(log: EventLog, run: str) -> Iterator[tuple[str, str, str]]:
    for event in log.ocel["events"]:
        for each in event["relationships"]:
            if each["objectId"] == run:
                yield event["type"], event["time"], each["qualifier"]


def last(values: dict[str, list[str]], name: str) -> Any:
    return values.get(name, [None])[-1]


def test_each_run_has_an_end_exactly_if_an_event_ends_it(log: EventLog) -> None:
    found = list(runs(log))

    assert found
    for values, events in found:
        ends = [(time, part) for _, time, part in events if part in ("ends", "cancels")]
        assert len(ends) <= 1
        assert last(values, "ended") == (ends[0][0] if ends else None)
        if ends:
            assert (last(values, "outcome") == "cancelled") == (ends[0][1] == "cancels")


def test_each_missed_run_has_one_miss_at_its_due_time_and_others_have_none(log: EventLog) -> None:
    for values, events in runs(log):
        misses = [(type_, time) for type_, time, part in events if part == "misses"]
        expected = [("missed", last(values, "due"))] if last(values, "outcome") == "missed" else []
        assert misses == expected


def test_a_run_that_was_missed_ends_when_what_it_waited_for_is_done() -> None:
    log = log_of(missed())

    found = {(last(one, "outcome"), last(one, "ended") is None): [part for _, _, part in of] for one, of in runs(log)}

    late, never = found["missed", False], found["missed", True]
    assert (late.count("misses"), late.count("ends"), never.count("misses"), never.count("ends")) == (1, 1, 1, 0)
    assert never.count("deadline") > 3, "the steps of the escalation are about it"


def test_a_message_of_the_procedure_is_another_activity_than_a_letter() -> None:
    made = archived()
    types = {event["type"] for event in log_of(made).ocel["events"] if actor_of(event) == "system"}

    assert "automatic_message" in types
    assert "notified" not in types


def test_a_letter_of_a_member_is_an_activity_of_its_own() -> None:
    events = [event for event in log_of(archived()).ocel["events"] if event["type"] == "notified"]

    assert {actor_of(event) for event in events} == {"staff"}


def actor_of(event: dict[str, Any]) -> str:
    return next(one["value"] for one in event["attributes"] if one["name"] == "actor")
