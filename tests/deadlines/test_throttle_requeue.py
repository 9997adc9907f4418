"""Hits that meet a throttled table are sent again with growing delays, and are finally left to a sweep."""

from __future__ import annotations

import pytest

from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.jobs import throttling
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Unavailable
from chalicelib.workers.work_batch import process_batch
from infra.memory_store.store import RecordedCall
from tests.across.faults.office import Office, opened
from tests.helpers.fakes.wiring import Fakes
from tests.helpers.nonempty import nonempty

MOST_OF_SQS = 900


@pytest.fixture
def office() -> Office:
    return opened()


def due(office: Office, count: int) -> tuple[DueBatch, Instant]:
    """A message of `count` complaints whose deadlines are missed after a day, and that time."""
    numbers = [str(office.file(office.request("file")).body["number"]) for _ in range(count)]
    hits = [Hit(f"C#{number}", *keys.snapshot(keys.complaint(office.id, number)), 0) for number in numbers]
    office.world.fakes.clock.move_to(office.world.now() + 25 * HOUR)
    return DueBatch(office.id, hits), office.world.now()


def throttle(office: Office, *places: int) -> list[RecordedCall]:
    """Makes the commits at these places fail, counted from 1, or all. Returns all commits that were tried."""
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


def test_throttled_hits_of_a_batch_are_sent_again_as_one_delayed_message(office: Office) -> None:
    given, now = due(office, 4)
    throttle(office, 1, 3)

    worked = process_batch(office.wiring, given, now, {})

    assert (worked.handled, worked.requeued, worked.left_to_sweep) == (2, 2, 0)
    assert waiting(office.world.fakes) == [DueBatch(office.id, [given.hits[0], given.hits[2]], tries=1)]
    assert office.world.fakes.due.pauses == [batch.delay(0, given.hits[:1])]


def test_a_hit_that_was_sent_again_is_handled(office: Office) -> None:
    given, now = due(office, 1)
    throttle(office)
    process_batch(office.wiring, given, now, {})
    office.store.before = None

    (back,) = waiting(office.world.fakes)

    assert process_batch(office.wiring, back, now, {}).handled == 1
    assert office.types(given.hits[0].aggregate.partition("#")[2]).count("missed") == 1


def test_after_two_throttled_hits_in_a_row_the_rest_is_not_tried(office: Office) -> None:
    given, now = due(office, 6)
    commits = throttle(office)

    worked = process_batch(office.wiring, given, now, {})

    assert (len(commits), worked.requeued) == (throttling.MAX_CONSECUTIVE, 6)
    assert waiting(office.world.fakes)[0].hits == given.hits


def test_at_the_retry_limit_hits_are_left_to_a_sweep(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A metric counts them, which an alarm reads."""
    given, now = due(office, 1)
    throttle(office)

    worked = process_batch(office.wiring, DueBatch(given.tenant, given.hits, batch.MAX_TRIES), now, {})

    assert (worked.requeued, worked.left_to_sweep) == (0, 1)
    assert '"DueLater":[1.0]' in capsys.readouterr().out
    assert waiting(office.world.fakes) == []


def test_if_the_queue_is_unavailable_too_hits_are_left_to_a_sweep(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error would move the message to the dead-letter queue after five tries, and quarantine the complaint."""
    given, now = due(office, 1)
    throttle(office)

    def away(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(office.world.fakes.due, "send", away)

    assert process_batch(office.wiring, given, now, {}).left_to_sweep == 1


def test_delays_grow_and_stay_within_the_limit_of_sqs() -> None:
    hits = [Hit("C#1", "T#acme#C#1", "S", 0)]
    pauses = [batch.delay(tries, hits) for tries in range(batch.MAX_TRIES)]

    assert all(
        2 * throttling.FIRST_DELAY << tries >= 2 * pause >= throttling.FIRST_DELAY << tries
        for tries, pause in nonempty(enumerate(pauses))
    )
    assert max(pauses) <= MOST_OF_SQS


def test_hits_that_were_throttled_together_return_at_different_times() -> None:
    pauses = [batch.delay(2, [Hit("C", f"T#acme#C#202611-{number:06d}", "S", 0)]) for number in range(1_000)]

    assert len(set(pauses)) == 1 + (throttling.FIRST_DELAY << 2) // 2
    assert max(map(pauses.count, set(pauses))) < 100


def test_a_message_that_was_never_throttled_has_no_tries() -> None:
    body = QueueMessage.of(DueBatch("acme", [])).body

    assert body == '{"tenant":"acme","hits":[]}'
    assert batch.parse(body).tries == 0
