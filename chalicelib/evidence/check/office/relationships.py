"""The allow-list of relationships between the parts of an Office document (ECMA-376 part 2 §6.5).

A relationship to another file (`External`) loads it when the document is opened: a template with macros, a picture that
reports the reader's address. Only links that a person follows may leave the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chalicelib.evidence.refusal import Refusal

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
_LINK = r"(?:https?|mailto|tel|ftp):|#"
_PART = r"[^:\\]*"
"""A part of the document: neither another machine nor a scheme."""


class Relationships:
    """Reads a part `.rels` (`xml_parts.Reader`). Raises `Refusal("active-content")`."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        given = re.fullmatch(_TYPE, attributes.get("Type", ""))
        kind = "" if given is None else given[1]
        target, mode = attributes.get("Target", ""), attributes.get("TargetMode", "Internal")
        if kind not in _TYPES:
            raise Refusal("active-content")
        fits = re.match(_LINK, target, re.IGNORECASE) if mode == "External" else re.fullmatch(_PART, target)
        if not fits or target.startswith("//") or (mode != "Internal" and kind != "hyperlink"):
            raise Refusal("active-content")

    def text(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass
