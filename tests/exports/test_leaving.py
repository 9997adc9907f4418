"""Exports during an erasure: none starts, none continues, and nothing of one is left."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.workers import entries
from tests.clauses.organisation import Organisation
from tests.exports.exported import company, start, world_of
from tests.leaving.test_leaving import later, statement


def begun(made: Organisation) -> str:
    """An export whose first message was lost."""
    effects = world_of(made).fakes.effects
    send, effects.send = effects.send, lambda messages: None  # type: ignore[method-assign]
    export: str = start(made).json["id"]
    effects.send = send  # type: ignore[method-assign]
    return export


def erasing(made: Organisation) -> None:
    fakes = world_of(made).fakes
    directory = Directory(fakes.store, fakes.real_clock)
    listed = directory.find(made.id)
    assert listed is not None
    due = next_job(made.id, fakes.clock())
    directory.change(made.id, replace(listed.listing, state="erasing"), listed.version, due)


def test_no_export_starts_or_continues_during_the_erasure() -> None:
    made = company()
    export = begun(made)
    erasing(made)
    with binding.tenant(made.id):
        driver.run_steps(world_of(made).fakes.wiring, made.id, export, world_of(made).now(), entries.JOBS)
        held = jobs.read(world_of(made).fakes.store, made.id, export)
    assert held is not None
    assert (held.job.state, held.job.reason) == ("failed", "The organisation's erasure has begun.")
    assert start(made).problem == "conflict"
    assert not [key for key in world_of(made).fakes.vault.written if "/exports/" in key]


def test_the_erasure_aborts_an_exports_upload() -> None:
    made = company()
    fakes = world_of(made).fakes
    export = begun(made)
    sent: list[Any] = []
    send, fakes.effects.send = fakes.effects.send, sent.extend  # type: ignore[method-assign]
    with binding.tenant(made.id):
        driver.run_steps(fakes.wiring, made.id, export, fakes.clock(), entries.JOBS)
    fakes.effects.send = send  # type: ignore[method-assign]
    assert len(fakes.vault.uploads) == 1

    erasing(made)
    later(made, 2)
    assert statement(made).status == 200
    assert fakes.vault.uploads == {}
