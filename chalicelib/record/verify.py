"""Verifying a record: whether anything of it was changed, removed, reordered, inserted or cut off since (X.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib import merkle
from chalicelib.casework import private, unit_look
from chalicelib.casework.look import Look, items, see
from chalicelib.casework.unit_case import number_of
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.evidence import object_keys
from chalicelib.record import anchor
from chalicelib.record.anchoring import Seen, seen_key
from chalicelib.wiring import Wiring


def verify(wiring: Wiring, look: Look) -> dict[str, Any]:
    """`broken_at`: the first event whose hash, place or predecessor does not fit. `cut_off`: the last event is not
    the one that the snapshot ends with, or an anchor has seen more. `altered`: events beside which a private value is
    not what it was; one that was erased is not altered. `anchor`: the last one that saw the record's head.
    """
    key = seen_key(look.tenant, look.number)
    case = see(wiring, look, [key]).case
    return _verified(wiring, look.tenant, look.number, case.complaint.head, case.entries.get(key))


def verify_unit(wiring: Wiring, looking: unit_look.Look) -> dict[str, Any]:
    """The same of a unit's record. Nothing recorded yet is whole."""
    number = number_of(looking.unit)
    key = seen_key(looking.tenant, number)
    entries = wiring.store.get([*unit_look.keys_of(looking), key])
    case = unit_look.see(wiring, entries, looking).case
    head = None if case is None else case.complaint.head
    return _verified(wiring, looking.tenant, number, head, entries.get(key))


def _verified(wiring: Wiring, tenant: str, number: str, snapshot_head: str | None, noted: Any) -> dict[str, Any]:
    events: list[dict[str, Any]] = [msgspec.json.decode(entry.body) for entry in items(wiring, tenant, number, "E#")]
    broken = break_in_chain(events)
    head = events[-1]["hash"] if events else None
    anchored = _anchored(wiring, tenant, number, noted, events)
    short = anchored is not None and anchored["seq"] is not None and len(events) < anchored["seq"]
    found = {
        "number": number,
        "events": len(events),
        "broken_at": None if broken is None else events[broken].get("id"),
        "cut_off": head != snapshot_head or short,
        "altered": _altered(wiring, tenant, number, events),
        "anchor": anchored,
    }
    agrees = anchored is None or anchored["agrees"]
    intact = broken is None and not found["cut_off"] and not found["altered"] and agrees
    return {**found, "intact": intact}


def _anchored(
    wiring: Wiring, tenant: str, number: str, entry: Any, events: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """What the write-once object says, not what the table says of it; with the head's audit path to the root.

    An object that is gone, or is no anchor, agrees with nothing.
    """
    if entry is None:
        return None
    seen = msgspec.json.decode(entry.body, type=Seen)
    body = wiring.vault.first(object_keys.anchor(tenant, seen.n))
    found = None
    try:
        made = anchor.read(body or b"")
        found = made.head_of(number)
    except (ValueError, msgspec.DecodeError):
        pass
    if found is None:
        return {"n": seen.n, "at": None, "root": None, "seq": None, "path": [], "agrees": False}
    position, head = found
    path = merkle.path([each.leaf() for each in made.heads], position)
    return {
        "n": made.n,
        "at": made.at,
        "root": made.root,
        "seq": head.seq,
        "path": path,
        "agrees": anchor.agrees(head, events),
    }


def _altered(wiring: Wiring, tenant: str, number: str, events: Sequence[Mapping[str, Any]]) -> list[str]:
    digests = {event.get("seq"): event.get("private", []) for event in events}
    ids = {event.get("seq"): str(event.get("id")) for event in events}
    altered = set()
    for entry in items(wiring, tenant, number, "P#"):
        _, seq, position = entry.key.sk.split("#")
        told = digests.get(int(seq), [])
        value = private.opened(wiring, tenant, number, entry)
        if value is None or int(position) >= len(told) or told[int(position)] != value.digest():
            altered.add(ids.get(int(seq), seq))
    return sorted(altered)
