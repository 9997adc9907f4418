"""Verifying an exported archive: nothing is asked of any service (X.4; docs/export.md).

What an archive says of itself can be forged as a whole, anchors included; so whoever noted an anchor's root or digest
elsewhere gives it along, and it must be among the archive's.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib.complaints.envelope import PrivateValue
from chalicelib.record import anchor, record_check
from chalicelib.record.anchor import Head
from chalicelib.record.export import archive_checks
from chalicelib.store import keys

MANIFEST = "manifest.jsonl"
FORMAT = "redress-export/1"
_CHUNK = 1024 * 1024


class ArchiveReport(msgspec.Struct):
    """What was looked at. `known`: digests and roots of the anchors."""

    faults: list[str] = msgspec.field(default_factory=list)
    files: int = 0
    complaints: int = 0
    events: int = 0
    anchors: int = 0
    known: set[str] = msgspec.field(default_factory=set)
    heads: defaultdict[str, list[Head]] = msgspec.field(default_factory=lambda: defaultdict(list))
    numbers: set[str] = msgspec.field(default_factory=set)
    units: set[str] = msgspec.field(default_factory=set)
    """Those that have a record, by its number."""
    hashes: dict[str, str] = msgspec.field(default_factory=dict)
    """SHA-256 of each file, as it is."""
    gone: set[str] = msgspec.field(default_factory=set)
    """Files that were erased while the archive was made, as its manifest says."""
    sealed: set[str] = msgspec.field(default_factory=set)
    """Files of evidence that the records speak of."""
    named: dict[str, str] = msgspec.field(default_factory=dict)
    """Policy versions, each with an event that names it."""
    digests: dict[str, str] = msgspec.field(default_factory=dict)
    """SHA-256 of each policy version, as published."""
    people: int = 0
    policies: int = 0
    unit_lines: int = 0


def verify(path: str, noted: str | None = None) -> ArchiveReport:
    """`noted`: the root or digest of an anchor. Raises OSError, or `zipfile.BadZipFile` for what is no archive."""
    found = ArchiveReport()
    with zipfile.ZipFile(path) as archive:
        try:
            head = _manifest(archive, found)
            found.gone = set(head.get("gone", ())) - found.hashes.keys()
            _anchors(archive, found)
            _organisation(archive, found)
            _units(archive, found)
            for name in sorted(archive.namelist()):
                if name.startswith("complaints/"):
                    _complaints(archive, name, found)
            _policies(archive, found)
            _complete(head, found)
        except (KeyError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as error:
            found.faults.append(f"the archive cannot be read to its end: {type(error).__name__}")
    if noted is not None and noted not in found.known:
        found.faults.append("the anchor that was noted is not among the archive's")
    return found


def _manifest(archive: zipfile.ZipFile, found: ArchiveReport) -> dict[str, Any]:
    """Each file with the digest that the manifest has of it, no file less and none more."""
    lines = _lines(archive, MANIFEST)
    head = next(lines)
    if head.get("format") != FORMAT:
        raise ValueError("not an archive of this format")
    names = archive.namelist()
    listed = set()
    for line in lines:
        name = line["path"]
        listed.add(name)
        if name not in names:
            found.faults.append(f"{name}: is missing")
            continue
        found.hashes[name] = _sha256(archive, name)
        if (line["sha256"], line["bytes"]) != (found.hashes[name], archive.getinfo(name).file_size):
            found.faults.append(f"{name}: is not the file that the manifest names")
    found.faults.extend(f"{name}: is not in the manifest" for name in sorted({*names} - listed - {MANIFEST}))
    if len(names) != len(set(names)):
        found.faults.append("a file is there twice")
    found.files = len(listed)
    return head


def _anchors(archive: zipfile.ZipFile, found: ArchiveReport) -> None:
    before: bytes | None = None
    for name in sorted(one for one in archive.namelist() if one.startswith("anchors/")):
        body = archive.read(name)
        try:
            made = anchor.parse(body)
        except ValueError:
            found.faults.append(f"{name}: is no anchor, or its root is not that of its heads")
            return
        if not anchor.follows(made, before):
            found.faults.append(f"{name}: does not follow the anchor before it")
        before = body
        found.anchors += 1
        found.known |= {made.root, anchor.digest(body)}
        for head in made.heads:
            found.heads[head.aggregate].append(head)


def _organisation(archive: zipfile.ZipFile, found: ArchiveReport) -> None:
    one = json.loads(archive.read("organisation.json"))
    events, state = one["events"], one["state"]
    found.faults.extend(
        record_check.record_faults("the organisation", events, state["head"], found.heads[keys.ORGANISATION])
    )
    if state["seq"] != len(events):
        found.faults.append("the organisation: its state is of another time")
    found.digests = archive_checks.published_digests(events)
    _recorded(events, found)
    people, units = list(_lines(archive, "people.jsonl")), list(_lines(archive, "units.jsonl"))
    found.people, found.unit_lines = len(people), len(units)
    found.faults.extend([*archive_checks.people_faults(events, people), *archive_checks.unit_faults(state, units)])


def _recorded(events: list[dict[str, Any]], found: ArchiveReport) -> None:
    found.events += len(events)
    found.named = {**archive_checks.policy_versions_used(events), **found.named}


def _policies(archive: zipfile.ZipFile, found: ArchiveReport) -> None:
    lines = list(_lines(archive, "policies.jsonl"))
    found.policies = len(lines)
    found.faults.extend(archive_checks.policy_faults(lines, found.named, found.digests))


def _units(archive: zipfile.ZipFile, found: ArchiveReport) -> None:
    """Each unit's record. One about which nothing has happened has none, and no anchor saw it."""
    for line in _lines(archive, "units.jsonl"):
        number = f"{keys.UNIT}{line['unit']}"
        if "state" in line:
            found.units.add(number)
            found.faults.extend(_record_faults(number, line, found))


def _complaints(archive: zipfile.ZipFile, name: str, found: ArchiveReport) -> None:
    for line in _lines(archive, name):
        number = line["number"]
        if number in found.numbers:
            found.faults.append(f"{number}: is there twice")
        found.numbers.add(number)
        if "state" not in line:
            found.faults.extend(f"{number}: an anchor saw a record here" for _ in found.heads[number][:1])
            continue
        found.complaints += 1
        found.sealed |= archive_checks.sealed_files(number, line["events"]).keys()
        found.faults.extend(
            [
                *_record_faults(number, line, found),
                *archive_checks.evidence_faults(line, found.hashes, found.gone),
            ]
        )


def _record_faults(number: str, line: dict[str, Any], found: ArchiveReport) -> Iterator[str]:
    events, state = line["events"], line["state"]
    _recorded(events, found)
    yield from record_check.record_faults(number, events, state["head"], found.heads[number])
    if state["number"] != number or state["seq"] != len(events):
        yield f"{number}: its state is another complaint's, or of another time"
    values = {
        (one["event"], one["place"]): PrivateValue(one["salt"], one["class"], one["values"])
        for one in line["private"]
        if "unreadable" not in one
    }
    unreadable = [one for one in line["private"] if "unreadable" in one]
    yield from record_check.private_value_faults(
        number, events, values, {(one["event"], one["place"]) for one in unreadable}
    )
    for one in unreadable:
        yield f"{number}: private value {one['place']} of event {one['event']} did not open when it was exported"


def _complete(head: dict[str, Any], found: ArchiveReport) -> None:
    """Every number that was given out is there, if only to say that nothing was filed under it."""
    given = {f"{month}-{number:06d}" for month, count in head["numbers"].items() for number in range(1, count + 1)}
    found.faults.extend(f"{number}: is missing" for number in sorted(given - found.numbers))
    seen = {aggregate for aggregate, heads in found.heads.items() if heads} - {keys.ORGANISATION}
    here = found.numbers | found.units
    found.faults.extend(f"{number}: an anchor saw it, and it is missing" for number in sorted(seen - here))
    files = {name for name in found.hashes if name.startswith("evidence/")}
    found.faults.extend(f"{name}: no record speaks of it" for name in sorted(files - found.sealed))
    found.faults.extend(archive_checks.count_faults(head["counts"], _counts(found, len(files))))


def _counts(found: ArchiveReport, files: int) -> dict[str, int]:
    return {
        "complaints": found.complaints,
        "events": found.events,
        "evidence": files,
        "units": found.unit_lines,
        "people": found.people,
        "policies": found.policies,
        "anchors": found.anchors,
    }


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with archive.open(name) as file:
        yield from (json.loads(line) for line in file)
