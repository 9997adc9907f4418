"""Blind tokens: keyed with the organisation and the confidentiality class, and packed for pending texts."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.search.index import blind_tokens
from chalicelib.features.search.index.blind_tokens import Tokens
from tests.helpers.fakes.sealer import PlainSealer
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import searching

TEXT = "空调漏水三天未修"


def of(tenant: str, holder: str = "content", text: str = TEXT) -> set[str]:
    return Tokens(PlainSealer(), tenant).of_text(holder, text)


def test_equal_bigrams_of_one_class_have_equal_tokens() -> None:
    assert of("acme", text="漏水") < of("acme", text="空调漏水")


def test_tokens_of_other_organisations_and_classes_differ() -> None:
    assert of("acme").isdisjoint(of("other"))
    assert of("acme").isdisjoint(of("acme", "internal"))


def test_a_choice_has_no_token_of_a_text() -> None:
    tokens = Tokens(PlainSealer(), "acme")
    assert tokens.of_choice("outcome", "upheld") not in tokens.of_text("content", "outcome upheld")


def test_tokens_are_six_letters_or_digits_without_a_meaning_in_fts5() -> None:
    assert all(re.fullmatch(r"[a-z2-7]{6}", token) for token in nonempty(of("acme")))
    assert len(of("acme")) == len(TEXT) - 1


@given(st.sets(st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=6, max_size=6), max_size=30))
@searching(200)
def test_packed_tokens_are_unpacked(tokens: set[str]) -> None:
    packed = blind_tokens.packed(tokens)

    assert (len(packed), set(blind_tokens.unpacked(packed))) == (4 * len(tokens), tokens)


def test_another_bigram_shares_a_token_about_once_in_a_billion() -> None:
    """30 bits: among 20,000 different bigrams, 0.2 pairs are expected to collide."""
    han = [chr(0x4E00 + n) for n in range(142)]
    tokens = Tokens(PlainSealer(), "acme").of_bigrams("content", (a + b for a in han for b in han))
    assert len(tokens) >= len(han) ** 2 - 3
