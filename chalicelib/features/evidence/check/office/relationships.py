"""The allow-list of relationships between the parts of an Office document (ECMA-376 part 2 §6.5).

A relationship to another file (`External`) loads it when the document is opened: a template with macros, a picture that
reports the reader's address. Only links that a person follows may leave the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.office.xml_parts import Reader
from chalicelib.features.evidence.refusal import Refusal

_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
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


class Relationships(Reader):
    """Reads a part `.rels`. Raises `Refusal`: `link` for a link that no person may follow, or `active-content`."""

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if space != _SPACE:
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
