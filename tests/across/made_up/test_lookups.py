"""A look-up is its row, which says how an erasure finds its items. No other look-up can be written."""

from __future__ import annotations

import pytest

from chalicelib import composition
from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.casework.composing.erased import Leaver
from chalicelib.features.similar import signature
from chalicelib.store import keys
from chalicelib.store.keys import LOOKUPS, Split
from chalicelib.store.port import Entry, Key, Put
from tests.exports.exported import company, world_of
from tests.leaving.test_leaving import later, leave, mine, statement

NEW: dict[Split, str] = {"whole": "", "record": "202611-000001"}
"""For each way in which an erasure names the partitions of any look-up: one of them."""
LISTED = {"signatures": "202611", "similar": f"{signature.BANDS - 1:02d}", "changed": anchor_marks.SHARES[-1]}
"""For each look-up whose partitions its package lists: the last of them."""
LEAVER = Leaver("acme", ["north"], ["agent"], ["202611"])


def test_every_way_in_which_an_erasure_names_partitions_is_tried() -> None:
    assert NEW.keys() == set(LOOKUPS.values()) - {"value", "head", "expires", "listed"}
    assert LISTED.keys() == {name for name, split in LOOKUPS.items() if split == "listed"}


def test_each_listed_look_up_is_listed_by_its_package() -> None:
    rows = composition.loaded("erases")
    listed = {keys.lookup_name(Key(pk, "")) for row in rows for pk in row.organisation(LEAVER) if "#X#" in pk}

    assert listed == LISTED.keys()


def test_an_erasure_finds_the_items_of_each_new_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    made = company()
    names: dict[Split, str] = {split: f"new-by-{split}" for split in NEW}
    for split, name in names.items():
        monkeypatch.setitem(LOOKUPS, name, split)
    partitions = [*((names[split], value) for split, value in NEW.items()), *LISTED.items()]
    written = [keys.lookup(made.id, name, value, "row") for name, value in partitions]
    with binding.tenant(made.id):
        world_of(made).fakes.store.commit([Put(Entry(key=key, kind=keys.LOOKUP_KIND)) for key in written])
    assert set(written) <= {one.key for one in mine(made)}

    leave(made)
    later(made, 31)

    assert statement(made).status == 200
    assert [one.key for one in mine(made)] == []


def test_a_look_up_without_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match="no erasure would find"):
        keys.lookup("acme", "forgotten", "")
