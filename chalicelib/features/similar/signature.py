"""Keyed MinHash signatures of texts (Broder 1997), their band keys (Leskovec, Rajaraman, Ullman 2020, section 3.4), and
the keys of their sentences.

The share of equal values of two signatures estimates the Jaccard similarity of the texts' bigrams. Two texts that share
three successive values at the right place share a band key. All values are keyed: without the organisation's key,
a reader of the table cannot compute the signature of a guessed text.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

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
_HAN = re.compile("[\u3400-\u9fff]")
_END = re.compile(r"[。!?;\n]|\.(?=\s)")
"""Between two sentences, after NFKC."""
SHORTEST_SENTENCE = 5
"""Least characters of a sentence with a key. Shorter ones change a signature little."""
MOST_SENTENCES = 16
"""Sentences of a text that have a key: the first and the last eight, where stock sentences are."""
LEAST_COUNTED = 4
"""Values that two texts must have besides those of their stock sentences, to be compared."""
_KEY_BYTES = 8
_NUMBERS = struct.Struct(f"<{_PER_DIGEST}I")
_STORED = struct.Struct(f"<{VALUES}H")


class Signature(NamedTuple):
    """What is stored of a text. `values`: 64 values of two bytes. `bands`, `sentences`: keys."""

    values: bytes
    bands: list[str]
    sentences: list[str]


def sign(key: bytes, text: str) -> Signature | None:
    """None for a text that is too short. `key`: at most 64 bytes."""
    values = signature(key, text)
    return None if values is None else Signature(values, band_keys(key, values), sentence_keys(key, text))


def characters(text: str) -> list[str]:
    """The text without differences of width, case and script, and without spaces.

    In scripts with spaces between words, a word counts as one character: there are too few letters for bigrams of them
    to tell texts apart.
    """
    return _characters(_normal(text))


def _characters(normal: str) -> list[str]:
    return re.findall(_CHARACTERS, normal)[:LONGEST]


def _normal(text: str) -> str:
    """NFKC, case folded, with simplified characters for traditional ones."""
    import unicodedata  # as in `policy.language.values.value_readers`

    plain = unicodedata.normalize("NFKC", text).casefold()
    return _simplified()(plain) if _HAN.search(plain) else plain


@lru_cache(maxsize=1)
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC  # late: dictionaries that only a Chinese text needs

    return OpenCC("t2s").convert


def signature(key: bytes, text: str) -> bytes | None:
    """64 values of two bytes. None for a text that is too short. `key`: at most 64 bytes."""
    found = characters(text)
    return None if len(found) < SHORTEST else _values(key, found)


def _values(key: bytes, found: list[str]) -> bytes:
    grams = {f"{one} {other}".encode() for one, other in pairwise(found)}
    smallest = [value for place in range(_DIGESTS) for value in _smallest(key, place, grams)]
    return _STORED.pack(*(value & 0xFFFF for value in smallest))


def sentence_keys(key: bytes, text: str) -> list[str]:
    """In the order of the text, each once: a keyed hash of each sentence that counts."""
    return list(_sentences(key, text))


def sentence_values(key: bytes, text: str) -> dict[str, bytes]:
    """The signatures of the sentences of a text alone, by their keys."""
    return {one: _values(key, found) for one, found in _sentences(key, text).items()}


def _sentences(key: bytes, text: str) -> dict[str, list[str]]:
    found = (_characters(one) for one in _END.split(_normal(text)))
    keyed = {
        _digest(key, " ".join(one).encode(), 0, b"sentence"): one for one in found if len(one) >= SHORTEST_SENTENCE
    }
    half = MOST_SENTENCES // 2
    kept = list(keyed) if len(keyed) <= MOST_SENTENCES else [*list(keyed)[:half], *list(keyed)[-half:]]
    return {one: keyed[one] for one in kept}


def _smallest(key: bytes, place: int, grams: set[bytes]) -> Iterator[int]:
    """The smallest value under each of 16 hash functions, which are the parts of one digest."""
    salt = str(place).encode()
    digests = (hashlib.blake2b(gram, key=key, salt=salt).digest() for gram in grams)
    return map(min, zip(*map(_NUMBERS.unpack, digests), strict=True))


def band_keys(key: bytes, signed: bytes) -> list[str]:
    """A key for each band: keyed BLAKE2b (RFC 7693) of the band's number and its values."""
    size = 2 * ROWS
    return [_digest(key, signed[band * size : (band + 1) * size], band, b"band") for band in range(BANDS)]


def _digest(key: bytes, value: bytes, place: int, person: bytes) -> str:
    digest = hashlib.blake2b(value, key=key, salt=str(place).encode(), person=person, digest_size=_KEY_BYTES).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def likeness(one: bytes, other: bytes, stock: Collection[bytes] = ()) -> float:
    """The share of equal values, which estimates the bigrams in common, of all that the texts have. 0 if too few values
    count.

    `stock`: the signatures of the stock sentences that both texts have. Values that both texts have from these do not
    count, so what is left estimates the same share for the texts without them.
    """
    theirs = zip(*map(_STORED.unpack, stock), strict=True) if stock else [()] * VALUES
    pairs = zip(_STORED.unpack(one), _STORED.unpack(other), theirs, strict=True)
    counted = [mine == its for mine, its, from_stock in pairs if mine != its or mine not in from_stock]
    return sum(counted) / len(counted) if len(counted) >= LEAST_COUNTED else 0.0
