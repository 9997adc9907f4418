"""The same reader on a table of DynamoDB's kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import botocore.session
from moto import mock_aws
from msgspec.structs import replace

from chalicelib.store.models import to_entry, to_raw
from infra import moto_shim
from tests.compatibility.answers import Reader
from tests.compatibility.world import OpenKms
from tests.fakes.sealer import real_sealer
from tests.store.conftest import Table

AT_ONCE = 25
"""What BatchWriteItem takes."""
NOT_READ = frozenset({"effect", "effect-row", "idempotency"})
"""Kinds of items that no complainant's request reads; half of all."""
_session = cache(botocore.session.Session)
"""One, because `Table` makes a client for each, which takes long."""


@contextmanager
def on_moto(reader: Reader, tenant: str, items: Sequence[str], *, compact: bool = False) -> Iterator[Reader]:
    """The items of one organisation that its complainants can read are put there as they are, by no code of ours.

    `compact`: or packed.
    """
    with moto_shim.installed(), mock_aws():
        table = Table(_session())
        own = [one for one in map(json.loads, items) if _is_read(one, tenant)]
        if compact:
            own = [to_raw(to_entry(item), compact=True) for item in own]
        for first in range(0, len(own), AT_ONCE):
            puts = [{"PutRequest": {"Item": item}} for item in own[first : first + AT_ONCE]]
            answer = table.client.batch_write_item(RequestItems={table.name: puts})
            assert not answer["UnprocessedItems"]
        store = table.store()
        sealer = real_sealer(store, OpenKms())  # type: ignore[arg-type]
        reader.wiring = replace(reader.wiring, store=store, sealer=sealer)
        yield reader


def _is_read(item: dict[str, Any], tenant: str) -> bool:
    return item["pk"]["S"].startswith(f"T#{tenant}#") and item["kind"]["S"] not in NOT_READ
