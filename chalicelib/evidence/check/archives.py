"""Checks ZIP archives and Office documents, which are ZIP archives.

Every entry is inflated once, within limits, and discarded.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from chalicelib.evidence.check import sniff
from chalicelib.evidence.check.inflate import InflationBudget
from chalicelib.evidence.refusal import Refusal
from chalicelib.policy.language.file_types import FILE_TYPES

MOST_ENTRIES = 10_000
_PIECE = 1 << 16
_ENCRYPTED = 0x1
_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE_PREFIX = "application/vnd.openxmlformats-officedocument."
_ACTIVE_PARTS = ("vbaproject", "vbadata", "/activex/", "/macrosheets/", "oleobject")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""`zipfile` inflates other methods in one piece, which could exceed every limit."""


def check(file: BinaryIO, size: int) -> str:
    """Returns the media type: an Office document's, or `application/zip`.

    Raises `Refusal` for a file that is broken, encrypted or a bomb, or has content that is not allowed.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_layout(archive, size)
            names = {info.filename for info in archive.infolist()}
            return _check_office(archive, size) if _CONTENT_TYPES in names else _check_zip(archive, size)
    except RuntimeError:  # zipfile raises it for an encrypted entry
        raise Refusal("encrypted") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise Refusal("broken") from None


def _check_layout(archive: zipfile.ZipFile, size: int) -> None:
    """Refuses data before the archive, overlapping entries (which inflate to any size) and path traversal."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(info.compress_size for info in entries) > size:
        raise Refusal("bomb")
    if min((info.header_offset for info in entries), default=0) != 0:
        raise Refusal("polyglot")
    for info in entries:
        if info.flag_bits & _ENCRYPTED:
            raise Refusal("encrypted")
        if info.compress_type not in _METHODS:
            raise Refusal("not-scannable")
        if info.filename.startswith(("/", "\\")) or ".." in info.filename.replace("\\", "/").split("/"):
            raise Refusal("active-content")


def _check_zip(archive: zipfile.ZipFile, size: int) -> str:
    budget = InflationBudget(size)
    for info in archive.infolist():
        head = _inflate(archive, info, budget)
        if not info.is_dir() and head and sniff.media_type(head) not in _ALLOWED_INSIDE:
            raise Refusal("active-content")
    return "application/zip"


_ALLOWED_INSIDE = frozenset(FILE_TYPES) - {"application/zip"}
"""No archives: they can hide a bomb. Office documents can be sent outside an archive."""


def _check_office(archive: zipfile.ZipFile, size: int) -> str:
    """`[Content_Types].xml` has the type of each part (ECMA-376 part 2)."""
    budget = InflationBudget(size)
    for info in archive.infolist():
        _inflate(archive, info, budget)
        if any(word in info.filename.lower() for word in _ACTIVE_PARTS):
            raise Refusal("active-content")
    with archive.open(_CONTENT_TYPES) as listed:
        types = listed.read(1 << 20).decode("utf-8", "replace")
    if "macroenabled" in types.lower():
        raise Refusal("active-content")
    found = [name for name in FILE_TYPES if name.startswith(_OFFICE_PREFIX) and f"{name}.main+xml" in types]
    if len(found) != 1:
        raise Refusal("type")
    return found[0]


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: InflationBudget) -> bytes:
    """Inflates an entry to its end, so that `zipfile` verifies its checksum. Returns its first bytes."""
    with archive.open(info) as entry:
        head = piece = entry.read(_PIECE)
        while piece:
            budget.spend(len(piece))
            piece = entry.read(_PIECE)
    return head
