"""Appends to the archive: sends whole parts to S3, and saves the rest for the next step.

S3 accepts no part below 5 MiB except the last, and a step may write less. So the rest is saved as a separate object
with a name unique to the step. The job's cursor names the object that counts.
"""

from __future__ import annotations

import zlib

from msgspec.structs import replace

from chalicelib.features.exports import zip_stream
from chalicelib.features.exports.export_job import ExportCursor, StreamedFile
from chalicelib.features.exports.zip_stream import ZipEntry
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.store import object_keys

MIB = 1024 * 1024
PARTS = ((2_000, 8 * MIB), (6_000, 32 * MIB), (10_000, 128 * MIB))
"""Last part number, and the size of parts up to it. S3 allows 10,000 parts: 655 GiB in all, 128 MiB in memory."""
TOO_LARGE = "The archive would be larger than 640 GiB. Ask the operator of the service for a copy."


class MultipartWriter:
    """Writes for one step. `files`: the files finished in this step."""

    def __init__(self, claim: Claim, cursor: ExportCursor) -> None:
        self._claim = claim
        self._cursor = cursor
        self._key = object_keys.export(claim.tenant, claim.job.id)
        self._rest = bytearray(self._read_rest())
        self.files: list[ZipEntry] = []

    def _read_rest(self) -> bytes:
        if self._cursor.tail is None:
            return b""
        found = self._claim.wiring.vault.first(self._cursor.tail)
        if found is None:
            raise PermanentFailure("A part of the archive is missing from the store. Start another export.")
        return found

    def add(self, body: bytes) -> None:
        self._rest += body
        self._cursor.size += len(body)
        while len(self._rest) >= self._part_size():
            self._send(self._part_size())

    def add_file(self, name: str, body: bytes) -> None:
        """Adds a whole file, compressed."""
        entry, packed = zip_stream.deflated_file(name, body, self._cursor.size)
        self.add(packed)
        self.files.append(entry)

    def begin_file(self, name: str, *, compressed: bool = False) -> None:
        """Starts a file whose bytes may be added in several steps (`append`)."""
        started = StreamedFile(name, self._cursor.size, compressed=compressed)
        self.add(zip_stream.local_header(_entry(started, "")))
        self._cursor.streaming = started

    def append(self, body: bytes) -> None:
        """Adds to the file that was begun. Of a compressed one, each call adds a block of its own."""
        self._append(body, zip_stream.deflated_block(body) if self._open_file.compressed else body)

    def _append(self, body: bytes, packed: bytes) -> None:
        so_far = self._open_file
        self.add(packed)
        self._cursor.streaming = replace(
            so_far,
            size=so_far.size + len(body),
            packed=so_far.packed + len(packed),
            crc=zlib.crc32(body, so_far.crc),
        )

    @property
    def _open_file(self) -> StreamedFile:
        assert self._cursor.streaming is not None
        return self._cursor.streaming

    def finish_file(self, sha256: str) -> ZipEntry:
        if self._open_file.compressed:
            self._append(b"", zip_stream.END_OF_BLOCKS)
        entry = _entry(self._open_file, sha256)
        self.add(zip_stream.data_descriptor(entry))
        self._cursor.streaming = None
        return entry

    def flush(self) -> None:
        """Sends the rest as the last part."""
        if self._rest:
            self._send(len(self._rest))

    def save_rest(self) -> None:
        """Saves the rest for the next step."""
        self._cursor.tail = None
        if self._rest:
            name = f"work/{self._claim.stored.version:08d}"
            self._cursor.tail = object_keys.export(self._claim.tenant, self._claim.job.id, name)
            self._claim.wiring.vault.put(self._cursor.tail, bytes(self._rest))

    def _part_size(self) -> int:
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


def _entry(streaming: StreamedFile, sha256: str) -> ZipEntry:
    return ZipEntry(
        name=streaming.name,
        sha256=sha256,
        size=streaming.size,
        packed=streaming.packed if streaming.compressed else streaming.size,
        crc=streaming.crc,
        offset=streaming.offset,
        method=zip_stream.DEFLATED if streaming.compressed else zip_stream.STORED,
        described=True,
    )
