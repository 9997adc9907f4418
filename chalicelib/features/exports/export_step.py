"""One step of an export: writes some complaints, a piece of a file, some anchors, or a part of the file list.

A step reads, then appends to the archive, then saves its progress in one commit. After a crash the job has no trace of
the step, which is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any, NamedTuple, TypedDict

from msgspec.structs import replace

from chalicelib.casework.composing.archived import line
from chalicelib.casework.numbers import months, next_page
from chalicelib.casework.views import read_log
from chalicelib.features.exports import archive_checks, export_job, export_source, zip_stream
from chalicelib.features.exports.export_job import EvidenceFile, ExportCursor, StreamedFile
from chalicelib.features.exports.multipart_writer import MIB, MultipartWriter
from chalicelib.features.exports.zip_stream import ZipEntry
from chalicelib.features.record import anchoring
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.kit.instants import to_text
from chalicelib.store import keys, object_keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Write
from chalicelib.tenants.directory import erasure_has_begun

COMPLAINTS_PER_STEP = 50
"""Each complaint is read as a whole."""
ANCHORS_PER_STEP = 20
LISTS_PER_STEP = 20
"""Each list has the files of one earlier step, so a step writes some thousand lines."""
CHUNK, CHUNKS_PER_STEP = 8 * MIB, 4
"""Bytes of a file that are read at once, and the number of reads in a step."""
_ROUTE = "POST /v1/t/{tenant}/exports"
"""On the read logs."""
MANIFEST = "manifest.jsonl"
_Phase = Callable[[Claim, Any, MultipartWriter], None]


class ExportPlan(NamedTuple):
    """The phases of a format, and the cursor that they continue."""

    cursor: type[ExportCursor]
    first: str
    phases: Mapping[str, _Phase]


def step(claim: Claim) -> None:
    """Implements `driver.Step`.

    Raises `PermanentFailure` if the organisation's erasure has begun, or a part of its data is missing.
    """
    if erasure_has_begun(claim.wiring.store, claim.wiring.real_clock, claim.tenant):
        raise PermanentFailure("The organisation's erasure has begun.")
    plan = _plan(claim)
    cursor = claim.job.at(plan.cursor)
    if cursor.phase == "complete":
        claim.wiring.vault.complete(object_keys.export(claim.tenant, claim.job.id), cursor.upload, cursor.tags)
        claim.save(replace(claim.job, state="done"))
        return
    if cursor.phase == "begin":
        _begin(claim, cursor)
        cursor.phase = plan.first
    writer = MultipartWriter(claim, cursor)
    plan.phases[cursor.phase](claim, cursor, writer)
    writer.save_rest()
    writes: list[Write] = []
    if writer.files:
        cursor.lists += 1
        cursor.files += len(writer.files)
        writes.append(export_job.put_file_list(claim.tenant, claim.job, cursor.lists, writer.files))
    done, total = cursor.progress
    claim.save(replace(claim.job, state="running", cursor=jobs.cursor(cursor), done=done, of=total), writes)


def _plan(claim: Claim) -> ExportPlan:
    if export_job.format_of(claim.job) == "archive":
        return ExportPlan(ExportCursor, "organisation", _PHASES)
    from chalicelib.features.exports import log_step  # rare, so a cold start does not load it

    return ExportPlan(log_step.LogCursor, log_step.FIRST, {**log_step.PHASES, "directory": _directory})


def _begin(claim: Claim, cursor: ExportCursor) -> None:
    key = object_keys.export(claim.tenant, claim.job.id)
    cursor.upload = claim.wiring.vault.begin(key, "application/zip")
    # Read before anything else, so that no anchor in the archive is newer than the records in it.
    latest = anchoring.latest_anchor(claim.wiring.store, claim.tenant)
    cursor.anchors = 0 if latest is None else latest.n
    cursor.months = months(claim.wiring.store, claim.tenant)


def _organisation(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    wiring, tenant = claim.wiring, claim.tenant
    own = export_source.read_organisation(wiring.store, tenant)
    writer.add_file("organisation.json", line(own))
    for part in export_source.parts():
        for name, body in part.files(wiring, tenant, own["events"]):
            writer.add_file(name, body)
    units = list(export_source.read_units(wiring.store, wiring.sealer, tenant))
    _log_reads(claim, {keys.unit_number(one["unit"]): export_source.shown_classes(one) for one in units})
    cursor.unreadable += export_source.count_unreadable(units)
    export_job.add_count(cursor, "events", sum(len(one.get("events", [])) for one in [own, *units]))
    export_job.add_count(cursor, "units", _add_lines(writer, "units.jsonl", units))
    export_job.add_count(
        cursor, "people", _add_lines(writer, "people.jsonl", export_source.read_people(wiring.store, tenant))
    )
    cursor.phase = "complaints"


def _policies(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    """Runs after the complaints, so that every version they refer to is included."""
    found = export_source.read_policies(claim.wiring.store, claim.wiring.sealer, claim.tenant)
    export_job.add_count(cursor, "policies", _add_lines(writer, "policies.jsonl", found))
    cursor.phase, cursor.at = "anchors", 1


def _complaints(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    """Writes the files of the last step's complaints first, then the next complaints."""
    if cursor.originals:
        _add_evidence(claim, cursor, writer)
    elif cursor.place is None:
        cursor.phase = "policies"
    else:
        numbers, cursor.place = next_page(cursor.months, cursor.place, COMPLAINTS_PER_STEP)
        store, sealer = claim.wiring.store, claim.wiring.sealer
        asker = export_source.read_requester(store, claim.tenant, claim.job.by, claim.now)
        read = [export_source.read_complaint(store, sealer, CaseRef(claim.tenant, number), asker) for number in numbers]
        _log_reads(claim, {one.line["number"]: one.shown for one in read})
        cursor.unreadable += export_source.count_unreadable(one.line for one in read)
        filed = [one.line for one in read if "state" in one.line]
        export_job.add_count(cursor, "complaints", len(filed))
        export_job.add_count(cursor, "events", sum(len(line["events"]) for line in filed))
        if numbers:
            _add_lines(writer, f"complaints/{numbers[0]}.jsonl", [one.line for one in read])
        cursor.originals = [original for one in read for original in one.originals]


def _log_reads(claim: Claim, shown: Mapping[str, Set[str]]) -> None:
    """`shown`: by number, the confidentiality classes. They are on the read logs before the archive has the values."""
    job = claim.job
    read_log.record_export(
        claim.wiring.store, claim.tenant, read_log.Export(job.id, job.by, job.started, _ROUTE), shown
    )


def _add_evidence(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    """Copy the next bytes of the first of `cursor.originals`, and remove it from there when it is complete or gone."""
    original = cursor.originals[0]
    for _ in range(CHUNKS_PER_STEP):
        begun = cursor.streaming is not None
        if begun and _is_complete(cursor, original):
            break
        body = claim.wiring.vault.read(original.key, _open_file(cursor).size if begun else 0, CHUNK)
        if not body and not begun and export_source.was_erased(claim.wiring.store, claim.tenant, original):
            cursor.gone.append(original.name)
            del cursor.originals[0]
            return
        if not body:
            raise PermanentFailure(f"The file of {original.name} is incomplete in the evidence store.")
        if not begun:
            writer.begin_file(original.name)
        writer.append(body)
    if _is_complete(cursor, original):
        writer.files.append(writer.finish_file(original.sha256))
        export_job.add_count(cursor, "evidence", 1)
        del cursor.originals[0]


def _is_complete(cursor: ExportCursor, original: EvidenceFile) -> bool:
    return _open_file(cursor).size >= original.size


def _open_file(cursor: ExportCursor) -> StreamedFile:
    assert cursor.streaming is not None
    return cursor.streaming


def _anchors(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    for n in range(cursor.at, min(cursor.at + ANCHORS_PER_STEP, cursor.anchors + 1)):
        body = claim.wiring.vault.first(object_keys.anchor(claim.tenant, n))
        if body is not None:  # the archive's verification reports a missing anchor
            writer.add_file(f"anchors/{n:08d}.json", body)
    cursor.at += ANCHORS_PER_STEP
    if cursor.at > cursor.anchors:
        cursor.phase, cursor.at = "manifest", 0


def _manifest(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    if cursor.streaming is None:
        writer.begin_file(MANIFEST)
        writer.append(line(_manifest_head(claim, cursor)))
    for entry in _next_lists(claim, cursor):
        writer.append(line({"path": entry.name, "bytes": entry.size, "sha256": entry.sha256}))
    cursor.at += LISTS_PER_STEP
    if cursor.at >= cursor.lists:
        writer.files.append(writer.finish_file(""))
        cursor.phase, cursor.at, cursor.directory = "directory", 0, cursor.size


class _ManifestHead(TypedDict):
    """The manifest's first line. `numbers`: issued complaint numbers by month."""

    format: str
    tenant: str
    export: str
    at: str
    unreadable: int
    gone: list[str]
    numbers: dict[str, int]
    counts: dict[str, int]


def _manifest_head(claim: Claim, cursor: ExportCursor) -> _ManifestHead:
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


def _directory(claim: Claim, cursor: ExportCursor, writer: MultipartWriter) -> None:
    for entry in _next_lists(claim, cursor):
        writer.add(zip_stream.central_header(entry))
    cursor.at += LISTS_PER_STEP
    if cursor.at >= cursor.lists:
        writer.add(zip_stream.end_of_archive(cursor.files, cursor.directory, cursor.size - cursor.directory))
        writer.flush()
        cursor.phase = "complete"


def _next_lists(claim: Claim, cursor: ExportCursor) -> list[ZipEntry]:
    """The files in the next lists."""
    last = min(cursor.at + LISTS_PER_STEP, cursor.lists)
    numbers = range(cursor.at + 1, last + 1)
    list_keys = [export_job.file_list_key(claim.tenant, claim.job.id, number) for number in numbers]
    found = claim.wiring.store.get(list_keys)
    return [entry for key in list_keys for entry in export_job.FILES.read(found[key])]


def _add_lines(writer: MultipartWriter, name: str, values: Iterable[Any]) -> int:
    """Adds a file with one JSON value on each line. Returns the number of lines."""
    lines = list(map(line, values))
    writer.add_file(name, b"".join(lines))
    return len(lines)


_PHASES: dict[str, _Phase] = {
    "organisation": _organisation,
    "complaints": _complaints,
    "policies": _policies,
    "anchors": _anchors,
    "manifest": _manifest,
    "directory": _directory,
}
