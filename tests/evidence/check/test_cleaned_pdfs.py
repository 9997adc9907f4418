"""The copy of a PDF has nothing that says who made it, and its pages are those of the original."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from chalicelib.features.evidence.check.examine import DeclaredFile, examine
from chalicelib.features.evidence.scanning.scanners import StandInScanner
from tests.helpers.fakes.files import image, sha256
from tests.helpers.fakes.pdfs import CATALOG, HELLO, PAGE, packed_objects, pdf, stream, with_object_stream

pytestmark = pytest.mark.usefixtures("read_by_children")

NAME = b"Somebody Planted"
XMP = stream(b"<x:xmpmeta><dc:creator>%s</dc:creator></x:xmpmeta>" % NAME, b"/Type/Metadata/Subtype/XML")
PHOTOGRAPH = image("JPEG", side=80)
IMAGE = b"/Type/XObject/Subtype/Image/Width 80/Height 40/ColorSpace/DeviceRGB/BitsPerComponent 8"
NAMED = PHOTOGRAPH.replace(b"Camera of somebody", NAME + b"  ")
FLATE_DCT = b"/Filter[/FlateDecode/DCTDecode]/DecodeParms[null<</ColorTransform 1>>]"


def copied(content: bytes) -> bytes | None:
    """The copy that the respondent would get."""
    with StandInScanner().scan() as scan:
        copies = examine([content], DeclaredFile(len(content), sha256(content), "application/pdf"), scan)
    return None if copies is None else copies.shown


def texts(content: bytes) -> bytes:
    """Everything in the document: its bytes, its objects, and its streams decoded."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = [content, document.trailer.unparse(resolved=True)]
        for each in document.objects:
            if isinstance(each, pikepdf.Stream):
                found.append(each.read_raw_bytes())
                found += [] if "/DCTDecode" in str(each.get("/Filter")) else [each.read_bytes()]
            elif isinstance(each, pikepdf.Dictionary | pikepdf.Array):
                found.append(each.unparse(resolved=True))
    return b"\n".join(found)


def annotated(annotation: bytes) -> bytes:
    return pdf(page=PAGE[:-2] + b"/Annots[<</Type/Annot/Rect[0 0 9 9]%s>>]>>" % annotation)


def updated(older: bytes) -> bytes:
    """Replaces object 5 by a later revision, in which it is empty."""
    start, table = len(older) + len(b"5 0 obj\nnull\nendobj\n"), older.rindex(b"xref\n0")
    entry = b"xref\n5 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\n" % (len(older), table)
    return older + b"5 0 obj\nnull\nendobj\n" + entry + b"startxref\n%d\n%%%%EOF\n" % start


PLANTED: dict[str, bytes] = {
    "the author": pdf(b"<</Author(%s)>>" % NAME, trailer=b"/Info 5 0 R"),
    "information of its own": pdf(b"<</Employee(%s)>>" % NAME, trailer=b"/Info 5 0 R"),
    "an entry of the trailer": pdf(trailer=b"/Owner(%s)" % NAME),
    "beside a key in GBK": pdf(b"<</Type/Font/#CB#CE 1/Metadata(%s)>>" % NAME, page=PAGE[:-2] + b"/R 5 0 R>>"),
    "the identifier": pdf(trailer=b"/ID[(%s)(%s)]" % (NAME, NAME)),
    "XMP of the document": pdf(XMP, catalog=CATALOG[:-2] + b"/Metadata 5 0 R>>"),
    "XMP of a picture": pdf(XMP, stream(b"", IMAGE + b"/Metadata 5 0 R")),
    "XMP of a page": pdf(XMP, page=PAGE[:-2] + b"/Metadata 5 0 R>>"),
    "private data of a program": pdf(page=PAGE[:-2] + b"/PieceInfo<</Word<</Private(%s)>>>>>>" % NAME),
    "the author of a comment": annotated(b"/Subtype/Text/Contents(late)/T(%s)" % NAME),
    "the name in a comment": annotated(b"/Subtype/Text/Contents(late)/NM(%s)" % NAME),
    "a signature": pdf(
        b"<</FT/Sig/T(signed)/V 6 0 R>>",
        b"<</Type/Sig/Name(%s)/Reason(%s)/Contents<00>>>" % (NAME, NAME),
        catalog=CATALOG[:-2] + b"/AcroForm<</Fields[5 0 R]>>/Perms<</DocMDP 6 0 R>>>>",
    ),
    "the maker of a layer": pdf(b"<</Type/OCG/Name(a)/Usage<</CreatorInfo<</Creator(%s)>>>>>>" % NAME),
    "the title of an article": pdf(
        b"<</Type/Thread/I<</Title(%s)>>/F null>>" % NAME, catalog=CATALOG[:-2] + b"/Threads[5 0 R]>>"
    ),
    "an address from which a page comes": pdf(
        catalog=CATALOG[:-2] + b"/Names<</URLS<</Names[(http://%s)null]>>>>/SpiderInfo<</C[(%s)]>>>>" % (NAME, NAME)
    ),
    "an earlier revision": updated(pdf(b"<</Author(%s)>>" % NAME)),
    "an object that nothing refers to": pdf(b"<</Whatever(%s)>>" % NAME),
    "after the end": pdf() + b"%% %s" % NAME,
    "a compressed photograph": pdf(stream(zlib.compress(NAMED, 0), IMAGE + FLATE_DCT)),
    "a photograph": pdf(stream(NAMED, IMAGE + b"/Filter/DCTDecode")),
}


@pytest.mark.parametrize("where", PLANTED)
def test_the_copy_does_not_say_who_made_it(where: str) -> None:
    assert NAME in PLANTED[where]

    copy = copied(PLANTED[where])

    assert copy is not None
    assert NAME not in texts(copy)
    assert HELLO in texts(copy)


def test_metadata_in_an_object_stream_is_removed_too() -> None:
    content, entries = packed_objects([b"<</Author(%s)>>" % NAME])
    whole = with_object_stream(zlib.compress(content), b"/Type/ObjStm/Filter/FlateDecode" + entries, catalog=CATALOG)
    assert NAME in texts(whole)

    copy = copied(whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 6 0 R"))

    assert copy is not None
    assert NAME not in texts(copy)


def test_the_pages_the_names_of_fields_and_the_photographs_stay() -> None:
    fonts = b"/Resources<</Font<</I<</Type/Font/BaseFont/Courier>>>>>>"
    field = b"<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/FT/Tx/T(order)/V(4711)>>"
    content = pdf(
        field, stream(PHOTOGRAPH, IMAGE + b"/Filter/DCTDecode"), page=PAGE[:-2] + b"/Annots[5 0 R]/R 6 0 R%s>>" % fonts
    )

    copy = copied(content)

    assert copy is not None
    with pikepdf.open(io.BytesIO(copy)) as document:
        [page] = document.pages
        assert page.obj["/Contents"].read_bytes() == HELLO
        [annotation] = page.obj["/Annots"]
        assert (str(annotation["/T"]), str(annotation["/V"])) == ("order", "4711")
        assert page.obj["/Resources"]["/Font"]["/I"]["/BaseFont"] == "/Courier"
        picture = page.obj["/R"]
        assert picture.read_raw_bytes() != PHOTOGRAPH
        from PIL import Image, ImageChops

        before, after = (Image.open(io.BytesIO(each)) for each in (PHOTOGRAPH, picture.read_raw_bytes()))
        assert dict(after.getexif()) == {}
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None


@pytest.mark.parametrize(
    "content",
    [
        pdf(stream(b"picture", IMAGE + b"/Filter/JPXDecode")),
        pdf(stream(PHOTOGRAPH.hex().encode() + b">", IMAGE + b"/Filter[/ASCIIHexDecode/DCTDecode]")),
        pdf(stream(b"no photograph", IMAGE + b"/Filter/DCTDecode")),
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n",
    ],
    ids=["JPEG 2000", "a photograph in hexadecimal", "a photograph that is none", "no pages"],
)
def test_a_document_that_cannot_be_cleaned_has_no_copy(content: bytes) -> None:
    assert copied(content) is None
