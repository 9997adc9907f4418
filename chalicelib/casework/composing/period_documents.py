"""Documents of a period: written once, after the period has ended, each with its hash on the organisation's own record.

Inspections, frozen ledgers and public figures are such documents. A feature says what a kind of them is on record
(`OnRecord`) and how it is kept (`KeptDocuments`), and composes their content. Periods: `policy.worktime.periods`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from chalicelib.casework.composing.archived import Archived, ArchiveFiles, OwnEvents
from chalicelib.complaints.envelope import SYSTEM, EventFields
from chalicelib.kit.instants import Instant
from chalicelib.store import reads
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import period_documents as keys
from chalicelib.store.port import Entry, Page, Put, Store, Write
from chalicelib.store.stored_form import Form, found_damaged
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation


class OnRecord(NamedTuple):
    """`event`: of the organisation's record, with the document's hash. `verb`: what it says of the document (`noun`).

    `folder`: of an archive, with a file for each. `name`: that of its file, by the fields of the event. `digest`: the
    hash of a file; by default the SHA-256 of all of it.
    """

    event: str
    verb: str
    folder: str
    name: Callable[[EventFields], str]
    noun: str = "document"
    digest: Callable[[bytes], str] | None = None

    def writes(self, org: Organisation, fields: EventFields, now: Instant) -> list[Write]:
        """Of the event and the organisation, for the commit that writes the document."""
        after, event = organisation.record_event(org, self.event, fields, SYSTEM.id, now, actor=SYSTEM)
        return [organisation.change(after, org), event]

    def path(self, fields: EventFields) -> str:
        return f"{self.folder}/{self.name(fields)}.json"

    def fields_in(self, events: OwnEvents) -> list[EventFields]:
        return [one["fields"] for one in events if one["type"] == self.event]

    def faults(self, events: OwnEvents, files: ArchiveFiles) -> Iterator[str]:
        """What the record says of the files, but is not so."""
        recorded = [(self.path(fields), fields["sha256"]) for fields in self.fields_in(events)]
        for name, sha256 in recorded:
            if name not in files.hashes:
                yield f"{name}: was {self.verb} according to the record, but is missing"
            elif (self.digest(files.read(name)) if self.digest else files.hashes[name]) != sha256:
                yield f"{name}: is not the {self.noun} on record"
        added = {one for one in files.names if one.startswith(f"{self.folder}/")} - dict(recorded).keys()
        yield from (f"{name}: no record mentions it" for name in sorted(added))


def write_once(
    store: Store, tenant: str, is_written: Callable[[], bool], writes: Callable[[Organisation], Sequence[Write]]
) -> None:
    """Commits the writes, unless another run was faster. The caller binds the tenant."""

    def attempt() -> None:
        if not is_written():
            store.commit(writes(organisation.load(store, tenant)))

    retry_on_conflict(attempt)


class DocumentRow(Protocol):
    """What lists show of a document. `place`: its sort key. `on_record`: the fields of its event."""

    @property
    def sha256(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def on_record(self) -> EventFields: ...


Row = TypeVar("Row", bound=DocumentRow)


class KeptDocuments(Generic[Row]):
    """The documents of one kind: of each a row, for lists, and its bytes, whose SHA-256 is on record."""

    def __init__(self, rows: Form[Row], documents: Form[bytes], on_record: OnRecord) -> None:
        self.rows, self.documents, self.on_record = rows, documents, on_record
        self.kind = rows.kind
        self.archived = Archived(
            files=lambda wiring, tenant, _: self._files(wiring.store, tenant), faults=on_record.faults
        )

    def row_entry(self, tenant: str, row: Row, version: int | None = None) -> Entry:
        return self.rows.entry(keys.row(tenant, self.kind, row.place), row, version=version)

    def document_entry(self, tenant: str, row: Row, document: bytes) -> Entry:
        return self.documents.entry(keys.document(tenant, self.kind, row.place), document)

    def puts(self, tenant: str, row: Row, document: bytes, version: int | None = None) -> list[Write]:
        """Each fails if there is such a document. `version`: of the row, if it can change."""
        return [Put(self.row_entry(tenant, row, version)), Put(self.document_entry(tenant, row, document))]

    def is_written(self, store: Store, tenant: str, place: str) -> bool:
        return reads.find(store, keys.row(tenant, self.kind, place)) is not None

    def find(self, store: Store, tenant: str, place: str) -> tuple[Row, Entry | None] | None:
        """The row, and the document's item, which `read` checks."""
        key, of_document = keys.row(tenant, self.kind, place), keys.document(tenant, self.kind, place)
        found = store.get([key, of_document])
        return (self.rows.read(found[key]), found.get(of_document)) if key in found else None

    def read(self, entry: Entry, row: Row) -> bytes:
        """Raises `Damaged`, also if the document is not the one whose hash is on record."""
        document = self.documents.read(entry)
        if digest(document) != row.sha256:
            raise found_damaged(entry)
        return document

    def newest(self, store: Store, tenant: str, limit: int, after: Mapping[str, str] | None = None) -> Page:
        """The items of rows, the last place first."""
        return store.query(keys.rows(tenant, self.kind), limit=limit, after=after, newest_first=True)

    def _files(self, store: Store, tenant: str) -> Iterator[tuple[str, bytes]]:
        """All documents as they are, in the order of their places. One that is gone is left out: the verification of
        the archive compares the hashes."""
        for entry in reads.items(store, keys.rows(tenant, self.kind)):
            row = self.rows.read(entry)
            found = reads.find(store, keys.document(tenant, self.kind, row.place))
            if found is not None:
                yield self.on_record.path(row.on_record), self.documents.read(found)


def digest(document: bytes) -> str:
    """In hex, as the organisation's record has it."""
    return hashlib.sha256(document).hexdigest()
