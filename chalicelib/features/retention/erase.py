"""Erases the private values of one complaint, and all that was made of them. The events with the digests stay.

Each step can be repeated. The mark comes first, so what others are making of the values is removed here, or not
written. Look-ups are removed before the values, because their keys are computed from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib import composition
from chalicelib.casework import fact_lookups, private_values
from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.composing.erased import Erased, mark_erasure
from chalicelib.kit.instants import Instant
from chalicelib.store import erasing, reads
from chalicelib.wiring import Wiring


def erase_values(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    """The caller binds the tenant. Raises what `Erased.values_of` of the packages raises."""
    store, ref = wiring.store, committed.ref
    mark_erasure(wiring, ref)
    record = private_values.read_record(store, wiring.sealer, ref)
    facts = [event.fields.get("facts", {}) for event in record.events if event.type == "registered"]
    given = [value.values for values in record.private.values() for value in values]
    for values in (*facts, *given):
        lookups = fact_lookups.possible_keys(wiring.secrets, ref.tenant, values, ref.number)
        erasing.remove(store, [*reads.read_all(store, lookups)])
    erasing.remove(store, [entry.key for entry in record.stored.private_values])
    for each in _erased():
        each.values_of(wiring, committed, now)


def _erased() -> Sequence[Erased]:
    return composition.loaded("erases")
