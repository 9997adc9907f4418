"""A repair of an organisation: what it leaves alone, what stops it, and what others do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.features.deadlines.batch import Hit
from chalicelib.features.deadlines.quarantine import quarantine_hit
from chalicelib.features.deadlines.redrive import redrive
from chalicelib.jobs import job as jobs
from chalicelib.kit.instants import HOUR, from_text
from chalicelib.store import keys, object_keys
from chalicelib.store.keys import similar
from chalicelib.store.port import Entry, Unavailable
from chalicelib.tenants.directory import CACHE_MILLISECONDS
from tests.across.recorded import files
from tests.helpers.searches import every
from tests.leaving.test_leaving import leave
from tests.repair.repairing import Items, Office, broken, found

FIRST = "202611-000001"


@pytest.fixture
def office() -> Office:
    return Office("property-management")


def snapshot(office: Office, number: str = FIRST) -> Entry:
    return office.items()[keys.snapshot(keys.complaint(office.id, number))]


def stated(entry: Entry, **changes: Any) -> Entry:
    """The snapshot with other attributes in its state."""
    body = {**msgspec.json.decode(entry.body), **changes}
    return replace(entry, body=msgspec.json.encode(body).decode())


def but_jobs(office: Office) -> Items:
    """All items but jobs, and what a new count of the statistics replaces."""
    return {key: one for key, one in office.items().items() if one.kind != jobs.KIND and "#X#statistics#" not in key.pk}


def event_key(office: Office, seq: int) -> Any:
    return keys.event(keys.complaint(office.id, FIRST), seq)


@pytest.mark.parametrize("story", files.stories())
def test_where_nothing_is_lost_nothing_is_written(story: str) -> None:
    office = Office(story)
    before = but_jobs(office)

    job = office.repaired()

    assert (job.state, found(job), broken(job), but_jobs(office)) == ("done", [], [], before)


def test_the_progress_counts_every_number_and_unit(office: Office) -> None:
    office.start()
    states = [office.run(most=1) for _ in range(30)]

    assert (states[-1].done, states[-1].of) == (8, 8)
    assert [one.done for one in states] == sorted(one.done for one in states)


@pytest.mark.parametrize(
    "change",
    [{"due": None}, {"listed": None}, {"row": "{}"}, {"seq": None}, {"version": None}, {"version": 1, "seq": 1}],
    ids=str,
)
def test_each_attribute_of_a_snapshot_comes_back(office: Office, change: dict[str, Any]) -> None:
    before = snapshot(office)
    office.put([replace(before, **change)])

    job = office.repaired()

    assert found(job) == [f"{FIRST}: complaint: {next(iter(change))}"]
    assert snapshot(office) == before


def test_a_check_names_what_differs_without_values_and_writes_nothing(office: Office) -> None:
    office.world.move_to("2026-11-28T18:00:00+08:00")
    office.put([stated(snapshot(office), stage="elsewhere", receipt_with="13900000000")])
    office.remove(office.items("look-up scored"))
    office.remove(office.items("work"))
    before = but_jobs(office)

    job = office.checked()

    assert found(job) == [
        f"{FIRST}: complaint: stage",
        "202611-000001: work: rows",
        "202611-000002: work: rows",
        "U#north: scored: missing",
        "U#north: work: rows",
    ]
    assert (job.counts, but_jobs(office)) == ({"faults": 5, "broken": 0, "later": 0}, before)


def test_a_check_leaves_a_new_complaint_to_the_reactions(office: Office) -> None:
    office.remove([similar.signature(office.id, "202611-000005")])

    assert found(office.checked()) == []


def test_a_second_repair_finds_nothing(office: Office) -> None:
    office.put([stated(snapshot(office), stage="elsewhere")])

    assert len(found(office.repaired())) == 1
    assert found(office.repaired()) == []


def test_missing_events_stop_the_repair_of_their_record_alone(office: Office) -> None:
    office.remove([event_key(office, 4)])
    office.put([stated(snapshot(office), stage="elsewhere"), stated(snapshot(office, "202611-000002"), stage="x")])
    before = snapshot(office)

    job = office.repaired()

    assert broken(job) == [f"{FIRST}: events: event 4 is missing or does not verify"]
    assert found(job) == ["202611-000002: complaint: stage"]
    assert (job.state, job.counts["broken"], snapshot(office)) == ("done", 1, before)


def test_events_that_are_missing_at_the_end_are_not_taken_for_the_whole_record(office: Office) -> None:
    last = snapshot(office).seq or 0
    office.remove([event_key(office, last)])
    before = snapshot(office)

    job = office.repaired()

    assert broken(job) == [f"{FIRST}: events: the snapshot has event {last}, but the record ends at event {last - 1}"]
    assert snapshot(office) == before


def test_the_end_of_a_record_without_a_snapshot_is_known_from_its_anchor(office: Office) -> None:
    last = snapshot(office).seq or 0
    office.remove([event_key(office, last), snapshot(office).key])

    job = office.repaired()

    assert broken(job) == [f"{FIRST}: events: an anchor has event {last}, but the record ends at event {last - 1}"]
    assert snapshot_of(office) is None


def snapshot_of(office: Office) -> Entry | None:
    return office.items().get(keys.snapshot(keys.complaint(office.id, FIRST)))


def test_an_event_that_was_changed_is_reported_and_stays(office: Office) -> None:
    event = office.items()[event_key(office, 3)]
    changed = replace(event, body=event.body.replace('"seq":3', '"seq":3,"x":1'))
    office.put([changed])

    job = office.repaired()

    assert broken(job) == [f"{FIRST}: events: event 3 is missing or does not verify"]
    assert office.items()[event.key] == changed


def test_an_event_that_cannot_be_read_is_reported(office: Office) -> None:
    office.put([replace(office.items()[event_key(office, 3)], body="{")])

    office.start()

    assert broken(office.run()) == [f"{FIRST}: events: one cannot be read"]


def test_a_snapshot_of_a_later_release_is_left_alone(office: Office) -> None:
    later = replace(stated(snapshot(office), mood="calm"), form=9)
    office.put([later])

    assert (found(office.repaired()), snapshot(office)) == ([], later)


@pytest.mark.slow
@pytest.mark.parametrize("step", every(11))
def test_an_act_before_any_call_of_the_store_wins(step: int) -> None:
    second = "202611-000002"
    for place in range(0, calls_of_a_repair(), step):
        office = Office("property-management")
        office.put([replace(snapshot(office, second), row="{}")])
        office.start()

        before_call(
            office, place, lambda of=office: of.organisation.act(second, "service_centre", "note", text="住户来电。")
        )
        job = office.run()

        assert (job.state, broken(job)) == ("done", []), f"call {place}"
        assert [one["type"] for one in office.organisation.events(second)][-1] == "noted", f"call {place}"
        assert found(office.checked()) == [], f"call {place}"


@pytest.mark.parametrize("step", every(9))
def test_a_repair_goes_on_after_a_failure_of_any_call(step: int) -> None:
    for place in range(0, calls_of_a_repair(), step):
        office = Office("property-management")
        whole = but_jobs(office)
        office.remove([*office.items("complaint"), *office.items("look-up anchored"), *office.items("look-up phone")])
        office.start()

        before_call(office, place, unavailable)
        with suppress(Unavailable):  # the queue delivers the message again
            office.run(most=40)
        office.fakes.clock.advance(HOUR)
        job = office.run()

        assert (job.state, broken(job), but_jobs(office)) == ("done", [], whole), f"call {place}"


def calls_of_a_repair() -> int:
    office = Office("property-management")
    office.start()
    office.fakes.store.calls.clear()
    office.run()
    return len(office.fakes.store.calls)


def before_call(office: Office, place: int, then: Callable[[], object]) -> None:
    """Once, before the store's call at this place from now on."""
    left = iter([*[bool] * place, then])
    office.fakes.store.before = lambda _: next(left, bool)() and None


def unavailable() -> None:
    raise Unavailable


def test_a_quarantined_entry_waits_for_its_redrive(office: Office) -> None:
    before = snapshot(office)
    assert before.due is not None
    at, tenant, name = keys.parse_due(before.due)
    hit = Hit(name, *before.key, wake_at=from_text(at))
    quarantine_hit(office.fakes.store, office.fakes.real_clock, tenant, hit)

    assert found(office.repaired()) == []
    assert snapshot(office).due is None
    redrive(office.fakes.wiring, office.id)
    assert snapshot(office) == before


def test_an_organisation_that_leaves_is_not_repaired(office: Office) -> None:
    office.start()
    assert leave(office.organisation).status == 202
    office.fakes.real_clock.advance(CACHE_MILLISECONDS)
    office.remove([snapshot(office).key])

    job = office.run()

    assert (job.state, job.reason) == ("stopped", "The organisation is leaving.")
    assert snapshot_of(office) is None


def test_a_repair_that_runs_is_not_started_twice(office: Office) -> None:
    office.start()
    office.run(most=2)
    before = office.items()

    office.start(check=True)

    assert office.items() == before


def test_an_anchor_without_its_object_is_reported(office: Office) -> None:
    vault, key = office.fakes.vault, object_keys.anchor(office.id, 2)
    vault.put(key, b"{}")
    vault.written[key] = [b"{}"]

    job = office.repaired()

    assert broken(job) == ["anchor 2: locked object: missing or no anchor"]
