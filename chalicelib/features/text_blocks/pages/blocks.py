"""The desk's list of text blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.complaints.rights.permits import only_answers
from chalicelib.features.text_blocks import block, queries
from chalicelib.features.text_blocks.block import BlockRow
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import DESK, desk_of, desk_page
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import ToldQuery

if TYPE_CHECKING:
    from chalicelib.casework.authorization import Member
    from chalicelib.web.api import Api

BLOCKS = DESK + "/text-blocks"


class BlocksQuery(ToldQuery, frozen=True, kw_only=True):
    """`retired`: those that are retired, in place of those in use."""

    retired: bool = False


class ShownBlock(msgspec.Struct, frozen=True):
    """`fits`: the categories and stages, in the words of the policy; empty if it fits every complaint."""

    row: BlockRow
    fits: str


def register(api: Api) -> None:
    @desk_page(api, BLOCKS, "The text blocks of the organisation", query=BlocksQuery, menu="text_blocks", is_for=_reads)
    def get_desk_text_blocks(call: Call) -> Reply:
        listed = block.list_key(tenant_of(call))
        desk = desk_of(call, [listed])
        caller, labels = queries.as_caller(desk.member), labels_of(desk)
        found = queries.in_order(block.rows(desk.entries, tenant_of(call)))
        values = {
            "rows": [ShownBlock(one, fits(one, labels)) for one in found if one.retired == call.query.retired],
            "others": sum(one.retired != call.query.retired for one in found),
            "retired": call.query.retired,
            "writes": caller.writes is not None,
            "told": call.query.told,
        }
        return desk.page("text_blocks/list.html", values)


def _reads(member: Member) -> bool:
    return not only_answers(member.asker)


def fits(row: BlockRow, labels: CaseLabels) -> str:
    categories = labels.policy.document.intake.categories
    of = {value: group for group, values in categories.items() for value in values}
    names = [labels.category({of.get(value, ""): value}) for value in row.categories]
    return labels.joined([*names, *(labels.stage(name) for name in row.stages)])
