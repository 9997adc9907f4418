"""Looks for texts in every item of the table, every object, and every mail, however they are packed."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from chalicelib.kit.instants import SECOND
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.wiring import Fakes
from tests.kernel.web.untouched import in_process

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_DEEPEST = 4
PARTS = ("exports", "sealed", "quarantine", "anchors")
"""Of the bucket."""


def spelled(content: bytes, depth: int = 0) -> Iterator[str]:
    """The text, and those that are packed in it: ZIP, gzip, zlib, base64, JSON with escapes."""
    if depth > _DEEPEST:
        return
    for unpacked in _unpacked(content):
        yield from spelled(unpacked, depth + 1)
    text = content.decode("utf-8", "replace")
    yield text
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), text)
    for coded in _BASE64.findall(text):
        try:
            decoded = base64.urlsafe_b64decode(coded.replace("+", "-").replace("/", "_") + "=" * (-len(coded) % 4))
        except (binascii.Error, ValueError):
            continue
        yield from spelled(decoded, depth + 1)


def _unpacked(content: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    for unpack in (gzip.decompress, zlib.decompress):
        with suppress(OSError, EOFError, zlib.error):
            yield unpack(content)


def where(organisation: Organisation, texts: Sequence[str]) -> dict[str, set[str]]:
    """The kinds of items that have not expired, and the parts of the bucket, with the texts that occur in them."""
    fakes = in_process(organisation).fakes
    now = fakes.real_clock() // SECOND
    found: dict[str, set[str]] = {}
    for place, content in _contents(fakes, now):
        packed = [*spelled(content)]
        if seen := {text for text in texts if any(text in one for one in packed)}:
            found.setdefault(place, set()).update(seen)
    return found


def _contents(fakes: Fakes, now: int) -> Iterator[tuple[str, bytes]]:
    for item in fakes.store.everything():
        if item.expires is None or item.expires > now:
            yield item.kind, msgspec.json.encode(item)
    files = {key: [one.content for one in versions.values()] for key, versions in fakes.objects.stored.items()}
    for key, contents in {**files, **fakes.vault.written}.items():
        place = next((part for part in PARTS if f"/{part}/" in f"/{key}"), key)
        yield from ((place, one) for one in contents)
    for segment in fakes.search.segments.values():
        yield "segment", repr(segment).encode()
