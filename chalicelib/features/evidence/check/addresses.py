"""Which addresses a document may have for a person to follow: an allow-list of schemes, and places in the document.

Others open a program, or a file. Opening a file on another machine can reveal a password's hash.
"""

from __future__ import annotations

import re

_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
"""Characters that programs leave out of an address, or do not show."""
_FOLLOWED = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+:", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]++(?:\.[a-z0-9-]++)++:[0-9]{1,5}(?:[/?#]|$)", re.IGNORECASE)
"""An address without a scheme, with a port: `example.com:8080`."""
_WEB = re.compile(r"www\.[\w-]++(?:\.[\w-]++)++(?::[0-9]{1,5})?(?:[/?#][^\\]*+)?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\\\\[\w.?]|file:[\\/]|(?:java|vb)script:", re.IGNORECASE)
_SCHEMES = re.compile(
    r"(?:file|ftp|smb|(?:java|vb)script|data|mhtml|res|shell|view-source|[a-z]+-[a-z-]+):", re.IGNORECASE
)
"""Of addresses that are no web, where a colon may also be part of a name."""


def is_followed(address: str) -> bool:
    """True for the web, mail and telephone, and for a place in the document (`#name`)."""
    plain = _plain(address)
    return bool(_FOLLOWED.match(plain)) or (plain.startswith("#") and is_inside(plain))


def is_relative(address: str) -> bool:
    """True for an address without a scheme, such as `www.example.com`, that does not begin at another machine."""
    plain = _plain(address)
    return not plain.startswith(("/", "\\")) and (not _SCHEME.match(plain) or bool(_HOST.match(plain)))


def is_web_name(address: str) -> bool:
    """True for `www.example.com`, which programs open as a page of the web."""
    return bool(_WEB.fullmatch(_plain(address)))


def is_elsewhere(value: str) -> bool:
    """True for a value that begins as a file's address or a script, and as no other text would."""
    return (":" in value or "\\" in value) and bool(_ELSEWHERE.match(_plain(value)))


def is_inside(place: str) -> bool:
    """True for the name of a place in the document, or of a part: not for another machine's, or a script."""
    return "\\" not in place and "//" not in place and not _SCHEMES.match(_plain(place))


def is_part(name: str) -> bool:
    """True for the name of a part of the document."""
    return ":" not in name and is_inside(name)


def _plain(address: str) -> str:
    return _IGNORED.sub("", address)
