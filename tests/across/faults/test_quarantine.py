"""Concurrent quarantine and redrive: no item disappears from both the due index and the operators' list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from chalicelib.access import binding
from chalicelib.casework import due_events
from chalicelib.features.deadlines import batch, quarantine
from chalicelib.features.deadlines.redrive import redrive
from chalicelib.features.messages.delivery import KIND as EFFECT
from chalicelib.kit.instants import HOUR
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.due_index import parse_due
from chalicelib.store.port import Entry
from chalicelib.workers.work_batch import process_batch
from infra.memory_store.store import RecordedCall
from tests.across.faults.office import Office
from tests.helpers.fakes.deadlines import TRIES
from tests.helpers.fakes.faults import Crash

FIELDS = {"agent_team": "一", "agent_number": "7"}


def filed(office: Office) -> str:
    return str(office.file(office.request("file")).body["number"])


def late(office: Office) -> None:
    office.world.fakes.clock.move_to(office.world.now() + 25 * HOUR)


def snapshot(office: Office, number: str) -> Entry:
    key = keys.snapshot(keys.complaint(office.id, number))
    with binding.tenant(office.id):
        return office.store.get([key])[key]


def batch_of(office: Office, *entries: Entry) -> batch.DueBatch:
    """The batch that a sweep enqueues for these complaints."""
    hits = [parse_due(entry) for entry in entries]
    return batch.DueBatch(office.id, [batch.Hit(hit.aggregate, *hit.key, hit.wake_at) for hit in hits])


def listed(office: Office) -> list[str]:
    return sorted(one.hit.sk for one in quarantine.list_quarantined(office.wiring.store, 10, None)[0])


def before_call(office: Office, place: int, what: Callable[[], object]) -> None:
    """Runs `what` just before the store's call at this place, counted from 1."""
    calls: list[RecordedCall] = []

    def hook(call: RecordedCall) -> None:
        calls.append(call)
        if len(calls) == place:
            office.store.before = None
            what()

    office.store.before = hook


def test_an_item_quarantined_again_during_a_redrive_stays_on_the_list(office: Office) -> None:
    """The redrive has scheduled the item. It fails five more times before the redrive removes it from the list."""
    number = filed(office)
    late(office)
    one = batch_of(office, snapshot(office, number))
    quarantine.quarantine_batch(office.wiring, one)
    before_call(office, 3, lambda: quarantine.quarantine_batch(office.wiring, one))

    redrive(office.wiring, office.id, f"C#{number}")

    assert snapshot(office, number).due is None
    assert listed(office) == ["S"]
    redrive(office.wiring, office.id, f"C#{number}")
    assert (snapshot(office, number).due is not None, listed(office)) == (True, [])


def test_an_item_changed_and_quarantined_again_during_a_redrive_stays_on_the_list(office: Office) -> None:
    number = filed(office)
    quarantine.quarantine_batch(office.wiring, batch_of(office, snapshot(office, number)))

    def acted_on_and_parked() -> None:
        office.act(number, "agent", "accept", **FIELDS)
        quarantine.quarantine_batch(office.wiring, batch_of(office, snapshot(office, number)))

    before_call(office, 2, acted_on_and_parked)
    redrive(office.wiring, office.id, f"C#{number}")

    assert (snapshot(office, number).due, listed(office)) == (None, ["S"])


def test_an_item_that_changes_during_quarantine_stays_on_the_index_and_is_not_listed(office: Office) -> None:
    number = filed(office)
    one = batch_of(office, snapshot(office, number))
    before_call(office, 3, lambda: office.act(number, "agent", "accept", **FIELDS))

    assert quarantine.quarantine_batch(office.wiring, one) == 0

    assert (snapshot(office, number).due is not None, listed(office)) == (True, [])


def test_two_effects_of_one_month_have_separate_list_entries(office: Office) -> None:
    office.world.fakes.mailer.down = True
    for _ in range(2):
        filed(office)
    office.world.settle()
    pending = [entry for entry in office.store.everything() if entry.kind == EFFECT and entry.due is not None]
    for entry in pending:
        quarantine.quarantine_batch(office.wiring, batch_of(office, entry))

    assert len(pending) == 2
    assert listed(office) == sorted(entry.key.sk for entry in pending)
    redrive(office.wiring, office.id, f"F#{pending[0].key.pk.rpartition('#')[2]}")
    assert listed(office) == []
    due = {entry.key for entry in office.store.everything() if entry.due is not None}
    assert {entry.key for entry in pending} <= due


def test_a_failed_batch_is_split_before_a_hit_is_quarantined(office: Office) -> None:
    """A complaint that kills its worker fails the whole batch five times. The others were never tried."""
    deadly, other = filed(office), filed(office)
    late(office)
    whole = batch_of(office, snapshot(office, deadly), snapshot(office, other))

    assert quarantine.quarantine_batch(office.wiring, whole) == 0

    again = [batch.parse(message.body) for message in office.world.fakes.due.waiting]
    assert again == [batch.DueBatch(office.id, [hit]) for hit in whole.hits]
    assert snapshot(office, deadly).due is not None


def test_a_hit_that_kills_its_worker_is_quarantined_and_the_rest_is_handled(office: Office) -> None:
    deadly, other = filed(office), filed(office)
    late(office)
    queue = office.world.fakes.due
    queue.send([QueueMessage.of(batch_of(office, snapshot(office, deadly), snapshot(office, other)))])
    tries: Counter[str] = Counter()
    while queue.waiting:
        message = queue.waiting.popleft()
        tries[message.body] += 1
        one = batch.parse(message.body)
        if survived(office, one, f"C#{deadly}"):
            continue
        if tries[message.body] < TRIES:
            queue.waiting.append(message)
        else:
            quarantine.quarantine_batch(office.wiring, one)

    assert office.types(other).count("missed") == 1
    assert [one.hit.aggregate for one in quarantine.list_quarantined(office.wiring.store, 10, None)[0]] == [
        f"C#{deadly}"
    ]


def survived(office: Office, one: batch.DueBatch, deadly: str) -> bool:
    """True if the worker survived. It dies at the deadly complaint, which is first in its batch."""

    def die(_: RecordedCall) -> None:
        raise Crash

    office.store.before = die if one.hits[0].aggregate == deadly else None
    try:
        process_batch(office.wiring, one, office.world.now(), {})
    except Crash:
        return False
    finally:
        office.store.before = None
    return True


def test_a_complaint_that_needs_too_much_work_is_quarantined_at_once_with_its_reason(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = filed(office)
    late(office)
    monkeypatch.setattr(due_events, "WAKE_STEPS", 0)
    result = process_batch(office.wiring, batch_of(office, snapshot(office, number)), office.world.now(), {})
    [entry], _ = quarantine.list_quarantined(office.wiring.store, 10, None)
    assert (result.failed, entry.reason) == (1, "The complaint's deadlines need too much work to calculate.")
    assert snapshot(office, number).due is None
