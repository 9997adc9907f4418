"""The desk's page of a text block: its text with the placeholders in words, its versions, and for those who write
blocks its form. The block `new` is the form of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.text_blocks import block, commands, queries
from chalicelib.features.text_blocks.commands import TextBlockCommand
from chalicelib.features.text_blocks.pages import block_form
from chalicelib.features.text_blocks.pages.block_form import FormOfBlock
from chalicelib.features.text_blocks.pages.blocks import BLOCKS
from chalicelib.features.text_blocks.wanted import WriteTextBlock, checked
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import desk_form, desk_of, desk_page
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ONE = BLOCKS + "/{block}"
_NEW = "new"
"""In place of a block's id, which is a number."""


class BlockQuery(ToldQuery, frozen=True, kw_only=True):
    """`version`: an earlier one, to read its text."""

    version: str | None = None


def register(api: Api) -> None:
    @desk_page(api, _ONE, "A text block, with its versions and its form", query=BlockQuery)
    def get_desk_text_block(call: Call) -> Reply:
        return block_form.shown(_form(call))

    @desk_form(api, _ONE, "Look at a text block before it is kept, or write its next version")
    def post_desk_text_block(call: Call) -> Reply:
        form, given = _form(call), Answers(call.body)
        queries.require_writer(form.caller)
        try:
            wanted = checked(form.caller.member.policy, decode(block_form.document(given), WriteTextBlock))
            if given.one("go") == "preview":
                return block_form.shown(form, given, preview=wanted)
            written = _write(call, given, wanted)
        except Problem as problem:
            return block_form.refused(_form(call), given, problem)
        return _lead(call, _ONE.format(tenant=tenant_of(call), block=written), "saved")

    @desk_form(api, _ONE + "/retire", "Retire a text block")
    def post_desk_text_block_retire(call: Call) -> Reply:
        desk_of(call)  # who is no member is refused before what was sent is read
        command = _command(call, Answers(call.body))
        try:
            commands.retire(call.wiring, command, call.params["block"])
        except Problem as problem:
            if problem.kind != "stale":
                raise
            return _lead(call, _ONE.format(**call.params), "changed")
        return _lead(call, BLOCKS.format(tenant=tenant_of(call)), "retired")


def _form(call: Call) -> FormOfBlock:
    """Raises `Problem`: `forbidden`, `not-found`."""
    tenant, block_id = tenant_of(call), call.params["block"]
    desk = desk_of(call, [block.list_key(tenant)])
    caller = queries.as_caller(desk.member)
    if block_id == _NEW:
        queries.require_writer(caller)
        return FormOfBlock(call, desk, caller, None, [])
    row = queries.existing(block.rows(desk.entries, tenant), block_id)
    return FormOfBlock(call, desk, caller, row, queries.versions(call.wiring, tenant, block_id))


def _write(call: Call, given: Answers, wanted: WriteTextBlock) -> str:
    """The id of the block."""
    command, block_id = _command(call, given), call.params["block"]
    if block_id == _NEW:
        answer = commands.create(call.wiring, command, wanted)
    else:
        answer = commands.change(call.wiring, command, block_id, wanted)
    return str(answer.body["id"])


def _command(call: Call, given: Answers) -> TextBlockCommand:
    return TextBlockCommand(
        tenant=tenant_of(call),
        sub=sub_of(call),
        now=call.now,
        request=request_of(call, given, principal(call.caller), given.kept()),
        if_match=given.one("version") or None,
    )


def _lead(call: Call, path: str, told: str) -> Reply:
    return see_other(reader_of(call).link(path, told=told))
