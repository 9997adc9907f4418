"""The allow-list of content types that the parts of an Office document may have (ECMA-376 part 1 §11 to §15).

Not here are macros, controls, OLE objects, web add-ins, data connections, links to other workbooks, queries and mail
merges.
"""

from __future__ import annotations

OFFICE = "application/vnd.openxmlformats-officedocument."
_WORD, _SHEET, _SLIDES = (f"{OFFICE}{name}ml." for name in ("wordprocessing", "spreadsheet", "presentation"))
MAIN = {
    f"{_WORD}document.main+xml": f"{_WORD}document",
    f"{_SHEET}sheet.main+xml": f"{_SHEET}sheet",
    f"{_SLIDES}presentation.main+xml": f"{_SLIDES}presentation",
}
"""The media type of a document by its main part."""
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"


def _all(prefix: str, names: str) -> set[str]:
    return {f"{prefix}{name}+xml" for name in names.split()}


XML = {
    *MAIN,
    *(RELATIONSHIPS, "application/xml", f"{OFFICE}vmlDrawing", "application/inkml+xml"),
    *_all(
        _WORD,
        "styles settings webSettings fontTable numbering footnotes endnotes header footer comments commentsExtended"
        " commentsIds commentsExtensible people document.glossary stylesWithEffects",
    ),
    *_all(
        _SHEET,
        "worksheet chartsheet sharedStrings styles calcChain comments table tableSingleCells sheetMetadata"
        " pivotTable pivotCacheDefinition pivotCacheRecords userNames revisionHeaders revisionLog",
    ),
    *_all(
        _SLIDES,
        "slide slideLayout slideMaster notesSlide notesMaster handoutMaster presProps viewProps tableStyles"
        " commentAuthors comments tags",
    ),
    *_all(OFFICE, "theme themeOverride drawing extended-properties custom-properties customXmlProperties"),
    *_all(f"{OFFICE}drawingml.", "chart chartshapes diagramData diagramLayout diagramStyle diagramColors"),
    *_all("application/vnd.openxmlformats-package.", "core-properties digital-signature-xmlsignature"),
    *_all("application/vnd.ms-word.", "stylesWithEffects people commentsExtended commentsIds"),
    *_all(
        "application/vnd.ms-excel.",
        "threadedcomments person slicer slicerCache timeline timelineCache rdarray rdrichvalue rdrichvaluestructure"
        " rdrichvaluetypes richvaluerel rdsupportingpropertybag rdsupportingpropertybagstructure richstyles"
        " featurepropertybag namedSheetView",
    ),
    *_all("application/vnd.ms-powerpoint.", "comments authors changesinfo revisioninfo"),
    *_all("application/vnd.ms-office.", "chartstyle chartcolorstyle chartex drawingml.diagramDrawing"),
    *_all("application/vnd.ms-office.", "classificationlabels documenttasks"),
    "application/vnd.wps-officedocument.cellimage+xml",
}
IMAGES = {
    "image/png": (b"\x89PNG",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/jpg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF8",),
    "image/bmp": (b"BM",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
    **dict.fromkeys(("image/x-emf", "image/emf"), (b"\x01\x00\x00\x00",)),
    **dict.fromkeys(("image/x-wmf", "image/wmf"), (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")),
    "image/vnd.ms-photo": (b"II\xbc\x01",),
}
"""The first bytes of each kind of image."""
MEDIA = {"video/mp4", "video/quicktime", "audio/mpeg", "audio/mp4", "audio/wav"}
BINARY = {
    *(f"{kind}printerSettings" for kind in (_WORD, _SHEET, _SLIDES)),
    f"{_SHEET}customProperty",
    *(f"{OFFICE}obfuscatedFont", "application/x-fontdata"),
    "application/vnd.openxmlformats-package.digital-signature-origin",
}
"""Settings, and fonts. No program runs them."""
EMBEDDED = set(MAIN.values())
"""The workbook of a chart, for example."""
