"""How many events of each record are counted in a generation. One item for each hundred complaint numbers."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Write
from chalicelib.store.stored_form import Form

KIND = "statistics-counted"
FORM = Form(KIND, dict[str, int], keeps=False)
_UNIT_BLOCKS = 16


def block_of(number: str) -> str:
    """`202611-0001` for `202611-000123`; a unit's block follows from the hash of its number."""
    if keys.is_unit(number):
        return f"{keys.UNIT}{zlib.crc32(number.encode()) % _UNIT_BLOCKS}"
    return number[:-2]


def keys_of(tenant: str, generation: int, numbers: Iterable[str]) -> dict[Key, str]:
    """The block's name by the key of its item."""
    blocks = sorted({block_of(number) for number in numbers})
    return {keys.statistics_counted(tenant, generation, block): block for block in blocks}


def decode(entry: Entry | None) -> dict[str, int]:
    """The count of events by number."""
    return {} if entry is None else FORM.read(entry)


def writes(blocks: Mapping[Key, dict[str, int]], after: Mapping[str, int]) -> Iterator[Write]:
    """Store the new counts of records whose blocks were read."""
    for key, block in blocks.items():
        mine = {number: seq for number, seq in after.items() if keys.statistics_period(key) == block_of(number)}
        if mine:
            yield Put(FORM.entry(key, dict(sorted({**block, **mine}.items()))), if_absent=False)
