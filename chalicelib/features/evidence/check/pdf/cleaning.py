"""Removes from a parsed PDF what says who made it, when and with which program, so that the respondent may see it.

Pages keep their content. Metadata is in the document's information and XMP (ISO 32000-1 14.3), in annotations,
signatures and private data of programs, and in the photographs on its pages.

A photograph is copied without its metadata. The picture itself is not decoded, so it does not change (ITU T.81 B.1).
"""

from __future__ import annotations

import re
import struct

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.pdf import filters
from chalicelib.features.evidence.check.pdf.objects import dictionaries

_END, _SCAN = 0xD9, 0xDA
_APPLICATION, _COMMENT = range(0xE0, 0xF0), 0xFE
_KEPT = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
"""Segments of programs without which the colours would be wrong, and how they begin."""
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def without_metadata(jpeg: bytes) -> bytes | None:
    """None for a file that has not the structure of a JPEG. What comes after the image is left out."""
    if not jpeg.startswith(b"\xff\xd8"):
        return None
    out, at = bytearray(jpeg[:2]), 2
    while at + 2 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            return bytes(out + b"\xff\xd9")
        end = _end(jpeg, at, marker)
        if end is None:
            return None
        if not _is_metadata(marker, jpeg[at + 4 : end]):
            out += jpeg[at:end]
        at = end
    return None


def _end(jpeg: bytes, at: int, marker: int) -> int | None:
    """The offset after the segment, and after the coded data that follow the head of a scan."""
    if marker in _WITHOUT_LENGTH:
        return at + 2
    if at + 4 > len(jpeg):
        return None
    end = at + 2 + int(struct.unpack_from(">H", jpeg, at + 2)[0])
    if marker != _SCAN:
        return end
    found = _AFTER_SCAN.search(jpeg, end)
    return None if found is None else found.start()


def _is_metadata(marker: int, content: bytes) -> bool:
    if marker == _COMMENT:
        return True
    return marker in _APPLICATION and not (marker in _KEPT and content.startswith(_KEPT[marker]))


_KEYS = frozenset(
    {
        *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/CreatorInfo", "/SpiderInfo"),
        *("/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/SourceModified", "/Company", "/Manager"),
    }
)
"""Keys that are removed from every dictionary. None of them changes how a page looks."""
_CATALOG = frozenset({"/Perms", "/DSS", "/Legal", "/Collection", "/Extensions"})
_NAMES = frozenset({"/IDS", "/URLS"})
"""Addresses from which pages were captured."""
_ANNOTATION = frozenset({"/T", "/M", "/NM"})
"""Author, date and id. The `/T` of a form's field is its name, and stays."""
_ARTICLE = frozenset({"/I"})
"""The information of an article (12.4.3)."""
_PHOTOGRAPHS = frozenset({"/DCTDecode", "/DCT"})
_NOT_CLEANED = frozenset({"/JPXDecode"})


class CannotClean(Exception):
    """The document has parts whose metadata cannot be removed."""


def clean(document: Pdf) -> None:
    """Changes the document in place. Raises `CannotClean`."""
    _remove(document.trailer, frozenset(document.trailer.keys()) - {"/Root", "/Size"})
    _remove(document.Root, _CATALOG)
    names = document.Root.get("/Names")
    if isinstance(names, Dictionary):
        _remove(names, _NAMES)
    threads = document.Root.get("/Threads")
    for thread in threads if isinstance(threads, Array) else ():
        if isinstance(thread, Dictionary):
            _remove(thread, _ARTICLE)
    for top in document.objects:
        if isinstance(top, Stream):
            _clean_photograph(top)
        if isinstance(top, Array | Dictionary | Stream):
            for node in dictionaries(top):
                _clean(node)


def _clean(node: Object) -> None:
    _remove(node, _KEYS)
    if "/Rect" in node and "/Subtype" in node and node["/Subtype"] != Name.Widget:
        _remove(node, _ANNOTATION)
    if "/FT" in node and node["/FT"] == Name.Sig:
        _remove(node, frozenset({"/V"}))  # a signature names the person, and would not hold for the copy


def _remove(node: Object, keys: frozenset[str]) -> None:
    for key in keys & node.keys():
        del node[key]


def _clean_photograph(stream: Stream) -> None:
    names = filters.of(stream)
    if _NOT_CLEANED & set(names):
        raise CannotClean
    if not _PHOTOGRAPHS & set(names):
        return
    cleaned = without_metadata(_photograph(stream, names))
    if cleaned is None:
        raise CannotClean
    parameters = stream.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    stream.write(cleaned, filter=Name.DCTDecode, decode_parms=last if isinstance(last, Dictionary) else None)


def _photograph(stream: Stream, names: list[str]) -> bytes:
    """The JPEG as it is in the stream, without the other filters. Raises `CannotClean` for others than Flate."""
    if len(names) == 1:
        return stream.read_raw_bytes()
    if len(names) == 2 and names[0] in filters.FLATE and names[1] in _PHOTOGRAPHS:
        return b"".join(filters.inflate(stream, InflationBudget(0)))
    raise CannotClean
