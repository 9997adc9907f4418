"""The record's canonical JSON: whichever way it is written, the bytes are those of RFC 8785's own writer."""

from __future__ import annotations

import string
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.kit import canonical
from tests.helpers.searches import searching

TEXTS = st.text(max_size=12) | st.text(string.ascii_letters + '"\\/\x00\x1f\x7f\n\t\r\b\f\u2028😀\ue000', max_size=8)
NAMES = st.text(string.ascii_lowercase + '_."', max_size=4) | TEXTS
WHOLE = st.integers(-5, 100) | st.sampled_from([2**53 - 1, 2**53, 1 - 2**53, -(2**53), 2**64, -(2**64)])
SCALARS = st.none() | st.booleans() | WHOLE | TEXTS
PLAIN = st.recursive(SCALARS, lambda of: st.lists(of, max_size=4) | st.dictionaries(NAMES, of, max_size=5))
ANY = st.recursive(
    SCALARS | st.floats() | st.characters(categories=["Cs"]) | st.binary(max_size=2),
    lambda of: (
        st.lists(of, max_size=3)
        | st.lists(of, max_size=3).map(tuple)
        | st.dictionaries(NAMES | WHOLE | st.none() | st.booleans(), of, max_size=3)
    ),
)


def written(write: Any, value: Any) -> Any:
    """The bytes, or that there are none."""
    try:
        return write(value)
    except ValueError:
        return ValueError


@searching(300)
@given(PLAIN)
@example({"\ue000": 1, "😀": 2})
@example({"b": [{}, [], ""], "a": {"B": True, "A": None}, "": -0})
def test_it_is_what_rfc_8785s_own_writer_makes(value: Any) -> None:
    assert written(canonical.encode, value) == written(rfc8785.dumps, value)


@searching(300)
@given(ANY)
@example({1: "a", "1": "b"})
@example([1.0, 1e21, -0.0, 1e-7, float("nan")])
@example({"\ud800": "\udfff"})
@example("\ud800")
def test_what_json_cannot_hold_is_refused_where_that_writer_refuses_it(value: Any) -> None:
    assert written(canonical.encode, value) == written(rfc8785.dumps, value)


def test_what_contains_itself_has_no_form() -> None:
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(RecursionError):
        canonical.encode(endless)
