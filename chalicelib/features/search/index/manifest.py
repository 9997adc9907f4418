"""The manifest: which object holds each segment. Objects never change, so the manifest decides what is found.

A segment has the complaint numbers of a block: `202611-000` for the first 5,000 of a month.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework.numbers import Month
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.ports.search_index import BLOCK, Posting
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Put, Remove, Store, Update
from chalicelib.store.stored_form import Form

KIND = "search-manifest"
KEPT = HOUR
"""Domain time for which a replaced object stays: a search that has read the manifest before may still open it."""


class Retired(msgspec.Struct, frozen=True, array_like=True):
    """An object that no segment is any more, and since when."""

    name: str
    at: Instant


class Manifest(StoredPart, frozen=True, omit_defaults=True):
    objects: dict[str, str] = {}
    """The name of the object, by block."""
    missing: list[str] = []
    """Blocks that are being built from the records: until then, answers say that they are incomplete."""
    retired: list[Retired] = []
    job: str = ""
    """The last job that built segments."""

    def with_object(self, block: str, name: str, now: Instant) -> Manifest:
        old = self.objects.get(block)
        retired = self.retired if old is None else [*self.retired, Retired(old, now)]
        return replace(self, objects={**self.objects, block: name}, retired=retired)

    def without(self, block: str, now: Instant) -> Manifest:
        """The block's segment is damaged: it must be built again."""
        old = self.objects.get(block)
        return replace(
            self,
            objects={name: known for name, known in self.objects.items() if name != block},
            missing=sorted({*self.missing, block}),
            retired=self.retired if old is None else [*self.retired, Retired(old, now)],
        )


FORM = Form(KIND, Manifest)


class StoredManifest(msgspec.Struct, frozen=True):
    """`version` 0: there is none yet."""

    manifest: Manifest
    version: int

    def write(self, tenant: str, after: Manifest) -> Put | Update:
        return FORM.write(keys.search_manifest(tenant), after, self.version)

    def removal(self, tenant: str) -> Remove:
        return Remove(keys.search_manifest(tenant), self.version)


def parse(entry: Entry | None) -> StoredManifest:
    if entry is None:
        return StoredManifest(Manifest(), 0)
    return StoredManifest(FORM.read(entry), entry.version or 0)


def find(store: Store, tenant: str) -> Entry | None:
    return reads.find(store, keys.search_manifest(tenant))


def read(store: Store, tenant: str) -> StoredManifest:
    return parse(find(store, tenant))


def object_name(block: str, stored: StoredManifest, postings: Sequence[Posting]) -> str:
    """The name of the object with which a run replaces the block's. Only runs that read the same have the same name,
    and they write the same."""
    rows = sorted((one.row.n, one.row.version) for one in postings)
    return f"{block}-{hashlib.sha256(msgspec.json.encode([stored.version, rows])).hexdigest()[:16]}"


def block_of(number: str) -> str:
    month, _, n = number.partition("-")
    return f"{month}-{(int(n) - 1) // BLOCK:03d}"


def place_in_month(number: str) -> int:
    """The number within its month."""
    return int(number.partition("-")[2])


def number_at(block: str, n: int) -> str:
    return f"{month_of(block)}-{n:06d}"


def month_of(block: str) -> str:
    return block.partition("-")[0]


def blocks_of(months: Iterable[Month]) -> list[str]:
    """The blocks of all numbers."""
    return [f"{month.name}-{index:03d}" for month in months for index in range(-(-month.count // BLOCK))]


def numbers_in(block: str, after: int, count: int, most: int) -> list[str]:
    """The next numbers of the block. `after`: the last one before, 0 at the start. `count`: numbers of the month."""
    index = int(block.partition("-")[2])
    first = max(index * BLOCK, after) + 1
    last = min((index + 1) * BLOCK, count, first + most - 1)
    return [number_at(block, n) for n in range(first, last + 1)]
