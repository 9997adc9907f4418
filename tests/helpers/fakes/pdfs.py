"""PDF documents byte by byte, well-formed and hostile. No library writes the hostile forms."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>"
HELLO = b"BT (hello) Tj ET"


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def pdf(*more: bytes, catalog: bytes = CATALOG, page: bytes = PAGE, trailer: bytes = b"") -> bytes:
    """One page, and the objects `more` from number 5 on. `trailer`: additional entries of the trailer."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate([catalog, PAGES, page, stream(HELLO), *more], 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size, start = len(offsets) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out) + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def packed_objects(objects: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The content of an object stream with objects from number 6 on, and the entries of its dictionary."""
    head = b" ".join(b"%d %d" % (6 + at, sum(map(len, objects[:at])) + at) for at in range(len(objects)))
    return head + b" " + b" ".join(objects), b"/N %d/First %d" % (len(objects), len(head) + 1)


def with_object_stream(
    encoded: bytes, dictionary: bytes, more: Sequence[bytes] = (), *, catalog: bytes, count: int = 1
) -> bytes:
    """The document's object 5 is the object stream that has `count` objects (`packed_objects`), 6 and so on.

    `more`: objects after these. A cross-reference stream says where each is (ISO 32000-1 7.5.8).
    """
    out, rows = bytearray(b"%PDF-1.7\n"), [(0, 0, 65535)]
    bodies = [catalog, PAGES, PAGE, stream(HELLO), stream(encoded, dictionary), *more]
    numbers = [1, 2, 3, 4, 5, *range(6 + count, 6 + count + len(more))]
    for number, body in zip(numbers, bodies, strict=True):
        rows += [(2, 5, at) for at in range(count)] if number == 6 + count else []
        rows.append((1, len(out), 0))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    if not more:
        rows += [(2, 5, at) for at in range(count)]
    start = len(out)
    rows.append((1, start, 0))
    table = b"".join(struct.pack(">BLH", *row) for row in rows)
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode" % len(rows)
    out += b"%d 0 obj\n%s\nendobj\n" % (len(rows) - 1, stream(zlib.compress(table), entries))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start
