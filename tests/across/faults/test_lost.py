"""The stream or the queue loses events: within a day each reader is notified exactly once."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.jobs import driver
from chalicelib.kit.instants import DAY, HOUR, MINUTE, Instant, to_text
from chalicelib.ports import Vault
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Put, Unavailable
from chalicelib.workers import entries, hourly
from tests.across.faults.mails import deliveries, notices, states
from tests.across.faults.office import Breaks, Office


def worked(office: Office) -> str:
    """A complaint with several notices, none of them relayed."""
    number = str(office.file(office.request("file")).body["number"])
    office.act(number, "agent", "accept", agent_team="一", agent_number="7")
    office.act(number, "team_lead", "object", reason="不全")
    return number


def notified(office: Office, number: str) -> set[str]:
    return {event["id"] for event in office.record(number) if event["type"] == "notified" and event.get("act") is None}


def told(office: Office) -> list[tuple[str, str]]:
    return [(one.event, one.reader) for one in deliveries(office, "in_app")]


def walk(office: Office, at: Instant, *, ordered: bool = False) -> int:
    """Runs the daily reconciliation, or with `ordered` an operator's, and empties the queue.

    Returns the number of enqueued messages.
    """
    before = office.world.fakes.effects.sent
    with binding.tenant(office.id):
        job = stream_reconciliation.start_job(
            office.wiring.store, office.wiring.real_clock, office.id, at, at if ordered else None
        )
        driver.run_steps(office.wiring, office.id, job, at, entries.JOBS, budget=HOUR)
    count = office.world.fakes.effects.sent - before
    office.world.settle()
    return count


def test_events_lost_by_the_stream_are_notified_within_a_day(office: Office) -> None:
    number = worked(office)
    due = notified(office, number)
    office.world.forget()
    office.world.settle()
    assert told(office) == []

    office.world.move_to(to_text(office.world.now() + DAY + 2 * HOUR))

    assert len(due) >= 3
    assert due <= {event for event, _ in told(office)}
    assert states(office) == {"sent"}


def test_events_lost_by_the_queue_are_notified_within_a_day(office: Office) -> None:
    number = worked(office)
    due = notified(office, number)
    new = [one for one in office.store.stream_after(0) if one.event_name == "INSERT" and one.key.sk[:2] == "E#"]
    assert (
        entries.relay(office.wiring.effects, {"Records": [one.to_lambda() for one in new]}, None)["batchItemFailures"]
        == []
    )
    office.world.forget()
    office.world.fakes.effects.waiting.clear()

    office.world.move_to(to_text(office.world.now() + DAY + 2 * HOUR))

    assert due <= {event for event, _ in told(office)}
    assert states(office) == {"sent"}


def test_delivered_events_are_notified_once(office: Office) -> None:
    worked(office)
    office.world.settle()
    before = (told(office), notices(office))

    assert walk(office, office.world.now() + 2 * HOUR) > 0

    assert (told(office), notices(office)) == before


def test_a_second_reconciliation_relays_nothing_again(office: Office) -> None:
    worked(office)
    office.world.settle()
    walk(office, office.world.now() + 2 * HOUR)

    assert walk(office, office.world.now() + DAY) == 0


@pytest.mark.parametrize(("back", "told_again"), [(2 * HOUR, True), (stream_reconciliation.ORDERED_LOOKBACK, False)])
def test_an_operators_reconciliation_notifies_what_the_queue_lost_of_an_earlier_one(
    office: Office, back: int, told_again: bool
) -> None:
    due = notified(office, worked(office))
    office.world.forget()
    walk_lost(office, office.world.now() + 2 * HOUR)
    assert walk(office, office.world.now() + DAY) == 0

    walk(office, office.world.now() + DAY + back, ordered=True)

    assert (due <= {event for event, _ in told(office)}) is told_again


def walk_lost(office: Office, at: Instant) -> None:
    """A daily reconciliation whose messages are lost."""
    with binding.tenant(office.id):
        job = stream_reconciliation.start_job(office.wiring.store, office.wiring.real_clock, office.id, at)
        driver.run_steps(office.wiring, office.id, job, at, entries.JOBS, budget=HOUR)
    office.world.fakes.effects.waiting.clear()


def test_an_event_that_the_stream_may_still_deliver_is_left_to_it(office: Office) -> None:
    worked(office)
    office.world.forget()

    assert walk(office, office.world.now() + stream_reconciliation.GRACE_PERIOD - 1) == 0
    assert walk(office, office.world.now() + DAY) > 0


def test_all_complaints_of_several_pages_are_reconciled(office: Office) -> None:
    numbers = [
        str(office.file(office.request("file")).body["number"]) for _ in range(2 * stream_reconciliation.PAGE_SIZE + 1)
    ]
    office.world.forget()

    walk(office, office.world.now() + 2 * HOUR)

    assert {event.partition("/")[0] for event, _ in told(office)} == set(numbers)


def test_an_event_that_cannot_be_read_stops_no_other_complaint(office: Office) -> None:
    numbers = [str(office.file(office.request("file")).body["number"]) for _ in range(2)]
    office.world.forget()
    key = keys.event(keys.complaint(office.id, numbers[0]), 1)
    with binding.tenant(office.id):
        office.store.commit([Put(replace(office.store.get([key])[key], body="{"), if_absent=False)])

    walk(office, office.world.now() + 2 * HOUR)

    assert {event.partition("/")[0] for event, _ in told(office)} == {numbers[1]}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", range(1, 11))
def test_a_reconciliation_survives_store_failures_and_notifies_once(office: Office, call: int, after: bool) -> None:
    number = worked(office)
    due = notified(office, number)
    office.world.forget()
    at = office.world.now() + 2 * HOUR
    with Breaks(office.store, call, after), suppress(Unavailable, CommitConflict):
        walk(office, at)

    walk(office, at + 10 * MINUTE)

    assert due <= {event for event, _ in told(office)}
    assert len(told(office)) == len(set(told(office)))
    office.world.move_to(to_text(office.world.now() + HOUR))
    assert len(notices(office)) == len(deliveries(office))


def test_the_reconciliation_begins_although_the_rest_of_the_hourly_job_fails(office: Office) -> None:
    office.file(office.request("file"))
    broken = replace(office.wiring, vault=cast(Vault, NoVault()))

    with pytest.raises(ConnectionError):
        hourly.run(broken, office.id, office.world.now() + DAY)

    assert [one for one in office.store.everything() if one.key.sk.startswith(f"J#{stream_reconciliation.JOB_KIND}-")]


class NoVault:
    """As if Amazon S3 did not answer."""

    def __getattr__(self, name: str) -> object:
        raise ConnectionError(name)
