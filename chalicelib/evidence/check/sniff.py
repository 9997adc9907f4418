"""What a file's first bytes say that it is. `filetype` reads the signatures (docs/dependencies.md)."""

from __future__ import annotations

import codecs
import re

_SAME = {
    "image/apng": "image/png",
    "image/heif": "image/heic",
    "audio/x-wav": "audio/wav",
    "video/x-m4v": "video/mp4",
    "video/3gpp": "video/mp4",
}
"""Names of the same thing."""
_MARKUP = re.compile(rb"[\s\x00]*<(?:[!?a-z/])", re.IGNORECASE)
_PROGRAM = (b"#!", b"MZ", b"\xca\xfe\xba\xbe")
_LONGEST_CHARACTER = 3
"""Bytes of a UTF-8 character that the head may have cut off."""


def media_type(head: bytes) -> str | None:
    """`text/plain` for what reads as plain text, None for the unknown; every ZIP is `application/zip` (`archives`)."""
    import filetype

    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "application/zip"
    found = filetype.guess_mime(head)
    if found is None:
        return "text/plain" if plain_text(head) else None
    return _SAME.get(found, str(found))


def plain_text(head: bytes) -> bool:
    """UTF-8 without control characters that is neither markup nor a program: no browser takes it for more."""
    if head.startswith(_PROGRAM) or _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(head)
    except UnicodeDecodeError:
        return False
    rest = decoder.getstate()[0]
    return len(rest) <= _LONGEST_CHARACTER and not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
