"""What meets a throttled table comes back to the workers by itself, ever later, and is at last left to a sweep."""

from __future__ import annotations

import pytest

from chalicelib.deadlines import batch, throttle_requeue
from chalicelib.deadlines.batch import DueBatch, Hit
from chalicelib.instants import HOUR, Instant
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.workers.work_batch import process_batch
from infra.memory_store.store import RecordedCall
from tests.fakes.wiring import Fakes
from tests.faults.office import Office, opened

MOST_OF_SQS = 900


@pytest.fixture
def office() -> Office:
    return opened()


def due(office: Office, count: int) -> tuple[DueBatch, Instant]:
    """So many complaints, missed a day later, as one message; and that day."""
    numbers = [str(office.file(office.request("file")).body["number"]) for _ in range(count)]
    hits = [Hit(f"C#{number}", *keys.snapshot(keys.complaint(office.id, number)), 0) for number in numbers]
    office.world.fakes.clock.move_to(office.world.now() + 25 * HOUR)
    return DueBatch(office.id, hits), office.world.now()


def throttle(office: Office, *places: int) -> list[RecordedCall]:
    """Commits of these places, counted from 1, or all; and all that are asked for."""
    commits: list[RecordedCall] = []

    def refuse(call: RecordedCall) -> None:
        if call.name == "commit":
            commits.append(call)
            if not places or len(commits) in places:
                raise Unavailable

    office.store.before = refuse
    return commits


def waiting(world: Fakes) -> list[DueBatch]:
    return [batch.parse(message.body) for message in world.due.waiting]


def test_of_a_batch_what_was_throttled_comes_back_as_one_message_after_a_pause(office: Office) -> None:
    given, now = due(office, 4)
    throttle(office, 1, 3)

    worked = process_batch(office.wiring, given, now, {})

    assert (worked.handled, worked.requeued, worked.left_to_sweep) == (2, 2, 0)
    assert waiting(office.world.fakes) == [DueBatch(office.id, [given.hits[0], given.hits[2]], tries=1)]
    assert office.world.fakes.due.pauses == [throttle_requeue.delay(0, given.hits[:1])]


def test_it_is_acted_on_when_it_comes_back(office: Office) -> None:
    given, now = due(office, 1)
    throttle(office)
    process_batch(office.wiring, given, now, {})
    office.store.before = None

    (back,) = waiting(office.world.fakes)

    assert process_batch(office.wiring, back, now, {}).handled == 1
    assert office.types(given.hits[0].aggregate.partition("#")[2]).count("missed") == 1


def test_where_two_in_a_row_are_throttled_the_rest_is_not_tried_now(office: Office) -> None:
    given, now = due(office, 6)
    commits = throttle(office)

    worked = process_batch(office.wiring, given, now, {})

    assert (len(commits), worked.requeued) == (throttle_requeue.MAX_CONSECUTIVE, 6)
    assert waiting(office.world.fakes)[0].hits == given.hits


def test_what_came_back_often_enough_is_left_to_a_sweep(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """And is a figure, which the alarm reads."""
    given, now = due(office, 1)
    throttle(office)

    worked = process_batch(office.wiring, DueBatch(given.tenant, given.hits, throttle_requeue.MAX_TRIES), now, {})

    assert (worked.requeued, worked.left_to_sweep) == (0, 1)
    assert '"DueLater":[1.0]' in capsys.readouterr().out
    assert waiting(office.world.fakes) == []


def test_a_queue_that_is_away_too_leaves_it_to_a_sweep(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error would have the message given up after five tries, and its complaint parked."""
    given, now = due(office, 1)
    throttle(office)

    def away(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(office.world.fakes.due, "send", away)

    assert process_batch(office.wiring, given, now, {}).left_to_sweep == 1


def test_pauses_grow_and_no_queue_refuses_them() -> None:
    hits = [Hit("C#1", "T#acme#C#1", "S", 0)]
    pauses = [throttle_requeue.delay(tries, hits) for tries in range(throttle_requeue.MAX_TRIES)]

    assert all(
        2 * throttle_requeue.FIRST_DELAY << tries >= 2 * pause >= throttle_requeue.FIRST_DELAY << tries
        for tries, pause in enumerate(pauses)
    )
    assert max(pauses) <= MOST_OF_SQS


def test_what_was_throttled_together_does_not_come_back_together() -> None:
    pauses = [throttle_requeue.delay(2, [Hit("C", f"T#acme#C#202611-{number:06d}", "S", 0)]) for number in range(1_000)]

    assert len(set(pauses)) == 1 + (throttle_requeue.FIRST_DELAY << 2) // 2
    assert max(map(pauses.count, set(pauses))) < 100


def test_a_message_that_was_never_throttled_says_nothing_of_it() -> None:
    """Code from before reads it too, and what that sends is read."""
    body = QueueMessage.of(DueBatch("acme", [])).body

    assert body == '{"tenant":"acme","hits":[]}'
    assert batch.parse(body).tries == 0
