"""What a bulk takes over from its dry run: all that was asked for, and nothing of how far the dry run came."""

from __future__ import annotations

from typing import Any

from msgspec.structs import fields

from chalicelib.complaints.rights.permits import UsedTextBlock
from chalicelib.features.bulk.order import BulkCursor, KeptOrder

ASKED: dict[str, Any] = {
    "grants": [("handler", "hall")],
    "text_blocks": [UsedTextBlock(block="0" * 32, version=2)],
    "language": "en",
    "key": "key of the account",
}
"""A value for each member of `KeptOrder` that is not its default."""
DRY_RUN: dict[str, Any] = {
    "sealed": "of the dry run",
    "numbers": ["202611-000001"],
    "collected": True,
    "after": {"pk": "L"},
    "slices": 3,
    "slice": 3,
    "stopped": "why",
    "first": "202611-000001",
    "reasons": {"why": ("原因", 1)},
}
BEGUN = {"sealed": "of the bulk", "collected": True, "slices": 3, "checked": "bulk-1"}


def test_each_member_of_the_order_has_an_example() -> None:
    assert set(ASKED) == set(KeptOrder.__struct_fields__)
    assert {*ASKED, *DRY_RUN, "checked"} == set(BulkCursor.__struct_fields__)


def test_a_bulk_has_all_of_the_order_and_begins_anew() -> None:
    bulk = BulkCursor(**ASKED, **DRY_RUN).to_do("bulk-1", "of the bulk", "key of the account")
    anew = {one.name: getattr(BulkCursor(), one.name) for one in fields(BulkCursor)}
    assert {name: getattr(bulk, name) for name in anew} == {**anew, **ASKED, **BEGUN}
