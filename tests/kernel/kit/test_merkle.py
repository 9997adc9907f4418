"""Merkle trees are RFC 6962's: its published examples, and audit paths that lead to the root and to no other."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit import merkle
from tests.helpers.audit_paths import root_by

INPUTS = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
INPUTS.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""From the reference implementation of RFC 6962 (google/certificate-transparency, merkletree tests)."""
LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@pytest.mark.parametrize("size", ROOTS)
def test_the_published_examples(size: int) -> None:
    assert merkle.root(INPUTS[:size]) == ROOTS[size]


def test_the_root_of_nothing_is_the_digest_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()


@given(LEAVES, st.data())
def test_every_leafs_path_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(leaves) - 1))
    path = merkle.audit_path(leaves, position)
    assert root_by(leaves[position], position, len(leaves), path) == merkle.root(leaves)


@given(LEAVES, st.binary(max_size=8), st.data())
def test_another_leaf_leads_elsewhere(leaves: list[bytes], other: bytes, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(leaves) - 1))
    found = root_by(other, position, len(leaves), merkle.audit_path(leaves, position))
    assert (found == merkle.root(leaves)) is (other == leaves[position])


@given(LEAVES)
def test_a_doubled_last_leaf_has_another_root(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) != merkle.root([*leaves, leaves[-1]])


def test_a_node_does_not_pass_for_a_leaf() -> None:
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.root([left + right]) != merkle.root([b"a", b"b"])


@pytest.mark.parametrize("path", [[], ["00" * 32] * 3])
def test_a_path_of_the_wrong_length_is_refused(path: list[str]) -> None:
    with pytest.raises(ValueError, match="path is too"):
        root_by(b"a", 0, 4, path)
