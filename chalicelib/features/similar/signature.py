"""Keyed MinHash signatures of texts (Broder 1997), and their band keys (Leskovec, Rajaraman, Ullman 2020, section 3.4).

The share of equal values of two signatures estimates the Jaccard similarity of the texts' bigrams. Two texts that share
three successive values at the right place share a band key. All values are keyed: without the organisation's key,
a reader of the table cannot compute the signature of a guessed text.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from operator import eq

VALUES, BANDS, ROWS = 64, 21, 3
"""Values of a signature, bands, and values of a band. The last value is in no band."""
SHORTEST = 12
"""Least characters of a text with a signature: shorter ones are alike by chance."""
LONGEST = 10_000
"""Characters of a text that its signature counts."""
_PER_DIGEST = 16
"""Values from one digest of 64 bytes."""
_DIGESTS = VALUES // _PER_DIGEST
_CHARACTERS = r"[^\W\u0e00-\U0010ffff]+|\S"
"""A word of a script with spaces (they come before U+0E00), or another character that is no space."""
_KEY_BYTES = 8
_NUMBERS = struct.Struct(f"<{_PER_DIGEST}I")
_STORED = struct.Struct(f"<{VALUES}H")


def characters(text: str) -> list[str]:
    """The text without differences of width and case, and without spaces.

    In scripts with spaces between words, a word counts as one character: there are too few letters for bigrams of them
    to tell texts apart.
    """
    import unicodedata  # as in `policy.language.values.value_readers`

    return re.findall(_CHARACTERS, unicodedata.normalize("NFKC", text).casefold())[:LONGEST]


def signature(key: bytes, text: str) -> bytes | None:
    """64 values of two bytes. None for a text that is too short. `key`: at most 64 bytes."""
    found = characters(text)
    if len(found) < SHORTEST:
        return None
    grams = {f"{one} {other}".encode() for one, other in pairwise(found)}
    smallest = [value for place in range(_DIGESTS) for value in _smallest(key, place, grams)]
    return _STORED.pack(*(value & 0xFFFF for value in smallest))


def _smallest(key: bytes, place: int, grams: set[bytes]) -> Iterator[int]:
    """The smallest value under each of 16 hash functions, which are the parts of one digest."""
    salt = str(place).encode()
    digests = (hashlib.blake2b(gram, key=key, salt=salt).digest() for gram in grams)
    return map(min, zip(*map(_NUMBERS.unpack, digests), strict=True))


def band_keys(key: bytes, signed: bytes) -> list[str]:
    """A key for each band: keyed BLAKE2b (RFC 7693) of the band's number and its values."""
    size = 2 * ROWS
    return [_band_key(key, band, signed[band * size : (band + 1) * size]) for band in range(BANDS)]


def _band_key(key: bytes, band: int, values: bytes) -> str:
    digest = hashlib.blake2b(values, key=key, salt=str(band).encode(), person=b"band", digest_size=_KEY_BYTES).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def equal_values(one: bytes, other: bytes) -> int:
    """How many of the 64 values are equal. Their share estimates the bigrams in common, of all that the texts have."""
    return sum(map(eq, _STORED.unpack(one), _STORED.unpack(other)))
