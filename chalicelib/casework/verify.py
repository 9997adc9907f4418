"""Verifying a record: whether anything of it was changed, removed, reordered or cut off since (X.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.casework import private
from chalicelib.casework.look import Look, partition, see
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.wiring import Wiring


def verify(wiring: Wiring, look: Look) -> dict[str, Any]:
    """`broken_at`: the first event whose hash, place or predecessor does not fit. `cut_off`: the last event is not
    the one that the snapshot ends with. `altered`: events beside which a private value is not what it was; one that
    was erased is not altered.
    """
    seen = see(wiring, look, [])
    events: list[dict[str, Any]] = [msgspec.json.decode(entry.body) for entry in partition(wiring, look, "E#")]
    broken = break_in_chain(events)
    head = events[-1]["hash"] if events else None
    found = {
        "number": look.number,
        "events": len(events),
        "broken_at": None if broken is None else events[broken].get("id"),
        "cut_off": head != seen.case.complaint.head,
        "altered": _altered(wiring, look, events),
    }
    intact = broken is None and not found["cut_off"] and not found["altered"]
    return {**found, "intact": intact}


def _altered(wiring: Wiring, look: Look, events: Sequence[Mapping[str, Any]]) -> list[str]:
    digests = {event.get("seq"): event.get("private", []) for event in events}
    ids = {event.get("seq"): str(event.get("id")) for event in events}
    altered = set()
    for entry in partition(wiring, look, "P#"):
        _, seq, position = entry.key.sk.split("#")
        told = digests.get(int(seq), [])
        value = private.open_value(wiring, look.tenant, look.number, entry)
        if int(position) >= len(told) or told[int(position)] != value.digest():
            altered.add(ids.get(int(seq), seq))
    return sorted(altered)
