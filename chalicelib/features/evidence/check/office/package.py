"""Checks an Office document (ECMA-376 part 2): each part by its content type, and its relationships to others.

A part whose content type is not on the list is refused, whatever its name is; so is one that is not what its type says.

`[Content_Types].xml` says which content type each part has (§6.2.3). Relationships have an allow-list, too (§6.5). One
to another file (`External`) loads it when the document is opened: a template with macros, a picture that reports the
reader's address. Only links that a person follows may leave the document.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.office import part_types, xml_parts
from chalicelib.features.evidence.check.office.content import Content
from chalicelib.features.evidence.check.office.part_types import MAIN, RELATIONSHIPS
from chalicelib.features.evidence.check.office.xml_parts import ElementReader
from chalicelib.features.evidence.check.zip import layout
from chalicelib.features.evidence.refusal import Refusal

_RELATIONSHIPS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = (
    r"http://(?:schemas\.openxmlformats\.org/(?:officeDocument|package)/2006/relationships"
    r"|purl\.oclc\.org/ooxml/officeDocument/relationships"
    r"|schemas\.microsoft\.com/office/[0-9/]+/relationships"
    r"|www\.wps\.cn/officeDocument/[0-9]+)/(?:metadata/|digital-signature/)?([\w-]+)"
)
_KNOWN = """
officeDocument extended-properties extendedProperties custom-properties customProperties core-properties
thumbnail styles stylesWithEffects settings webSettings fontTable font numbering footnotes endnotes header
footer comments commentsExtended commentsIds commentsExtensible people theme themeOverride image hyperlink
customXml customXmlProps glossaryDocument chart chartUserShapes chartStyle chartColorStyle chartEx diagramData
diagramLayout diagramQuickStyle diagramColors diagramDrawing drawing vmlDrawing package printerSettings
worksheet chartsheet sharedStrings calcChain table tableSingleCells pivotTable pivotCacheDefinition
pivotCacheRecords sheetMetadata threadedComment person slicer slicerCache timeline timelineCache rdArray
rdRichValue rdRichValueStructure rdRichValueTypes richValueRel usernames revisionHeaders revisionLog
namedSheetView slide slideLayout slideMaster notesSlide notesMaster handoutMaster presProps viewProps
tableStyles commentAuthors authors tags changesInfo revisionInfo video audio media hdphoto ink
cellImage customProperty documenttasks rdSupportingPropertyBag rdSupportingPropertyBagStructure richStyles
FeaturePropertyBag classificationlabels origin signature
"""
_TYPES = frozenset(_KNOWN.split())


class Relationships(ElementReader):
    """Reads a part `.rels`. Raises `Refusal`: `link` for a link that no person may follow, or `active-content`."""

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if space != _RELATIONSHIPS_SPACE:
            raise Refusal("broken")  # another program would leave this element out
        if name != "Relationship":
            return
        given = re.fullmatch(_TYPE, attributes.get("Type", ""))
        kind = "" if given is None else given[1]
        if kind not in _TYPES:
            raise Refusal("active-content")
        _check_target(kind, attributes.get("Target", ""), attributes.get("TargetMode", "Internal"))


def _check_target(kind: str, target: str, mode: str) -> None:
    if mode == "External" and kind == "hyperlink":
        if not addresses.is_followed(target):
            raise Refusal("link")
    elif mode != "Internal" or not addresses.is_part(target):
        raise Refusal("active-content")


_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"


class ContentTypes(ElementReader):
    """Names and extensions are compared without regard to case."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._by_extension: dict[str, str] = {}

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if space != _SPACE:
            raise Refusal("broken")  # another program would leave this element out
        if name not in ("Override", "Default"):
            return
        table, key = (
            (self._by_name, attributes.get("PartName", ""))
            if name == "Override"
            else (self._by_extension, attributes.get("Extension", ""))
        )
        if key.casefold() in table:
            raise Refusal("broken")  # programs differ in which of the two they take
        table[key.casefold()] = attributes.get("ContentType", "")

    def of(self, part: str) -> str:
        """The content type of a member of the archive. Raises `Refusal("active-content")` for one without a type."""
        name = f"/{part}".casefold()
        kind = self._by_name.get(name) or self._by_extension.get(name.rpartition(".")[2])
        if kind is None:
            raise Refusal("active-content")
        return kind


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
