"""A record forged as a whole by an attacker who can write the table but not the bucket (X.4).

Every event is rewritten with hashes and times that fit, the snapshot too, and what the table says of anchors is gone.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import anchor_marks, replay
from chalicelib.complaints.envelope import NO_HASH, Event, break_in_chain
from chalicelib.features.record import anchoring, verification
from chalicelib.kit import canonical
from chalicelib.kit.instants import HOUR, to_text
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key, Put, Remove
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import START, hour, world_of
from tests.record.test_anchoring import anchors, entry, verified


@pytest.fixture
def company() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def forge(company: Organisation, number: str, *, keep: bool = False) -> None:
    """Rewrites the complaint as if just filed by letter, and marks it as changed.

    `keep`: keep its last-anchor item.
    """
    world, forged = world_of(company), list[Event]()
    pk, prev, at = keys.complaint(company.id, number), NO_HASH, to_text(company.world.now())
    puts: list[Any] = []
    for event in company.events(number):
        fields = {**event["fields"], "channel": "letter"}
        body = {**event, "at": at, "recorded_at": at, "fields": fields, "prev": prev}
        del body["hash"]
        prev = canonical.digest(body)
        puts.append(rewritten(company, keys.event(pk, event["seq"]), {**body, "hash": prev}))
        forged.append(msgspec.convert({**body, "hash": prev}, Event))
    with binding.tenant(company.id):
        state = replay.state_of(number, forged, lambda version: world.fakes.wiring.compiled.get(company.id, version))
    puts.append(rewritten(company, keys.snapshot(pk), msgspec.to_builtins(state)))
    gone = [] if keep else [Remove(anchoring.last_anchor_key(company.id, number))]
    with binding.tenant(company.id):
        mark = anchor_marks.mark(CaseRef(company.id, number), company.world.now())
        world.fakes.store.commit([*puts, *gone, mark])


def rewritten(company: Organisation, key: Key, body: dict[str, Any]) -> Put:
    return Put(replace(entry(company, key), body=msgspec.json.encode(body).decode()), if_absent=False)


def hours_later(company: Organisation, count: int, *, filing: bool) -> None:
    """In each hour a complaint is filed, or an earlier one is acted on."""
    other = company.file()
    for at in range(count):
        if filing:
            company.file()
        else:
            company.act(other, "agent", "note", text=f"{at}")
        hour(company)


def test_a_forged_chain_is_consistent(company: Organisation) -> None:
    number = company.file()
    forge(company, number)
    assert break_in_chain(company.events(number)) is None
    assert verified(company, number)["intact"] is True, "nothing was anchored yet: within the hour it cannot be seen"


def test_a_latest_anchor_reveals_the_forgery(company: Organisation) -> None:
    number = company.file()
    hour(company)
    forge(company, number)
    found = verified(company, number)
    assert (found["broken_at"], found["cut_off"], found["overdue"]) == (None, False, False)
    assert (found["anchor"]["agrees"], found["intact"]) == (False, False)


@pytest.mark.parametrize("filing", [True, False], ids=["others filed since", "none filed since"])
def test_if_its_anchor_is_old_the_forged_record_is_overdue(company: Organisation, filing: bool) -> None:
    number = company.file()
    hours_later(company, verification.NEWEST + 1, filing=filing)
    assert verified(company, number)["intact"] is True
    forge(company, number)
    found = verified(company, number)
    assert (found["anchor"], found["overdue"], found["intact"]) == (None, True, False)


@pytest.mark.parametrize("hours", [1, 2, verification.NEWEST + 1], ids=["lately", "before the latest", "long ago"])
def test_anchoring_the_forged_record_as_new_is_detected(company: Organisation, hours: int) -> None:
    number = company.file()
    hours_later(company, hours, filing=True)
    forge(company, number)
    hour(company)
    found = verified(company, number)
    assert (found["overdue"], found["cut_off"], found["anchor"]["agrees"], found["intact"]) == (False,) * 4


def test_keeping_the_last_anchor_item_is_detected(company: Organisation) -> None:
    """The attacker keeps the last-anchor item, so the next anchor names the previous one, which does not agree."""
    number = company.file()
    hours_later(company, verification.NEWEST + 1, filing=True)
    forge(company, number, keep=True)
    hour(company)
    assert verified(company, number)["anchor"]["agrees"] is False


def test_a_complaint_of_the_running_hour_is_not_overdue(company: Organisation) -> None:
    hours_later(company, 4, filing=True)
    assert verified(company, company.file())["intact"] is True


def test_a_number_just_issued_is_not_overdue_in_the_next_hour(company: Organisation) -> None:
    hours_later(company, 4, filing=True)
    number = company.file()
    with binding.tenant(company.id):  # an anchor is made in the hour of the filing: it counts it, and has not seen it
        wiring = world_of(company).fakes.wiring
        anchoring.anchor_changes(wiring.store, wiring.vault, company.id, company.world.now())
    found = verified(company, number)
    assert (found["anchor"], found["overdue"], found["intact"]) == (None, False, True)


def test_a_complaint_is_not_overdue_after_hours_without_anchors(company: Organisation) -> None:
    """Its mark was of the running hour, and the sweep was down since. The next anchor is correctly its first."""
    hours_later(company, 4, filing=True)
    number = company.file()
    with binding.tenant(company.id):
        wiring = world_of(company).fakes.wiring
        anchoring.anchor_changes(wiring.store, wiring.vault, company.id, company.world.now())
    clock = world_of(company).fakes.clock
    clock.move_to(clock() + 5 * HOUR)
    hour(company)
    assert (verified(company, number)["anchor"]["agrees"], verified(company, number)["intact"]) == (True, True)


def test_a_complaint_is_not_overdue_in_the_second_of_two_anchors_of_one_time_after_an_outage(
    company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of the two anchors is hours after the one that counts the complaint, and does not have it."""
    clock = world_of(company).fakes.clock
    company.file()
    clock.move_to(clock() + HOUR)
    numbers = [company.file() for _ in range(2)]
    world_of(company).sweep()
    clock.move_to(clock() + 5 * HOUR)
    monkeypatch.setattr(anchoring, "MOST_HEADS", 1)
    monkeypatch.setattr(anchoring, "_READ_BATCH", 1)

    world_of(company).sweep()

    counting, first, second = anchors(company)
    assert first.at == second.at
    [number] = [head.aggregate for head in second.heads]
    assert number in numbers
    assert counting.counts(number)
    assert verified(company, number)["intact"] is True


@pytest.mark.parametrize(("hours", "overdue"), [(2, False), (3, True)])
def test_a_record_is_overdue_if_no_anchor_has_it_more_than_two_hours_after_one_that_counts_it(
    company: Organisation, hours: int, overdue: bool
) -> None:
    number, now = company.file(), company.world.now()
    # given a record whose mark is gone, and an anchor at the instant of its filing
    with binding.tenant(company.id):
        wiring = world_of(company).fakes.wiring
        wiring.store.commit([Remove(anchor_marks.mark(CaseRef(company.id, number), now).entry.key)])
        assert anchoring.anchor_changes(wiring.store, wiring.vault, company.id, now) == 1

    hours_later(company, hours, filing=True)

    found = verified(company, number)
    assert (found["anchor"], found["overdue"]) == (None, overdue)
