"""What lies beside the records of an archive and must be there, because they speak of it (pure; docs/export.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from chalicelib import canonical
from chalicelib.record.record_check import Events

COUNTED = ("complaints", "events", "evidence", "units", "people", "policies", "anchors")
_VERSION = "POL#"


def policy_versions_used(events: Events) -> dict[str, str]:
    """The policy versions that a record goes by, each with the first event that names it."""
    found: dict[str, str] = {}
    for event in events:
        after = event["fields"]["to"] if event["type"] == "switched" else ""
        for version in filter(None, (event["policy"], after)):
            found.setdefault(version, event["id"])
    return found


def published_digests(events: Events) -> dict[str, str]:
    """SHA-256 of each policy version's canonical JSON, as the organisation's record has it."""
    published = (event["fields"] for event in events if event["type"] in ("founded", "policy_published"))
    return {fields["version"]: fields["sha256"] for fields in published}


def policy_faults(
    lines: Iterable[Mapping[str, Any]], named: Mapping[str, str], digests: Mapping[str, str]
) -> Iterator[str]:
    """`named`: by which event each version is named; `digests`: what was published. One that was published while the
    archive was made has no digest in it."""
    here = {line["key"].removeprefix(_VERSION): line["body"] for line in lines}
    for version, event in sorted({**dict.fromkeys(digests, "the organisation"), **named}.items()):
        if version not in here:
            yield f"policies.jsonl: version {version}, which {event} names, is missing"
        elif not (here[version] or {}).get("policy"):
            yield f"policies.jsonl: version {version}, which {event} names, is empty"
        elif digests.get(version, digest := _digest(here[version])) != digest:
            yield f"policies.jsonl: version {version} is not the one that was published"


def _digest(version: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical.encode(version["policy"])).hexdigest()


def sealed_files(number: str, events: Events) -> dict[str, str]:
    """Where in the archive each file is that the record says is sealed and not erased since, and its SHA-256."""
    found: dict[str, str] = {}
    for event in events:
        id_ = event["fields"].get("evidence")
        if event["type"] == "evidence_sealed":
            found[f"evidence/{number}/{id_}"] = event["fields"]["sha256"]
        elif event["type"] == "erased":
            found.pop(f"evidence/{number}/{id_}", None)
    return found


def evidence_faults(line: Mapping[str, Any], hashes: Mapping[str, str], gone: Set[str] = frozenset()) -> Iterator[str]:
    """Of a complaint's line. `hashes`: SHA-256 of each file of the archive, as it is; `gone`: what was erased since."""
    number, events = line["number"], line["events"]
    said = [event["fields"] for event in events if event["type"] == "evidence_declared"]
    declared = {fields["evidence"]: fields["sha256"] for fields in said}
    listed = {one["id"]: one["sha256"] for one in line["evidence"]}
    for id_ in sorted(declared.keys() | listed.keys()):
        if id_ not in listed:
            yield f"{number}: evidence {id_} was declared, and nothing says what became of it"
        elif declared.get(id_) != listed[id_]:
            yield f"{number}: evidence {id_} is not the file that was declared"
    for path, sha256 in sealed_files(number, events).items():
        if path in gone:
            continue
        if path not in hashes:
            yield f"{path}: the record says that it is sealed, and it is missing"
        elif hashes[path] != sha256:
            yield f"{path}: is not the file that was declared and sealed"


def people_faults(events: Events, people: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Whoever founded the organisation or was invited is there: those who were removed too."""
    here = {one["sub"] for one in people}
    for event in events:
        sub = {"founded": event["actor"]["id"], "invited": event["fields"].get("sub")}.get(event["type"])
        if sub is not None and sub not in here:
            yield f"people.jsonl: the person of {event['id']} is missing"


def unit_faults(state: Mapping[str, Any], units: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    missing = state["units"].keys() - {line["unit"] for line in units}
    yield from (f"units.jsonl: {unit} is missing" for unit in sorted(missing))


def count_faults(told: Mapping[str, int], here: Mapping[str, int]) -> Iterator[str]:
    for name in COUNTED:
        if told[name] != here[name]:
            yield f"{name}: the manifest counts {told[name]}, and {here[name]} are there"
