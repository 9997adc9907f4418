"""A look-up is its row, which says how an erasure finds its items. No other look-up can be written."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.store import keys
from chalicelib.store.keys import LOOKUPS
from chalicelib.store.port import Entry, Put
from tests.record.exported import company, world_of
from tests.record.test_leaving import later, leave, mine, statement

VALUES = {
    "whole": "",
    "record": "202611-000001",
    "month": "202611",
    "band": "20",
    "share": anchor_marks.SHARES[-1],
}
"""For each way in which an erasure names the partitions of a look-up: one of them."""


def test_every_way_in_which_an_erasure_names_partitions_is_tried() -> None:
    assert VALUES.keys() == set(LOOKUPS.values()) - {"value", "head", "expires"}


def test_an_erasure_finds_the_items_of_each_new_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    made = company()
    names = {split: f"new-by-{split}" for split in VALUES}
    for split, name in names.items():
        monkeypatch.setitem(LOOKUPS, name, split)
    written = [keys.lookup(made.id, names[split], value, "row") for split, value in VALUES.items()]
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
