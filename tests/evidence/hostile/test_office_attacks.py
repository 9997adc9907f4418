"""Office documents with parts, relationships, fields or formulas that run or load something."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evidence.hostile.checks import passes, refused
from tests.fakes.archives import archive, field, office, relationship
from tests.fakes.files import SHEET, WORD, image

OFFICE = "application/vnd.openxmlformats-officedocument."
EXE = b"MZ" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OTHER = "http://schemas.microsoft.com/office/"


def remote(kind: str, target: str = "http://example.com/a.dotm") -> dict[str, Any]:
    return {"relationships": relationship(kind, target, "External")}


def part(name: str, kind: str, content: bytes) -> dict[str, Any]:
    return {"parts": {name: (kind, content)}}


ACTIVE: dict[str, dict[str, Any]] = {
    "a remote template": remote("attachedTemplate"),
    "a template of a share": remote("attachedTemplate", "file://host/share/a.dotm"),
    "a remote picture": remote("image", "http://example.com/pixel.png"),
    "a remote object": remote("oleObject"),
    "a remote frame": remote("frame"),
    "a remote document": remote("subDocument"),
    "a remote film": remote("video"),
    "a link to a share": remote("hyperlink", "\\\\host\\share"),
    "a link to a file": remote("hyperlink", "file:///C:/run.exe"),
    "a link with a script": remote("hyperlink", "javascript:alert(1)"),
    "a part on another machine": {"relationships": relationship("image", "file://host/a.png")},
    "another mode": {"relationships": relationship("image", "http://example.com/a.png", "external")},
    "an inserted page": {"relationships": relationship("aFChunk", "a.html")},
    "macros": {"relationships": relationship("vbaProject", "a.bin", prefix=f"{OTHER}2006/relationships/")},
    "a ribbon": {"relationships": relationship("ui/extensibility", "a.xml", prefix=f"{OTHER}2007/relationships/")},
    "a control": {"relationships": relationship("control", "a.xml")},
    "an add-in": {"relationships": relationship("webextension", "a.xml", prefix=f"{OTHER}2011/relationships/")},
    "an unknown relationship": {"relationships": relationship("image", "a.png", prefix="http://example.com/")},
    "a relationship without a prefix": {"relationships": relationship("image", "a.png", prefix="")},
    "a program": part("word/embeddings/a.exe", "application/x-msdownload", EXE),
    "a program as an object": part("word/embeddings/a.bin", f"{OFFICE}oleObject", OLE),
    "a program as a picture": part("word/media/a.png", "image/png", EXE),
    "a program as a font": part("word/fonts/a.odttf", f"{OFFICE}obfuscatedFont", EXE),
    "macros under another name": part("word/theme/theme9.xml", "application/vnd.ms-office.vbaProject", OLE),
    "macros as a picture": part("word/media/a.jpeg", "image/jpeg", OLE),
    "macros as printer settings": part("word/a.bin", f"{OFFICE}wordprocessingml.printerSettings", OLE),
    "a page of HTML": part("word/a.html", "text/html", b"<html/>"),
    "a drawing with a script": part("word/media/a.svg", "image/svg+xml", b"<svg/>"),
    "a document type": part("word/a.xml", "application/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "another workbook": part("word/a.xml", f"{OFFICE}spreadsheetml.externalLink+xml", b"<a/>"),
    "a data connection": part("word/a.xml", f"{OFFICE}spreadsheetml.connections+xml", b"<a/>"),
    "a sheet of macros": part("word/a.xml", "application/vnd.ms-excel.macrosheet+xml", b"<a/>"),
    "a workbook with macros": part("word/a.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", archive()),
    "a document inside with a program": part("word/a.docx", WORD, office({"a.exe": ("application/octet-stream", EXE)})),
    "a document inside that is another": part("word/a.xlsx", SHEET, office()),
    "an archive as a document": part("word/a.xlsx", SHEET, archive(("run.bat", b"del *"))),
    "a program to exchange data with": {"body": field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" ')},
    "the same in capitals of each kind": {"body": field(" dDe cmd x ")},
    "the same in two runs": {
        "body": field("<w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO cmd</w:instrText></w:r>")
    },
    "the same, computed": {"body": field(field(" QUOTE 68 68 69 ") + "<w:r><w:instrText> PAGE</w:instrText></w:r>")},
    "the same, not closed": {"body": "<w:r><w:instrText>DDE cmd</w:instrText></w:r>"},
    "the same, without an end": {
        "body": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE cmd</w:instrText></w:r>'
    },
    "the same, short": {"body": '<w:fldSimple w:instr=" DDE cmd x "/>'},
    "a remote text": {"body": field(" INCLUDETEXT http://example.com/a ")},
    "a remote picture as a field": {"body": field(' INCLUDEPICTURE "http://example.com/a.png" ')},
    "a macro's button": {"body": field(" MACROBUTTON Run press ")},
    "a remote picture in an old drawing": {"body": '<v:imagedata src="http://example.com/a.png"/>'},
    "an inserted part": {"body": '<w:altChunk r:id="r1"/>'},
    "a mail merge": {"body": "<w:mailMerge><w:connectString w:val='Provider=x'/></w:mailMerge>"},
    "an object": {"body": "<w:object><o:OLEObject xmlns:o='urn:o'/></w:object>"},
    "a slide's program": {"body": '<a:hlinkClick action="ppaction://program"/>'},
    "a slide's macro": {"body": '<a:hlinkClick action="ppaction://macro?name=a"/>'},
    "a formula that loads": {"body": '<f>WEBSERVICE("http://example.com/"&amp;A1)</f>'},
    "a formula of a program": {"body": "<f>cmd|' /C calc'!A0</f>"},
    "a name with a formula": {"body": '<definedName>CALL("a","b")</definedName>'},
}


@pytest.mark.parametrize("what", ACTIVE)
def test_active_content_is_refused(what: str) -> None:
    assert refused(office(**ACTIVE[what]), WORD) == "active-content"


def test_a_part_without_a_content_type_is_refused() -> None:
    types = b'<Types><Override PartName="/word/document.xml" ContentType="%s"/></Types>'
    main = f"{OFFICE}wordprocessingml.document.main+xml".encode()
    parts = [("[Content_Types].xml", types % main), ("word/document.xml", b"<a/>")]

    assert passes(archive(*parts), WORD)
    assert refused(archive(*parts, ("word/vba.bin", OLE)), WORD) == "active-content"


def test_two_content_types_of_one_part_are_refused() -> None:
    kind = f'ContentType="{OFFICE}wordprocessingml.document.main+xml"'
    types = f'<Types><Override PartName="/a.xml" {kind}/><Override PartName="/A.xml" {kind}/></Types>'

    assert refused(archive(("[Content_Types].xml", types.encode()), ("a.xml", b"<a/>")), WORD) == "broken"


def test_documents_inside_documents_are_limited() -> None:
    inside = office()
    for _ in range(3):
        inside = office({"word/embeddings/a.docx": (WORD, inside)})

    assert refused(inside, WORD) == "bomb"


def test_entities_that_multiply_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * 1000 + b"</a>"

    assert (
        refused(office({"word/styles.xml": (f"{OFFICE}wordprocessingml.styles+xml", bomb)}), WORD) == "active-content"
    )


def test_an_honest_document_passes() -> None:
    parts = {
        "word/styles.xml": (f"{OFFICE}wordprocessingml.styles+xml", b"<w:styles xmlns:w='urn:w'/>"),
        "word/media/image1.png": ("image/png", image("PNG")),
        "word/charts/chart1.xml": (f"{OFFICE}drawingml.chart+xml", b"<c:chart xmlns:c='urn:c'/>"),
        "word/embeddings/sheet.xlsx": (SHEET, office(main=f"{OFFICE}spreadsheetml.sheet.main+xml")),
        "word/printerSettings1.bin": (f"{OFFICE}wordprocessingml.printerSettings", b"printer"),
        "customXml/item1.xml": ("application/xml", b"<a/>"),
    }
    body = (
        field(" PAGE ", "1")
        + field(" IF " + "</w:instrText></w:r>" + field(" MERGEFIELD a ") + "<w:r><w:instrText>" + ' = 1 "a" "b" ', "a")
        + field(' TOC \\o "1-3" ', field(" PAGEREF _Toc1 ", "2"))
        + '<w:fldSimple w:instr=" NUMPAGES "/><f>SUM(A1:A9)</f>'
        + '<v:imagedata src="image1.png"/><a:hlinkClick action="ppaction://hlinksldjump"/>'
    )
    links = (
        relationship("styles", "styles.xml")
        + relationship("hyperlink", "https://example.com/a.exe?b", "External")
        + relationship("hyperlink", "mailto:a@example.com", "External")
        + relationship("package", "embeddings/sheet.xlsx")
        + relationship("image", "/word/media/image1.png")
    )

    assert passes(office(parts, body=body, relationships=links), WORD)
