"""Concurrent writes between load and commit: acts are decided again, and each effect happens once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.deadlines.quarantine import list_quarantined
from chalicelib.features.handling import act
from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.conflicts import ATTEMPTS
from chalicelib.store.port import Put
from tests.across.faults.office import Office, once_before
from tests.helpers.fakes.deadlines import sweep_and_work

FIELDS = {"agent_team": "一", "agent_number": "7"}


def filed(office: Office) -> str:
    return str(office.file(office.request("file")).body["number"])


def test_an_act_that_lost_a_conflict_is_decided_again(office: Office) -> None:
    number = filed(office)
    once_before(office.store, "commit", lambda: office.act(number, "agent", "classify", severity="major", sign="media"))

    answer = office.act(number, "agent", "accept", **FIELDS)

    assert (answer.body["stage"], answer.body["severity"]) == ("recorded", "major")


def test_an_act_that_is_no_longer_open_after_a_conflict_is_refused(office: Office) -> None:
    number = filed(office)
    once_before(office.store, "commit", lambda: office.act(number, "agent", "accept", **FIELDS))

    with pytest.raises(Problem, match="act-not-open"):
        office.act(number, "agent", "accept", **FIELDS)

    assert office.types(number).count("accepted") == 1


def test_an_act_that_loses_every_attempt_is_a_conflict(office: Office) -> None:
    number = filed(office)
    classes = iter([("important", "wide_effect"), *[("major", "media")] * (ATTEMPTS - 1)])

    def reclassified() -> None:
        severity, sign = next(classes)
        office.act(number, "team_lead", "classify", severity=severity, sign=sign)

    once_before(
        office.store,
        "commit",
        reclassified,
        times=ATTEMPTS,
    )

    with pytest.raises(Problem, match="conflict"):
        office.act(number, "agent", "classify", severity="major", sign="media")

    assert office.types(number).count("classified") == ATTEMPTS


def test_of_two_filings_with_an_expired_key_both_get_the_same_response(office: Office) -> None:
    request = office.request("file")
    office.file(request)
    office.world.fakes.real_clock.advance(DAY)
    winners: list[str] = []
    once_before(office.store, "commit", lambda: winners.append(office.file(request).body["number"]))

    answer = office.file(request)

    assert (answer.replayed, [answer.body["number"]]) == (True, winners)


def test_of_two_filings_with_one_key_both_get_the_same_response(office: Office) -> None:
    request = office.request("file")
    won = []
    once_before(office.store, "commit", lambda: won.append(office.file(request)))

    lost = office.file(request)

    assert lost.body == won[0].body
    assert office.numbers() == [lost.body["number"]]


def test_a_repeat_that_races_its_first_request_acts_once(office: Office) -> None:
    number = filed(office)
    request = office.request("act")
    once_before(office.store, "commit", lambda: office.act(number, "agent", "accept", request, **FIELDS))

    assert office.act(number, "agent", "accept", request, **FIELDS).replayed

    assert office.types(number).count("accepted") == 1


def later(office: Office, hours: int) -> None:
    """Moves the clock forward without a sweep."""
    office.world.fakes.clock.move_to(office.world.now() + hours * HOUR)


def test_an_act_that_overtakes_the_sweep_leaves_one_miss(office: Office) -> None:
    number = filed(office)
    later(office, 25)
    once_before(office.store, "commit", lambda: office.act(number, "agent", "accept", **FIELDS))

    sweep_and_work(office.wiring, office.world.now())

    assert [kind for kind in office.types(number) if kind in ("missed", "accepted")] == ["missed", "accepted"]


def test_a_sweep_that_overtakes_an_act_leaves_one_miss(office: Office) -> None:
    number = filed(office)
    later(office, 25)
    once_before(office.store, "commit", lambda: sweep_and_work(office.wiring, office.world.now()))

    office.act(number, "agent", "accept", **FIELDS)

    assert [kind for kind in office.types(number) if kind in ("missed", "accepted")] == ["missed", "accepted"]


def test_overlapping_and_repeated_sweeps_record_one_miss_for_each_rung(office: Office) -> None:
    number = filed(office)
    later(office, 25)
    once_before(office.store, "commit", lambda: sweep_and_work(office.wiring, office.world.now()))

    for _ in range(10):
        sweep_and_work(office.wiring, office.world.now())

    assert office.types(number).count("missed") == 1


def test_an_act_with_a_slow_clock_is_recorded_after_the_previous_event(office: Office) -> None:
    number = filed(office)
    asked = office.command(number, "agent", "accept", None, **FIELDS)  # computed now, executed below
    later(office, 7)
    office.act(number, "agent", "classify", severity="important", sign="wide_effect")  # six hours: due at the change

    with binding.tenant(office.id):
        act.act(office.wiring, asked)

    kinds = [kind for kind in office.types(number) if kind in ("classified", "missed", "accepted")]
    assert kinds == ["classified", "missed", "accepted"]


def test_a_refused_act_after_a_miss_records_the_miss_alone(office: Office) -> None:
    number = filed(office)
    later(office, 25)

    with pytest.raises(Problem, match="act-not-open"):
        office.act(number, "agent", "archive")

    kinds = [kind for kind in office.types(number) if kind != "notified"]
    assert kinds[-2:] == ["missed", "escalated"]
    assert office.record(number)[-1]["at"] == to_text(office.world.now() - HOUR)


def test_a_complaint_that_cannot_be_read_does_not_stop_the_others(office: Office) -> None:
    first, second = filed(office), filed(office)
    later(office, 25)
    with binding.tenant(office.id):
        key = keys.snapshot(keys.complaint(office.id, first))
        snapshot = office.store.get([key])[key]
        office.store.commit([Put(replace(snapshot, body="{"), if_absent=False)])

    sweep_and_work(office.wiring, office.world.now())

    listed, _ = list_quarantined(office.wiring.store, 10, None)
    assert [one.hit.aggregate for one in listed] == [f"C#{first}"]
    assert office.types(second).count("missed") == 1
