"""The earlier revisions of a PDF (ISO 32000-1 7.5.6). A reader shows them on request, as what a person signed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf

from chalicelib.features.evidence.check.pdf import objects
from chalicelib.features.evidence.refusal import Refusal

MOST = 100
"""Revisions of one document. Each is read from its beginning."""
_END = re.compile(rb"%%EOF")
_LINEARIZED, _HEAD = b"/Linearized", 1024
"""A linearized document has the end of its first part, which is no revision, near its beginning (annex F.3)."""


def check(file: BinaryIO) -> None:
    """Raises `Refusal` for what `objects` refuses, `broken` for a revision that the parser cannot read, or `bomb`."""
    file.seek(0)
    whole = file.read()
    for end in _ends(whole):
        with pikepdf.open(io.BytesIO(whole[:end]), suppress_warnings=True, inherit_page_attributes=False) as document:
            objects.check_actions(document)


def _ends(whole: bytes) -> Iterator[int]:
    """Where each revision but the last one ends."""
    ends = [found.end() for found in _END.finditer(whole)][:-1]
    if _LINEARIZED in whole[:_HEAD]:
        ends = ends[1:]
    if len(ends) > MOST:
        raise Refusal("bomb")
    yield from ends
