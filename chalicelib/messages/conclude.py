"""Concluding a try: sent, failed for good, or to be tried again later."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from chalicelib.instants import Instant
from chalicelib.messages import backoff
from chalicelib.messages.delivery import Delivery, Held, changed
from chalicelib.ports import NotReached, Refused
from chalicelib.store.port import Lost
from chalicelib.wiring import Wiring

GAVE_UP = "given up after three days; the last time: "


def attempted(wiring: Wiring, tenant: str, held: Held, now: Instant, do: Callable[[], None]) -> Delivery:
    """`do` it and note what came of it. What dies in between is done once more when its lease is over."""
    after = _outcome(held.delivery, now, do)
    try:
        wiring.store.commit(changed(tenant, held, after))
    except Lost:
        return held.delivery  # it took longer than its lease, and somebody else has it now
    return after


def _outcome(delivery: Delivery, now: Instant, do: Callable[[], None]) -> Delivery:
    try:
        do()
    except Refused as refused:
        return failed(delivery, refused.why, now)
    except NotReached as missed:
        again = backoff.next_try(delivery.tries, delivery.since, now)
        if again is None:
            return failed(delivery, GAVE_UP + missed.why, now)
        return replace(delivery, why=missed.why, again=again)
    return replace(delivery, state="sent", why=None, again=None, ended=now)


def failed(delivery: Delivery, why: str, now: Instant) -> Delivery:
    return replace(delivery, state="failed", why=why, again=None, ended=now)
