"""Finds the members whom a text names, in full- or half-width letters and with or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from chalicelib.tenants.people.membership import Membership

SHORTEST = 2
"""Characters of a name that is searched for. A single character would occur in most texts."""
_WIDE = "\u2e80-\U0010ffff"
"""Characters of scripts that put no spaces between words."""
_IN_WORD = rf"[^\W{_WIDE}]"


def named_in(texts: Sequence[str], people: Iterable[Membership]) -> set[str]:
    """The `sub` of each member whose name or e-mail address occurs in one of the texts."""
    plain = [_plain(text) for text in texts]
    return {person.sub for person in people if any(_names(text, person) for text in plain)}


def _names(text: str, person: Membership) -> bool:
    if _plain(person.email) in text:
        return True
    name = _plain(person.name).strip()
    if len(name) < SHORTEST:
        return False
    if re.search(f"[{_WIDE}]", name):
        return _closed_up(name) in _closed_up(text)
    spaced = r"\s+".join(map(re.escape, name.split()))
    return re.search(rf"(?<!{_IN_WORD}){spaced}(?!{_IN_WORD})", text) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _closed_up(text: str) -> str:
    return re.sub(r"\s+", "", text)
