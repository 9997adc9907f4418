"""Packed contents come back as they were, with dictionaries that never change."""

from __future__ import annotations

import hashlib
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.store import packing
from tests.helpers.searches import searching

DIGESTS = {1: "8f9ea84fc43142c58735c064031e0ad24f6709d1832306e947b7f24424f0d34a"}
STATE = json.dumps({"number": "202611-000001", "seq": 3, "stage": "registered", "channel": "phone", "seen": {}})


def test_no_dictionary_has_changed() -> None:
    """Items in tables were packed with them. A better dictionary gets the next number, and a line here."""
    assert {n: hashlib.sha256(one).hexdigest() for n, one in packing.DICTIONARIES.items()} == DIGESTS
    assert packing.NEWEST in DIGESTS


@searching(200)
@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert packing.unpack(packing.pack(text)) == text
    assert packing.unpack_row(packing.pack_row(text)) == text


def test_a_state_gets_smaller_than_without_a_dictionary() -> None:
    assert len(packing.pack(STATE)) < len(zlib.compress(STATE.encode(), 9)) < len(STATE)


def test_a_packed_row_is_not_mistaken_for_a_plain_one() -> None:
    assert packing.pack_row("{}")[0] == packing.ROW != "{"


def test_an_unknown_dictionary_is_an_error() -> None:
    with pytest.raises(KeyError):
        packing.unpack(bytes([200]) + packing.pack("{}")[1:])
