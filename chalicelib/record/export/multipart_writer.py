"""The archive's end: bytes are added, whole parts go to the bucket, and the rest waits there for the next step.

S3 takes no part below 5 MiB but the last, and a step may have less to say; so the rest is an object of its own, under
a name that no other step has, and the job says which one counts.
"""

from __future__ import annotations

from chalicelib.evidence.storage import object_keys
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.record.export import zip_stream
from chalicelib.record.export.export_job import ExportCursor, StreamedFile
from chalicelib.record.export.zip_stream import ZipEntry

MIB = 1024 * 1024
PARTS = ((2_000, 8 * MIB), (6_000, 32 * MIB), (10_000, 128 * MIB))
"""Up to which part of S3's 10,000 a part has that many bytes: 655 GiB in all, and 128 MiB in memory at most."""
TOO_LARGE = "The archive would be larger than 640 GiB. Ask the operator of the service for a copy."


class MultipartWriter:
    """For one step. `files`: what was finished in it."""

    def __init__(self, claim: Claim, cursor: ExportCursor) -> None:
        self._claim = claim
        self._cursor = cursor
        self._key = object_keys.export(claim.tenant, claim.job.id)
        self._rest = bytearray(self._tail())
        self.files: list[ZipEntry] = []

    def _tail(self) -> bytes:
        if self._cursor.tail is None:
            return b""
        found = self._claim.wiring.vault.first(self._cursor.tail)
        if found is None:
            raise PermanentFailure("A piece of the archive is gone from the store. Start another export.")
        return found

    def add(self, body: bytes) -> None:
        self._rest += body
        self._cursor.size += len(body)
        while len(self._rest) >= self._part():
            self._send(self._part())

    def file(self, name: str, body: bytes, sha256: str) -> None:
        filed, packed = zip_stream.deflated_file(name, body, sha256, self._cursor.size)
        self.add(packed)
        self.files.append(filed)

    def begin(self, name: str) -> None:
        """A file whose bytes come over several steps, as they are."""
        started = StreamedFile(name, self._cursor.size)
        self.add(zip_stream.local_header(_filed(started, "")))
        self._cursor.streaming = started

    def finish(self, sha256: str) -> ZipEntry:
        assert self._cursor.streaming is not None
        filed = _filed(self._cursor.streaming, sha256)
        self.add(zip_stream.data_descriptor(filed))
        self._cursor.streaming = None
        return filed

    def last(self) -> None:
        """All that is left, as the last part."""
        if self._rest:
            self._send(len(self._rest))

    def keep(self) -> None:
        """Put what is left where the next step finds it."""
        self._cursor.tail = None
        if self._rest:
            name = f"work/{self._claim.stored.version:08d}"
            self._cursor.tail = object_keys.export(self._claim.tenant, self._claim.job.id, name)
            self._claim.wiring.vault.put(self._cursor.tail, bytes(self._rest))

    def _part(self) -> int:
        number = len(self._cursor.tags) + 1
        size = next((size for most, size in PARTS if number <= most), None)
        if size is None:
            raise PermanentFailure(TOO_LARGE)
        return size

    def _send(self, size: int) -> None:
        number = len(self._cursor.tags) + 1
        body = bytes(self._rest[:size])
        self._cursor.tags.append(self._claim.wiring.vault.part(self._key, self._cursor.upload, number, body))
        del self._rest[:size]


def _filed(streaming: StreamedFile, sha256: str) -> ZipEntry:
    return ZipEntry(
        name=streaming.name,
        sha256=sha256,
        size=streaming.size,
        packed=streaming.size,
        crc=streaming.crc,
        offset=streaming.offset,
        described=True,
    )
