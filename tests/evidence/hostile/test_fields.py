"""Fields of Word. Only those on a list may be in a document, however their code is written."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.features.evidence.check.office import fields
from chalicelib.features.evidence.refusal import Refusal
from tests.evidence.hostile.checks import passes, refused
from tests.helpers.fakes.archives import field, office
from tests.helpers.fakes.files import WORD
from tests.helpers.searches import searching

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DDE = 'DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'
STORIES = ["header", "footer", "footnotes", "endnotes", "comments", "document.glossary", "settings"]


def code(text: str, name: str = "instrText") -> str:
    return f"<w:r><w:{name}>{text}</w:{name}></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def deleted(text: str) -> str:
    return f"<w:del>{text}</w:del>"


def alternate(choice: str, fallback: str = "") -> str:
    space = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    both = f"<mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
    return f"<mc:AlternateContent {space}>{both}</mc:AlternateContent>"


SEPARATE_END = mark("separate") + mark("end")
ATTACKS = {
    "a program": field(f" {DDE} "),
    "a program, in capitals and small letters": field(" dDe cmd x "),
    "a text of the web": field(" INCLUDETEXT https://example.com/a "),
    "a text of a share": field(' INCLUDETEXT "\\\\\\\\host\\\\a.docx" '),
    "a picture of the web": field(' INCLUDEPICTURE "https://example.com/a.png" \\d '),
    "a picture to import": field(" IMPORT a.png "),
    "an object": field(" LINK Excel.Sheet.8 a.xlsx "),
    "a database": field(' DATABASE \\d "a.mdb" '),
    "a document that is listed": field(" RD a.docx "),
    "a macro": field(" MACROBUTTON Run press "),
    "a command to the printer": field(" PRINT 27 "),
    "an unknown field": field(" SURPRISE "),
    "a name in full width": field(" ＰＡＧＥ "),
    "a name in quotation marks": field(' "PAGE" '),
    "a name after a sign that is not shown": field(" \u200bPAGE "),
    "in two runs": field(code("DD") + code("EAUTO cmd")),
    "in a run for each sign": field("".join(map(code, "DDE cmd x"))),
    "a name that is computed": field(mark("begin") + code(" QUOTE 68 ") + SEPARATE_END + code("DE cmd")),
    "the end of a name that is computed": field(code("PAGE") + field(" QUOTE 82 ") + code(" a")),
    "the end of a name in a short field": field(code("PAGE") + '<w:fldSimple w:instr="PAGE"/>' + code(" a")),
    "inside another field's code": field(code(" IF ") + field(f" {DDE} ") + code(" = 1 a b ")),
    "inside another field's result": field(" TOC ", f"</w:t></w:r>{field(DDE)}<w:r><w:t>"),
    "without a begin": code("DDE cmd"),
    "an honest code without a begin": code("PAGE"),
    "a code in the result": mark("begin") + code("PAGE") + mark("separate") + code("DDE cmd") + mark("end"),
    "without an end": mark("begin") + code("DDE cmd"),
    "without a result": mark("begin") + code("DDE cmd") + mark("end"),
    "short": f"<w:fldSimple w:instr='{DDE}'/>",
    "short, and honest in another namespace": "<w:fldSimple w:instr='DDE cmd x' z:instr='PAGE'/>",
    "a mark with two kinds": "<w:r><w:fldChar w:fldCharType='begin' z:fldCharType='end'/></w:r>",
    "a mark of an unknown kind": "<w:r><w:fldChar w:fldCharType='BEGIN'/></w:r>",
    "after a code that is deleted": field(deleted(code("PAGE ", "delInstrText")) + code("DDE cmd")),
    "after a code that is moved away": field(f"<w:moveFrom>{code('PAGE ')}</w:moveFrom>" + code("DDE cmd")),
    "after a code that is inserted": field(f"<w:ins>{code('PAGE ')}</w:ins>" + code("DDE cmd")),
    "after a result that is deleted": field(code("PAGE ") + deleted(mark("separate"))) + code("DDE cmd"),
    "after a code in an unknown namespace": field("<w:r><z:instrText>PAGE </z:instrText></w:r>" + code("DDE cmd")),
    "after a code in an unknown element": field(f"<z:a>{code('PAGE ')}</z:a>" + code("DDE cmd")),
    "after a mark in an unknown element": f"<z:a>{mark('begin')}</z:a>{code('PAGE')}",
    "after a code in an alternative": field(alternate(code("PAGE ")) + code("DDE cmd")),
    "after a code that another part replaces": field(
        f"<w:sdt><w:sdtContent>{code('PAGE ')}</w:sdtContent></w:sdt>" + code("DDE cmd")
    ),
    "after a text that is shown": field("<w:r><w:t>PAGE </w:t></w:r>" + code("DDE cmd")),
    "an alternative that some programs take": alternate("", field(DDE)),
    "an alternative that others take": alternate(field(DDE)),
    "a text box": f"<w:pict><v:textbox><w:txbxContent>{field(DDE)}</w:txbxContent></v:textbox></w:pict>",
}
LINKS = {
    "a computed address": field(code(' HYPERLINK "') + field(" QUOTE 102 ") + code('ile://host/a" ')),
    "an address that is computed at its end": field(code(' HYPERLINK "https://a') + field(" REF b ") + code('" ')),
    "a second address": field(' HYPERLINK "https://example.com" "file://host/a" '),
    "an address after a switch without a text": field(' HYPERLINK \\n "file://host/a" '),
    "an address after an unknown switch": field(' HYPERLINK \\x "file://host/a" '),
    "an address after a tip": field(' HYPERLINK \\o "https://example.com" "file://host/a" '),
    "an address without quotation marks": field(" HYPERLINK file://host/a "),
    "a share without quotation marks": field(" HYPERLINK \\\\\\\\host\\\\share "),
    "a text without an end": field(' HYPERLINK "https://example.com '),
    "in many runs": field("".join(map(code, ' HYPERLINK "file://host/a" '))),
    "short": '<w:fldSimple w:instr=" HYPERLINK &quot;file://host/a&quot; "/>',
    "in small letters": field(' hyperlink "file://host/a" '),
    "in an address that is deleted": field(
        code(' HYPERLINK "') + deleted(code("https:", "delInstrText")) + code('//host/a"')
    ),
}
HONEST = {
    "a page": field(" PAGE \\* MERGEFORMAT ", "1"),
    "a list of contents": field(
        ' TOC \\o "1-3" \\h \\z \\u ',
        "</w:t></w:r>"
        + field(' HYPERLINK \\l "_Toc1" ', "</w:t></w:r>" + field(" PAGEREF _Toc1 \\h ", "2") + "<w:r><w:t>")
        + "<w:r><w:t>",
    ),
    "a condition": field(code(" IF ") + field(" MERGEFIELD a ") + code(' = 1 "a" "b" '), "a"),
    "a sum": field(code(" =") + field(" REF a ") + code("+1 \\# 0.00 "), "2"),
    "a link": field(' HYPERLINK "https://example.com/?a=\\"b\\"" \\l "c" \\o "见 file:a" \\t "_blank" '),
    "a link of Google": field(" HYPERLINK https://example.com \\h "),
    "a link into the document": field(' HYPERLINK \\l "第三章" '),
    "a link to nothing": field(" HYPERLINK "),
    "in runs with properties": field(
        "<w:r><w:rPr><z:ligatures/><w:b/></w:rPr><w:instrText>PA</w:instrText></w:r><w:proofErr/>" + code("GE ")
    ),
    "a reference of an add-in": field(" ADDIN ZOTERO_ITEM CSL_CITATION {&quot;a&quot;:1} "),
    "a field of a form": field(" FORMTEXT ", "a"),
    "a short field": '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>2</w:t></w:r></w:fldSimple>',
    "without a code": mark("begin") + SEPARATE_END,
    "without an end": mark("begin") + code("PAGE"),
    "an end alone": mark("separate") + mark("end"),
    "a change of the address": field(
        code(" HYPERLINK ")
        + deleted(code('"https://a.example"', "delInstrText"))
        + f"<w:ins>{code('&quot;https://b.example&quot;')}</w:ins>"
    ),
    "a field that is deleted": deleted(field(code(" PAGE ", "delInstrText"), "1")),
    "a text box with a page": alternate(field(" PAGE ", "1"), f"<w:pict>{field(' PAGE ', '1')}</w:pict>"),
    "a control with a list of contents": f"<w:sdt><w:sdtContent>{field(' TOC ', '1')}</w:sdtContent></w:sdt>",
}


@pytest.mark.parametrize("how", ATTACKS)
def test_a_field_that_is_not_on_the_list_is_refused(how: str) -> None:
    assert refused(office(body=ATTACKS[how]), WORD) == "field"


@pytest.mark.parametrize("how", LINKS)
def test_a_link_that_leads_elsewhere_is_refused(how: str) -> None:
    assert refused(office(body=LINKS[how]), WORD) == "link"


@pytest.mark.parametrize("story", STORIES)
def test_every_part_with_text_is_read(story: str) -> None:
    text = f"<w:a xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'>{field(DDE)}</w:a>"

    assert refused(office({"word/a.xml": (f"{OFFICE}{story}+xml", text.encode())}), WORD) == "field"


@pytest.mark.parametrize("what", HONEST)
def test_fields_that_programs_write_pass(what: str) -> None:
    assert passes(office(body=HONEST[what]), WORD)


def test_fields_inside_one_another_are_limited() -> None:
    assert refused(office(body=mark("begin") * 101), WORD) == "bomb"


@pytest.mark.slow
@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
@searching(200)
def test_any_other_name_is_refused(name: str, rest: str) -> None:
    words = f"{name} {rest}".split(maxsplit=1)
    assume(words and words[0].upper() not in fields._NAMES and not words[0].startswith("="))
    with pytest.raises(Refusal, match="field"):
        fields.check(f"{name} {rest}")
