"""Concluding a try: sent, failed for good, or to be tried again later."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from chalicelib import observability
from chalicelib.instants import Instant
from chalicelib.messages import backoff
from chalicelib.messages.delivery import Delivery, StoredDelivery, changed
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.store.port import CommitConflict, Unavailable
from chalicelib.wiring import Wiring

GAVE_UP = "given up after three days; the last time: "
FAULT = "a fault of ours ({kind})"


def attempted(wiring: Wiring, tenant: str, held: StoredDelivery, now: Instant, do: Callable[[], None]) -> Delivery:
    """`do` it and note what came of it. What dies in between is done once more when its lease is over."""
    after = _outcome(tenant, held.delivery, now, do)
    try:
        wiring.store.commit(changed(tenant, held, after))
    except CommitConflict:
        return held.delivery  # it took longer than its lease, and somebody else has it now
    if after.way == "email" and after.state == "failed":
        observability.measure("MailFailed")
    return after


def _outcome(tenant: str, delivery: Delivery, now: Instant, do: Callable[[], None]) -> Delivery:
    try:
        do()
    except DeliveryRefused as refused:
        return failed(delivery, refused.why, now)
    except DeliveryFailed as missed:
        return _later(delivery, missed.why, now)
    except Unavailable:
        raise  # nothing can be noted either; the lease ends by itself
    except Exception as error:  # noqa: BLE001  logged and counted; else it would be tried for ever, and say nothing
        observability.error(
            "An effect could not be tried", tenant=tenant, event=delivery.event, error=observability.frames(error)
        )
        observability.measure("EffectFault")
        return _later(delivery, FAULT.format(kind=type(error).__name__), now)
    return replace(delivery, state="sent", why=None, again=None, ended=now)


def _later(delivery: Delivery, why: str, now: Instant) -> Delivery:
    again = backoff.next_try(delivery.tries, delivery.since, now)
    if again is None:
        return failed(delivery, GAVE_UP + why, now)
    return replace(delivery, why=why, again=again)


def failed(delivery: Delivery, why: str, now: Instant) -> Delivery:
    return replace(delivery, state="failed", why=why, again=None, ended=now)
