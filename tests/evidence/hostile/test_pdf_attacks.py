"""PDFs that hide a script, an action or a file from a reader of their bytes. A parser finds each."""

from __future__ import annotations

import zlib
from base64 import a85encode
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.evidence.hostile.checks import passes, refused
from tests.helpers.fakes.pdfs import CATALOG, PAGE, packed_objects, pdf, stream, with_object_stream

pytestmark = pytest.mark.usefixtures("read_by_children")

TYPE = "application/pdf"
OPENS = b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>"
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
CONTENT, ENTRIES = packed_objects([SCRIPT])
HARMLESS = packed_objects([b"<</S/GoTo/D[3 0 R/Fit]>>"])
OBJECTS = b"/Type/ObjStm" + ENTRIES
FLATE = zlib.compress(CONTENT)


def run_length(content: bytes) -> bytes:
    pieces = [content[at : at + 128] for at in range(0, len(content), 128)]
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


HIDDEN: dict[str, tuple[bytes, bytes, list[bytes]]] = {
    "no filter": (CONTENT, OBJECTS, []),
    "hexadecimal": (CONTENT.hex().encode() + b">", OBJECTS + b"/Filter/ASCIIHexDecode", []),
    "hexadecimal, short name": (CONTENT.hex().encode() + b">", OBJECTS + b"/Filter/AHx", []),
    "base 85": (a85encode(CONTENT) + b"~>", OBJECTS + b"/Filter/ASCII85Decode", []),
    "run length": (run_length(CONTENT), OBJECTS + b"/Filter/RunLengthDecode", []),
    "hexadecimal of Flate": (FLATE.hex().encode() + b">", OBJECTS + b"/Filter[/ASCIIHexDecode/FlateDecode]", []),
    "a filter elsewhere": (FLATE, OBJECTS + b"/Filter 7 0 R", [b"/FlateDecode"]),
    "filters elsewhere": (FLATE, OBJECTS + b"/Filter 7 0 R", [b"[8 0 R]", b"/FlateDecode"]),
    "an escaped type": (FLATE, b"/Type/Obj#53tm" + ENTRIES + b"/Filter/FlateDecode", []),
    "an escaped filter": (FLATE, OBJECTS + b"/Filter/Fl#61teDecode", []),
    "an escaped key": (FLATE, OBJECTS + b"/Fi#6cter/FlateDecode", []),
    "a comment": (FLATE, OBJECTS + b"/Filter%/ASCIIHexDecode\n/FlateDecode", []),
}
"""The encoded object stream, its dictionary, and further objects."""


@pytest.mark.parametrize("how", HIDDEN)
def test_a_script_in_an_object_stream_is_found(how: str) -> None:
    encoded, dictionary, more = HIDDEN[how]

    assert refused(with_object_stream(encoded, dictionary, more, catalog=OPENS), TYPE) == "active-content"


def test_an_object_stream_without_a_script_passes() -> None:
    content, entries = HARMLESS
    dictionary = b"/Type/ObjStm/Filter/FlateDecode" + entries

    assert passes(with_object_stream(zlib.compress(content), dictionary, catalog=OPENS), TYPE)


ACTIVE: dict[str, dict[str, Any]] = {
    "a script": {"catalog": b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>"},
    "an escaped script": {"catalog": b"<</Type/Catalog/Pages 2 0 R/OpenAction<</#53/J#61vaScript/#4a#53(1)>>>>"},
    "a script of a page": {"page": b"<</Type/Page/Parent 2 0 R/AA<</O 5 0 R>>>>", "more": [SCRIPT]},
    "a script that nothing refers to": {"more": [SCRIPT]},
    "the content of an attached file": {"more": [stream(b"MZ", b"/Type/EmbeddedFile")]},
    "a program": {"more": [b"<</S/Launch/Win<</F(cmd.exe)>>>>"]},
    "a form that is sent": {"more": [b"<</S/SubmitForm/F(http://example.com)>>"]},
    "a document on another machine": {"more": [b"<</S/GoToR/F(\\\\\\\\host\\\\a.pdf)/D[0/Fit]>>"]},
    "a document inside": {"more": [b"<</S/GoToE/T<</R/C/N(a.pdf)>>>>"]},
    "a film": {"more": [b"<</S/Rendition/OP 0>>"]},
    "a film's annotation": {"more": [b"<</Type/Annot/Subtype/Screen/Rect[0 0 1 1]>>"]},
    "an attached file": {"more": [b"<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>"]},
    "an annotation with a file": {"more": [b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 1 1]>>"]},
    "a form in XML": {"catalog": CATALOG[:-2] + b"/AcroForm<</Fields[]/X#46A 4 0 R>>>>"},
    "content in another file": {"more": [stream(b"", b"/F(\\\\\\\\host\\\\a)")]},
    "a page of another file": {"more": [stream(b"", b"/Subtype/Form/BBox[0 0 1 1]/Ref<</F(a.pdf)/Page 0>>")]},
    "an image in another file": {"more": [stream(b"", b"/Subtype/Image/OPI<</2.0<</F(\\\\\\\\host\\\\a)>>>>")]},
    "PostScript": {"more": [stream(b"quit", b"/Type/XObject/Subtype/PS")]},
}
ADDRESSES: dict[str, dict[str, Any]] = {
    "a script as an address": {"more": [b"<</S/URI/URI(JavaScript:alert\\(1\\))>>"]},
    "a script that begins with a number": {"more": [b"<</S/URI/URI(javascript:1/alert\\(1\\))>>"]},
    "a script in two lines": {"more": [b"<</S/URI/URI(java\\nscript:alert\\(1\\))>>"]},
    "a script in UTF-16": {"more": [b"<</S/URI/URI<FEFF%s>>>" % "javascript:1".encode("utf-16-be").hex().encode()]},
    "data as an address": {"more": [b"<</S/URI/URI(data:text/html,a)>>"]},
    "a program's own scheme": {"more": [b"<</S/URI/URI(ms-msdt:/id)>>"]},
    "a file as an address": {"more": [b"<</S/URI/URI(file://host/share)>>"]},
    "a share as an address": {"more": [b"<</S/URI/URI(\\\\\\\\host\\\\share)>>"]},
    "a share with a slash of each kind": {"more": [b"<</S/URI/URI(/\\\\host/share)>>"]},
    "a share after a sign that is not shown": {
        "more": [b"<</S/URI/URI<FEFF%s>>>" % "\u200b//host".encode("utf-16-be").hex().encode()]
    },
    "a file as a name": {"more": [b"<</S/URI/URI/file:#2f#2fhost>>"]},
    "a file as a stream": {"more": [b"<</S/URI/URI 6 0 R>>", stream(b"file://host")]},
    "a file as a list": {"more": [b"<</S/URI/URI[(file://host)]>>"]},
    "a file as a dictionary": {"more": [b"<</S/URI/URI<</Base(https://example.com)>>>>"]},
    "a number as an address": {"more": [b"<</S/URI/URI 7>>"]},
    "a stream before all addresses": {"catalog": CATALOG[:-2] + b"/URI 5 0 R>>", "more": [stream(b"")]},
    "a name before all addresses": {"catalog": CATALOG[:-2] + b"/URI<</Base/file:#2f#2fhost>>>>"},
    "a share before all addresses": {"catalog": CATALOG[:-2] + b"/URI<</Base(file://host/share/)>>>>"},
}
PLACE = b"[3 0 R/Fit]"
URI, THREAD = b"<</S/URI/URI(https://example.com)>>", b"<</S/Thread/D 0/F(\\\\\\\\host\\\\a.pdf)>>"
NOT_JUMPS = {
    "a page of the web": URI,
    "an article in another file": THREAD,
    "a command": b"<</S/Named/N/Print>>",
    "a field that is hidden": b"<</S/Hide/T(a)>>",
    "a form that is emptied": b"<</S/ResetForm>>",
    "a layer": b"<</S/SetOCGState/State[]>>",
    "a transition": b"<</S/Trans/Trans<<>>>>",
    "an unknown action": b"<</S/Surprise>>",
    "an action without a kind": b"<</D(a)>>",
    "an escaped kind": b"<</#53/U#52I/URI(https://example.com)>>",
    "a page after a jump": b"<</S/GoTo/D%s/Next%s>>" % (PLACE, URI),
    "a program after a jump": b"<</S/GoTo/D%s/Next[<</S/Launch/F(a.exe)>>]>>" % PLACE,
    "a jump into a file": b"<</S/GoTo/D%s/F(a.pdf)>>" % PLACE,
    "actions in a list": b"[%s]" % URI,
    "actions in a list of lists": b"[[%s]]" % URI,
    "a list of lists": b"[[3 0 R/Fit]]",
    "an action after a place": b"[3 0 R/Fit %s]" % URI,
    "a number": b"7",
}
"""Actions that a reader must not do by itself."""


def opening(action: bytes) -> dict[str, Any]:
    return {"catalog": CATALOG[:-2] + b"/OpenAction %s>>" % action}


def clicked(action: bytes, key: bytes = b"A") -> dict[str, Any]:
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/%s %s>>" % (key, action)
    return {"page": PAGE[:-2] + b"/Annots[%s]>>" % link}


BY_ITSELF: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "when the document opens": opening,
    "elsewhere, when the document opens": lambda action: {**opening(b"5 0 R"), "more": [action]},
    "when the document is printed": lambda action: {"catalog": CATALOG[:-2] + b"/AA<</WP %s>>>>" % action},
    "when a page opens": lambda action: {"page": PAGE[:-2] + b"/AA<</O %s>>>>" % action},
    "elsewhere, when a page opens": lambda action: {
        "page": PAGE[:-2] + b"/AA 5 0 R>>",
        "more": [b"<</C %s>>" % action],
    },
    "when the mouse is over a place": lambda action: clicked(b"<</E %s>>" % action, b"AA"),
    "when a field changes": lambda action: {"more": [b"<</FT/Tx/T(a)/AA<</K %s>>>>" % action]},
}
AS_STREAM = stream(b"", b"/S/URI/URI(https://example.com)")
"""An action whose dictionary has a stream, which programs take for a dictionary."""
STREAMS: dict[str, dict[str, Any]] = {
    "when the document opens": opening(b"5 0 R"),
    "in a list, when the document opens": opening(b"[5 0 R]"),
    "when a page opens": BY_ITSELF["when a page opens"](b"5 0 R"),
    "when the document is printed": BY_ITSELF["when the document is printed"](b"5 0 R"),
}
ACTIONS: dict[str, dict[str, Any]] = {
    **{f"a stream, {when}": {**parts, "more": [AS_STREAM]} for when, parts in STREAMS.items()},
    "a stream of actions": {"page": PAGE[:-2] + b"/AA 5 0 R>>", "more": [stream(b"", b"/O[3 0 R/Fit]")]},
    "a stream when clicked": {**clicked(b"5 0 R"), "more": [stream(b"", b"/S/Thread/D 0")]},
    "a stream in lists when clicked": {**clicked(b"[7[5 0 R]]"), "more": [stream(b"", b"/S/Thread/D 0")]},
    "a stream after a link": {
        **clicked(b"<</S/URI/URI(https://example.com)/Next 5 0 R>>"),
        "more": [stream(b"", b"/S/Thread/D 0")],
    },
    "a number of actions": {"page": PAGE[:-2] + b"/AA 7>>"},
    **{f"{what}, {when}": BY_ITSELF[when](NOT_JUMPS[what]) for what in NOT_JUMPS for when in BY_ITSELF},
    "an article in another file": clicked(THREAD),
    "an article": clicked(b"<</S/Thread/D 0>>"),
    "a transition": clicked(b"<</S/Trans/Trans<<>>>>"),
    "an unknown action": clicked(b"<</S/Surprise>>"),
    "an unknown action before a link": clicked(b"<</S/Surprise>>", b"PA"),
    "an unknown action after a link": clicked(b"<</S/URI/URI(https://example.com)/Next<</S/Surprise>>>>"),
    "an unknown action of a heading": {"more": [b"<</Title(a)/A<</S/Surprise>>>>"]},
    "an unknown action between slides": {"more": [b"<</Type/NavNode/NA<</S/Surprise>>>>"]},
    "an unknown action that nothing refers to": {"more": [b"<</Type/Action/S/Surprise>>"]},
    "a command of any menu": clicked(b"<</S/Named/N/Quit>>"),
    "a jump into a file": clicked(b"<</S/GoTo/D%s/F(a.pdf)>>" % PLACE),
}
REFUSED = {
    **{what: (parts, "active-content") for what, parts in ACTIVE.items()},
    **{what: (parts, "link") for what, parts in ADDRESSES.items()},
    **{what: (parts, "action") for what, parts in ACTIONS.items()},
}
"""The parts of the document, and the reason of its refusal."""


def made(parts: Mapping[str, Any]) -> bytes:
    others = dict(parts)
    return pdf(*others.pop("more", ()), **others)


@pytest.mark.parametrize("what", [*ACTIVE, *ADDRESSES, "an unknown action, when the document opens"])
def test_active_content_is_refused(what: str) -> None:
    """`test_pdfs_here` tries all of them."""
    parts, reason = REFUSED[what]

    assert refused(made(parts), TYPE) == reason


LINKS = [
    b"<</S/URI/URI(https://example.com/javascript)>>",
    b"<</S/URI/URI(mailto:a@example.com)>>",
    b"<</S/URI/URI(www.example.com)>>",
    b"<</S/URI/URI(www.example.com:8080/a)>>",
    b"<</S/URI/URI(page.html#a)>>",
    b"<</S/URI/URI(#page=2)>>",
    b"<</S/GoTo/D[3 0 R/Fit]/Next<</S/Named/N/NextPage>>>>",
    b"<</S/Named/N/Print>>",
    b"<</S/ResetForm>>",
    b"<</S/SetOCGState/State[/Toggle 5 0 R]>>",
]


@pytest.mark.parametrize("action", LINKS)
def test_links_and_jumps_inside_the_document_pass(action: bytes) -> None:
    assert passes(made(clicked(action)), TYPE)


OPENINGS = {
    "LibreOffice": b"[3 0 R/XYZ null null 0]",
    "hyperref": b"<</S/GoTo/D[3 0 R/Fit]>>",
    "a named place": b"<</S/GoTo/D(chapter)>>",
    "the number of a page": b"[0/Fit]",
    "a name": b"/chapter",
    "nothing": b"null",
}


@pytest.mark.parametrize("what", OPENINGS)
def test_a_document_may_open_at_a_place_in_it(what: str) -> None:
    assert passes(made(opening(OPENINGS[what])), TYPE)


@pytest.mark.parametrize("name", ["S", "A", "OpenAction", "URI"])
def test_two_actions_under_one_key_are_refused(name: str) -> None:
    """Readers differ in which of the two they take."""
    both = {"S": b"/URI/S/GoTo", "A": b"/GoTo/A 1/A 2", "OpenAction": b"/GoTo/OpenAction(a)/OpenAction(b)"}
    values = both.get(name, b"/GoTo/URI(a)/URI(b)")

    assert refused(pdf(b"<</S%s>>" % values), TYPE) == "broken"


@pytest.mark.parametrize("how", ["no filter", "hexadecimal", "base 85", "run length", "a filter elsewhere"])
def test_an_object_stream_that_no_table_lists_is_searched_too(how: str) -> None:
    """A reader that repairs the file finds it."""
    encoded, dictionary, more = HIDDEN[how]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (7 + at, body) for at, body in enumerate(more))
    hidden = b"9 0 obj\n%s\nendobj\n" % stream(encoded, dictionary)
    whole = pdf()
    at = whole.rindex(b"xref\n0")
    table = whole[at:].replace(b"startxref\n%d" % at, b"startxref\n%d" % (at + len(hidden + objects)))

    assert refused(whole[:at] + hidden + objects + table, TYPE) == "active-content"


def test_a_document_whose_table_is_lost_is_searched_too() -> None:
    lost = pdf(SCRIPT.replace(b"JavaScript", b"Java#53cript"))
    at = lost.rindex(b"startxref\n") + 10

    assert refused(lost[:at] + b"9\n%%EOF\n", TYPE) == "active-content"


@pytest.mark.parametrize(
    "body",
    [
        b"<</Type/StructElem/S/#B1#EA#CC#E2/A<</O/Layout>>>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/#CB#CE#CC#E5>>",
        b"<</#CB#CE 4 0 R/B<</C(x)>>>>",
        b"<</S/URI/URI<FEFFD8>>>",
    ],
)
def test_names_in_gbk_pass(body: bytes) -> None:
    """Chinese programs write them."""
    assert passes(pdf(body), TYPE)


def test_a_key_in_gbk_hides_nothing() -> None:
    assert refused(pdf(b"<</#CB#CE<</S/GoToR/F(a.pdf)>>>>"), TYPE) == "active-content"


@pytest.mark.parametrize("body", [b"<</A (no end", b"<</S/GoTo /X", b"[1 2", b"<</A >> >>", b"<</A surprise>>"])
def test_an_object_that_the_parser_cannot_read_is_refused(body: bytes) -> None:
    """Another reader may understand it."""
    assert refused(pdf(body), TYPE) == "broken"


@pytest.mark.parametrize("pages", [b"<</Type/Catalog>>", b"<</Type/Catalog/Pages 4 0 R>>"])
def test_a_document_without_pages_may_have_no_streams(pages: bytes) -> None:
    """The parser does not read it, and a stream could hide a script."""
    assert refused(pdf(catalog=pages), TYPE) == "broken"
    assert passes(b"%%PDF-1.4\n1 0 obj\n%s\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n" % pages, TYPE)


def test_a_document_without_its_table_passes() -> None:
    """Many programs lose it, and all readers search the file for the objects instead."""
    whole = pdf(b"<</S/GoTo/D[3 0 R/Fit]>>")

    assert passes(whole[: whole.rindex(b"xref\n0")] + b"trailer\n<</Root 1 0 R>>\n%%EOF\n", TYPE)
