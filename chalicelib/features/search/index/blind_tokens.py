"""Blind tokens: what the index stores in place of bigrams.

A token is an HMAC of confidentiality class and bigram under a key that is derived from the organisation's data key. The
index therefore shows neither texts nor words, and it is unreadable once the data key is erased.

A token is cut to 30 bits. A bigram has the token of another given one in one of 2**30 cases. A text of n bigrams is
then a false candidate for one bigram with a probability of n / 2**30: one text of 100 bigrams in ten million.
Candidates are compared with the decrypted text, so a false one costs a read and is never shown.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from chalicelib.features.search.index import words
from chalicelib.ports import Sealer

PURPOSE = "search tokens"
"""Of the derived key."""
CHOICES = "choice"
"""In place of a confidentiality class: the choices that acts recorded, which are public."""
_SIGNS = 6
"""Characters of base32 of a token."""


class Tokens:
    """Makes the tokens of one organisation. The caller has bound the tenant."""

    def __init__(self, sealer: Sealer, tenant: str) -> None:
        self._key = sealer.derive(tenant, PURPOSE)
        self._made: dict[tuple[str, str], str] = {}
        """The same bigrams return in many texts."""

    def of_text(self, holder: str, text: str) -> set[str]:
        """The tokens of a text of this confidentiality class."""
        return self.of_bigrams(holder, words.bigrams(words.normalised(text)))

    def of_bigrams(self, holder: str, pairs: Iterable[str]) -> set[str]:
        return {self._token(holder, pair) for pair in pairs}

    def of_choice(self, name: str, choice: str) -> str:
        return self._token(CHOICES, f"{name}\n{choice}")

    def _token(self, holder: str, what: str) -> str:
        made = self._made.get((holder, what))
        if made is None:
            digest = hmac.digest(self._key, f"{holder}\n{what}".encode(), hashlib.sha256)
            made = self._made[holder, what] = base64.b32encode(digest[:5]).decode()[:_SIGNS].lower()
        return made


def packed(tokens: Iterable[str]) -> bytes:
    """Four bytes for each token, in order."""
    numbers = sorted(int.from_bytes(base64.b32decode(f"{token}aa".upper())) >> 10 for token in tokens)
    return b"".join(number.to_bytes(4) for number in numbers)


def unpacked(raw: bytes) -> list[str]:
    numbers = (int.from_bytes(raw[first : first + 4]) for first in range(0, len(raw), 4))
    return [base64.b32encode((number << 10).to_bytes(5)).decode()[:_SIGNS].lower() for number in numbers]
