"""Marks of changed records: written in the command's transaction, over several partitions, removed once anchored."""

from __future__ import annotations

from collections import Counter

import pytest

from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.features.record import anchor
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Put, Remove
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import hour, world_of


@pytest.fixture
def company() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:10:00+08:00"), "corporate-standard")


def marks(company: Organisation) -> list[Key]:
    every = world_of(company).fakes.store.everything()
    return [one.key for one in every if one.key.pk.startswith(f"T#{company.id}#X#changed#")]


def test_a_command_marks_its_complaint_in_its_own_transaction(company: Organisation) -> None:
    number = company.file()
    hour(company)
    company.act(number, "agent", "accept", **WORK_ORDER)
    assert [mark.sk for mark in marks(company)] == [f"2026-11-27T02#{number}"]


def test_marks_are_spread_over_all_partitions(company: Organisation) -> None:
    numbers = [f"202611-{number:06d}" for number in range(1, 1_001)]
    found = Counter(
        anchor_marks.mark(CaseRef(company.id, number), company.world.now()).entry.key.pk for number in numbers
    )
    assert set(found) == set(anchor_marks.partitions(company.id))
    assert max(found.values()) < 300


def test_marks_from_before_the_partitioning_are_anchored(company: Organisation) -> None:
    """Written by a version without partitions, in the hour of the deployment."""
    numbers = {company.file() for _ in range(8)}
    new = [Remove(mark) for mark in marks(company)]
    old = [Put(Entry(key=keys.lookup(company.id, "changed", "", mark.key.sk), kind=keys.LOOKUP_KIND)) for mark in new]
    store = world_of(company).fakes.store
    with binding.tenant(company.id):
        store.commit(new)
        store.commit(old)

    hour(company)

    written = world_of(company).fakes.vault.written
    heads = {
        head.aggregate for key, body in written.items() if "/anchors/" in key for head in anchor.parse(body[0]).heads
    }
    assert numbers <= heads
    assert not marks(company)
