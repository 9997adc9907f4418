"""Each way in which a due time moves is told once, with both times and the reason (X.2)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.rights.permits import ActRequest
from chalicelib.kit.instants import MINUTE, from_text, to_text
from tests.kernel.complaints.amended import Life, at, limit, version
from tests.kernel.complaints.deadlines.counting import counted
from tests.kernel.complaints.deadlines.moving import BY_CLASS, moves, notices, one_move, procedure, time


def test_another_class() -> None:
    life = Life(procedure(within=BY_CLASS))
    life.act("classify", 1, severity="major")
    assert moves(life) == one_move("decision/1", time(24), time(6), "classified", "class")


def test_a_class_that_time_raises() -> None:
    ageing = [{"after": "10 hours", "start": "registered", "until": "decided", "to": "major"}]

    def raises(document: dict[str, Any]) -> None:
        document["severity"]["ageing"] = ageing

    life = Life(procedure(raises, **{"from": ["registered", "reclassified"], "within": BY_CLASS}))
    life.wait(10)
    assert moves(life) == one_move("decision/2", time(24), time(16), "reclassified", "class")


def test_an_extension() -> None:
    life = Life(procedure())
    life.act("extend", 1, clock="decision", until=time(30))
    assert moves(life) == one_move("decision/2", time(24), time(30), "extended", None)


def test_a_second_extension_is_told_from_the_first() -> None:
    life = Life(procedure())
    life.act("extend", 1, clock="decision", until=time(30))
    life.act("extend", 2, clock="decision", until=time(40))
    assert moves(life)[1:] == one_move("decision/3", time(30), time(40), "extended", None)


def test_a_promise_that_starts_the_time_again() -> None:
    life = Life(procedure(**{"from": ["registered", "promised"]}))
    life.act("promise", 3, until=time(30))
    assert moves(life) == one_move("decision/2", time(24), time(27), "promised", None)


def test_a_pause_that_ends() -> None:
    life = Life(procedure())
    life.act("park", 2)
    assert moves(life) == []
    life.act("resume", 7)
    assert moves(life) == one_move("decision/1", time(24), time(29), "resumed", "pause")


@pytest.mark.parametrize(("text", "hours"), [("6 hours", 6), ("48 hours", 48)])
def test_a_switch_to_another_version(text: str, hours: int) -> None:
    life = Life(procedure())
    life.switch(version(2, limit(text)))
    [(to, [move])] = moves(life)
    assert (to, move) == (["complainant"], ("decision/1", time(24), time(hours), "switched", None))


def test_a_switch_to_another_calendar() -> None:
    def saturdays(document: dict[str, Any]) -> None:
        document["calendar"]["hours"] = {"mon-sat": ["09:00-18:00"]}
        document["clocks"]["decision"]["within"] = "10 working hours"

    life = Life(procedure(within="10 working hours"))
    life.switch(version(2, saturdays))
    assert moves(life) == one_move(
        "decision/1", "2026-11-30T02:00:00.000Z", "2026-11-28T02:00:00.000Z", "switched", None
    )


def test_another_unit() -> None:
    clock = {"from": "registered", "until": "closed", "calendar": "unit", "follows_unit": True}
    forward = {"by": "ann", "needs": "office", "sets_unit": "office"}
    under = counted.policy(
        {"c": {**clock, "within": "8 working hours"}}, {"forward": forward}, fields={"office": {"en": "Office"}}
    )
    life = counted.filed(replace(under, unit_calendars={"north": "plant"}), "2026-11-27T10:00+01:00")
    life.act(ActRequest("forward", {"office": "north"}), counted.ANN, from_text("2026-11-27T15:00+01:00"))
    [told] = [event.fields["moved"] for event in life.events if "moved" in event.fields]
    assert [(one["to"], one["calendar"], one["why"]) for one in told] == [("2026-11-27T18:00:00.000Z", "plant", "unit")]


def test_a_start_of_the_clock_anew() -> None:
    life = Life(procedure(**{"from": ["registered", "objected"]}))
    life.act("object", 3)
    assert moves(life) == one_move("decision/2", time(24), time(27), "objected", None)


def test_what_was_missed_stays_missed_and_the_message_says_so() -> None:
    life = Life(procedure(**{"from": ["registered", "objected"]}))
    life.act("object", 30)
    [notice] = [one for one in notices(life) if "complainant" in one.fields["to"]]
    assert [one["missed"] for one in notice.fields["moved"]] == [True]
    ended = [run["state"] for run in life.events[-3].result["clocks"] if run["n"] == 1]
    assert ended == ["missed"]


def test_one_message_for_two_deadlines() -> None:
    def second(document: dict[str, Any]) -> None:
        document["clocks"]["second"] = {"from": "registered", "until": "decided", "within": BY_CLASS}

    life = Life(procedure(second, within=BY_CLASS))
    life.act("classify", 1, severity="major")
    [(to, found)] = moves(life)
    assert (to, {move[0] for move in found}) == (["complainant"], {"decision/1", "second/1"})


def test_the_message_of_the_act_says_it_too() -> None:
    def tells(document: dict[str, Any]) -> None:
        document["stages"]["open"]["extend"]["tells"] = ["complainant", "leader"]

    life = Life(procedure(tells))
    life.act("extend", 1, clock="decision", until=time(30))
    told = [event.fields for event in life.events if event.type == "notified"]
    assert [(one["to"], one["wording"], "moved" in one) for one in told] == [
        (["complainant"], "extended", True),
        (["leader"], "extended", False),
    ]


@pytest.mark.parametrize(("later", "told"), [(MINUTE - 1, 0), (MINUTE, 1)])
def test_a_time_that_moves_within_its_minute_is_the_same_time(later: int, told: int) -> None:
    life = Life(procedure())
    life.act("extend", 1, clock="decision", until=to_text(at(24) + later))
    assert len(moves(life)) == told


@pytest.mark.parametrize("act", ["decide", "park"])
def test_a_deadline_that_is_met_or_paused_tells_nothing(act: str) -> None:
    life = Life(procedure())
    life.act(act, 1)
    assert moves(life) == []


def test_a_deadline_that_is_met_and_begins_again_tells_nothing() -> None:
    life = Life(procedure(**{"from": ["registered", "objected"], "until": ["objected", "decided"]}))
    life.act("object", 3)
    life.act("object", 30)
    assert moves(life) == []


def test_a_deadline_that_a_switch_ends_tells_nothing() -> None:
    life = Life(procedure())
    life.switch(version(2, limit("none")))
    assert moves(life) == []


def test_a_deadline_that_has_ended_is_forgotten() -> None:
    life = Life(procedure())
    life.act("decide", 1)
    assert life.complaint.told == {}
