"""PDFs that need much memory or time. Another process reads them, within limits of both."""

from __future__ import annotations

import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from chalicelib.features.evidence.check.pdf import reading
from tests.evidence.hostile.checks import passes, refused
from tests.helpers.fakes.pdfs import CATALOG, packed_objects, pdf, stream, with_object_stream

ROOT = Path(__file__).parents[3]
TYPE = "application/pdf"
MIB = 1 << 20


def inflating(mebibytes: int, head: bytes = b"") -> bytes:
    """A zlib stream without an end: `head` and that many MiB of spaces. A flushed block can be repeated (RFC 1951)."""
    packer, content = zlib.compressobj(9), b" " * MIB
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * mebibytes


BOMB = inflating(64)
TWICE = zlib.compress(BOMB, 9)
MEMORY = 700 * 1024
"""KiB that the process of the check may use. A function has 1 GiB."""


@pytest.mark.parametrize(
    "filters",
    [
        b"/Filter[/FlateDecode%a comment\n/FlateDecode]",
        b"/Filter[/FlateDecode null/FlateDecode]",
        b"/Fi#6cter[/Fl/Fl]",
        b"/Filter[/FlateDecode/ASCIIHexDecode/LZWDecode]",
        b"/Filter[5 0 R 5 0 R]",
        b"/Filter[/RunLengthDecode/FlateDecode]",
        b"/Filter[/ASCIIHexDecode/ASCIIHexDecode/ASCIIHexDecode/ASCIIHexDecode]",
    ],
)
def test_filters_that_multiply_are_refused(filters: bytes) -> None:
    assert refused(pdf(b"/FlateDecode", stream(TWICE, filters)), TYPE) == "bomb"


@pytest.mark.parametrize(
    ("encoded", "filters"),
    [
        (BOMB, b"/Filter/FlateDecode"),
        (BOMB, b"/Filter 5 0 R"),
        (BOMB, b"/Filt#65r/Fl"),
        (BOMB.hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]"),
        (BOMB, b"/Filter[5 0 R/DCTDecode]"),
    ],
    ids=["plain", "elsewhere", "escaped", "in hexadecimal", "of an image"],
)
def test_a_stream_that_inflates_beyond_the_limit_is_refused(encoded: bytes, filters: bytes) -> None:
    assert refused(pdf(b"/FlateDecode", stream(encoded, filters)), TYPE) == "bomb"


def test_filters_that_no_writer_puts_before_an_image_are_refused() -> None:
    assert refused(pdf(stream(b"", b"/Filter[/RunLengthDecode/CCITTFaxDecode]")), TYPE) == "not-scannable"


@pytest.mark.slow
def test_an_object_stream_that_inflates_beyond_the_memory_is_refused() -> None:
    content, entries = packed_objects([b"null"])
    packed = inflating(reading.MEMORY // MIB + 60, content)
    dictionary = b"/Type/Obj#53tm/Filter/FlateDecode" + entries

    assert refused(with_object_stream(packed, dictionary, catalog=CATALOG), TYPE) == "bomb"


def test_nested_arrays_are_refused() -> None:
    assert refused(pdf(b"[" * 100_000 + b"]" * 100_000), TYPE) in ("broken", "bomb")


@pytest.mark.slow
def test_the_other_process_has_less_memory_than_the_function() -> None:
    """Measured in a new process, because `ru_maxrss` of a child includes the memory of the one that started it."""
    content = pdf(*[stream(zlib.compress(bytes(8 << 20), 0), b"/Filter/FlateDecode") for _ in range(8)])
    program = f"""
import resource, sys
from tests.evidence.hostile.checks import passes
assert passes(sys.stdin.buffer.read(), {TYPE!r})
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, input=content, capture_output=True, check=True)

    assert int(done.stdout) < MEMORY


def used() -> float:
    """Seconds of CPU time of this process and of those that it has started."""
    return sum(resource.getrusage(of).ru_utime for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@pytest.mark.slow
def test_a_long_document_takes_seconds_at_most() -> None:
    content = pdf(*[b"<</Type/Annot/Subtype/Link/Rect[0 0 %d 1]/Border[0 0 0]>>" % each for each in range(20_000)])
    before = used()

    assert passes(content, TYPE)

    assert used() - before < 4
