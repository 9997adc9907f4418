"""Which hits share a message of the due queue: no hit waits behind a slower kind of hit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chalicelib.access import binding
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.kit.instants import SECOND
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put
from chalicelib.workers.work_batch import JOB_BUDGET
from tests.deadlines.crowd import enqueued, fall_due
from tests.helpers.fakes.wiring import NOW, Fakes, fakes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world() -> Fakes:
    return fakes()


def test_deadlines_share_no_message_with_slow_hits(world: Fakes) -> None:
    fall_due(world, "acme", range(3), NOW)
    waiting = (
        (keys.evidence(keys.complaint("acme", "202611-000001"), "film"), "C#202611-000001"),
        (keys.evidence(keys.complaint("acme", "202611-000002"), "film"), "C#202611-000002"),
        (keys.job("acme", "export"), keys.ORGANISATION),
    )
    with binding.tenant("acme"):
        for key, aggregate in waiting:
            world.store.commit([Put(Entry(key=key, kind="other", version=1, due=keys.due("acme", aggregate, NOW)))])

    sweep(world.wiring, NOW)

    assert sorted([hit.sk for hit in each.hits] for each in enqueued(world)) == [
        ["J#export"],
        ["S", "S", "S"],
        ["V#film"],
        ["V#film"],
    ]


def test_jobs_come_after_quick_hits_in_messages_of_their_own(world: Fakes) -> None:
    jobs = [(keys.job("acme", f"export-{place}"), keys.ORGANISATION) for place in range(15)]
    quick = (Key("T#acme#F#2026-11", "x#email#y"), "F#2026-11")
    with binding.tenant("acme"):
        for key, aggregate in (*jobs, quick):
            world.store.commit([Put(Entry(key=key, kind="other", version=1, due=keys.due("acme", aggregate, NOW)))])
    with binding.directory():
        hourly = keys.due("acme", "DIR", NOW)
        world.store.commit([Put(Entry(key=keys.directory("acme"), kind="other", version=1, due=hourly))])

    sweep(world.wiring, NOW)

    kinds = [[hit.aggregate[:3] for hit in each.hits] for each in enqueued(world)]
    full = batch.MAX_JOB_HITS
    assert [sorted(kinds[0]), *kinds[1:]] == [["DIR", "F#2"], ["ORG"] * full, ["ORG"] * (15 - full)]


def test_a_full_message_of_jobs_fits_into_the_workers_timeout() -> None:
    config = json.loads((ROOT / ".chalice/config.json").read_text("utf-8"))
    wake = config["stages"]["prod"]["lambda_functions"]["wake"]
    assert wake["lambda_timeout"] * SECOND > batch.MAX_JOB_HITS * JOB_BUDGET
