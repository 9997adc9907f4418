"""Examines a file's content: compares it with the declaration and looks for anything dangerous, in one full pass.

Office documents are ZIP archives. Every member of an archive is inflated once, within limits, and is checked as if it
had come alone. An archive inside an archive is refused.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Iterable
from typing import IO, BinaryIO, NamedTuple

from chalicelib.features.evidence.check import contents, sniff
from chalicelib.features.evidence.check.contents import ENDS, Ends
from chalicelib.features.evidence.check.copies import Copies
from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.office import package
from chalicelib.features.evidence.check.zip import layout, names
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.policy.language.file_types import FILE_TYPES, MAX_INSPECTED_BYTES
from chalicelib.ports.files import Scan

_PIECE = 1 << 16


def _check_members(archive: zipfile.ZipFile, budget: InflationBudget) -> None:
    """Raises `Refusal`."""
    for info in archive.infolist():
        with archive.open(info) as member:
            check_member(info.filename, member, budget)


def check_member(name: str, member: IO[bytes], budget: InflationBudget) -> None:
    """Reads the member to its end, so that `zipfile` verifies its checksum."""
    head = member.read(ENDS)
    budget.spend(len(head))
    if not head and name.endswith("/"):
        return
    media_type = sniff.media_type(head) if head else "text/plain"
    if media_type is None or media_type not in names.EXTENSIONS:
        raise Refusal("active-content")
    names.check_extension(name, media_type)
    if FILE_TYPES[media_type].streamed:
        contents.check_stream(_read(member, head, budget, None))
        return
    with tempfile.TemporaryFile() as disk:
        ends = _read(member, head, budget, disk)
        contents.check(media_type, disk, ends)


def _read(member: IO[bytes], head: bytes, budget: InflationBudget, disk: BinaryIO | None) -> Ends:
    """Inflates the rest; writes everything to `disk` if given."""
    size, tail, piece = 0, b"", head
    while piece:
        size += len(piece)
        tail = (tail + piece)[-ENDS:]
        if disk is not None:
            if size > MAX_INSPECTED_BYTES:
                raise Refusal("bomb")
            disk.write(piece)
        piece = member.read(_PIECE)
        budget.spend(len(piece))
    return Ends(size, head, tail)


ZIP = "application/zip"


class DeclaredFile(NamedTuple):
    """`size` in bytes, `sha256` in hex."""

    size: int
    sha256: str
    media_type: str


class FoundFile(NamedTuple):
    """What the check found: the file's SHA-256 in hex, its media type, and its copies if it can be cleaned."""

    sha256: str
    media_type: str
    copies: Copies | None


class FileSummary(NamedTuple):
    sha256: str
    ends: Ends


def examine(chunks: Iterable[bytes], expected: DeclaredFile, scan: Scan) -> Copies | None:
    """Feeds the whole file to `scan`. Returns the copies of a file that can be cleaned, otherwise None.

    Raises `Refusal` if the file is not as declared (`expected`) or its content is not allowed; `type` also for a type
    that this version of the service does not allow (any more).
    """
    file_type = FILE_TYPES.get(expected.media_type)
    if file_type is None:
        raise Refusal("type")
    if file_type.streamed:
        summary = _read_once(chunks, scan, None)
        _compare(summary, expected)
        contents.check_stream(summary.ends)
        return None
    with tempfile.TemporaryFile() as disk:
        summary = _read_once(chunks, scan, disk)
        _compare(summary, expected)
        return _check_content(disk, summary, expected)


def examine_undeclared(chunks: Iterable[bytes], size: int, types: Collection[str], scan: Scan) -> FoundFile:
    """Like `examine`, for a file of which only the size in bytes is known. `types`: the media types it may have."""
    with tempfile.TemporaryFile() as disk:
        summary = _read_once(chunks, scan, disk)
        if summary.ends.size != size:
            raise Refusal("size")
        media_type = sniff.media_type(summary.ends.head)
        if media_type == ZIP:
            media_type = _check_archive(disk, size)
        if media_type is None or media_type not in types or media_type not in FILE_TYPES:
            raise Refusal("type")
        return FoundFile(summary.sha256, media_type, _copies(media_type, disk, summary.ends))


def _copies(media_type: str, disk: BinaryIO, ends: Ends) -> Copies | None:
    """Checks what the type of the file allows, except archives."""
    content = FILE_TYPES[media_type].content
    if content == "stream":
        contents.check_stream(ends)
    return None if content in ("stream", "zip") else contents.check(media_type, disk, ends)


def _read_once(chunks: Iterable[bytes], scan: Scan, disk: BinaryIO | None) -> FileSummary:
    """Hashes, counts and scans the bytes; writes them to `disk` if given. Memory use does not grow with the file."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    for chunk in chunks:
        digest.update(chunk)
        scan.feed(chunk)
        size += len(chunk)
        if len(head) < ENDS:
            head += chunk[: ENDS - len(head)]
        tail = (tail + chunk[-ENDS:])[-ENDS:]
        if disk is not None:
            disk.write(chunk)
    return FileSummary(digest.hexdigest(), Ends(size, head, tail))


def _compare(summary: FileSummary, expected: DeclaredFile) -> None:
    if summary.ends.size != expected.size:
        raise Refusal("size")
    if summary.sha256 != expected.sha256:
        raise Refusal("sha256")
    found = sniff.media_type(summary.ends.head)
    is_zip = FILE_TYPES[expected.media_type].content == "zip"
    if found != (ZIP if is_zip else expected.media_type):
        raise Refusal("type")


def _check_content(disk: BinaryIO, summary: FileSummary, expected: DeclaredFile) -> Copies | None:
    if FILE_TYPES[expected.media_type].content != "zip":
        return contents.check(expected.media_type, disk, summary.ends)
    if _check_archive(disk, summary.ends.size) != expected.media_type:
        raise Refusal("type")
    return None


def _check_archive(file: BinaryIO, size: int) -> str:
    """Returns the media type: an Office document's, or `application/zip`.

    Raises `Refusal` for a file that is broken, encrypted or a bomb, or has content that is not allowed.
    """
    budget = InflationBudget(size)
    try:
        with zipfile.ZipFile(file) as archive:
            layout.check(archive, file, size)
            if package.CONTENT_TYPES in archive.namelist():
                return package.check(archive, budget)
            _check_members(archive, budget)
            return "application/zip"
    except RuntimeError:  # zipfile raises it for an encrypted entry
        raise Refusal("encrypted") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise Refusal("broken") from None
