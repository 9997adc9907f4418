"""Improvement actions: opened against a cause, owed by a member, watched, and open again when the cause returns."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.improvements.acting import (
    DONE,
    FIRST_PERIOD,
    SECOND_PERIOD,
    close_all,
    do,
    done,
    file,
    messages,
    opened,
    owed,
    seen,
    types,
)
from tests.units.periodic_tasks.office import hour, world_of


def test_p8_9_an_action_has_a_cause_an_owner_a_due_time_and_the_rate_before_it(desk: Organisation) -> None:
    found = seen(desk, opened(desk))

    assert (found["by"], found["value"], found["owner"]) == (
        "category.kind",
        "product_quality",
        desk.subs["after_sales"],
    )
    assert (found["title"], found["state"], found["overdue"]) == ("供应商来料全检", "open", False)
    assert desk.local(found["due"]) == "2026-12-01T00:00:00+08:00"
    assert found["before"] == {"from": "2026-11-02", "to": "2026-11-16", "number": 4}
    assert found["effect"] is None


def test_p8_9_it_is_a_task_of_its_owner_until_it_is_done(desk: Organisation) -> None:
    number = opened(desk)
    assert owed(desk, "after_sales") == [(number, "供应商来料全检", "running")]
    assert owed(desk, "agent") == []
    assert "现交办一项改进措施" in messages(desk, "after_sales")[0]

    assert do(desk, number, "done", "after_sales").status == 200

    assert owed(desk, "after_sales") == []


def test_p8_9_an_overdue_action_is_told_once_to_its_owner_and_the_owners(desk: Organisation) -> None:
    number = opened(desk)

    for when in ("2026-12-01T01:00:00+08:00", "2026-12-01T02:00:00+08:00"):
        hour(desk, when)

    assert seen(desk, number)["overdue"] is True
    assert owed(desk, "after_sales") == [(number, "供应商来料全检", "missed")]
    for who in ("after_sales", "owner"):
        assert len([one for one in messages(desk, who) if "改进措施已超过期限" in one]) == 1, who
    assert types(desk) == ["opened", "overdue"]


def test_p8_9_the_effect_is_the_rate_before_and_after_with_its_uncertainty(desk: Organisation) -> None:
    number = done(desk)
    desk.world.move_to("2026-12-01T09:00:00+08:00")
    file(desk, 1)
    file(desk, 5, "after_sales")

    hour(desk, FIRST_PERIOD)

    found = seen(desk, number)
    assert (found["state"], found["reopened"]) == ("done", 0)
    effect = found["effect"]
    assert effect["before"] == {"from": "2026-11-02", "to": "2026-11-16", "number": 4}
    assert effect["after"] == {"from": "2026-11-24", "to": "2026-12-21", "number": 1}
    assert effect["ratio"] == pytest.approx((1 / 28) / (4 / 15), abs=0.001)
    assert effect["low"] < effect["ratio"] < effect["high"]
    assert effect["trend"] == "unclear"


@pytest.mark.slow
def test_p8_9_an_action_is_open_again_when_its_cause_returns(desk: Organisation) -> None:
    number = done(desk)
    hour(desk, FIRST_PERIOD)
    assert seen(desk, number)["state"] == "done"
    file(desk, 9)

    hour(desk, SECOND_PERIOD)

    found = seen(desk, number)
    assert (found["state"], found["reopened"], found["done"]) == ("open", 1, None)
    assert desk.local(found["due"]) == "2027-02-02T15:30:00+08:00"  # as much time as at first
    assert types(desk) == ["opened", "done", "assessed", "reopened"]
    assert owed(desk, "after_sales") == [(number, "供应商来料全检", "running")]
    assert "再次出现" in messages(desk, "after_sales")[0]


@pytest.mark.parametrize(("again", "state"), [(7, "done"), (8, "open")])
def test_p8_9_a_cause_has_returned_if_it_is_more_frequent_than_before(
    desk: Organisation, again: int, state: str
) -> None:
    """Four in 15 days are as frequent as 7.5 in four weeks."""
    number = done(desk)
    desk.world.move_to("2026-12-01T09:00:00+08:00")
    file(desk, again)

    hour(desk, FIRST_PERIOD)

    assert seen(desk, number)["state"] == state


def test_p8_9_a_cause_returns_though_its_complaints_get_another_category(desk: Organisation) -> None:
    number = done(desk)
    desk.world.move_to("2026-12-01T09:00:00+08:00")
    for _ in range(8):
        complaint = desk.file(category={"kind": "product_quality"})
        desk.act(complaint, "agent", "classify", severity="general", kind="other")

    hour(desk, FIRST_PERIOD)

    found = seen(desk, number)
    assert (found["state"], found["effect"]["after"]["number"]) == ("open", 8)


@pytest.mark.parametrize(("again", "state"), [(2, "done"), (3, "open")])
def test_p8_9_two_complaints_are_no_return(desk: Organisation, again: int, state: str) -> None:
    number = opened(desk, value="other")
    desk.world.move_to(DONE)
    do(desk, number, "done")
    desk.world.move_to("2026-12-01T09:00:00+08:00")
    file(desk, again, "other")

    hour(desk, FIRST_PERIOD)

    assert seen(desk, number)["state"] == state


@pytest.mark.slow
def test_an_action_is_watched_for_about_a_year(desk: Organisation) -> None:
    close_all(desk)
    number = done(desk)
    world_of(desk).jump_to("2027-11-30T09:00:00+08:00")

    for hour_ in range(9, 23):
        hour(desk, f"2027-11-30T{hour_:02}:00:00+08:00")

    assert types(desk) == ["opened", "done", *["assessed"] * 13]
    assert seen(desk, number)["state"] == "done"


def test_an_action_is_cancelled_with_a_reason(desk: Organisation) -> None:
    number = opened(desk)

    assert do(desk, number, "cancel", reason="改由供应商负责。").status == 200

    found = seen(desk, number)
    assert (found["state"], found["reason"]) == ("cancelled", "改由供应商负责。")
    assert owed(desk, "after_sales") == []
    assert do(desk, number, "done").problem == "conflict"


def test_an_action_is_handed_over_and_gets_another_day(desk: Organisation) -> None:
    number = opened(desk)

    assert do(desk, number, "hand_over", owner=desk.subs["agent"], due="2026-12-24").status == 200

    assert [one[0] for one in owed(desk, "agent")] == [number]
    assert owed(desk, "after_sales") == []
    assert desk.local(seen(desk, number)["due"]) == "2026-12-25T00:00:00+08:00"
    assert "现交办一项改进措施" in messages(desk, "agent")[0]
