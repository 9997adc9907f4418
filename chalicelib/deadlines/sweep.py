"""The sweep: every minute, whatever is due is woken, oldest first, to the end (design §8, X.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

from chalicelib import observability
from chalicelib.deadlines import hourly
from chalicelib.deadlines.wake import wake
from chalicelib.instants import SECOND, Instant, to_text
from chalicelib.jobs import driver
from chalicelib.jobs.driver import Steps
from chalicelib.messages import attempt
from chalicelib.store import keys
from chalicelib.store.keys import DueHit, Foreign, parse_due
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring

JOB_BUDGET = 5 * SECOND
"""Real time that one job may take of a sweep, so that deadlines of others do not wait for it."""
_PAGE = 100
_AFTER_ANY = "$"
"""Sorts just behind `#`: every key of that instant lies below."""


@dataclass(slots=True)
class Swept:
    """What a sweep did: complaints woken, events written, hits that failed or named another tenant's item."""

    woken: int = 0
    events: int = 0
    failed: list[str] = field(default_factory=list)
    foreign: int = 0


def sweep(wiring: Wiring, now: Instant, steps: Steps = MappingProxyType({})) -> Swept:
    """One that fails does not stop the others: it stays in the index, and the next sweep tries it again.

    `steps`: what does the jobs' steps; without it they wait.
    """
    done = Swept()
    for hit in _hits(wiring, now, done):
        try:
            done.events += _act_on(wiring, hit, now, steps)
            done.woken += 1
        except Exception as error:  # noqa: BLE001  counted, logged and an alarm; whatever it was, the others go on
            done.failed.append(hit.aggregate)
            observability.error(
                "A due item could not be acted on", tenant=hit.tenant, error=observability.frames(error)
            )
    for name, figure in (("DueActedOn", done.woken), ("DueFailed", len(done.failed)), ("DueForeign", done.foreign)):
        if figure:
            observability.measure(name, figure)
    return done


def _hits(wiring: Wiring, now: Instant, done: Swept) -> Iterator[DueHit]:
    for shard in range(keys.DUE_SHARDS):
        after = None
        while True:
            with binding.sweep():
                page = wiring.store.due(shard, to_text(now) + _AFTER_ANY, limit=_PAGE, after=after)
            for entry in page.entries:
                hit = parse_due(entry)
                if isinstance(hit, Foreign):
                    done.foreign += 1
                    observability.error("A due hit names another tenant than its item")
                else:
                    yield hit
            after = page.after
            if after is None:
                break


def _act_on(wiring: Wiring, hit: DueHit, now: Instant, steps: Steps) -> int:
    kind, _, number = hit.aggregate.partition("#")
    if kind == "DIR":
        return hourly.run(wiring, hit.tenant, now)
    with binding.tenant(hit.tenant):
        if kind == "ORG":
            return _job(wiring, hit, now, steps)
        if kind == "F":
            return attempt.enqueue(wiring, hit.tenant, hit.key, now)
        return wake(wiring, hit.tenant, number, now)


def _job(wiring: Wiring, hit: DueHit, now: Instant, steps: Steps) -> int:
    name = hit.key.sk.removeprefix("J#")
    return driver.work(wiring, hit.tenant, name, now, steps, JOB_BUDGET) if steps else 0
