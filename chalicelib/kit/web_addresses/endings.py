"""The endings of domain names: top-level domains, and how sure it is that one is no word of a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from chalicelib.kit.look_alikes import is_foreign, latin

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_ASCII = r"(?:xn--[a-z0-9-]{1,59}+|[a-z]{2,63}+)(?![a-z0-9])"
"""At the start of a label. `win.com点击` is a link to `win.com`: programs end it before what is not ASCII."""
_RESERVED = frozenset({"example", "test", "invalid", "localhost", "local", "internal", "onion", "alt"})
"""RFC 2606, 6761, 6762, 7686, 9476 and ICANN's `internal`. Some resolve in a reader's network."""
_NO_WORDS = frozenset({"com", "net", "org", "edu", "gov", "cn", "hk", "tw", "cc", "xyz"})
"""They begin no sentence, unlike `vip`, `app`, `it`, `in`, `so` and `手机`."""
_COUNTRIES = frozenset({"中国", "中國", "香港", "台湾", "台灣", "新加坡"})


def ending(label: str) -> str | None:
    """The top-level domain that the label is or begins with, up to where ASCII begins or ends.

    `label`: folded, at most 64 signs.
    """
    found = re.match(_ASCII, label)
    if found is not None and _is_known(found[0]):
        return found[0]
    if label.isascii():
        return None
    found = re.match(r"[^\x00-\x7f]*+", label)
    foreign = found[0] if found else ""
    for top in (label, foreign):
        if top and _is_known(top):
            return top
    if is_country(foreign[:-1]):  # `win.中国吧`, but not `5G。中国移动说…`
        return foreign[:-1]
    seen = "".join(latin(sign).casefold() if is_foreign(sign) else sign for sign in label)
    found = None if seen == label else re.match(_ASCII, seen)
    return found[0] if found is not None and _is_known(found[0]) else None


def is_no_word(top: str) -> bool:
    """True if the domain is recognised as one also behind the end of a sentence: `evil. com`, `领奖。com`."""
    return top in _NO_WORDS or top.startswith("xn--")


def is_country(top: str) -> bool:
    return top in _COUNTRIES


@lru_cache(maxsize=4096)
def _is_known(label: str) -> bool:
    if label in _RESERVED or label.startswith("xn--"):
        return True
    return len(label) < 64 and _suffixes().publicsuffix(f"x.{label}") is not None


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # late: a list of 10,000 lines, for few texts

    return PublicSuffixList(accept_unknown=False, only_icann=True)
