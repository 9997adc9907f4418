"""Checks an Office document (ECMA-376 part 2): each part by its content type, and its relationships to others.

A part whose content type is not on the list is refused, whatever its name is; so is one that is not what its type says.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.office import part_types, xml_parts
from chalicelib.features.evidence.check.office.content import Content
from chalicelib.features.evidence.check.office.content_types import ContentTypes
from chalicelib.features.evidence.check.office.part_types import MAIN, RELATIONSHIPS
from chalicelib.features.evidence.check.office.relationships import Relationships
from chalicelib.features.evidence.check.zip import layout
from chalicelib.features.evidence.refusal import Refusal

CONTENT_TYPES = "[Content_Types].xml"
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"PK\x03\x04",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0",
    b"\xca\xfe\xba\xbe",
    b"Rar!",
    b"7z\xbc\xaf",
)
_PIECE = 1 << 16
_MOST_DEPTH = 2
"""Documents inside documents: the workbook of a chart that a slide has."""


def check(archive: zipfile.ZipFile, budget: InflationBudget, depth: int = 0) -> str:
    """The document's media type. Raises `Refusal`."""
    types = ContentTypes()
    with archive.open(CONTENT_TYPES) as listed:
        xml_parts.parse(_pieces(listed, budget), types)
    found = {}
    for info in archive.infolist():
        if info.filename == CONTENT_TYPES or info.is_dir():
            continue
        found[info.filename] = kind = types.of(info.filename)
        with archive.open(info) as part:
            _check_part(part, kind, budget, depth)
    return _media_type(found)


def _media_type(found: Mapping[str, str]) -> str:
    mains = [MAIN[kind] for kind in found.values() if kind in MAIN]
    if len(mains) != 1:
        raise Refusal("type")
    return mains[0]


def _check_part(part: IO[bytes], kind: str, budget: InflationBudget, depth: int) -> None:
    if kind in part_types.XML:
        reader = Relationships() if kind == RELATIONSHIPS else Content()
        xml_parts.parse(_pieces(part, budget), reader)
        return
    if kind in part_types.EMBEDDED:
        _check_embedded(part, kind, budget, depth)
        return
    pieces = _pieces(part, budget)
    head = next(pieces, b"")
    signatures = part_types.IMAGES.get(kind)
    if signatures is None and kind not in part_types.MEDIA | part_types.BINARY:
        raise Refusal("active-content")
    if head.startswith(_PROGRAMS) or (signatures is not None and not head.startswith(signatures)):
        raise Refusal("active-content")
    for _ in pieces:
        pass  # to the end, so that `zipfile` verifies the checksum


def _check_embedded(part: IO[bytes], kind: str, budget: InflationBudget, depth: int) -> None:
    if depth >= _MOST_DEPTH:
        raise Refusal("bomb")
    with tempfile.TemporaryFile() as disk:
        size = sum(disk.write(piece) for piece in _pieces(part, budget))
        with zipfile.ZipFile(disk) as archive:
            layout.check(archive, disk, size)
            if CONTENT_TYPES not in archive.namelist() or check(archive, budget, depth + 1) != kind:
                raise Refusal("active-content")


def _pieces(part: IO[bytes], budget: InflationBudget) -> Iterator[bytes]:
    while piece := part.read(_PIECE):
        budget.spend(len(piece))
        yield piece
