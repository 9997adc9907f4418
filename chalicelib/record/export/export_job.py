"""Export: an owner has everything that the organisation holds put into one archive (docs/export.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib.evidence.storage import object_keys
from chalicelib.instants import DAY, SECOND, to_text
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.oversight.backtest.period import Month, NumberPosition
from chalicelib.problem import Problem
from chalicelib.record.export.zip_stream import ZipEntry
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put
from chalicelib.tenants import owner_command
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

NAME = "export"
FORMAT = "redress-export/1"
KEPT = 7 * DAY
"""Real time for which the archive can be fetched (the bucket's lifecycle rule says the same)."""
LINK_SECONDS = 300
_ID = re.compile(rf"{NAME}-[0-9]{{1,10}}")


class EvidenceFile(msgspec.Struct, frozen=True):
    """A piece of evidence that is to be copied into the archive: its name there, object, size, SHA-256."""

    name: str
    key: str
    size: int
    sha256: str


class StreamedFile(msgspec.Struct, frozen=True):
    """A file that is being written over several steps: where it began, and what is in it so far."""

    name: str
    offset: int
    size: int = 0
    crc: int = 0


class ExportCursor(msgspec.Struct, kw_only=True):
    """How far the archive has come. `size` bytes are written: in parts by their `tags`, the rest in object `tail`."""

    phase: str = "begin"
    upload: str = ""
    tags: list[str] = []
    tail: str | None = None
    size: int = 0
    files: int = 0
    lists: int = 0
    """Items that hold the list of files."""
    anchors: int = 0
    """The last anchor that was there when it began."""
    months: list[Month] = []
    place: NumberPosition | None = NumberPosition()
    originals: list[EvidenceFile] = []
    streaming: StreamedFile | None = None
    at: int = 0
    """How far the phase is, where it counts something: anchors, or lists of files."""
    unreadable: int = 0
    """Private values that did not open."""
    gone: list[str] = []
    """Files that were erased after their complaint was read."""
    counts: dict[str, int] = {}
    """What is in the archive so far (`beside.COUNTED`)."""
    directory: int = 0
    """Where the central directory begins."""


def start(wiring: Wiring, asked: OwnerCommand) -> Answer:
    """202 with the job. Raises `Problem`: `forbidden`, `conflict` (where the organisation is being erased, too)."""
    if erasure_has_begun(wiring, asked.tenant):
        raise Problem("conflict", "The organisation's erasure has begun.")
    answer = owner_command.run(wiring, asked, lambda loaded: _decide(wiring, loaded, asked))
    driver.send(wiring, asked.tenant, answer.body["id"])
    return answer


def add_count(cursor: ExportCursor, what: str, more: int) -> None:
    cursor.counts[what] = cursor.counts.get(what, 0) + more


def erasure_has_begun(wiring: Wiring, tenant: str) -> bool:
    """Whether an erasure has begun: what an export wrote behind it would stay. Read anew, not from what is kept."""
    found = Directory(wiring.store, wiring.real_clock).find(tenant)
    return found is None or found.listing.state in ("erasing", "erased")


def _decide(wiring: Wiring, loaded: LoadedOrganisation, asked: OwnerCommand) -> OrganisationChange:
    job = Job(
        id=f"{NAME}-{loaded.organisation.seq + 1}",
        kind=NAME,
        by=asked.sub,
        started=asked.now,
        cursor=jobs.cursor(ExportCursor()),
        expires=(wiring.real_clock() + KEPT) // SECOND,
    )
    after, event = record_event(loaded.organisation, "export_started", {"job": job.id}, asked.sub, asked.now)
    return OrganisationChange(after, [event, jobs.new(asked.tenant, job)], Answer(202, view(job)))


def view(job: Job, url: str | None = None) -> dict[str, Any]:
    """`size` in bytes, so far."""
    cursor = job.at(ExportCursor)
    return {
        "id": job.id,
        "state": job.state,
        "reason": job.reason,
        "progress": {"done": job.done, "of": job.of},
        "size": cursor.size,
        "started_at": to_text(job.started),
        "ended_at": None if job.ended is None else to_text(job.ended),
        "url": url,
    }


def get_export(wiring: Wiring, tenant: str, sub: str, id_: str) -> dict[str, Any]:
    """With a link that is good for five minutes, once it is done. Raises `Problem`: `forbidden`, `not-found`."""
    _, caller = queries.load_member(wiring.store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    held = jobs.read(wiring.store, tenant, id_) if _ID.fullmatch(id_) else None
    if held is None or (held.job.expires or 0) * SECOND <= wiring.real_clock():
        raise Problem("not-found", "There is no such export, or it is older than seven days.")
    if held.job.state != "done":
        return view(held.job)
    key = object_keys.export(tenant, id_)
    return view(held.job, wiring.vault.link(key, seconds=LINK_SECONDS, name=f"{tenant}-{id_}.zip"))


def open_uploads(wiring: Wiring, tenant: str) -> Iterator[tuple[str, str]]:
    """Object and id of the upload of each export that began one and did not complete it."""
    first = keys.job(tenant, f"{NAME}-")
    after = None
    while True:
        page = wiring.store.query(first.pk, first=first.sk, last=first.sk + "~", limit=100, after=after)
        for held in filter(None, map(jobs.stored_in, page.entries)):
            upload = held.job.at(ExportCursor).upload
            if upload and held.job.state != "done":
                yield object_keys.export(tenant, held.job.id), upload
        after = page.after
        if after is None:
            return


def file_list_key(tenant: str, job: str, number: int) -> Key:
    return keys.job(tenant, f"{job}#{number:06d}")


def put_file_list(tenant: str, job: Job, number: int, files: list[ZipEntry]) -> Put:
    """The files of one step. Another step's write that is left over from a crash is replaced."""
    key = file_list_key(tenant, job.id, number)
    body = msgspec.json.encode(files).decode()
    return Put(Entry(key=key, kind="export-files", body=body, expires=job.expires), if_absent=False)
