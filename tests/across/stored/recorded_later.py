"""Events as a later release would have recorded them, in the store of a world."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit import canonical
from chalicelib.store import event_log, keys
from chalicelib.store.port import Put
from tests.across.stored import later
from tests.across.stored.shop import store_of
from tests.clauses.organisation import Organisation

UNKNOWN_OF_EVENT = {"weather": {"rain": ["a", 1]}, "type": "levitated"}


def record_event(shop: Organisation, number: str, *, form: int = later.VERSION, **effect: Any) -> None:
    """Appends an event with a hash that covers all that it has. `effect`: what it changes in the snapshot."""
    pk, store = keys.complaint(shop.id, number), store_of(shop)
    key = keys.snapshot(pk)
    snapshot = later.read(store, shop.id, key)
    state = json.loads(snapshot.body)
    last = json.loads(later.read(store, shop.id, keys.event(pk, state["seq"])).body)
    seq = last["seq"] + 1
    body = {
        **last,
        "actor": {**last["actor"], "mood": "calm"},
        "seq": seq,
        "id": f"{number}/{seq}",
        "prev": last["hash"],
        "private": [],
        "fields": {"levity": 3},
        "result": {**last["result"], "levity": True},
        **UNKNOWN_OF_EVENT,
    }
    event = {name: value for name, value in body.items() if name not in ("hash", "act")}
    event["hash"] = canonical.digest(event)
    text = json.dumps({**state, "seq": seq, "head": event["hash"], **effect})
    with binding.tenant(shop.id):
        store.commit(
            [
                Put(replace(event_log.put(pk, seq, canonical.encode(event).decode()).entry, form=form)),
                Put(replace(snapshot, body=text, version=seq, seq=seq, form=form), if_absent=False),
            ]
        )
