"""Office documents with parts, relationships, fields or formulas that run or load something."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evidence.hostile.checks import passes, refused
from tests.helpers.fakes.archives import MAIN, archive, changed, content_types, office, relationship
from tests.helpers.fakes.files import SHEET, WORD, image

OFFICE = "application/vnd.openxmlformats-officedocument."
EXE = b"MZ" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OTHER = "http://schemas.microsoft.com/office/"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


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
    "a part on another machine": {"relationships": relationship("image", "file://host/a.png")},
    "a part of another machine's share": {"relationships": relationship("image", "/\\host/a.png")},
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
    "a remote picture in an old drawing": {"body": '<v:imagedata src="http://example.com/a.png"/>'},
    "an inserted part": {"body": '<w:altChunk r:id="r1"/>'},
    "a mail merge": {"body": "<w:mailMerge><w:connectString w:val='Provider=x'/></w:mailMerge>"},
    "an object": {"body": "<w:object><o:OLEObject xmlns:o='urn:o'/></w:object>"},
    "a slide's program": {"body": '<a:hlinkClick action="ppaction://program"/>'},
    "a slide's macro": {"body": '<a:hlinkClick action="ppaction://macro?name=a"/>'},
    "a slide's file": {"body": '<a:hlinkHover action="PPACTION://hlinkfile"/>'},
    "a slide's action like one that is allowed": {"body": '<a:hlinkClick action="ppaction://media/../program"/>'},
    "a remote filling of an old drawing": {"body": '<v:fill althref="//host/a.png"/>'},
    "a page that is published": {"body": '<webPublishItem destinationFile="//host/a.htm"/>'},
    "a query of the web": {"body": '<webPr url="http://example.com"/>'},
    "a schema on another machine": {"body": '<z:schema manifestLocation="\\\\host\\a.xml"/>'},
    "a schema in a file": {"body": '<z:schema schemaLocation="FILE:///a.xsd"/>'},
    "a smart tag's file": {"body": '<w:smartTagType w:url="file://host/a"/>'},
    "a binding to a file": {"body": '<DataBinding FileBindingName="\\\\host\\a"/>'},
    "a script as any value": {"body": '<z:a z:b="java&#10;script:a"/>'},
    "a file after a sign that is not shown": {"body": '<z:a b="\u200b\\\\host\\a"/>'},
    "a slide's object that is started": {"body": '<z:cmd type="verb" cmd="0"/>'},
    "a template's name on another machine": part(
        "docProps/app.xml",
        f"{OFFICE}extended-properties+xml",
        f'<Properties xmlns="{EXTENDED}"><Template>\\\\host\\a.dotm</Template></Properties>'.encode(),
    ),
    "an element inside a text": {"body": "<f>SUM(<z:a/>1)</f>"},
}


@pytest.mark.parametrize("what", ACTIVE)
def test_active_content_is_refused(what: str) -> None:
    assert refused(office(**ACTIVE[what]), WORD) == "active-content"


def test_a_part_without_a_content_type_is_refused() -> None:
    types = content_types(f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>')
    parts = [("[Content_Types].xml", types), ("word/document.xml", b"<a/>")]

    assert passes(archive(*parts), WORD)
    assert refused(archive(*parts, ("word/vba.bin", OLE)), WORD) == "active-content"


def test_two_content_types_of_one_part_are_refused() -> None:
    kind = f'ContentType="{MAIN}"'
    types = content_types(f'<Override PartName="/a.xml" {kind}/><Override PartName="/A.xml" {kind}/>')

    assert refused(archive(("[Content_Types].xml", types), ("a.xml", b"<a/>")), WORD) == "broken"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/_rels/document.xml.rels"])
def test_an_element_of_another_namespace_is_refused(part: str) -> None:
    """A program that does not know the namespace leaves it out, and takes the next one."""
    foreign = b'<z:Override xmlns:z="urn:z" PartName="/word/a.bin" ContentType="image/png"/></'

    assert refused(changed(office(), part, lambda content: content.replace(b"</", foreign)), WORD) == "broken"


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


def test_elements_inside_elements_are_limited() -> None:
    assert refused(office(body="<z:a>" * 1001 + "</z:a>" * 1001), WORD) == "bomb"


@pytest.mark.parametrize("body", ["<f>{}</f>", "<w:r><w:instrText>{}</w:instrText></w:r>", '<z:a z:b="{}"/>'])
def test_texts_and_tags_that_are_too_long_are_refused(body: str) -> None:
    assert refused(office(body=body.format("a" * (9 << 20))), WORD) == "bomb"


def test_an_honest_document_passes() -> None:
    parts = {
        "word/styles.xml": (f"{OFFICE}wordprocessingml.styles+xml", b"<w:styles xmlns:w='urn:w'/>"),
        "word/media/image1.png": ("image/png", image("PNG")),
        "word/charts/chart1.xml": (f"{OFFICE}drawingml.chart+xml", b"<c:chart xmlns:c='urn:c'/>"),
        "word/embeddings/sheet.xlsx": (SHEET, office(main=f"{OFFICE}spreadsheetml.sheet.main+xml")),
        "word/printerSettings1.bin": (f"{OFFICE}wordprocessingml.printerSettings", b"printer"),
        "customXml/item1.xml": ("application/xml", b"<a><Template><b/></Template></a>"),
        "docProps/app.xml": (
            f"{OFFICE}extended-properties+xml",
            f'<Properties xmlns="{EXTENDED}"><Template>Normal.dotm</Template></Properties>'.encode(),
        ),
    }
    body = (
        '<v:imagedata src="image1.png"/><a:hlinkClick action="ppaction://hlinksldjump"/>'
        + '<v:shape href="https://example.com"/><v:imagedata href="cid:image001.png@01D"/><v:imagedata href="rId5"/>'
        + "<hyperlink location=\"'表 2'!A1\"/><hyperlink location='A1:B2'/>"
        + r'<z:absPath url="\\host\a\"/><z:cNvPr descr="\\host\a.png" title="file:///a"/><z:cmd type="call" cmd="a"/>'
        + '<w:smartTagType w:url="http://example.com"/><z:a xpath="//b" c="data: 1" d="file: 2" e="\\\\-0"/>'
        + "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:f><m:num>速度(m|s)</m:num></m:f></m:oMath>"
    )
    links = (
        relationship("styles", "styles.xml")
        + relationship("hyperlink", "https://example.com/a.exe?b", "External")
        + relationship("package", "embeddings/sheet.xlsx")
        + relationship("image", "/word/media/image1.png")
    )

    assert passes(office(parts, body=body, relationships=links), WORD)
