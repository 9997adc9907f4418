"""Waking a piece of evidence: what was waited for too long, and what was kept long enough.

Uploads and checks are waited for in real time; how long files are kept is the domain's time.
"""

from __future__ import annotations

from chalicelib.evidence import erase, held, item, object_keys, refuse
from chalicelib.evidence.held import Held
from chalicelib.instants import Instant, to_text
from chalicelib.store.port import Key
from chalicelib.tenants import evidence_bytes
from chalicelib.wiring import Wiring

PREFIX = "V#"


def wake(wiring: Wiring, tenant: str, number: str, key: Key, now: Instant) -> int:
    """How many events were recorded. The tenant is bound by the caller. A stale index hit finds nothing to do."""
    found = held.load(wiring, tenant, number, key.sk.removeprefix(PREFIX))
    if found is None:
        return 0
    evidence, late = found.evidence, wiring.real_clock() >= found.evidence.until
    if evidence.state == item.DECLARED and late:
        return _expire(wiring, found, now)
    if evidence.state in item.AWAITED and late:
        refuse.refuse(wiring, found, "no-verdict", now)
        return 1
    if evidence.state == item.SEALED and evidence.kept_until is not None and evidence.kept_until <= now:
        return erase.when_kept_long_enough(wiring, found, now)
    if evidence.state == item.ERASED:
        erase.objects_of(wiring, found)
    return 0


def _expire(wiring: Wiring, before: Held, now: Instant) -> int:
    """Nothing came. What comes now is deleted when it is announced."""
    place = (before.tenant, before.number, before.evidence.id)

    def attempt() -> Held | None:
        found = held.load(wiring, *place)
        if found is None or found.evidence.state != item.DECLARED:
            return None
        return held.happened(
            wiring,
            found,
            "evidence_expired",
            now,
            fields={},
            wakes=None,
            more=[evidence_bytes.release(found.tenant, found.evidence.size)],
            state=item.EXPIRED,
            ended_at=to_text(now),
        )

    expired = held.attempts(attempt)
    if expired is not None and expired.evidence.upload is not None:
        wiring.objects.abort(object_keys.quarantine(*place), expired.evidence.upload)
    return 0 if expired is None else 1
