"""Examining a file: all that can be known of it without another's verdict."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from chalicelib.evidence.check import archives, images, markers, one_pass, pdf, sniff, text
from chalicelib.evidence.check.images import Copies
from chalicelib.evidence.check.one_pass import ScannedFile
from chalicelib.evidence.check.refusal import Refusal
from chalicelib.evidence.scanning.port import Scan
from chalicelib.policy.language.file_types import FILE_TYPES

ZIP = "application/zip"


class DeclaredFile(NamedTuple):
    """As declared: `size` in bytes, `sha256` in hex, the media type."""

    size: int
    sha256: str
    media_type: str


def examine(chunks: Iterable[bytes], expected: DeclaredFile, scan: Scan) -> Copies | None:
    """The copies of an image. Raises `Refusal`. The scanner has then been fed the whole file."""
    if FILE_TYPES[expected.media_type].streamed:
        seen = one_pass.run(chunks, scan, None)
        _as_declared(seen, expected)
        _only_one_file(seen)
        return None
    with tempfile.TemporaryFile() as disk:
        seen = one_pass.run(chunks, scan, disk)
        _as_declared(seen, expected)
        return _inside(disk, seen, expected)


def _as_declared(seen: ScannedFile, expected: DeclaredFile) -> None:
    if seen.size != expected.size:
        raise Refusal("size")
    if seen.sha256 != expected.sha256:
        raise Refusal("sha256")
    found = sniff.media_type(seen.head)
    zipped = FILE_TYPES[expected.media_type].extension in ("zip", "docx", "xlsx", "pptx")
    if found != (ZIP if zipped else expected.media_type):
        raise Refusal("type")


def _only_one_file(seen: ScannedFile) -> None:
    """Of sound and film only both ends are looked at: compressed data in between says anything by chance."""
    markers.no_zip(seen.tail, seen.size)
    for end in (seen.head, seen.tail):
        markers.no_script(end)


def _inside(disk: BinaryIO, seen: ScannedFile, expected: DeclaredFile) -> Copies | None:
    kind = expected.media_type
    if kind == "text/plain":
        text.check(disk)
        return None
    if FILE_TYPES[kind].extension in ("zip", "docx", "xlsx", "pptx"):
        if archives.check(disk, seen.size) != kind:
            raise Refusal("type")
        return None
    markers.no_zip(seen.tail, seen.size)
    if kind == "application/pdf":
        pdf.check(disk, seen.size)
        return None
    return images.check(kind, disk)
