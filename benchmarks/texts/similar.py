"""Similar complaints: how many edited texts are found, and how many others beside them: `make bench ONLY=similar`.

The texts are generated from the corpus of `make demo-load`: lines in random order, joined to texts of 60 characters and
more.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.demo_load import corpus
from benchmarks.targets import target_line
from chalicelib.features.similar import signature

TEXTS = 10_000
SHORTEST = 60
"""Characters of a text."""
EDITED = 0.2
"""The share of a text's characters that are edited."""
MOST_MISSED, MOST_FALSE = 0.06, 1.0
"""Targets: the share of edited texts that are not found, and other texts that are found, for each thousand."""
_KEY = b"the key of the benchmark"
_SEED = 20


@dataclass(frozen=True, slots=True)
class MeasuredRecall:
    """`recall`: the share of edited texts whose original is a candidate. `wrong`: other texts that are candidates, for
    each thousand. `seconds`: to compute the signature and the band keys of a text."""

    recall: float
    wrong: float
    seconds: float


def joined(lines: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """Texts of random lines, each of at least `SHORTEST` characters."""
    return [_text(lines, rng) for _ in range(count)]


def _text(lines: Sequence[str], rng: random.Random) -> str:
    text = ""
    while len(text) < SHORTEST:
        text += rng.choice(lines)
    return text


def edited(text: str, characters: str, rng: random.Random) -> str:
    """Each edited character is replaced, deleted, or preceded by another one, with the same chance."""
    found = list(text)
    for place in sorted(rng.sample(range(len(text)), round(len(text) * EDITED)), reverse=True):
        other = rng.choice(characters)
        found[place] = rng.choice([other, "", other + found[place]])
    return "".join(found)


def measure(texts: Sequence[str], rng: random.Random) -> MeasuredRecall:
    began = time.process_time()
    bands = [_bands(text) for text in texts]
    seconds = (time.process_time() - began) / len(texts)
    characters = "".join(texts)
    found = sum(
        not one.isdisjoint(_bands(edited(text, characters, rng))) for text, one in zip(texts, bands, strict=True)
    )
    shared = Counter(key for one in bands for key in one)
    common = {key for key, count in shared.items() if count > 1}
    return MeasuredRecall(found / len(texts), 1000 * _pairs(bands, common) / len(texts) ** 2, seconds)


def _bands(text: str) -> set[tuple[int, str]]:
    signed = signature.signature(_KEY, text)
    return set() if signed is None else set(enumerate(signature.band_keys(_KEY, signed)))


def _pairs(bands: Sequence[set[tuple[int, str]]], common: set[tuple[int, str]]) -> int:
    """Ordered pairs of texts that share a band key."""
    members: dict[tuple[int, str], list[int]] = {key: [] for key in common}
    for place, one in enumerate(bands):
        for key in one & common:
            members[key].append(place)
    return len({(one, other) for places in members.values() for one in places for other in places if one != other})


def rows() -> Iterator[str]:
    rng = random.Random(_SEED)
    found = measure(joined([line for line in corpus.lines() if line.strip()], TEXTS, rng), rng)
    yield f"{TEXTS:,} texts of {SHORTEST} characters and more; {100 * EDITED:.0f} % of the characters are edited.\n"
    yield "| recall | other texts found, of 1,000 | CPU ms of a text |\n|---:|---:|---:|"
    yield f"| {100 * found.recall:.1f} % | {found.wrong:.2f} | {1000 * found.seconds:.1f} |"
    yield target_line("share of edited texts that are not found", MOST_MISSED, {"missed": 1 - found.recall})
    yield target_line("other texts found, of 1,000,", MOST_FALSE, {"others": found.wrong})
