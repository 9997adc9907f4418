"""The comparable facts of a complaint: everything except salts, hashes and times of commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import msgspec

from chalicelib.features.messages.delivery import Delivery
from chalicelib.store.port import Entry
from tests.across.faults.exactly.kiosk import TENANT

Facts = dict[str, Any]
_COMPLAINT = f"T#{TENANT}#C#"
_OF_THE_COMMIT = ("recorded_at", "hash", "prev", "private")


def of_all(entries: Iterable[Entry], mails: Iterable[str | None] | None) -> dict[str, Facts]:
    """The facts of each complaint, by number, without voids. If `mails` is None, effects are left out."""
    raw: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    snapshots: dict[str, Entry] = {}
    others = []
    for entry in entries:
        number = entry.key.pk.removeprefix(_COMPLAINT)
        if entry.kind == "complaint":
            snapshots[number] = entry
        elif entry.kind == "event" and entry.key.pk.startswith(_COMPLAINT):
            raw[number].append(msgspec.json.decode(entry.body, type=dict[str, Any]))
        elif entry.kind in ("message", "effect", "work"):
            others.append(entry)
    found = {
        number: _facts(entry, sorted(raw[number], key=lambda one: one["seq"])) for number, entry in snapshots.items()
    }
    if mails is None:
        return found
    for one in found.values():
        one.update(messages={}, effects={}, work=set(), mails=set())
    for entry in others:
        _add_other(found, entry)
    for key in {key for key in mails if key is not None}:
        found[key.split("/")[1]]["mails"].add(key)
    return found


def _facts(entry: Entry, events: list[dict[str, Any]]) -> Facts:
    return {"events": [_event(one) for one in events], "snapshot": _snapshot(entry, events)}


def _event(event: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in event.items() if name not in _OF_THE_COMMIT}
    return {**kept, "private": len(event["private"])}


def _snapshot(entry: Entry, events: list[dict[str, Any]]) -> Any:
    """The snapshot with its head as a sequence number, and whether each link of the chain is correct."""
    body = msgspec.json.decode(entry.body, type=dict[str, Any])
    head = body.pop("head")
    body["head"] = [event["seq"] for event in events if event["hash"] == head]
    body["links"] = [event["prev"] == before["hash"] for before, event in pairwise(events)]
    return body, entry.version, entry.seq, entry.due, entry.listed, entry.row


def _add_other(found: dict[str, Facts], entry: Entry) -> None:
    """Adds a work-list row, a message or an effect to the facts of its complaint."""
    if entry.kind == "work":
        found[msgspec.json.decode(entry.body)["number"]]["work"].add(entry.key)
    elif entry.kind == "message":
        found[entry.key.sk.partition("/")[0]]["messages"][entry.key] = entry.row
    else:
        effect = msgspec.json.decode(entry.body, type=Delivery)
        effects, key = found[effect.number]["effects"], (effect.event, effect.way, effect.reader)
        assert key not in effects, "an effect has two items"
        effects[key] = effect.state
