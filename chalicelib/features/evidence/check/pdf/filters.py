"""Limits what the streams of a PDF inflate to (ISO 32000-1 7.4), and reads its names and strings.

These may be in any encoding; Chinese programs write GBK.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from pikepdf import Array, Name, Object, Stream, StreamDecodeLevel, String

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.refusal import Refusal

_TEXT = frozenset({"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"})
FLATE = frozenset({"/FlateDecode", "/Fl"})
_EXPANDING = FLATE | {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_IMAGES = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})
_MOST = 3
"""Filters of one stream. Writers use two at most."""
_PIECE = 1 << 16


def check(stream: Stream, budget: InflationBudget) -> None:
    """Decodes the stream once, as far as it is data. Images are not decoded.

    Raises `Refusal`: `bomb` for filters that multiply or too much data, `encrypted`, or `not-scannable` for unknown
    or unusual filters.
    """
    names = of(stream)
    if len(names) > _MOST or sum(name in _EXPANDING for name in names) > 1:
        raise Refusal("bomb")
    if "/Crypt" in names:
        raise Refusal("encrypted")
    if not set(names) <= _TEXT | _EXPANDING | _IMAGES:
        raise Refusal("not-scannable")
    images = [name for name in names if name in _IMAGES]
    if names and names[0] in FLATE:
        for _ in inflate(stream, budget):
            pass
    elif not images and names:
        budget.spend(len(stream.read_bytes(StreamDecodeLevel.specialized)))
    elif images and not set(names) <= _TEXT | _IMAGES:
        raise Refusal("not-scannable")


def of(stream: Stream) -> list[str]:
    """The names of the stream's filters, in the order of decoding."""
    found = stream.get("/Filter")
    given = list(found) if isinstance(found, Array) else [found]
    if not all(isinstance(each, Name) or each is None for each in given):
        raise Refusal("broken")
    return [name(each) for each in given if each is not None]


def inflate(stream: Stream, budget: InflationBudget) -> Iterator[bytes]:
    """The content of a stream whose first filter is Flate, before its other filters.

    Ends at broken data without an error: no reader can show the rest, and what was inflated was counted.
    """
    decoder, fed = zlib.decompressobj(), stream.read_raw_bytes()
    while fed and not decoder.eof:
        try:
            piece = decoder.decompress(fed, _PIECE)
        except zlib.error:
            return
        budget.spend(len(piece))
        yield piece
        fed = decoder.unconsumed_tail


def name(value: object) -> str:
    """A name with its slash; in another encoding, as the parser writes it (`/#cb#ce`). Other values as a text."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return value.unparse().decode("latin-1") if isinstance(value, Object) else ""


def string(value: String) -> str:
    """Byte by byte if it is not in the encoding that its beginning says."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")
