"""The items of text blocks: the list of the organisation's blocks without their texts, and each version of each block.

A version never changes, so an act that names one says which text was inserted. The list has the present version of each
block, so that the form of an act reads it together with the complaint. The item of a version has its text, encrypted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.ports import Sealer
from chalicelib.store import keys, reads
from chalicelib.store.keys import text_blocks
from chalicelib.store.port import Entry, Key, Store, Write
from chalicelib.store.stored_form import Form

WRITTEN, RETIRED = "text_block_written", "text_block_retired"
"""Events on the organisation's record: a version of a block, with the hash of its text; its retirement."""
Language = Literal["zh", "en"]
MOST = 100
"""Blocks in use, and as many that are retired in the list. Of the others only the versions stay."""


class BlockRow(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """A block in its present version. `categories`, `stages`: of the complaints that it fits; without any, of all."""

    id: str
    version: int
    name: str
    language: Language
    categories: list[str] = []
    stages: list[str] = []
    by: str
    """The member (`sub`) who wrote this version, or retired the block."""
    at: Instant
    retired: bool = False

    def fits(self, stage: str, categories: Iterable[str]) -> bool:
        """Whether it is offered for a complaint in this stage, with these categories."""
        is_of_stage = not self.stages or stage in self.stages
        return (
            not self.retired
            and is_of_stage
            and (not self.categories or not set(categories).isdisjoint(self.categories))
        )


class BlockList(StoredPart, frozen=True, kw_only=True):
    """The stored item. The blocks in the order in which they were written first."""

    blocks: list[BlockRow]


class BlockVersion(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """A version as it was written. `text`: encrypted."""

    name: str
    language: Language
    text: str
    categories: list[str] = []
    stages: list[str] = []
    by: str
    at: Instant


LIST = Form("text-blocks", BlockList)
VERSION = Form("text-block", BlockVersion)


def list_key(tenant: str) -> Key:
    return text_blocks.listed(tenant)


def version_key(tenant: str, block: str, number: int) -> Key:
    return text_blocks.version(tenant, block, number)


def rows(entries: Mapping[Key, Entry], tenant: str) -> list[BlockRow]:
    """In a read with `list_key`."""
    entry = entries.get(list_key(tenant))
    return [] if entry is None else LIST.read(entry).blocks


def row_of(found: Iterable[BlockRow], block: str) -> BlockRow | None:
    return next((one for one in found if one.id == block), None)


def with_row(found: Sequence[BlockRow], new: BlockRow) -> list[BlockRow]:
    """The list with this row in place of that of the same block, without the retired blocks that are too many."""
    changed = [new if one.id == new.id else one for one in found]
    if new.id not in {one.id for one in found}:
        changed.append(new)
    oldest_first = sorted((one for one in changed if one.retired), key=lambda one: one.at)
    dropped = {one.id for one in oldest_first[: max(0, len(oldest_first) - MOST)]}
    return [one for one in changed if one.id not in dropped]


def write_list(tenant: str, entry: Entry | None, blocks: list[BlockRow]) -> Write:
    """Keeps what a later release has stored beside the blocks."""
    after = BlockList(blocks=blocks) if entry is None else replace(LIST.read(entry), blocks=blocks)
    return LIST.write(text_blocks.listed(tenant), after, entry)


def write_version(tenant: str, row: BlockRow, sealed: str) -> Write:
    version = BlockVersion(
        name=row.name,
        language=row.language,
        text=sealed,
        categories=row.categories,
        stages=row.stages,
        by=row.by,
        at=row.at,
    )
    return VERSION.write(text_blocks.version(tenant, row.id, row.version), version, None)


def find_version(store: Store, tenant: str, block: str, number: int) -> BlockVersion | None:
    entry = reads.find(store, text_blocks.version(tenant, block, number))
    return None if entry is None else VERSION.read(entry)


def newest_versions(store: Store, tenant: str, block: str, most: int) -> list[tuple[int, BlockVersion]]:
    """With their numbers, the newest first."""
    found = text_blocks.versions(block)
    page = store.query(text_blocks.partition(tenant), first=found.first, last=found.last, limit=most, newest_first=True)
    return [(text_blocks.number_of(entry.key), VERSION.read(entry)) for entry in page.entries]


def all_versions(store: Store, tenant: str) -> Iterator[tuple[str, int, Entry]]:
    """With the block and the number of each."""
    for entry in reads.items(store, text_blocks.partition(tenant), text_blocks.ALL_VERSIONS):
        yield text_blocks.block_of(entry.key), text_blocks.number_of(entry.key), entry


def sealed_text(sealer: Sealer, tenant: str, text: str) -> str:
    return sealer.seal(tenant, keys.ORGANISATION, text.encode())


def opened_text(sealer: Sealer, tenant: str, version: BlockVersion) -> str:
    return sealer.open(tenant, keys.ORGANISATION, version.text).decode()
