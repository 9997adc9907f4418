"""Reads text blocks: the list, one block with its versions, and what fits a complaint.

Members of the organisation read all of them. Owners, and the roles that ask for inspections, write them.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from chalicelib.casework.authorization import Member, load_member
from chalicelib.complaints.rights.permits import Grant, only_answers
from chalicelib.features.inspections.due import ordered_by
from chalicelib.features.text_blocks import block
from chalicelib.features.text_blocks.block import BlockRow, BlockVersion, Language
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.wiring import Wiring

SHOWN_VERSIONS = 10
"""The newest versions of a block that are shown. Archives have all."""


class TextBlockCaller(NamedTuple):
    """`writes`: the grant by which they write blocks, or None."""

    member: Member
    writes: Grant | None


class TextBlockView(msgspec.Struct, frozen=True, kw_only=True):
    """`version`: the present one, as a number. `by`: the member who wrote it, or retired the block."""

    id: str
    version: int
    name: str
    language: Language
    categories: list[str]
    stages: list[str]
    by: str
    at: str
    retired: bool


class TextBlockVersionView(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    name: str
    language: Language
    text: str
    categories: list[str]
    stages: list[str]
    by: str
    at: str


class TextBlocksView(msgspec.Struct, frozen=True, kw_only=True):
    text_blocks: list[TextBlockView]


class WholeTextBlock(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: of the present version. `versions`: the newest 10, the present one first."""

    block: TextBlockView
    text: str
    versions: list[TextBlockVersionView]


def caller_of(wiring: Wiring, tenant: str, sub: str, now: Instant) -> TextBlockCaller:
    """Raises `Problem("forbidden")` for other people, and for respondents. The caller binds the tenant."""
    return as_caller(load_member(wiring, tenant, sub, now))


def as_caller(member: Member) -> TextBlockCaller:
    """Raises `Problem("forbidden")` for people who only answer for a unit."""
    if only_answers(member.asker):
        raise Problem("forbidden", "Only people of the organisation see its text blocks.")
    return TextBlockCaller(member, member.grant_for_all(ordered_by(member.policy)))


def require_writer(caller: TextBlockCaller) -> Grant:
    """Raises `Problem("forbidden")`."""
    return caller.member.require_grant_for_all(ordered_by(caller.member.policy))


def listed(wiring: Wiring, tenant: str) -> list[BlockRow]:
    """Those in use by name, then those that are retired, the latest of them first."""
    found = block.rows(wiring.store.get([block.list_key(tenant)]), tenant)
    return in_order(found)


def in_order(found: list[BlockRow]) -> list[BlockRow]:
    used = sorted((one for one in found if not one.retired), key=lambda one: one.name)
    return [*used, *sorted((one for one in found if one.retired), key=lambda one: -one.at)]


def whole(wiring: Wiring, tenant: str, block_id: str) -> WholeTextBlock:
    """Raises `Problem("not-found")`."""
    row = existing(block.rows(wiring.store.get([block.list_key(tenant)]), tenant), block_id)
    shown = versions(wiring, tenant, block_id)
    return WholeTextBlock(block=view(row), text=shown[0].text, versions=shown)


def versions(wiring: Wiring, tenant: str, block_id: str) -> list[TextBlockVersionView]:
    """The newest of a block that exists, the present one first."""
    found = block.newest_versions(wiring.store, tenant, block_id, SHOWN_VERSIONS)
    return [_version(wiring, tenant, number, one) for number, one in found]


def existing(found: list[BlockRow], block_id: str) -> BlockRow:
    """Raises `Problem("not-found")`."""
    row = block.row_of(found, block_id)
    if row is None:
        raise unknown()
    return row


def unknown() -> Problem:
    return Problem("not-found", "There is no such text block.")


def view(row: BlockRow) -> TextBlockView:
    return TextBlockView(
        id=row.id,
        version=row.version,
        name=row.name,
        language=row.language,
        categories=row.categories,
        stages=row.stages,
        by=row.by,
        at=to_text(row.at),
        retired=row.retired,
    )


def _version(wiring: Wiring, tenant: str, number: int, found: BlockVersion) -> TextBlockVersionView:
    return TextBlockVersionView(
        version=number,
        name=found.name,
        language=found.language,
        text=block.opened_text(wiring.sealer, tenant, found),
        categories=found.categories,
        stages=found.stages,
        by=found.by,
        at=to_text(found.at),
    )
