"""A due time that moves is told to those who were told the first one, and the record says who that is (X.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.applying.flow import Flow
from tests.kernel.complaints.amended import Life, at, version
from tests.kernel.complaints.deadlines.moving import BY_CLASS, moves, one_move, procedure, time
from tests.kernel.complaints.play import replayed


def warned(life: Life, hours: int = 23) -> None:
    life.wait(hours)
    assert life.complaint.told["decision/1"].keys() == {"complainant", "handler"}


def test_staff_are_told_who_were_warned() -> None:
    life = Life(procedure(warn="1 hour before"))
    warned(life)
    life.act("extend", 23, clock="decision", until=time(30))
    assert [(to, len(found)) for to, found in moves(life)] == [(["complainant"], 1), (["handler"], 1)]


def test_staff_who_were_told_of_no_time_are_not() -> None:
    life = Life(procedure(warn="1 hour before"))
    life.act("extend", 1, clock="decision", until=time(30))
    assert [to for to, _ in moves(life)] == [["complainant"]]


def test_a_role_that_was_told_of_its_task_is_told() -> None:
    def task(document: dict[str, Any]) -> None:
        document["tasks"] = {"count": {"zh": "清点", "on": "inspected", "for": "leader", "within": "24 hours"}}

    life = Life(procedure(task))
    life.act("inspect", 1)
    life.switch(version(2, lambda document: (task(document), document["tasks"]["count"].update(within="6 hours"))))
    assert (["leader"], [("count/1", time(25), time(7), "switched", None)]) in moves(life)


def test_the_respondent_is_told_of_the_time_that_it_was_told() -> None:
    def heard(document: dict[str, Any]) -> None:
        document["intake"]["facts"] = {"respondent.name": "被投诉方"}
        document["wording"] = {"asked": {"zh": "请在 {due} 前答复。"}}
        asks = {"to": "respondent", "wording": "asked", "due": "answer"}
        document["stages"]["open"]["notify"] = {"by": "handler", "tells": asks}
        document["stages"]["open"]["reply"] = {"by": ["handler", "respondent"]}
        document["clocks"]["answer"] = {"from": "notified", "until": "replied", "within": BY_CLASS}

    life = Life(procedure(heard), facts={"respondent.name": "某店"})
    life.act("notify", 1)
    life.act("classify", 2, severity="major")
    assert moves(life) == one_move("answer/1", time(25), time(7), "classified", "class", to="respondent")


def test_people_who_are_no_longer_responsible_are_not_told() -> None:
    def tells(document: dict[str, Any]) -> None:
        document["wording"] = {"yours": {"zh": "请在 {due} 前处理。"}}
        told = {"to": "assigned", "wording": "yours", "due": "decision"}
        document["stages"]["open"]["assign"]["tells"] = told

    life = Life(procedure(tells))
    life.act("assign", 1, people=["sub-a"])
    life.act("assign", 2, people=["sub-b"])
    life.act("extend", 3, clock="decision", until=time(30))
    assert [to for to, _ in moves(life)] == [["complainant"], ["@sub-b"]]


def test_a_message_that_says_no_time_tells_of_none() -> None:
    life = Life(procedure(lambda document: document["stages"]["open"]["inspect"].update(tells="leader")))
    life.act("inspect", 1)
    assert life.complaint.told == {"decision/1": {"complainant": at(24)}}


def extended(life: Life) -> Life:
    life.act("extend", 1, clock="decision", until=time(30))
    return life


@pytest.mark.parametrize("make", [lambda: extended(Life(procedure())), lambda: Life(procedure())])
def test_the_record_says_who_was_told_what(make: Callable[[], Life]) -> None:
    life = make()
    assert replayed(life.events, life.policy).told == life.complaint.told != {}


def test_a_complaint_of_an_earlier_release_tells_nobody_of_what_it_does_not_know() -> None:
    life = Life(procedure())
    life.complaint = replace(life.complaint, told={})
    assert moves(extended(life)) == []


def test_the_cause_of_a_message_is_in_its_own_flow() -> None:
    """What an earlier commit could not tell is not told with the reason of a later one."""
    life = Life(procedure())
    flow = Flow(life.policy, replace(life.complaint, told={"decision/1": {"complainant": at(20)}}))
    flow.tell_moves()
    assert flow.drafts == []


def promises(document: dict[str, Any]) -> None:
    """A first promise starts a clock of its own, and its message says the time that it brings about."""
    document["fields"]["when"] = {"zh": "何时", "kind": "time"}
    document["stages"]["open"]["promise"] = {"by": "handler", "needs": "when", "late": True, "tells": "complainant"}
    document["clocks"]["promised"] = {"from": "promised", "until": "decided", "stated": "when"}


def test_a_first_promise_tells_its_time_and_a_second_one_moves_it() -> None:
    life = Life(procedure(promises))
    life.act("promise", 1, when=time(20))
    assert (moves(life), life.complaint.told["promised/1"]) == ([], {"complainant": at(20)})
    life.act("promise", 2, when=time(30))
    assert moves(life) == one_move("promised/2", time(20), time(30), "promised", None)


@pytest.mark.parametrize(("to", "told"), [("leader", ["leader"]), (["leader", "complainant"], [])])
def test_the_time_after_a_pause_is_told_to_staff_only(to: str | list[str], told: list[str]) -> None:
    """The texts of the language say it to staff alone: the next due time may be theirs."""

    def parked(document: dict[str, Any]) -> None:
        document["clocks"] = {
            "parts": {"from": "parked", "until": "decided", "within": "24 hours", "paused_in": "parked"}
        }
        document["stages"]["parked"]["resume"]["tells"] = {"to": to}

    life = Life(procedure(parked))
    life.act("park", 1)
    life.act("resume", 2)
    assert list(life.complaint.told.get("parts/1", {})) == told


def test_a_recused_person_is_not_told() -> None:
    def recuses(document: dict[str, Any]) -> None:
        document["wording"] = {"yours": {"zh": "请在 {due} 前处理。"}}
        stage = document["stages"]["open"]
        stage["assign"]["tells"] = {"to": "assigned", "wording": "yours", "due": "decision"}
        stage["recuse"] = {"by": "handler", "takes": "person"}

    life = Life(procedure(recuses))
    life.act("assign", 1, people=["sub-a"])
    life.act("recuse", 2, person=["sub-a"])
    life.act("extend", 3, clock="decision", until=time(30))
    assert [to for to, _ in moves(life)] == [["complainant"]]
