"""One step of an export: some complaints, a stretch of a piece of evidence, some anchors, or a page of the lists.

A step first reads, then adds to the archive's end, then says in one commit how far it came. One that dies leaves
nothing that the job knows of, and is done again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib import canonical
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import to_text
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.oversight.backtest import period
from chalicelib.record import anchoring
from chalicelib.record.export import archive_checks, export_job, export_source, zip_stream
from chalicelib.record.export.export_job import EvidenceFile, ExportCursor, StreamedFile
from chalicelib.record.export.multipart_writer import MIB, MultipartWriter
from chalicelib.record.export.zip_stream import ZipEntry
from chalicelib.store.port import Write

COMPLAINTS = 50
"""Of one step, each read whole."""
ANCHORS = 20
LISTS = 20
"""Items of a step, each with the files of another step: some thousand lines."""
STRETCH, STRETCHES = 8 * MIB, 4
"""Bytes of evidence that are read at once, and how often in a step."""
MANIFEST = "manifest.jsonl"
_Phase = Callable[[Claim, ExportCursor, MultipartWriter], None]


def step(claim: Claim) -> None:
    """`driver.Step`."""
    if export_job.erasure_has_begun(claim.wiring, claim.tenant):
        raise PermanentFailure("The organisation's erasure has begun.")
    cursor = claim.job.at(ExportCursor)
    if cursor.phase == "complete":
        claim.wiring.vault.complete(object_keys.export(claim.tenant, claim.job.id), cursor.upload, cursor.tags)
        claim.save(replace(claim.job, state="done"))
        return
    if cursor.phase == "begin":
        _begin(claim, cursor)
    tape = MultipartWriter(claim, cursor)
    _PHASES[cursor.phase](claim, cursor, tape)
    tape.keep()
    writes: list[Write] = []
    if tape.files:
        cursor.lists += 1
        cursor.files += len(tape.files)
        writes.append(export_job.put_file_list(claim.tenant, claim.job, cursor.lists, tape.files))
    total = sum(month.count for month in cursor.months)
    done = total if cursor.place is None else _done(cursor)
    claim.save(replace(claim.job, state="running", cursor=jobs.cursor(cursor), done=done, of=total), writes)


def _done(cursor: ExportCursor) -> int:
    place = cursor.place or period.NumberPosition()
    return sum(month.count for month in cursor.months[: place.month]) + place.numbers


def _begin(claim: Claim, cursor: ExportCursor) -> None:
    key = object_keys.export(claim.tenant, claim.job.id)
    cursor.upload = claim.wiring.vault.begin(key, "application/zip")
    latest = anchoring.latest_anchor(
        claim.wiring, claim.tenant
    )  # before anything else: it sees no later than what follows
    cursor.anchors = 0 if latest is None else latest.n
    cursor.months = export_source.read_months(claim.wiring, claim.tenant)
    cursor.phase = "organisation"


def _organisation(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    wiring, tenant = claim.wiring, claim.tenant
    own = export_source.read_organisation(wiring, tenant)
    _json(tape, "organisation.json", own)
    units = list(export_source.read_units(wiring, tenant))
    cursor.unreadable += export_source.count_unreadable(units)
    export_job.add_count(cursor, "events", sum(len(one.get("events", [])) for one in [own, *units]))
    export_job.add_count(cursor, "units", _lines(tape, "units.jsonl", units))
    export_job.add_count(cursor, "people", _lines(tape, "people.jsonl", export_source.read_people(wiring, tenant)))
    cursor.phase = "complaints"


def _policies(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    """After the complaints, so that no version is missing that one of them goes by."""
    found = export_source.read_policies(claim.wiring, claim.tenant)
    export_job.add_count(cursor, "policies", _lines(tape, "policies.jsonl", found))
    cursor.phase, cursor.at = "anchors", 1


def _complaints(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    """The evidence of the last step's complaints first, then the next complaints."""
    if cursor.originals:
        _original(claim, cursor, tape)
    elif cursor.place is None:
        cursor.phase = "policies"
    else:
        numbers, cursor.place = period.next_page(cursor.months, cursor.place, COMPLAINTS)
        taken = [export_source.read_complaint(claim.wiring, claim.tenant, number) for number in numbers]
        cursor.unreadable += export_source.count_unreadable(one.line for one in taken)
        filed = [one.line for one in taken if "state" in one.line]
        export_job.add_count(cursor, "complaints", len(filed))
        export_job.add_count(cursor, "events", sum(len(line["events"]) for line in filed))
        if numbers:
            _lines(tape, f"complaints/{numbers[0]}.jsonl", [one.line for one in taken])
        cursor.originals = [original for one in taken for original in one.originals]


def _original(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    original = cursor.originals[0]
    for _ in range(STRETCHES):
        begun = cursor.streaming is not None
        if begun and _whole(cursor, original):
            break
        body = claim.wiring.vault.read(original.key, _streamed(cursor).size if begun else 0, STRETCH)
        if not body and not begun and export_source.was_erased(claim.wiring, claim.tenant, original):
            cursor.gone.append(original.name)
            del cursor.originals[0]
            return
        if not body:
            raise PermanentFailure(f"The file of {original.name} is not whole in the evidence store.")
        if not begun:
            tape.begin(original.name)
        _stream(cursor, tape, body)
    if _whole(cursor, original):
        tape.files.append(tape.finish(original.sha256))
        export_job.add_count(cursor, "evidence", 1)
        del cursor.originals[0]


def _whole(cursor: ExportCursor, original: EvidenceFile) -> bool:
    return _streamed(cursor).size >= original.size


def _streamed(cursor: ExportCursor) -> StreamedFile:
    assert cursor.streaming is not None
    return cursor.streaming


def _stream(cursor: ExportCursor, tape: MultipartWriter, body: bytes) -> None:
    so_far = _streamed(cursor)
    tape.add(body)
    cursor.streaming = replace(so_far, size=so_far.size + len(body), crc=zlib.crc32(body, so_far.crc))


def _anchors(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    for n in range(cursor.at, min(cursor.at + ANCHORS, cursor.anchors + 1)):
        body = claim.wiring.vault.first(object_keys.anchor(claim.tenant, n))
        if body is not None:  # one that is gone is missed by whoever verifies the archive
            tape.file(f"anchors/{n:08d}.json", body, hashlib.sha256(body).hexdigest())
    cursor.at += ANCHORS
    if cursor.at > cursor.anchors:
        cursor.phase, cursor.at = "manifest", 0


def _manifest(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    if cursor.streaming is None:
        tape.begin(MANIFEST)
        _stream(cursor, tape, _line(_head(claim, cursor)))
    for filed in _listed(claim, cursor):
        _stream(cursor, tape, _line({"path": filed.name, "bytes": filed.size, "sha256": filed.sha256}))
    cursor.at += LISTS
    if cursor.at >= cursor.lists:
        tape.files.append(tape.finish(""))
        cursor.phase, cursor.at, cursor.directory = "directory", 0, cursor.size


def _head(claim: Claim, cursor: ExportCursor) -> dict[str, Any]:
    return {
        "format": export_job.FORMAT,
        "tenant": claim.tenant,
        "export": claim.job.id,
        "at": to_text(claim.job.started),
        "unreadable": cursor.unreadable,
        "gone": cursor.gone,
        "numbers": {month.name: month.count for month in cursor.months},
        "counts": {**dict.fromkeys(archive_checks.COUNTED, 0), **cursor.counts, "anchors": cursor.anchors},
    }


def _directory(claim: Claim, cursor: ExportCursor, tape: MultipartWriter) -> None:
    for filed in _listed(claim, cursor):
        tape.add(zip_stream.central_header(filed))
    cursor.at += LISTS
    if cursor.at >= cursor.lists:
        tape.add(zip_stream.end_of_archive(cursor.files, cursor.directory, cursor.size - cursor.directory))
        tape.last()
        cursor.phase = "complete"


def _listed(claim: Claim, cursor: ExportCursor) -> list[ZipEntry]:
    """The files of the next lists."""
    last = min(cursor.at + LISTS, cursor.lists)
    wanted = [export_job.file_list_key(claim.tenant, claim.job.id, number) for number in range(cursor.at + 1, last + 1)]
    found = claim.wiring.store.get(wanted)
    return [filed for key in wanted for filed in msgspec.json.decode(found[key].body, type=list[ZipEntry])]


def _json(tape: MultipartWriter, name: str, value: Any) -> None:
    _file(tape, name, canonical.encode(value) + b"\n")


def _lines(tape: MultipartWriter, name: str, values: Iterable[Any]) -> int:
    """How many."""
    lines = [_line(value) for value in values]
    _file(tape, name, b"".join(lines))
    return len(lines)


def _file(tape: MultipartWriter, name: str, body: bytes) -> None:
    tape.file(name, body, hashlib.sha256(body).hexdigest())


def _line(value: Any) -> bytes:
    """Canonical JSON: what is hashed in a record is hashed as it stands here."""
    return canonical.encode(value) + b"\n"


_PHASES: dict[str, _Phase] = {
    "organisation": _organisation,
    "complaints": _complaints,
    "policies": _policies,
    "anchors": _anchors,
    "manifest": _manifest,
    "directory": _directory,
}
