"""Text blocks at a complaint: those that fit it, and one of them with its placeholders filled."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from chalicelib.casework import due_events
from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.features.text_blocks import block, queries
from chalicelib.features.text_blocks.block import BlockRow, Language
from chalicelib.features.text_blocks.filling import filled
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Key
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

STAFF = "staff"


class InsertedTextBlock(msgspec.Struct, frozen=True, kw_only=True):
    """`block` and `version`: for `text_blocks` of the act. `missing`: the placeholders of which the complaint has no
    value, as they stand in the text. An act whose texts still have one of them is refused."""

    block: str
    version: int
    name: str
    language: Language
    text: str
    missing: list[str]


def key(tenant: str) -> Key:
    """Of the list, to read it with the complaint."""
    return block.list_key(tenant)


def fitting(tenant: str, visible: VisibleComplaint) -> list[BlockRow]:
    """Those in use for its stage and its categories, by name. The complaint was read with `key`. None for respondents
    and complainants."""
    complaint = visible.case.complaint
    return [one for one in in_use(tenant, visible) if one.fits(complaint.stage, complaint.category.values())]


def in_use(tenant: str, visible: VisibleComplaint) -> list[BlockRow]:
    """Those for any complaint, by name. As `fitting`."""
    if visible.asker.kind != STAFF:
        return []
    found = block.rows(visible.case.entries, tenant)
    return sorted((one for one in found if not one.retired), key=lambda one: one.name)


def inserted(wiring: Wiring, request: ComplaintRequest, block_id: str) -> InsertedTextBlock:
    """As `insert`, with a read of the complaint. Raises `Problem` unless the caller may see the complaint."""
    wanted = [organisation.key(request.tenant), key(request.tenant)]
    visible = complaint_queries.load_visible_complaint(wiring, request, wanted)
    org = organisation.among(visible.case.entries, request.tenant)
    return insert(wiring, request, visible, {name: unit.name for name, unit in org.units.items()}, block_id)


def insert(
    wiring: Wiring, request: ComplaintRequest, visible: VisibleComplaint, units: Mapping[str, str], block_id: str
) -> InsertedTextBlock:
    """The present version, also of a block that is for other complaints. The complaint was read with `key`.
    `units`: the names of the organisation's units.

    Raises `Problem`: `forbidden` for respondents, `not-found` for a block that is retired, too.
    """
    kept = unfilled(wiring, request.tenant, visible, block_id)
    flow = due_events.preview(visible.case, request.now)
    found = filled(flow.policy, flow.complaint, units, kept.text, kept.language, request.now)
    return replace(kept, text=found.text, missing=found.missing)


def unfilled(wiring: Wiring, tenant: str, visible: VisibleComplaint, block_id: str) -> InsertedTextBlock:
    """The present version with its placeholders, for an act on many complaints. Raises `Problem` as `insert`."""
    if visible.asker.kind != STAFF:
        raise Problem("forbidden", "Only people of the organisation see its text blocks.")
    row = block.row_of(block.rows(visible.case.entries, tenant), block_id)
    if row is None or row.retired:
        raise queries.unknown()
    version = block.find_version(wiring.store, tenant, row.id, row.version)
    if version is None:
        raise queries.unknown()
    return InsertedTextBlock(
        block=row.id,
        version=row.version,
        name=row.name,
        language=version.language,
        text=block.opened_text(wiring.sealer, tenant, version),
        missing=[],
    )
