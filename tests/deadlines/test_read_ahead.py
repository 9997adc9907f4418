"""A worker reads the complaints of a message at once, and acts on no outdated state."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.store.port import Remove, Unavailable
from chalicelib.workers.work_batch import process_batch
from infra.memory_store.store import RecordedCall
from tests.across.faults.office import Office, once_before
from tests.deadlines.test_process_batch import batch_of, filed, late, office, snapshot

__all__ = ["office"]


def test_a_complaint_that_changed_after_the_read_is_read_again_and_missed_once(office: Office) -> None:
    first, second = filed(office), filed(office)
    now = late(office)
    given = batch_of(office, first, second)
    once_before(office.store, "commit", lambda: office.act(second, "agent", "classify", severity="major", sign="media"))

    assert process_batch(office.wiring, given, now, {}).handled == 2

    assert [office.types(number).count("missed") for number in (first, second)] == [1, 1]


def test_an_erased_complaint_is_skipped(office: Office) -> None:
    first, second = filed(office), filed(office)
    now = late(office)
    given = batch_of(office, first, second)
    before = len(office.types(first))
    with binding.tenant(office.id):
        office.store.commit([Remove(snapshot(office, second).key)])

    worked = process_batch(office.wiring, given, now, {})

    assert (worked.handled, worked.events) == (2, len(office.types(first)) - before)


def test_if_the_joint_read_fails_each_complaint_is_read_alone(office: Office) -> None:
    numbers = [filed(office), filed(office)]
    now = late(office)
    given = batch_of(office, *numbers)
    failed: list[RecordedCall] = []

    def first_read(call: RecordedCall) -> None:
        if call.name == "get" and not failed:
            failed.append(call)
            raise Unavailable

    office.store.before = first_read

    worked = process_batch(office.wiring, given, now, {})

    assert (worked.handled, [call.keys for call in failed]) == (2, [2])


@pytest.mark.parametrize("count", [1, 2, 20])
def test_a_batch_of_any_size_is_read_once(office: Office, count: int) -> None:
    numbers = [filed(office) for _ in range(count)]
    now = late(office)
    given = batch_of(office, *numbers)
    office.store.calls.clear()

    process_batch(office.wiring, given, now, {})

    assert [call.name for call in office.store.calls].count("get") == 1
