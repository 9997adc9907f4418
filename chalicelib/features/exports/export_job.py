"""Export jobs: put everything that an organisation stores into one archive (docs/exports/export.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, cast

import msgspec
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import commit
from chalicelib.casework.composing.erased import Erased
from chalicelib.casework.numbers import Month, NumberPosition
from chalicelib.complaints.rights.confidentiality import rules_of
from chalicelib.features.exports.zip_stream import ZipEntry
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, SECOND, to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.store import keys, object_keys, reads
from chalicelib.store.port import Key, Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants import owner_command, practice
from chalicelib.tenants.directory import erasure_has_begun
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

NAME = "export"
FILES = Form("export-files", list[ZipEntry], keeps=False)
FORMAT = "redress-export/1"
KEPT = 7 * DAY
"""Real time for which the archive can be downloaded. The bucket's lifecycle rule has the same value."""
LINK_SECONDS = 300
Format = Literal["archive", "event-log"]
State = Literal["queued", "running", "done", "failed"]
"""No export is stopped: it does not depend on the permission of its owner."""
_ID = re.compile(rf"{NAME}-[0-9]{{1,10}}")


class EvidenceFile(msgspec.Struct, frozen=True):
    """A file to copy into the archive. `name`: its path there; `key`: the object; `size` in bytes; `sha256` in hex."""

    name: str
    key: str
    size: int
    sha256: str


class StreamedFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file written in several steps. `offset`: its start in the archive; `size`, `crc`: of the bytes so far."""

    name: str
    offset: int
    size: int = 0
    crc: int = 0
    packed: int = 0
    """The compressed bytes so far."""
    compressed: bool = False


class ExportCursor(msgspec.Struct, kw_only=True):
    """The export's progress. `size`: bytes written, in the parts with ETags `tags` and the rest in object `tail`."""

    phase: str = "begin"
    upload: str = ""
    tags: list[str] = []
    tail: str | None = None
    size: int = 0
    files: int = 0
    lists: int = 0
    """The number of items with lists of files."""
    anchors: int = 0
    """The number of the latest anchor when the export began."""
    months: list[Month] = []
    place: NumberPosition | None = NumberPosition()
    originals: list[EvidenceFile] = []
    streaming: StreamedFile | None = None
    at: int = 0
    """The phase's progress, in anchors or lists of files."""
    unreadable: int = 0
    """The number of private values that could not be decrypted."""
    gone: list[str] = []
    """Files that were erased after their complaint was read."""
    counts: dict[str, int] = {}
    """The items in the archive so far (`archive_checks.COUNTED`)."""
    directory: int = 0
    """The offset of the central directory."""

    @property
    def numbers(self) -> int:
        """All complaint numbers of its months."""
        return sum(month.count for month in self.months)

    @property
    def passed(self) -> int:
        """The numbers that this reading of the complaints has passed."""
        if self.place is None:
            return self.numbers
        return sum(month.count for month in self.months[: self.place.month]) + self.place.numbers

    @property
    def progress(self) -> tuple[int, int]:
        """The complaints that are done, and all."""
        return self.passed, self.numbers


class ExportView(msgspec.Struct, frozen=True, kw_only=True):
    """`progress`: complaints `done` and in total. `size`: bytes so far. `url`: set when done, for the owner who asked
    for it; valid for five minutes. `reason`: of a failure."""

    id: str
    format: Format
    state: State
    reason: str | None
    progress: dict[str, int | None]
    size: int
    started_at: str
    ended_at: str | None
    url: str | None


def start(wiring: Wiring, command: OwnerCommand, format_: Format = "archive") -> Answer:
    """202 with the job.

    Raises `Problem`: `forbidden`, `practice`, `conflict` (also once the organisation's erasure has begun).
    """
    practice.refuse(command.tenant)
    if erasure_has_begun(wiring.store, wiring.real_clock, command.tenant):
        raise Problem("conflict", "The organisation's erasure has begun.")
    command = _of_format(command, format_)
    answer = owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: _told(wiring, _decide(wiring.real_clock, loaded, command, format_), command, format_),
    )
    driver.send(wiring.effects, command.tenant, answer.body["id"])
    return answer


def _of_format(command: OwnerCommand, format_: Format) -> OwnerCommand:
    """An idempotency key belongs to a format, which is not in the body. Keys of archives are as they always were."""
    if command.request is None or format_ == "archive":
        return command
    digest = canonical.digest([command.request.body_hash, format_])
    return replace(command, request=replace(command.request, body_hash=digest))


def add_count(cursor: ExportCursor, name: str, count: int) -> None:
    cursor.counts[name] = cursor.counts.get(name, 0) + count


def _decide(
    real_clock: TimeSource, loaded: LoadedOrganisation, command: OwnerCommand, format_: Format
) -> OrganisationChange:
    asked = {} if format_ == "archive" else {"format": format_}
    job = Job(
        id=f"{NAME}-{loaded.organisation.seq + 1}",
        kind=NAME,
        by=command.sub,
        started=command.now,
        asked=asked,
        cursor=jobs.cursor(ExportCursor()),
        expires=(real_clock() + KEPT) // SECOND,
    )
    after, event = record_event(
        loaded.organisation, "export_started", {"job": job.id, **asked}, command.sub, command.now
    )
    return OrganisationChange(after, [event, jobs.new(command.tenant, job)], Answer.of(202, view(job)))


def _told(wiring: Wiring, change: OrganisationChange, command: OwnerCommand, format_: Format) -> OrganisationChange:
    """With a message to the auditors, whom the policy lets see who read what (P4.9). A log has no private values."""
    org = change.organisation
    policy = wiring.compiled.get(org.id, org.policy_at(command.now))
    auditors = rules_of(policy).auditors
    if not auditors or format_ == "event-log":
        return change
    from chalicelib.features.inspections.telling import flow_of_organisation  # not at a cold start

    flow = flow_of_organisation(wiring, org.id, policy, command.now)
    at = max(command.now, flow.complaint.at)
    flow.notify(auditors, about=f"{keys.ORGANISATION}/{org.seq}", at=at, wording="export_started", due=None)
    return replace(change, writes=[*change.writes, *commit.writes(wiring.sealer, org.id, flow, command.now)[1]])


def format_of(job: Job) -> Format:
    return cast(Format, job.asked.get("format", "archive"))


def view(job: Job, url: str | None = None) -> ExportView:
    cursor = job.at(ExportCursor)
    return ExportView(
        id=job.id,
        format=format_of(job),
        state=cast(State, job.state),
        reason=job.reason,
        progress={"done": job.done, "of": job.of},
        size=cursor.size,
        started_at=to_text(job.started),
        ended_at=None if job.ended is None else to_text(job.ended),
        url=url,
    )


def get_export(wiring: Wiring, tenant: str, sub: str, id_: str) -> ExportView:
    """The export, with a link valid for five minutes once it is done. Raises as `stored`.

    Only the owner who asked for it gets the link: another one may be excluded from complaints in it.
    """
    job = stored(wiring, tenant, sub, id_)
    if job.state != "done" or job.by != sub:
        return view(job)
    key = object_keys.export(tenant, id_)
    return view(job, wiring.vault.link(key, seconds=LINK_SECONDS, name=f"{tenant}-{id_}.zip"))


def stored(wiring: Wiring, tenant: str, sub: str, id_: str) -> Job:
    """The job of an export. Raises `Problem`: `forbidden` (not an owner), `not-found`."""
    _, caller = queries.load_member(wiring.store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    found = jobs.read(wiring.store, tenant, id_) if _ID.fullmatch(id_) else None
    if found is None or (found.job.expires or 0) * SECOND <= wiring.real_clock():
        raise Problem("not-found", "There is no such export, or it is older than seven days.")
    return found.job


def _abort_uploads(wiring: Wiring, tenant: str) -> None:
    """The parts of an unfinished export are no objects, so the listing of objects omits them."""
    for key, upload in _open_uploads(wiring.store, tenant):
        with binding.erasure(tenant):
            wiring.vault.abort(key, upload)


ERASED = Erased(remove_of_organisation=_abort_uploads)


def _open_uploads(store: Store, tenant: str) -> Iterator[tuple[str, str]]:
    """Yields the object key and upload id of every multipart upload that an export has not completed."""
    found = reads.items(store, keys.organisation(tenant), keys.jobs(f"{NAME}-"), page_size=100)
    for stored in filter(None, map(jobs.stored_in, found)):
        upload = stored.job.at(ExportCursor).upload
        if upload and stored.job.state != "done":
            yield object_keys.export(tenant, stored.job.id), upload


def file_list_key(tenant: str, job: str, number: int) -> Key:
    return keys.job_part(tenant, job, number)


def put_file_list(tenant: str, job: Job, number: int, files: list[ZipEntry]) -> Put:
    """Writes the list of one step's files. Replaces a list that a crashed step left."""
    key = file_list_key(tenant, job.id, number)
    return Put(FILES.entry(key, files, expires=job.expires), if_absent=False)
