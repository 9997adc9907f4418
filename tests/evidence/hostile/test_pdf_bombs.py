"""PDFs that need much memory or time. Another process reads them, within limits of both."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from tests.evidence.hostile.checks import passes, refused
from tests.fakes.pdfs import CATALOG, packed_objects, pdf, stream, with_object_stream

ROOT = Path(__file__).parents[3]
TYPE = "application/pdf"
ZEROS = zlib.compress(bytes(64 << 20), 9)
TWICE = zlib.compress(ZEROS, 9)
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
        (ZEROS, b"/Filter/FlateDecode"),
        (ZEROS, b"/Filter 5 0 R"),
        (ZEROS, b"/Filt#65r/Fl"),
        (ZEROS.hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]"),
        (ZEROS, b"/Filter[5 0 R/DCTDecode]"),
    ],
    ids=["plain", "elsewhere", "escaped", "in hexadecimal", "of an image"],
)
def test_a_stream_that_inflates_beyond_the_limit_is_refused(encoded: bytes, filters: bytes) -> None:
    assert refused(pdf(b"/FlateDecode", stream(encoded, filters)), TYPE) == "bomb"


def test_filters_that_no_writer_puts_before_an_image_are_refused() -> None:
    assert refused(pdf(stream(b"", b"/Filter[/RunLengthDecode/CCITTFaxDecode]")), TYPE) == "not-scannable"


def test_an_object_stream_that_inflates_beyond_the_memory_is_refused() -> None:
    content, entries = packed_objects([b"null"])
    packer = zlib.compressobj(9)
    packed = packer.compress(content) + b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1200))
    dictionary = b"/Type/Obj#53tm/Filter/FlateDecode" + entries

    assert refused(with_object_stream(packed + packer.flush(), dictionary, catalog=CATALOG), TYPE) == "bomb"


def test_nested_arrays_are_refused() -> None:
    assert refused(pdf(b"[" * 100_000 + b"]" * 100_000), TYPE) in ("broken", "bomb")


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


def test_a_long_document_takes_seconds_at_most() -> None:
    content = pdf(*[b"<</Type/Annot/Subtype/Link/Rect[0 0 %d 1]/Border[0 0 0]>>" % each for each in range(40_000)])
    started = time.monotonic()

    assert passes(content, TYPE)

    assert time.monotonic() - started < 15
