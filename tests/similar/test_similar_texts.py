"""How many edited texts share a band with the original, and how many other texts do: `make bench ONLY=similar`, small.

The texts are of invented characters that occur as often as those of a language.
"""

from __future__ import annotations

import random

import pytest

from benchmarks.texts import similar
from chalicelib.features.similar import signature

KEY = b"a key of a test"
ALPHABET = "".join(map(chr, range(0x4E00, 0x4E00 + 800)))
TEXT = "门前的路灯坏了两个星期，晚上看不清台阶，昨天老人摔了一跤。"


def texts(count: int, rng: random.Random) -> list[str]:
    weights = [1 / (10 + rank) for rank in range(len(ALPHABET))]
    return ["".join(rng.choices(ALPHABET, weights, k=rng.randint(60, 140))) for _ in range(count)]


def test_edited_texts_are_found_and_few_others() -> None:
    rng = random.Random(1)

    found = similar.measure(texts(150, rng), rng)

    assert found.recall >= 1 - similar.MOST_MISSED
    assert found.wrong <= similar.MOST_FALSE


def test_an_edit_changes_a_fifth_of_the_characters() -> None:
    changed = similar.edited("一" * 100, "二", random.Random(2))

    assert changed.count("二") + (100 - changed.count("一")) >= 20
    assert 80 <= len(changed) <= 120


@pytest.mark.parametrize("count", [signature.SHORTEST - 1, signature.SHORTEST])
def test_a_text_needs_twelve_characters(count: int) -> None:
    assert (signature.signature(KEY, TEXT[:count]) is not None) is (count == signature.SHORTEST)


def test_a_word_of_a_script_with_spaces_counts_as_one_character() -> None:
    assert signature.characters("Ｔhe pump, the 泵，坏了") == ["the", "pump", ",", "the", "泵", ",", "坏", "了"]


def test_only_the_first_characters_of_a_long_text_count() -> None:
    long = TEXT * 400

    assert len(long) > signature.LONGEST
    assert signature.signature(KEY, long) == signature.signature(KEY, long + "完全不同的结尾，谁也没有见过。")


def test_another_key_gives_another_signature() -> None:
    one, other = signature.signature(KEY, TEXT), signature.signature(b"another key", TEXT)

    assert one is not None
    assert other is not None
    assert signature.equal_values(one, other) <= 2
    assert not set(signature.band_keys(KEY, one)) & set(signature.band_keys(b"another key", other))


def test_bands_of_equal_values_at_different_places_differ() -> None:
    assert len(set(signature.band_keys(KEY, bytes(2 * signature.VALUES)))) == signature.BANDS
