"""Verifies an exported archive offline (X.4; docs/exports/export.md).

An archive could be forged as a whole, anchors included. To detect that, note an anchor's root or digest outside the
service and pass it to `verify`: the archive must have that anchor.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from functools import partial

from chalicelib.casework.composing.archived import ArchiveFiles, ArchiveObject
from chalicelib.complaints.envelope import PrivateValue
from chalicelib.features.exports import archive_checks, archived_policies, bounded_archive, export_source
from chalicelib.features.exports.archive_report import ArchiveReport
from chalicelib.features.record import anchor
from chalicelib.store import keys

MANIFEST = "manifest.jsonl"
FORMAT = "redress-export/1"


def verify(path: str, noted: str | None = None) -> ArchiveReport:
    """`noted`: the root or digest of an anchor, noted outside the service.

    Raises OSError if the file cannot be read, `zipfile.BadZipFile` if it is not a ZIP file or inflates to too
    much.
    """
    report = ArchiveReport()
    with bounded_archive.opened(path) as archive:
        try:
            head = _manifest(archive, report)
            report.gone = set(head.get("gone", ())) - report.hashes.keys()
            _anchors(archive, report)
            _organisation(archive, report)
            _units(archive, report)
            for name in sorted(archive.namelist()):
                if name.startswith("complaints/"):
                    _complaints(archive, name, report)
            _policies(archive, report)
            _check_completeness(head, report)
        except Exception as error:  # noqa: BLE001  a hostile archive can make any step fail, also in libraries
            report.faults.append(f"the archive cannot be read completely: {type(error).__name__}")
    if noted is not None and noted not in report.anchor_ids:
        report.faults.append("the noted anchor is not in the archive")
    return report


def _manifest(archive: zipfile.ZipFile, report: ArchiveReport) -> ArchiveObject:
    """Compares the files with the manifest. Returns the manifest's first line."""
    lines = bounded_archive.lines(archive, MANIFEST)
    head: ArchiveObject = next(lines)
    if head.get("format") != FORMAT:
        raise ValueError("not an archive of this format")
    names = archive.namelist()
    listed = set()
    for line in lines:
        name = line["path"]
        listed.add(name)
        if name not in names:
            report.faults.append(f"{name}: is missing")
            continue
        report.hashes[name] = bounded_archive.sha256(archive, name)
        if (line["sha256"], line["bytes"]) != (report.hashes[name], archive.getinfo(name).file_size):
            report.faults.append(f"{name}: is not the file in the manifest")
    report.faults.extend(f"{name}: is not in the manifest" for name in sorted({*names} - listed - {MANIFEST}))
    if len(names) != len(set(names)):
        report.faults.append("a file occurs twice")
    report.files = len(listed)
    return head


def _anchors(archive: zipfile.ZipFile, report: ArchiveReport) -> None:
    before: bytes | None = None
    for name in sorted(one for one in archive.namelist() if one.startswith("anchors/")):
        body = bounded_archive.read(archive, name)
        try:
            made = anchor.parse(body)
        except ValueError:
            report.faults.append(f"{name}: is not an anchor, or its root does not match its heads")
            return
        if not anchor.follows(made, before):
            report.faults.append(f"{name}: does not follow the anchor before it")
        before = body
        report.anchors += 1
        report.anchor_ids |= {made.root, anchor.digest(body)}
        for head in made.heads:
            report.heads[head.aggregate].append(head)


def _organisation(archive: zipfile.ZipFile, report: ArchiveReport) -> None:
    one = json.loads(bounded_archive.read(archive, "organisation.json"))
    events, state = one["events"], one["state"]
    report.faults.extend(
        anchor.record_faults("the organisation", events, state["head"], report.heads[keys.ORGANISATION])
    )
    if state["seq"] != len(events):
        report.faults.append("the organisation: its state does not match its record")
    report.published_digests = archived_policies.published_digests(events)
    _count_events(events, report)
    people, units = (
        list(bounded_archive.lines(archive, "people.jsonl")),
        list(bounded_archive.lines(archive, "units.jsonl")),
    )
    report.people, report.unit_lines = len(people), len(units)
    report.faults.extend([*archive_checks.people_faults(events, people), *archive_checks.unit_faults(state, units)])
    files = ArchiveFiles(archive.namelist(), report.hashes, partial(bounded_archive.read, archive))
    report.faults.extend(fault for part in export_source.parts() for fault in part.faults(events, files))


def _count_events(events: list[ArchiveObject], report: ArchiveReport) -> None:
    report.events += len(events)
    report.versions_used = {**archived_policies.policy_versions_used(events), **report.versions_used}


def _policies(archive: zipfile.ZipFile, report: ArchiveReport) -> None:
    lines = list(bounded_archive.lines(archive, "policies.jsonl"))
    report.policies = len(lines)
    report.faults.extend(archived_policies.policy_faults(lines, report.versions_used, report.published_digests))


def _units(archive: zipfile.ZipFile, report: ArchiveReport) -> None:
    """Checks the units' records. A unit without events has no record and is in no anchor."""
    for line in bounded_archive.lines(archive, "units.jsonl"):
        number = keys.unit_number(line["unit"])
        if "state" in line:
            report.unit_numbers.add(number)
            report.faults.extend(_record_faults(number, line, report))


def _complaints(archive: zipfile.ZipFile, name: str, report: ArchiveReport) -> None:
    for line in bounded_archive.lines(archive, name):
        number = line["number"]
        if number in report.numbers:
            report.faults.append(f"{number}: occurs twice")
        report.numbers.add(number)
        if "state" not in line:
            report.faults.extend(f"{number}: has no record, but an anchor has one" for _ in report.heads[number][:1])
            continue
        report.complaints += 1
        if line.get("excluded"):
            report.excluded.add(number)
            report.faults.extend(_chain_faults(number, line, report))
            held = [name for name in archive_checks.PRIVATE if line[name]]
            report.faults.extend(f"{number}: has {name}, which its chain alone does not have" for name in held)
            continue
        report.sealed_files |= archive_checks.sealed_files(number, line["events"]).keys()
        report.faults.extend(
            [
                *_record_faults(number, line, report),
                *archive_checks.evidence_faults(line, report.hashes, report.gone),
            ]
        )


def _chain_faults(number: str, line: ArchiveObject, report: ArchiveReport) -> Iterator[str]:
    """All that a line without private values can show."""
    events, state = line["events"], line["state"]
    _count_events(events, report)
    yield from anchor.record_faults(number, events, state["head"], report.heads[number])
    if state["number"] != number or state["seq"] != len(events):
        yield f"{number}: its state does not match its record"


def _record_faults(number: str, line: ArchiveObject, report: ArchiveReport) -> Iterator[str]:
    yield from _chain_faults(number, line, report)
    values = {
        (one["event"], one["place"]): PrivateValue(one["salt"], one["class"], one["values"])
        for one in line["private"]
        if "unreadable" not in one
    }
    unreadable = [one for one in line["private"] if "unreadable" in one]
    yield from anchor.private_value_faults(
        number, line["events"], values, {(one["event"], one["place"]) for one in unreadable}
    )
    for one in unreadable:
        yield f"{number}: private value {one['place']} of event {one['event']} could not be decrypted in the export"


def _check_completeness(head: ArchiveObject, report: ArchiveReport) -> None:
    """Checks that every issued number has a line, also one without a complaint."""
    issued = {f"{month}-{number:06d}" for month, count in head["numbers"].items() for number in range(1, count + 1)}
    report.faults.extend(f"{number}: is missing" for number in sorted(issued - report.numbers))
    anchored = {aggregate for aggregate, heads in report.heads.items() if heads} - {keys.ORGANISATION}
    present = report.numbers | report.unit_numbers
    report.faults.extend(f"{number}: is in an anchor, but missing" for number in sorted(anchored - present))
    files = {name for name in report.hashes if name.startswith("evidence/")}
    report.faults.extend(f"{name}: no record mentions it" for name in sorted(files - report.sealed_files))
    report.faults.extend(archive_checks.count_faults(head["counts"], report.counts(len(files))))
