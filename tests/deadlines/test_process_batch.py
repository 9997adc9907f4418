"""Workers of the due queue: a failing hit does not stop others, and is quarantined if it keeps failing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.deadlines import batch, quarantine
from chalicelib.features.deadlines.redrive import redrive
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.due_index import parse_due
from chalicelib.store.port import Entry, Put, Unavailable
from chalicelib.store.stored_form import Damaged
from chalicelib.workers.work_batch import process_batch
from infra.local.resources.template import load
from infra.memory_store.store import RecordedCall
from tests.across.faults.office import Office, opened
from tests.helpers.fakes.deadlines import TRIES, sweep_and_work


@pytest.fixture
def office() -> Office:
    return opened()


def filed(office: Office) -> str:
    return str(office.file(office.request("file")).body["number"])


def late(office: Office) -> Instant:
    """Moves the clock by a day and an hour, so that all filed complaints are due."""
    office.world.fakes.clock.move_to(office.world.now() + 25 * HOUR)
    return office.world.now()


def snapshot(office: Office, number: str) -> Entry:
    key = keys.snapshot(keys.complaint(office.id, number))
    with binding.tenant(office.id):
        return office.store.get([key])[key]


def spoil(office: Office, number: str) -> Entry:
    """Makes the complaint unreadable. Returns its item as it was."""
    before = snapshot(office, number)
    with binding.tenant(office.id):
        office.store.commit([Put(replace(before, body="{"), if_absent=False)])
    return before


def batch_of(office: Office, *numbers: str) -> batch.DueBatch:
    """The batch that the sweep enqueues for these complaints."""
    hits = [parse_due(snapshot(office, number)) for number in numbers]
    return batch.DueBatch(office.id, [batch.Hit(hit.aggregate, *hit.key, hit.wake_at) for hit in hits])


def listed(office: Office) -> list[str]:
    return [one.hit.aggregate for one in quarantine.list_quarantined(office.wiring.store, 10, None)[0]]


def test_a_failing_hit_of_a_batch_is_sent_again_alone(office: Office) -> None:
    numbers = [filed(office) for _ in range(3)]
    given = batch_of(office, *numbers)
    spoil(office, numbers[0])

    worked = process_batch(office.wiring, given, late(office), {})

    assert (worked.handled, worked.failed) == (2, 1)
    again = [batch.parse(message.body) for message in office.world.fakes.due.waiting]
    assert [[hit.aggregate for hit in each.hits] for each in again] == [[f"C#{numbers[0]}"]]


def test_a_batch_of_one_that_fails_stays_in_the_queue(office: Office) -> None:
    number = filed(office)
    given = batch_of(office, number)
    spoil(office, number)

    with pytest.raises(Damaged, match=number):
        process_batch(office.wiring, given, late(office), {})


def test_after_five_tries_a_hit_is_quarantined(office: Office) -> None:
    number = filed(office)
    spoil(office, number)

    sweep_and_work(office.wiring, late(office))

    assert listed(office) == [f"C#{number}"]
    assert snapshot(office, number).due is None
    sweep(office.wiring, office.world.now())
    again = [hit.aggregate for message in office.world.fakes.due.waiting for hit in batch.parse(message.body).hits]
    assert f"C#{number}" not in again


def test_a_throttled_hit_is_not_quarantined_and_is_handled_after_a_later_sweep(office: Office) -> None:
    number = filed(office)
    now = late(office)

    def throttled(call: RecordedCall) -> None:
        if call.name == "commit" and call.keys > 1:
            raise Unavailable

    office.store.before = throttled
    for _ in range(TRIES + 1):
        sweep_and_work(office.wiring, now)
    assert listed(office) == []

    office.store.before = None
    sweep_and_work(office.wiring, now)
    assert office.types(number).count("missed") == 1


def test_a_quarantine_is_measured_for_the_alarm(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(office, filed(office))
    sweep_and_work(office.wiring, late(office))
    assert '"DueParked":[1.0]' in capsys.readouterr().out


def test_a_hit_whose_complaint_has_changed_is_not_quarantined(office: Office) -> None:
    number = filed(office)
    given = batch_of(office, number)
    late(office)
    office.act(number, "agent", "accept", agent_team="一", agent_number="7")

    assert quarantine.quarantine_batch(office.wiring, given) == 0
    assert snapshot(office, number).due is not None


def test_a_repeated_quarantine_lists_the_item_once(office: Office) -> None:
    given = batch_of(office, filed(office))

    assert [quarantine.quarantine_batch(office.wiring, given) for _ in range(2)] == [1, 0]
    assert len(listed(office)) == 1


def parked_and_mended(office: Office) -> str:
    number = filed(office)
    whole = spoil(office, number)
    sweep_and_work(office.wiring, late(office))
    with binding.tenant(office.id):
        office.store.commit([Put(replace(whole, due=None), if_absent=False)])
    return number


def test_a_redriven_item_is_handled(office: Office) -> None:
    number = parked_and_mended(office)

    redrive(office.wiring, office.id, f"C#{number}")
    office.world.settle()

    assert office.types(number).count("missed") == 1
    assert listed(office) == []


def test_a_repeated_redrive_has_one_effect(office: Office) -> None:
    number = parked_and_mended(office)

    redrive(office.wiring, office.id, f"C#{number}")
    with pytest.raises(Problem, match="not-found"):
        redrive(office.wiring, office.id, f"C#{number}")
    office.world.settle()

    assert office.types(number).count("missed") == 1


def test_redriving_a_changed_complaint_only_removes_it_from_the_list(office: Office) -> None:
    number = filed(office)
    whole = spoil(office, number)
    sweep_and_work(office.wiring, late(office))
    with binding.tenant(office.id):
        office.store.commit([Put(replace(whole, due=None), if_absent=False)])
    office.act(number, "agent", "accept", agent_team="一", agent_number="7")
    scheduled = snapshot(office, number)

    redrive(office.wiring, office.id, f"C#{number}")

    assert (snapshot(office, number), listed(office)) == (scheduled, [])


def test_an_item_that_is_not_quarantined_cannot_be_redriven(office: Office) -> None:
    with pytest.raises(Problem, match="not-found"):
        redrive(office.wiring, office.id, "C#202611-000001")


def test_lateness_is_the_time_since_the_due_time(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    given = batch_of(office, filed(office))
    now = late(office)
    process_batch(office.wiring, given, now, {})
    assert f'"DueLateness":[{float(now - given.hits[0].wake_at)}]' in capsys.readouterr().out


def test_a_hit_that_was_already_handled_is_not_late(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    given = batch_of(office, filed(office))
    now = late(office)
    process_batch(office.wiring, given, now, {})
    capsys.readouterr()

    process_batch(office.wiring, given, now + HOUR // 2, {})

    assert "DueLateness" not in capsys.readouterr().out


def test_the_number_of_tries_is_that_of_the_template() -> None:
    queue = load()["Resources"]["DueQueue"]["Properties"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] == TRIES
