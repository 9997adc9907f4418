"""How many edited texts share a band with the original, and how many other texts do: `make bench ONLY=similar`, small.

The texts are of invented characters that occur as often as those of a language.
"""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from benchmarks.texts import similar
from chalicelib.features.similar import signature

KEY = b"a key of a test"
ALPHABET = "".join(map(chr, range(0x4E00, 0x4E00 + 800)))
TEXT = "门前的路灯坏了两个星期，晚上看不清台阶，昨天老人摔了一跤。"


def texts(count: int, rng: random.Random) -> list[str]:
    weights = [1 / (10 + rank) for rank in range(len(ALPHABET))]
    return ["".join(rng.choices(ALPHABET, weights, k=rng.randint(60, 140))) for _ in range(count)]


@pytest.mark.slow
def test_changed_texts_are_found_and_few_others() -> None:
    rng = random.Random(1)

    found = similar.measure(texts(150, rng), rng)

    assert found.recall[similar.EDITS] >= 1 - similar.MOST_MISSED
    assert found.recall[similar.HALF] >= 1 - similar.MOST_HALVES_MISSED
    assert found.wrong <= similar.MOST_FALSE


def test_there_are_no_groups_of_texts_that_share_a_stock_sentence_only() -> None:
    rng = random.Random(1)

    found = similar.measure_groups(similar.with_stock([text[:30] for text in texts(600, rng)], rng))

    assert [one.false for one in found.values()][1:] == [0]
    assert next(iter(found.values())).false > 0


def test_an_edit_changes_a_fifth_of_the_characters() -> None:
    changed = similar.edited("一" * 100, "二", random.Random(2))

    assert changed.count("二") + (100 - changed.count("一")) >= 20
    assert 80 <= len(changed) <= 120


@pytest.mark.parametrize("count", [signature.SHORTEST - 1, signature.SHORTEST])
def test_a_text_needs_twelve_characters(count: int) -> None:
    assert (signature.signature(KEY, TEXT[:count]) is not None) is (count == signature.SHORTEST)


def test_a_word_of_a_script_with_spaces_counts_as_one_character() -> None:
    assert signature.characters("Ｔhe pump, the 泵，坏了") == ["the", "pump", ",", "the", "泵", ",", "坏", "了"]


TRADITIONAL = "門前的路燈壞了兩個星期，晚上看不清臺階，昨天老人摔了一跤。"


def test_traditional_and_simplified_characters_are_one_text() -> None:
    assert signature.characters(TRADITIONAL) == signature.characters(TEXT)
    assert signature.sign(KEY, TRADITIONAL) == signature.sign(KEY, TEXT)


@pytest.mark.parametrize(
    ("text", "loaded"), [("Two of my pumps stopped, so please send me others.", False), (TEXT, True)]
)
def test_only_a_text_with_chinese_characters_loads_the_dictionaries(text: str, loaded: bool) -> None:
    code = f"from chalicelib.features.similar import signature; signature.signature(b'k', {text!r})"
    code = f"import sys; {code}; print('opencc' in sys.modules)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == str(loaded)


def test_only_the_first_characters_of_a_long_text_count() -> None:
    long = TEXT * 400

    assert len(long) > signature.LONGEST
    assert signature.signature(KEY, long) == signature.signature(KEY, long + "完全不同的结尾，谁也没有见过。")


def test_another_key_gives_another_signature() -> None:
    one, other = signature.signature(KEY, TEXT), signature.signature(b"another key", TEXT)

    assert one is not None
    assert other is not None
    assert signature.likeness(one, other) <= 2 / signature.VALUES
    assert not set(signature.band_keys(KEY, one)) & set(signature.band_keys(b"another key", other))


def test_sentences_have_the_same_key_in_each_text_and_short_ones_have_none() -> None:
    greeting, own = "您好，我是贵公司的老客户。", "门前的路灯坏了两个星期！"

    keys = signature.sentence_keys(KEY, f"{greeting}谢谢。{own}")

    assert keys == signature.sentence_keys(KEY, greeting) + signature.sentence_keys(KEY, own)
    assert len(keys) == 2


def test_of_many_sentences_the_first_and_the_last_have_keys() -> None:
    many = [f"第{'一二三四五六七八九十'[n // 10]}{'一二三四五六七八九十'[n % 10]}件事没有人管。" for n in range(30)]

    kept = signature.sentence_keys(KEY, "".join(many))

    assert kept == signature.sentence_keys(KEY, "".join(many[:8] + many[-8:]))
    assert len(kept) == signature.MOST_SENTENCES


def test_likeness_leaves_stock_sentences_out() -> None:
    stock = "本人对贵公司此次的处理结果非常不满意，特此向贵公司提出投诉，希望贵公司能够重视并且尽快给我一个合理的解释。"
    one, other = (f"{stock}{text}" for text in (TEXT, "快递员把包裹扔在雨里，里面的书全部湿透，客服说与他们无关。"))
    first, second, again = (signature.sign(KEY, text) for text in (one, other, one.replace("昨天", "前天")))
    assert first is not None
    assert second is not None
    assert again is not None
    values = list(signature.sentence_values(KEY, stock).values())

    with_stock, without = (signature.likeness(first.values, second.values, of) for of in ([], values))
    same = signature.likeness(first.values, again.values, values)

    assert with_stock > 20 / signature.VALUES > without
    assert same > 0.5


def test_texts_of_stock_sentences_alone_are_not_alike() -> None:
    signed = signature.sign(KEY, TEXT)
    assert signed is not None

    assert signature.likeness(signed.values, signed.values, signature.sentence_values(KEY, TEXT).values()) == 0


def test_bands_of_equal_values_at_different_places_differ() -> None:
    assert len(set(signature.band_keys(KEY, bytes(2 * signature.VALUES)))) == signature.BANDS
