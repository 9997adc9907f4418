"""`advance` and `wake_at`: the events that time causes do not depend on when they are recorded (X.3)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.complaints.acting import alarms
from chalicelib.complaints.acting.advance import MAX_EVENTS, advance, wake_at
from chalicelib.complaints.acting.alarms import Alarm, AlarmText
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.runs import Run
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import ends_of
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from tests.helpers.searches import searching, some_by_day
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

lives = searching(150)


def happened(life: Life) -> list[tuple[str, str, str | None, object, object]]:
    return [(event.type, event.at, event.due_at, event.fields, event.result) for event in life.events]


def twin(life: Life) -> Life:
    return Life(life.policy, life.complaint)


@lives
@given(play.lives())
def test_the_first_event_happens_exactly_at_wake_at(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    wakes = wake_at(life.policy, life.complaint)
    early, then = Flow(life.policy, life.complaint), Flow(life.policy, life.complaint)

    advance(early, now + 400 * play.DAY if wakes is None else wakes - 1)
    advance(then, now if wakes is None else wakes)

    assert early.drafts == []
    assert bool(then.drafts) is (wakes is not None)


@lives
@given(play.lives(), st.lists(st.sampled_from(play.STEPS), min_size=1, max_size=20))
def test_many_steps_cause_the_same_events_as_one_jump(lived: tuple[Life, Instant], steps: list[int]) -> None:
    life, now = lived
    jumping, stepping = twin(life), twin(life)

    for step in steps:
        now += step
        stepping.wait(now)
    jumping.wait(now)

    assert happened(stepping) == happened(jumping)


@lives
@given(play.lives())
def test_the_record_never_goes_back_in_time(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    assert all(earlier.at <= later.at for earlier, later in pairwise(life.events))


@lives
@given(play.lives())
def test_events_caused_by_time_happen_when_they_are_due(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    caused = [event for event in life.events if event.type in ("warned", "missed", "escalated", "reclassified")]
    assert all(event.at == event.due_at for event in caused)


@lives
@given(play.lives())
def test_each_rung_of_a_run_is_missed_once_in_order(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    rungs: dict[tuple[str, int], list[int]] = {}
    for event in life.events:
        if event.type == "missed":
            rungs.setdefault((event.fields["clock"], event.fields["run"]), []).append(event.fields["rung"])
    assert all(found == list(range(1, len(found) + 1)) for found in rungs.values())
    assert len({event.id for event in life.events}) == len(life.events)


@lives
@given(play.lives())
def test_each_open_task_has_its_own_due_time(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now + 70 * play.DAY)
    complaint = life.complaint
    cancelled = max((event.seq for event in life.events if event.type in CANCELLING_EVENTS - {"closed"}), default=0)
    timed = [
        int(key) for key, task in complaint.tasks.items() if task.task in life.policy.clocks and int(key) > cancelled
    ]
    owed = [opened for opened in timed if not is_over(life, opened)]
    assert sorted(run.task for run in complaint.runs if run.task) == owed


def is_over(life: Life, opened: int) -> bool:
    """True if an event of the task's `until` ended its time."""
    name = life.complaint.tasks[str(opened)].task
    ends = ends_of(life.policy.document.tasks[name])
    later = [event for event in life.events if event.seq > opened and event.type in ends]
    return any(event.type != "task_opened" or event.fields["task"] == name for event in later)


@lives
@given(play.lives())
def test_the_tier_is_the_highest_that_any_rung_reached(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    highest = 1
    for event in life.events:
        highest = max(highest, event.fields.get("tier", 1) if event.type == "escalated" else 1)
        assert event.result["tier"] == highest
    assert highest <= max(1, len(life.policy.document.tiers))


@lives
@given(play.lives())
def test_a_commit_holds_at_most_forty_due_events(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now + 100 * play.DAY)
    assert max(map(len, life.commits)) <= MAX_EVENTS


def test_readers_of_different_alarms_get_messages_of_their_own() -> None:
    run = Run(clock="answer", n=1, seq=1, started=0, limit="", hours="open", due=0)
    alarm = Alarm("202611-000001/1", 0, "missed")
    waiting = [AlarmText(to, run, alarm, "missed") for to in (["head", "clerk"], ["head", "board"])]
    assert alarms.count(waiting) == 3


@lives
@given(play.lives())
def test_a_due_time_has_at_most_the_warnings_of_the_policy(lived: tuple[Life, Instant]) -> None:
    life, now = lived
    life.wait(now)
    warned = Counter(
        (event.fields["clock"], event.fields["run"], event.fields["due"])
        for event in life.events
        if event.type == "warned"
    )
    assert all(times <= len(life.policy.clocks[clock].warns) for (clock, _, _), times in warned.items())


@pytest.mark.parametrize("most", some_by_day([1, 2, 5], one_in=3))
@given(lived=play.lives((play.HOSTILE,)))
@searching(60)
def test_events_beyond_one_commit_follow_in_the_next(lived: tuple[Life, Instant], most: int) -> None:
    life, now = lived
    whole, parts = Flow(life.policy, life.complaint), Flow(life.policy, life.complaint)
    now += 100 * play.DAY
    advance(whole, now, most=10_000)

    found = []
    finished = False
    while not finished:
        parts = Flow(life.policy, parts.complaint)
        finished = advance(parts, now, most=most)
        found.extend(parts.drafts)

    assert found == whole.drafts


def test_an_act_after_a_miss_does_not_erase_it() -> None:
    life = play.filed(play.policy(play.HOSTILE), play.Filing("wire", {"content": "x"}), play.START)
    clerk = play.staff(life.policy)[0]

    assert life.act(play.ActRequest("accept"), clerk, play.START + 50 * play.MINUTE) is None

    assert [event.type for event in life.events if event.type in ("missed", "accepted")] == ["missed", "accepted"]
    assert from_text(next(event for event in life.events if event.type == "missed").at) == play.START + 45 * play.MINUTE
