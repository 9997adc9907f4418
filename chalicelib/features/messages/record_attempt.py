"""Running one attempt of a delivery and recording its result: sent, failed, or to be made again after a delay."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from chalicelib.features.messages import ways
from chalicelib.features.messages.delivery import Delivery, StoredDelivery, mark_failed, mark_sent, update_writes
from chalicelib.kit import observability
from chalicelib.kit.instants import HOUR, MINUTE, Instant
from chalicelib.kit.problem import LaterRelease
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.store.port import CommitConflict, Store, Unavailable, Write
from chalicelib.tenants.publication import known_policies

RETRY_PERIOD = 72 * HOUR
_FIRST_WAIT = MINUTE
_FACTOR = 3
_MAX_WAIT = 12 * HOUR


def next_try(tries: int, since: Instant, now: Instant) -> Instant | None:
    """Return the time of the next attempt, or None when the retry period of 72 hours is over.

    The waits are 1, 3, 9, 27 … minutes, at most 12 hours. The last attempt is at the end of the retry period.
    """
    end = since + RETRY_PERIOD
    if now >= end:
        return None
    wait = min(_FIRST_WAIT * int(_FACTOR ** min(tries - 1, 10)), _MAX_WAIT)
    return min(now + wait, end)


GAVE_UP = "given up after three days; the last attempt: "
FAULT = "an internal error ({kind})"
WAITS = HOUR
"""Until an attempt that needs a later release is made again."""


def run_and_record(
    store: Store,
    tenant: str,
    stored: StoredDelivery,
    now: Instant,
    send: Callable[[], None],
    writes: Callable[[str, StoredDelivery, Delivery], list[Write]] = update_writes,
) -> Delivery:
    """Call `send`, record the result (`writes`) and return the delivery as recorded.

    If the process ends before the result is recorded, the attempt is repeated when its lease is over. Raises
    `Unavailable` when the table cannot be reached, and `CommitConflict` when `send` does.
    """
    after = _result(tenant, stored.delivery, now, send)
    try:
        store.commit(writes(tenant, stored, after))
    except CommitConflict:
        return stored.delivery  # the attempt took longer than its lease, and another worker has taken the delivery over
    if after.state == "failed" and (figure := ways.of(after.way).failures):
        observability.measure(figure)
    return after


def _result(tenant: str, delivery: Delivery, now: Instant, send: Callable[[], None]) -> Delivery:
    try:
        with known_policies.waiting():
            send()
    except LaterRelease as later:
        return _wait(delivery, later.detail, now)
    except DeliveryRefused as refused:
        return mark_failed(delivery, refused.why, now, refused.mail)
    except DeliveryFailed as missed:
        return _retry_later(delivery, missed.why, now)
    except (Unavailable, CommitConflict):
        raise  # there is no result to record; the lease ends by itself
    except Exception as error:  # noqa: BLE001  logged and counted; otherwise it would be retried for ever unnoticed
        observability.error(
            "A delivery attempt failed with an internal error",
            tenant=tenant,
            event=delivery.event,
            error=observability.frames(error),
        )
        observability.measure("EffectFault")
        return _retry_later(delivery, FAULT.format(kind=type(error).__name__), now)
    return mark_sent(delivery, now)


def _wait(delivery: Delivery, why: str, now: Instant) -> Delivery:
    """Neither the try nor the time until the next one counts: the retry period begins when the attempt can be made."""
    tries, since = delivery.tries - 1, delivery.since + WAITS
    return replace(delivery, why=why, tries=tries, since=since, again=now + WAITS)


def _retry_later(delivery: Delivery, why: str, now: Instant) -> Delivery:
    again = next_try(delivery.tries, delivery.since, now)
    if again is None:
        return mark_failed(delivery, GAVE_UP + why, now)
    return replace(delivery, why=why, again=again)
