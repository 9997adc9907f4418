"""Budgets of store calls: with a warm policy cache, a command reads once and commits once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from chalicelib.access import binding
from chalicelib.casework import anchor_marks, private_values
from chalicelib.casework.authorization import Credential
from chalicelib.casework.loading import load
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.features.messages import sqs
from chalicelib.features.messages.relay.relay import RelayedEvent, relay
from chalicelib.features.record import anchoring
from chalicelib.features.similar import signing
from chalicelib.kit.instants import HOUR
from chalicelib.store import keys
from chalicelib.store.keys import DUE_SHARDS, CaseRef
from chalicelib.workers import entries, hourly, reactions
from chalicelib.workers.work_batch import process_batch
from tests.across.faults.office import Office, opened
from tests.helpers.fakes.deadlines import sweep_and_work


@pytest.fixture
def office() -> Office:
    return opened()


def calls(office: Office, do: Callable[[], object]) -> Counter[str]:
    office.store.calls.clear()
    do()
    return Counter(call.name for call in office.store.calls)


def filed(office: Office) -> str:
    return str(office.file(office.request("file")).body["number"])


def test_a_request_to_an_open_organisation_reads_its_directory_entry_once_a_minute(office: Office) -> None:
    """And no more: that it is open costs no further call."""
    ask = partial(office.organisation.get, "/people/me", "owner")
    office.relist()

    assert [calls(office, ask) for _ in range(2)] == [{"get": 2}, {"get": 1}]


def test_the_founders_first_request_writes_once(office: Office) -> None:
    office.relist(confirmed=False)
    ask = partial(office.organisation.get, "/people/me", "owner")
    assert [calls(office, ask) for _ in range(2)] == [{"get": 5, "commit": 1}, {"get": 1}]


def test_a_filing_reads_counts_and_commits_once(office: Office) -> None:
    filed(office)
    request = office.request("file")
    assert calls(office, lambda: office.file(request)) == {"get": 1, "count": 1, "commit": 1}


def test_the_signature_of_a_filing_takes_three_calls_beside_those_that_read_it(office: Office) -> None:
    """One that looks for it, one batch for the band keys, and one write of the signature."""
    number = filed(office)

    found = calls(office, lambda: signed(office, number))

    assert found == {"get": 2, "put_each": 1, "commit": 1}


def signed(office: Office, number: str) -> None:
    with binding.tenant(office.id):
        ref = CaseRef(office.id, number)
        case = load(office.wiring.store, office.wiring.compiled, ref, private_values.filing_keys(ref))
        assert signing.sign(office.wiring, ref, case, case.policy) == 22


def test_an_anonymous_filing_also_counts_the_address(office: Office) -> None:
    filed(office)
    request = office.request("file")
    assert calls(office, lambda: office.file(request, place="address")) == {"get": 1, "count": 2, "commit": 1}


def test_an_act_reads_and_commits_once(office: Office) -> None:
    number = filed(office)
    request = office.request("act")
    found = calls(office, lambda: office.act(number, "agent", "classify", request, severity="major", sign="media"))
    assert found == {"get": 1, "commit": 1}


def test_an_act_after_a_miss_commits_both_at_once(office: Office) -> None:
    number = filed(office)
    office.world.fakes.clock.move_to(office.world.now() + 25 * HOUR)
    found = calls(office, lambda: office.act(number, "agent", "classify", severity="major", sign="media"))
    assert found == {"get": 1, "commit": 1}
    assert "missed" in office.types(number)


def test_a_replay_only_reads(office: Office) -> None:
    number = filed(office)
    request = office.request("act")
    office.act(number, "agent", "classify", request, severity="major", sign="media")
    found = calls(office, lambda: office.act(number, "agent", "classify", request, severity="major", sign="media"))
    assert found == {"get": 1}


def test_a_member_reads_a_complaint_once_and_the_read_log_records_it(office: Office) -> None:
    number = filed(office)
    seen = complaint.ComplaintRequest(
        tenant=office.id,
        number=number,
        credential=Credential(sub=office.organisation.subs["agent"]),
        now=office.world.now(),
        route="GET",
    )
    with binding.tenant(office.id):
        assert calls(office, lambda: complaint.complaint(office.wiring, seen)) == {"get": 1, "commit": 1}


@pytest.mark.parametrize(("place", "reads"), [(0, {"get": 2}), (-1, {"get": 2, "query": 1})])
def test_a_notice_that_is_relayed_again_is_looked_for_and_not_written(
    office: Office, place: int, reads: dict[str, int]
) -> None:
    """The daily reconciliation relays each event once more. A refused transaction takes the units of its writes.

    To the complainant, and to a role, whose members are read.
    """
    number = filed(office)
    seq = [one["seq"] for one in office.record(number) if one["type"] == "notified"][place]
    reactions.run_reactions(office.wiring, RelayedEvent(office.id, number, seq))

    again = RelayedEvent(office.id, number, seq, again=True)

    assert calls(office, lambda: reactions.run_reactions(office.wiring, again)) == reads


def test_a_stream_batch_is_relayed_in_tens_without_reading_the_store(office: Office) -> None:
    inserted = [keys.event(keys.complaint(office.id, "202611-000001"), seq) for seq in range(1, 101)]
    queue = office.world.fakes.effects
    before = queue.calls
    assert calls(office, lambda: relay(office.wiring.effects, inserted)) == {}
    assert queue.calls - before == len(inserted) // sqs.BATCH


def test_a_sweep_without_work_queries_each_shard_once(office: Office) -> None:
    filed(office)
    assert calls(office, lambda: sweep(office.wiring, office.world.now())) == {"due": DUE_SHARDS}


def test_a_sweep_reads_its_position_once_and_saves_it_once_per_round(office: Office) -> None:
    for _ in range(3):
        filed(office)
    now = office.world.now() + 25 * HOUR
    found = calls(office, lambda: sweep(office.wiring, now))
    assert found == {"due": DUE_SHARDS, "get": 1, "commit": 1}


def test_an_hour_without_changes_queries_each_partition_of_the_marks_once(office: Office) -> None:
    filed(office)
    now = office.world.now() + 2 * HOUR
    with binding.tenant(office.id):
        anchor = partial(anchoring.anchor_changes, office.wiring.store, office.wiring.vault, office.id, now)
        anchor()
        found = calls(office, anchor)
    assert found == {"query": len(anchor_marks.SHARES), "get": 1}


def test_the_hourly_job_of_an_idle_organisation_reads_little_and_writes_its_next_run(office: Office) -> None:
    """Its reads are what an organisation costs while nothing happens."""
    filed(office)
    begin = office.world.now()
    for hour in (25, 26, 27):  # the day's jobs are started, all numbers are explained, and the records are anchored
        hourly.run(office.wiring, office.id, begin + hour * HOUR)

    found = calls(office, lambda: hourly.run(office.wiring, office.id, begin + 28 * HOUR))

    assert found == {"get": 11, "query": 9, "commit": 1}


def test_a_worker_reads_the_items_of_a_message_once_and_commits_each_hit_once(office: Office) -> None:
    now = office.world.now() + 25 * HOUR
    sweep_and_work(office.wiring, now, entries.JOBS)
    sweep_and_work(office.wiring, now, entries.JOBS)  # the hourly job has started the daily reconciliation
    for _ in range(3):
        filed(office)
    sweep(office.wiring, now)
    batches = [batch.parse(message.body) for message in office.world.fakes.due.waiting]
    found = calls(office, lambda: [process_batch(office.wiring, each, now, {}) for each in batches])
    assert found == {"get": len(batches), "commit": 3}
