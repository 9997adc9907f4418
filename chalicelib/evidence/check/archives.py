"""ZIP archives, and Office documents, which are such: every entry is inflated once, within limits, and none kept."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from chalicelib.evidence.check import sniff
from chalicelib.evidence.check.inflate import Budget
from chalicelib.evidence.check.refusal import Refusal
from chalicelib.policy.language.file_types import FILE_TYPES

MOST_ENTRIES = 10_000
_PIECE = 1 << 16
_ENCRYPTED = 0x1
_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE_PREFIX = "application/vnd.openxmlformats-officedocument."
_ACTIVE_PARTS = ("vbaproject", "vbadata", "/activex/", "/macrosheets/", "oleobject")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others inflate in one piece, past every limit."""


def check(file: BinaryIO, size: int) -> str:
    """The media type: of an Office document where it is one. Raises `Refusal`."""
    try:
        with zipfile.ZipFile(file) as archive:
            _layout(archive, size)
            names = {info.filename for info in archive.infolist()}
            return _office(archive, size) if _CONTENT_TYPES in names else _plain(archive, size)
    except RuntimeError:  # zipfile's word for a password
        raise Refusal("encrypted") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise Refusal("broken") from None


def _layout(archive: zipfile.ZipFile, size: int) -> None:
    """No hidden beginning or end, no overlapping entries (which inflate to any size), no way out of the folder."""
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


def _plain(archive: zipfile.ZipFile, size: int) -> str:
    budget = Budget(size)
    for info in archive.infolist():
        head = _inflated(archive, info, budget)
        if not info.is_dir() and head and sniff.media_type(head) not in _INSIDE:
            raise Refusal("active-content")
    return "application/zip"


_INSIDE = frozenset(FILE_TYPES) - {"application/zip"}
"""No archive in an archive: a bomb hides there, and documents can be sent as they are."""


def _office(archive: zipfile.ZipFile, size: int) -> str:
    """ECMA-376 part 2: `[Content_Types].xml` says what each part is."""
    budget = Budget(size)
    for info in archive.infolist():
        _inflated(archive, info, budget)
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


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """Inflates an entry to its end, so that its check sum is compared; its first bytes."""
    with archive.open(info) as entry:
        head = piece = entry.read(_PIECE)
        while piece:
            budget.spend(len(piece))
            piece = entry.read(_PIECE)
    return head
