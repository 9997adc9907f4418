"""Similar complaints: how many changed texts are found, by kind of change, and how many others beside them. Groups of
texts that share a stock sentence only: `make bench ONLY=similar`.

The texts are generated from the corpus of `make demo-load`: lines in random order, joined to texts of 60 characters and
more.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.demo_load import corpus
from benchmarks.targets import target_line
from chalicelib.features.analysis import groups
from chalicelib.features.similar import queries, signature, stock
from chalicelib.features.similar.signature import Signature
from chalicelib.features.similar.stock import StockSentences

TEXTS = 10_000
GROUPED = groups.MOST_COMPARED
"""Texts of which groups are made: as many as an answer compares."""
SHORTEST = 60
"""Characters of a text."""
EDITED = 0.2
"""The share of a text's characters that are edited."""
STOCK = (
    "本人对贵公司此次的处理结果非常不满意，特此向贵公司提出投诉。",
    "希望贵公司能够重视并且尽快给我一个合理的解释和满意的答复。",
    "我是贵公司多年的老客户，一直以来都非常信任你们的产品和服务。",
    "如果得不到妥善的处理，本人将保留通过法律途径维护自身权益的权利。",
    "以上情况全部属实，麻烦工作人员尽快核实之后与我本人电话联系。",
)
WITH_STOCK = 0.03
"""The share of texts that have each stock sentence."""
OWN = 0.1
"""Texts with less in common, besides stock sentences, share no matter: texts that share a line have more."""
MOST_MISSED, MOST_HALVES_MISSED, MOST_FALSE, MOST_GROUPS = 0.06, 0.1, 1.0, 0.0
"""Targets: the share of changed texts that are not found; of halves; other texts that are found, for each thousand;
groups of texts that share a stock sentence only, for each thousand texts."""
_KEY = b"the key of the benchmark"
_SEED = 20
EDITS, HALF = f"{100 * EDITED:.0f} % of the characters edited", "half of the text"
_NO_STOCK = StockSentences({})
Change = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class MeasuredRecall:
    """`recall`: the share of changed texts that are listed with their original, by kind of change. `wrong`: other texts
    that are candidates, for each thousand. `seconds`: to compute the signature and the band keys of a text."""

    recall: Mapping[str, float]
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


def reordered(text: str, rng: random.Random) -> str:
    """The clauses in random order."""
    clauses = re.findall(r"[^，。！？；,!?;]+[，。！？；,!?;]*", text)
    return "".join(rng.sample(clauses, len(clauses)))


def half(text: str, rng: random.Random) -> str:
    """The first or the second half."""
    return text[: len(text) // 2] if rng.random() < 0.5 else text[len(text) // 2 :]


def traditional() -> Change:
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return lambda text, _rng: str(convert(text))


def measure(texts: Sequence[str], rng: random.Random) -> MeasuredRecall:
    began = time.process_time()
    signed = [signature.sign(_KEY, text) for text in texts]
    seconds = (time.process_time() - began) / len(texts)
    characters = "".join(texts)
    kinds: dict[str, Change] = {
        EDITS: lambda text, by: edited(text, characters, by),
        "clauses in another order": reordered,
        HALF: half,
        "traditional characters": traditional(),
    }
    found = {
        kind: sum(_lists(signature.sign(_KEY, change(text, rng)), one) for text, one in zip(texts, signed, strict=True))
        for kind, change in kinds.items()
    }
    bands = [_bands(one) for one in signed]
    shared = Counter(key for one in bands for key in one)
    common = {key for key, count in shared.items() if count > 1}
    recall = {kind: count / len(texts) for kind, count in found.items()}
    return MeasuredRecall(recall, 1000 * _pairs(bands, common) / len(texts) ** 2, seconds)


def _lists(one: Signature | None, other: Signature | None) -> bool:
    """Whether the list of the one has the other, if both are all that there is."""
    if one is None or other is None or _bands(one).isdisjoint(_bands(other)):
        return False
    return signature.likeness(one.values, other.values) >= queries.LEAST


def _bands(signed: Signature | None) -> set[tuple[int, str]]:
    return set() if signed is None else set(enumerate(signed.bands))


def _pairs(bands: Sequence[set[tuple[int, str]]], common: set[tuple[int, str]]) -> int:
    """Ordered pairs of texts that share a band key."""
    members: dict[tuple[int, str], list[int]] = {key: [] for key in common}
    for place, one in enumerate(bands):
        for key in one & common:
            members[key].append(place)
    return len({(one, other) for places in members.values() for one in places for other in places if one != other})


@dataclass(frozen=True, slots=True)
class MeasuredGroups:
    """`found`: groups. `false`: those of which most texts have little in common with the first but stock sentences."""

    found: int
    false: int


def with_stock(texts: Sequence[str], rng: random.Random) -> list[str]:
    """Each text with each stock sentence by chance, before or behind it."""
    return [_with_stock(text, rng) for text in texts]


def _with_stock(text: str, rng: random.Random) -> str:
    for sentence in STOCK:
        if rng.random() < WITH_STOCK:
            text = f"{sentence}{text}" if rng.random() < 0.5 else f"{text}。{sentence}"
    return text


def measure_groups(texts: Sequence[str]) -> dict[str, MeasuredGroups]:
    """Without and with the stock sentences that are found among the texts."""
    signed = {str(n): one for n, text in enumerate(texts) if (one := signature.sign(_KEY, text)) is not None}
    held = stock.of_texts({name: one.sentences for name, one in signed.items()})
    values = {key: signature.sentence_values(_KEY, texts[int(name)])[key] for key, name in held.items()}
    plain = [_grams(text) for text in texts]
    return {
        "all sentences count alike": _judged(groups.grouped(signed, _NO_STOCK), plain),
        "stock sentences do not count": _judged(groups.grouped(signed, StockSentences(values)), plain),
    }


def _judged(found: list[list[str]], plain: Sequence[set[str]]) -> MeasuredGroups:
    def is_false(group: list[str]) -> bool:
        first, *others = (plain[int(name)] for name in group)
        unlike = sum(len(first & one) < OWN * len(first | one) for one in others)
        return 2 * unlike > len(others)

    return MeasuredGroups(len(found), sum(map(is_false, found)))


def _grams(text: str) -> set[str]:
    for sentence in STOCK:
        text = text.replace(sentence, "")
    return {text[at : at + 2] for at in range(len(text) - 1)}


def rows() -> Iterator[str]:
    rng = random.Random(_SEED)
    texts = joined([line for line in corpus.lines() if line.strip()], TEXTS, rng)
    found = measure(texts, rng)
    yield f"{TEXTS:,} texts of {SHORTEST} characters and more.\n"
    yield "| change | recall |\n|---|---:|"
    yield from (f"| {kind} | {100 * share:.1f} % |" for kind, share in found.recall.items())
    yield f"\nOther texts found, of 1,000: {found.wrong:.2f}. CPU time of a text: {1000 * found.seconds:.1f} ms."
    missed = {kind: 1 - share for kind, share in found.recall.items()}
    halves = {HALF: missed.pop(HALF)}
    yield target_line("share of changed texts that are not found", MOST_MISSED, missed)
    yield target_line("share of halves that are not found", MOST_HALVES_MISSED, halves)
    yield target_line("other texts found, of 1,000,", MOST_FALSE, {"others": found.wrong})
    yield f"\n{GROUPED:,} of these texts, {100 * WITH_STOCK:.0f} % of them with each of {len(STOCK)} stock sentences.\n"
    yield "| groups | found | of texts that share a stock sentence only |\n|---|---:|---:|"
    grouped = measure_groups(with_stock(texts[:GROUPED], rng))
    yield from (f"| {name} | {one.found} | {one.false} |" for name, one in grouped.items())
    false = {name: 1000 * one.false / GROUPED for name, one in list(grouped.items())[1:]}
    yield target_line("false groups of 1,000 texts", MOST_GROUPS, false)
