"""Stop a back-test: what it has replayed stays, the rest is not replayed."""

from __future__ import annotations

from contextlib import suppress

from chalicelib.features.backtests import queries
from chalicelib.features.backtests.queries import AskedBacktest
from chalicelib.jobs import cancellation
from chalicelib.kit.problem import Problem
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring


def cancel(wiring: Wiring, asked: AskedBacktest) -> None:
    """The step that runs ends its page of complaints, and the next one none.

    Raises `Problem`: `forbidden` for all but owners, `not-found`, `conflict` if the back-test has ended.
    """
    job = queries.load_job(wiring.store, wiring.real_clock, asked.tenant, asked.sub, asked.id)
    if job.over:
        raise Problem("conflict", "The back-test has ended, so it cannot be stopped.")
    with suppress(CommitConflict):  # it was stopped before
        wiring.store.commit([cancellation.put(asked.tenant, job, asked.sub, asked.now)])
