"""A repair by an earlier release: what only a later one can replay is neither mended nor broken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.features.repair.cursor import RepairCursor
from chalicelib.jobs.job import Job
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from tests.across.stored import later
from tests.across.stored.recorded_later import record_event
from tests.across.stored.shop import publish_later, store_of, world_of
from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.repair.repairing import repair

AGEING = """
language: 1
name: {en: Office}
calendar: {timezone: Europe/Berlin, hours: {mon-fri: ["09:00-17:00"]}}
people: {head: {en: Head}}
intake: {channels: [phone], facts: {content: {en: What happened}}}
severity:
  classes: {minor: {en: Minor}, major: {en: Major}}
  ageing: [{after: 1 month, start: registered, until: [closed], to: major}]
stages: {registered: {close: {by: head, to: over}}, over: {}}
tiers: [{roles: head, within: 1 working day}]
sample: {channel: phone, severity: minor, facts: {content: x}}
"""
"""Its ageing alone says when a complaint is due."""

RECORDED = "{number}: record: A later release of the service has recorded this ({type})."


def _key(shop: Organisation, number: str) -> Key:
    return keys.snapshot(keys.complaint(shop.id, number))


def _stored(shop: Organisation, number: str) -> Entry:
    return later.read(store_of(shop), shop.id, _key(shop, number))


def _of_later(job: Job) -> list[str]:
    assert job.state == "done"
    at = job.at(RepairCursor)
    assert (at.broken, [line for line in at.found if "statistics" not in line]) == ([], [])
    assert job.counts == {"faults": len(at.found), "broken": 0, "later": len(at.later)}
    return at.later


def _verified(shop: Organisation, number: str) -> dict[str, Any]:
    found: dict[str, Any] = shop.get(f"/complaints/{number}/record/verify", "owner")
    return found


@pytest.mark.parametrize("form", [1, later.VERSION])
def test_an_effect_that_it_does_not_know_stays_in_the_snapshot(shop: Organisation, form: int) -> None:
    number = shop.file()
    record_event(shop, number, form=form, held="levitation")
    before = _stored(shop, number)
    assert _of_later(repair(world_of(shop).fakes, shop.id)) == [
        f"{number}: record: A later release of the service has recorded this (levitated)."
    ]
    assert _stored(shop, number) == before


def test_an_event_of_a_later_form_may_have_other_effects(shop: Organisation) -> None:
    number = shop.file()
    event = keys.event(keys.complaint(shop.id, number), 1)
    later.rewrite(store_of(shop), shop.id, event, lambda body: body)
    later.rewrite(store_of(shop), shop.id, _key(shop, number), lambda state: {**state, "tier": 3}, form=None)
    before = _stored(shop, number)
    assert _of_later(repair(world_of(shop).fakes, shop.id)) == [
        f"{number}: record: A later release of the service has recorded this (registered)."
    ]
    assert _stored(shop, number) == before


def test_a_record_with_such_an_effect_is_intact(shop: Organisation) -> None:
    number = shop.file()
    record_event(shop, number, form=1, held="levitation")
    assert _verified(shop, number)["altered"] == []
    assert _verified(shop, number)["intact"]


def test_a_due_time_that_follows_from_unknown_words_stays(shop: Organisation) -> None:
    office = sign_up_with(InProcess("2026-11-26T10:00:00+01:00"), AGEING)
    number = office.file()
    before = _stored(office, number)
    publish_later(office, lambda policy: policy["severity"]["ageing"][0].update(after="1 lunar month"))
    [line] = _of_later(repair(world_of(office).fakes, office.id))
    assert line.startswith(f"{number}: record: Version 1 of the organisation's policy has words of a later release")
    assert _stored(office, number) == before
    assert before.due is not None


def test_other_records_are_mended(shop: Organisation) -> None:
    number, other = shop.file(), shop.file()
    record_event(shop, number, form=1, held="levitation")
    before = _stored(shop, other)
    later.damage(store_of(shop), shop.id, _key(shop, other), "{")
    repair(world_of(shop).fakes, shop.id)
    assert json.loads(_stored(shop, other).body) == json.loads(before.body)
