"""Finds the members whom a text names, in full- or half-width letters and with or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from chalicelib.oversight.register.particulars.squeezed import squeeze
from chalicelib.tenants.people.membership import Membership

SHORTEST = 2
"""Characters of a name that is searched for. A single character would occur in most texts."""
_WIDE = "\u2e80-\U0010ffff"
"""Characters of scripts that put no spaces between words."""


def named_in(texts: Sequence[str], people: Iterable[Membership]) -> set[str]:
    """The `sub` of each member whose name or e-mail address occurs in one of the texts."""
    return {person.sub for person in people if any(_names(text, person) for text in texts)}


def _names(text: str, person: Membership) -> bool:
    """In any order of the words of a name in Latin letters, without its accents and hyphens."""
    if squeeze(person.email).text in squeeze(text).text:
        return True
    name = squeeze(person.name).text
    if len(name) < SHORTEST:
        return False
    if re.search(f"[{_WIDE}]", name):
        return name in squeeze(text).text
    return _words(person.name) <= _words(text)


def _words(text: str) -> set[str]:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return set(re.findall(r"[^\W_]+", "".join(sign for sign in bare if not _is_silent(sign))))


def _is_silent(sign: str) -> bool:
    """An accent, or a sign that is not seen."""
    return unicodedata.category(sign) in ("Mn", "Cf")
