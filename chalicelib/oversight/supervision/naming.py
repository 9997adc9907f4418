"""Finds the members whom a text names, in full- or half-width letters and with or without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chalicelib.oversight.register.particulars import name_forms
from chalicelib.oversight.register.particulars.alike import alike
from chalicelib.oversight.register.particulars.squeezed import squeeze
from chalicelib.tenants.people.membership import Membership

SHORTEST = 2
"""Characters of a name that is searched for. A single character would occur in most texts."""
_WIDE = "\u2e80-\U0010ffff"
"""Characters of scripts that put no spaces between words."""


class _Read(NamedTuple):
    """A text as it is searched. It is squeezed once: an organisation can have thousands of people."""

    squeezed: str
    words: frozenset[str]


def named_in(texts: Sequence[str], people: Iterable[Membership]) -> set[str]:
    """The `sub` of each member whose name or e-mail address occurs in one of the texts."""
    read = [_Read(squeeze(text).text, _words(text)) for text in texts]
    return {person.sub for person in people if _is_named(read, person)}


def _is_named(texts: Sequence[_Read], person: Membership) -> bool:
    """A name in Latin letters in any order of its words, without accents and hyphens. Of a Chinese name also the given
    name, and the surname with a title of an office."""
    name, address = squeeze(person.name).text, squeeze(person.email).text
    if any(address in text.squeezed for text in texts):
        return True
    if len(name) < SHORTEST:
        return False
    if re.search(f"[{_WIDE}]", name):
        forms = [name, *name_forms.chinese_forms(name, name_forms.OFFICIAL)]
        return any(form in text.squeezed for form in forms for text in texts)
    words = _words(person.name)
    return any(words <= text.words for text in texts)


def _words(text: str) -> frozenset[str]:
    bare = unicodedata.normalize("NFKD", text)
    return frozenset(re.findall(r"[^\W_]+", "".join(alike(sign) for sign in bare if not _is_silent(sign))))


def _is_silent(sign: str) -> bool:
    """An accent, or a sign that is not seen."""
    return unicodedata.category(sign) in ("Mn", "Cf")
