"""What `make repair` asks of a deployment's table, or of the local stack over its `/_local/` endpoint."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.features.repair.start import organisations, progress_of, start
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.problem import Problem
from chalicelib.kit.system_clock import real_time
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Store


def answer(store: Store, clock: TimeSource, asked: dict[str, Any]) -> dict[str, Any]:
    """Without `organisation`: the ids of all. With `job`: its progress. Otherwise it starts the repair.

    `clock`: domain time. Raises ValueError for an unknown organisation or job.
    """
    if "organisation" not in asked:
        with binding.sweep():
            return {"organisations": organisations(store, clock())}
    try:
        with binding.tenant(asked["organisation"]):
            found: dict[str, Any] = msgspec.to_builtins(progress_of(_job(store, clock, asked)))
    except Problem as problem:
        raise ValueError(str(problem.detail)) from None
    return found


def _job(store: Store, clock: TimeSource, asked: dict[str, Any]) -> Job:
    tenant = asked["organisation"]
    if "job" in asked:
        return jobs.get(store, tenant, asked["job"])
    return retry_on_conflict(lambda: start(store, real_time, tenant, clock(), check=asked["check"])).job
