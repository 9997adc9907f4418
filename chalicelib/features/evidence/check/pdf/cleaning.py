"""Removes from a parsed PDF what says who made it, when and with which program, so that the respondent may see it.

Pages keep their content. Metadata is in the document's information and XMP (ISO 32000-1 14.3), in annotations,
signatures and private data of programs, and in the photographs on its pages.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.jpeg_cleaning import without_metadata
from chalicelib.features.evidence.check.pdf import filters
from chalicelib.features.evidence.check.pdf.objects import dictionaries

_KEYS = frozenset(
    {
        *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/CreatorInfo", "/SpiderInfo"),
        *("/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/SourceModified", "/Company", "/Manager"),
    }
)
"""Keys that are removed from every dictionary. None of them changes how a page looks."""
_CATALOG = frozenset({"/Perms", "/DSS", "/Legal", "/Collection", "/Extensions"})
_NAMES = frozenset({"/IDS", "/URLS"})
"""Addresses from which pages were captured."""
_ANNOTATION = frozenset({"/T", "/M", "/NM"})
"""Author, date and id. The `/T` of a form's field is its name, and stays."""
_ARTICLE = frozenset({"/I"})
"""The information of an article (12.4.3)."""
_PHOTOGRAPHS = frozenset({"/DCTDecode", "/DCT"})
_NOT_CLEANED = frozenset({"/JPXDecode"})


class CannotClean(Exception):
    """The document has parts whose metadata cannot be removed."""


def clean(document: Pdf) -> None:
    """Changes the document in place. Raises `CannotClean`."""
    _remove(document.trailer, frozenset(document.trailer.keys()) - {"/Root", "/Size"})
    _remove(document.Root, _CATALOG)
    names = document.Root.get("/Names")
    if isinstance(names, Dictionary):
        _remove(names, _NAMES)
    threads = document.Root.get("/Threads")
    for thread in threads if isinstance(threads, Array) else ():
        if isinstance(thread, Dictionary):
            _remove(thread, _ARTICLE)
    for top in document.objects:
        if isinstance(top, Stream):
            _clean_photograph(top)
        if isinstance(top, Array | Dictionary | Stream):
            for node in dictionaries(top):
                _clean(node)


def _clean(node: Object) -> None:
    _remove(node, _KEYS)
    if "/Rect" in node and "/Subtype" in node and node["/Subtype"] != Name.Widget:
        _remove(node, _ANNOTATION)
    if "/FT" in node and node["/FT"] == Name.Sig:
        _remove(node, frozenset({"/V"}))  # a signature names the person, and would not hold for the copy


def _remove(node: Object, keys: frozenset[str]) -> None:
    for key in keys & node.keys():
        del node[key]


def _clean_photograph(stream: Stream) -> None:
    names = filters.of(stream)
    if _NOT_CLEANED & set(names):
        raise CannotClean
    if not _PHOTOGRAPHS & set(names):
        return
    cleaned = without_metadata(_photograph(stream, names))
    if cleaned is None:
        raise CannotClean
    parameters = stream.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    stream.write(cleaned, filter=Name.DCTDecode, decode_parms=last if isinstance(last, Dictionary) else None)


def _photograph(stream: Stream, names: list[str]) -> bytes:
    """The JPEG as it is in the stream, without the other filters. Raises `CannotClean` for others than Flate."""
    if len(names) == 1:
        return stream.read_raw_bytes()
    if len(names) == 2 and names[0] in filters.FLATE and names[1] in _PHOTOGRAPHS:
        return b"".join(filters.inflate(stream, InflationBudget(0)))
    raise CannotClean
