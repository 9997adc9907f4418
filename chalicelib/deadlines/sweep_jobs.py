"""Running background jobs: step after step under the sweep, for a bounded time; the next sweep goes on."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.casework import sweep_jobs, switch_all, switch_step
from chalicelib.casework.sweep_jobs import Held
from chalicelib.instants import SECOND, Instant
from chalicelib.store.port import Key
from chalicelib.wiring import Wiring

BUDGET = 5 * SECOND
"""Real time that one job may take of a sweep, so that deadlines of others do not wait for it."""

Step = Callable[[Wiring, str, Held, Instant], None]
_STEPS: dict[str, Step] = {switch_all.JOB_KIND: switch_step.step}


def run(wiring: Wiring, tenant: str, key: Key, now: Instant) -> int:
    """How many steps were done. The tenant is bound by the caller."""
    begun, steps = wiring.real_clock(), 0
    while steps == 0 or wiring.real_clock() - begun < BUDGET:
        held = sweep_jobs.held_in(wiring.store.get([key]).get(key))
        if held is None or held.job.state != "running":
            break
        try:
            _STEPS[held.job.kind](wiring, tenant, held, now)
        except switch_step.Overtaken:
            break  # the other worker goes on with it
        steps += 1
    return steps
