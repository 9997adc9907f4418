"""Checks that an archive is complete: every item that the records refer to is in it (pure; docs/exports/export.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from chalicelib.features.record.anchor import Events

PRIVATE = ("private", "reads", "evidence", "messages")
"""Empty in the line of a complaint that excludes the owner who asked for the archive."""
COUNTED = ("complaints", "events", "evidence", "units", "people", "policies", "anchors")
"""The items that the manifest counts."""


def sealed_files(number: str, events: Events) -> dict[str, str]:
    """By path in the archive: SHA-256 of each file that the record has as sealed and not erased."""
    found: dict[str, str] = {}
    for event in events:
        id_ = event["fields"].get("evidence")
        if event["type"] == "evidence_sealed":
            found[f"evidence/{number}/{id_}"] = event["fields"]["sha256"]
        elif event["type"] == "erased":
            found.pop(f"evidence/{number}/{id_}", None)
    return found


def evidence_faults(line: Mapping[str, Any], hashes: Mapping[str, str], gone: Set[str] = frozenset()) -> Iterator[str]:
    """`line`: a complaint's line; `hashes`: SHA-256 of each file in the archive; `gone`: the manifest's `gone`."""
    number, events = line["number"], line["events"]
    declarations = [event["fields"] for event in events if event["type"] == "evidence_declared"]
    declared = {fields["evidence"]: fields.get("sha256", "") for fields in declarations}
    listed = {one["id"]: one["sha256"] for one in line["evidence"]}
    for id_ in sorted(declared.keys() | listed.keys()):
        if id_ not in listed:
            yield f"{number}: evidence {id_} was declared, but its state is missing"
        elif declared.get(id_) not in (listed[id_], ""):  # a form of a page declares no hash
            yield f"{number}: evidence {id_} is not the file that was declared"
    for path, sha256 in sealed_files(number, events).items():
        if path in gone:
            continue
        if path not in hashes:
            yield f"{path}: is sealed according to the record, but missing"
        elif hashes[path] != sha256:
            yield f"{path}: is not the file that was declared and sealed"


def people_faults(events: Events, people: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The founder and all who were invited must be listed, removed people included."""
    listed = {one["sub"] for one in people}
    for event in events:
        sub = {"founded": event["actor"]["id"], "invited": event["fields"].get("sub")}.get(event["type"])
        if sub is not None and sub not in listed:
            yield f"people.jsonl: the person of {event['id']} is missing"


def unit_faults(state: Mapping[str, Any], units: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """`state`: the organisation's; `units`: the lines of units.jsonl."""
    missing = state["units"].keys() - {line["unit"] for line in units}
    yield from (f"units.jsonl: {unit} is missing" for unit in sorted(missing))


def count_faults(manifest: Mapping[str, int], found: Mapping[str, int]) -> Iterator[str]:
    for name in COUNTED:
        if manifest[name] != found[name]:
            yield f"{name}: the manifest counts {manifest[name]}, but the archive has {found[name]}"
