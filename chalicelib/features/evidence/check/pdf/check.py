"""Checks PDF documents (ISO 32000): no active content, no attachments, no decompression bombs.

Two readers must both find nothing: a search of the bytes, which also sees earlier revisions of the document, and a
parser (`other_process`), which sees what is encoded, escaped or elsewhere in the file.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from chalicelib.features.evidence.check import markers
from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.pdf import other_process
from chalicelib.features.evidence.refusal import Refusal

_END = 1024
"""`%%EOF` is within this many bytes of the end (ISO 32000-1 annex H, note 18)."""
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_INFLATES = rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\b"
_NESTED = re.compile(rb"/F(?:ilter)?\s*\[\s*" + _INFLATES + rb"\s*" + _INFLATES)
_UNUSUAL = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|RunLengthDecode|RL|LZWDecode|LZW|Crypt)\b|/Filter\s+\d+\s+\d+\s+R"
)
"""Filters that no writer uses for streams of objects."""
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_STREAM_END = b"endstream"
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PIECE = 1 << 16


class _Stream(NamedTuple):
    """`dictionary`: all bytes between the stream and the one before. `start` and `end`: offsets of its data."""

    dictionary: bytes
    start: int
    end: int


def search_bytes(file: BinaryIO, size: int) -> None:
    """Inflates every stream once. Also checks the objects inside object streams.

    Raises `Refusal` for a file that is broken or a bomb, or has active content or a second file in it.
    """
    file.flush()
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[:5] != b"%PDF-" or data.rfind(b"%%EOF", max(0, size - _END)) < 0:
            raise Refusal("broken")
        markers.refuse_second_file(data[data.rfind(b"%%EOF") :])
        budget = InflationBudget(size)
        for stream in _streams(data):
            _check_objects(stream.dictionary)
            has_objects = _has_objects(stream)
            if has_objects and _UNUSUAL.search(_unescaped(stream.dictionary)):
                raise Refusal("active-content")
            if _FLATE.search(stream.dictionary):
                _inflate(data, stream, budget)
            elif has_objects:
                _check_objects(data[stream.start : stream.end])


def _streams(data: mmap.mmap) -> Iterator[_Stream]:
    """Every stream, and last an empty one with the rest of the document as its dictionary."""
    before = 0
    while begin := _STREAM.search(data, before):
        end = data.find(_STREAM_END, begin.end())
        end = len(data) if end < 0 else end
        yield _Stream(data[before : begin.start()], begin.end(), end)
        before = end
    yield _Stream(data[before:], len(data), len(data))


def _check_objects(text: bytes) -> None:
    """Searches dictionaries for forbidden names, `#xx` escapes decoded (ISO 32000-1 §7.3.5)."""
    plain = _unescaped(text)
    if _ACTIVE.search(plain):
        raise Refusal("active-content")
    if _ENCRYPTED.search(plain):
        raise Refusal("encrypted")
    if _NESTED.search(plain):
        raise Refusal("bomb")


def _has_objects(stream: _Stream) -> bool:
    return b"/ObjStm" in _unescaped(stream.dictionary)


def _unescaped(text: bytes) -> bytes:
    return _ESCAPED.sub(lambda escaped: bytes.fromhex(escaped[1].decode()), text)


def _inflate(data: mmap.mmap, stream: _Stream, budget: InflationBudget) -> None:
    """Stops at a broken stream without an error: no reader can show the rest, and what was inflated was counted."""
    decoder, at, carried = zlib.decompressobj(), stream.start, b""
    has_objects = _has_objects(stream)
    while not decoder.eof and (decoder.unconsumed_tail or at < stream.end):
        feed = decoder.unconsumed_tail or data[at : min(at + _PIECE, stream.end)]
        at += 0 if decoder.unconsumed_tail else len(feed)
        try:
            piece = decoder.decompress(feed, _PIECE)
        except zlib.error:
            return
        budget.spend(len(piece))
        if has_objects:
            carried = carried[-64:] + piece
            _check_objects(carried)


def check(file: BinaryIO, size: int) -> bytes | None:
    """Returns a copy without metadata, or None if the document cannot be cleaned.

    Raises `Refusal` for a file that is broken or a bomb, or has active content or a second file in it.
    """
    search_bytes(file, size)
    return other_process.check(file, size)
