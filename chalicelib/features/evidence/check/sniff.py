"""Detects a file's media type from its first bytes. Signatures: `filetype` (docs/development/dependencies.md)."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from chalicelib.features.evidence.refusal import Refusal

_SYNONYMS = {
    "image/apng": "image/png",
    "image/heif": "image/heic",
    "audio/x-wav": "audio/wav",
    "video/x-m4v": "video/mp4",
    "video/3gpp": "video/mp4",
}
_MARKUP = re.compile(rb"[\s\x00]*<(?:[!?a-z/])", re.IGNORECASE)
_PROGRAM = (b"#!", b"MZ", b"\xca\xfe\xba\xbe")
_LONGEST_CHARACTER = 3
"""Bytes of a UTF-8 character that the end of the head may have cut off."""
_PIECE = 1 << 20
_CONTROLS = frozenset(set(range(32)) - set(b"\t\r\n\f"))


def media_type(head: bytes) -> str | None:
    """`text/plain` for plain text, None if unknown. Every ZIP is `application/zip`, Office documents included."""
    import filetype

    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "application/zip"
    found = filetype.guess_mime(head)
    if found is None:
        return "text/plain" if plain_text(head) else None
    return _SYNONYMS.get(found, str(found))


def plain_text(head: bytes) -> bool:
    """True for UTF-8 without control characters, markup or a program's signature, so that no browser interprets it."""
    if head.startswith(_PROGRAM) or _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(head)
    except UnicodeDecodeError:
        return False
    cut_off = decoder.getstate()[0]
    return len(cut_off) <= _LONGEST_CHARACTER and not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)


def check_text(file: BinaryIO) -> None:
    """Checks a whole file. Raises `Refusal("type")` if any of it is not UTF-8 text."""
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
