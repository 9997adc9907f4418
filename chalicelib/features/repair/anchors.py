"""The items of anchors, from the locked objects: latest first, so that an earlier anchor never replaces a later one."""

from __future__ import annotations

import msgspec

from chalicelib.casework.composing import derived
from chalicelib.casework.composing.derived import Derived, DerivedFault, Faults
from chalicelib.features.record import anchor, anchoring
from chalicelib.features.record.anchor import Anchor
from chalicelib.features.record.anchoring import LAST, last_anchor_key
from chalicelib.ports import Vault
from chalicelib.store import object_keys, reads
from chalicelib.store.port import Entry, Store
from chalicelib.store.stored_form import Damaged
from chalicelib.wiring import Wiring


def latest(vault: Vault, tenant: str) -> int:
    """The number of the latest anchor, from its objects alone, which have no gaps: 0 without any."""
    least, most = 0, 1
    while _exists(vault, tenant, most):
        least, most = most, 2 * most
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if _exists(vault, tenant, middle) else (least, middle)
    return least


def _exists(vault: Vault, tenant: str, n: int) -> bool:
    return vault.read(object_keys.anchor(tenant, n), 0, 1) is not None


def of_anchor(wiring: Wiring, tenant: str, n: int) -> Faults:
    """The faults of an anchor's item, and of the look-ups of the records whose latest anchor it is."""
    newest = latest(wiring.vault, tenant)
    body = wiring.vault.first(object_keys.anchor(tenant, n)) or b""
    try:
        made = anchor.parse(body)
    except (ValueError, msgspec.DecodeError):
        yield DerivedFault("locked object", "missing or no anchor", None)
        return
    yield from derived.compared(wiring.store, [Derived(anchoring.item_of(tenant, made, body))])
    yield from _heads(wiring.store, tenant, made, newest)


def _heads(store: Store, tenant: str, made: Anchor, newest: int) -> Faults:
    """A further anchor makes these writes fail."""
    guard = anchoring.none_later(tenant, newest)
    found = reads.read_all(store, [last_anchor_key(tenant, head.aggregate) for head in made.heads])
    for head in made.heads:
        wanted = Derived(anchoring.last_anchor(tenant, made.n, head), lambda one: made.n < _number(one) <= newest)
        yield from derived.against(store, found.get(wanted.entry.key), wanted, guard)


def _number(entry: Entry) -> int:
    """The anchor that a look-up names; 0 for a damaged one."""
    try:
        return LAST.read(entry).n
    except Damaged:
        return 0
