"""Plain text: the whole of it, not only its beginning."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from chalicelib.evidence.check.refusal import Refusal

_PIECE = 1 << 20
_CONTROLS = frozenset(set(range(32)) - set(b"\t\r\n\f"))


def check(file: BinaryIO) -> None:
    """Raises `Refusal("type")` where it stops being UTF-8 text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
            if _CONTROLS & set(piece):
                raise Refusal("type")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refusal("type") from None
