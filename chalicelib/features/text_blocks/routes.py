"""Routes of text blocks: what the organisation's people insert into messages, decisions and refusals."""

from __future__ import annotations

from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.text_blocks import commands, insertion, queries
from chalicelib.features.text_blocks.queries import TextBlocksView, TextBlockView, WholeTextBlock
from chalicelib.features.text_blocks.wanted import WriteTextBlock
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply, etag
from chalicelib.web.call_context import credential_of, sub_of, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_PATH = "/v1/t/{tenant}/text-blocks"
_ONE = _PATH + "/{block}"
_AT_CASE = "/v1/t/{tenant}/complaints/{number}/text-blocks/{block}"


def register(api: Api) -> None:
    _reads(api)
    _commands(api)
    _at_case(api)


def _reads(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the text blocks, those that are retired last",
        allow=["person"],
        response=TextBlocksView,
        problems=["forbidden"],
    )
    def list_text_blocks(call: Call) -> Reply:
        queries.caller_of(call.wiring, tenant_of(call), sub_of(call), call.now)
        found = queries.listed(call.wiring, tenant_of(call))
        return Reply(TextBlocksView(text_blocks=[queries.view(one) for one in found]))

    @api.route(
        _ONE,
        method="GET",
        summary="Get a text block, with its text and its newest versions",
        allow=["person"],
        response=WholeTextBlock,
        problems=["forbidden", "not-found"],
    )
    def get_text_block(call: Call) -> Reply:
        queries.caller_of(call.wiring, tenant_of(call), sub_of(call), call.now)
        found = queries.whole(call.wiring, tenant_of(call), call.params["block"])
        return Reply(found, headers=etag(found.block.version))


def _commands(api: Api) -> None:
    @api.route(
        _PATH,
        method="POST",
        summary="Write a text block",
        allow=["person"],
        request=WriteTextBlock,
        response=TextBlockView,
        status=201,
        problems=["forbidden", "limit-reached", "conflict"],
        idempotency="optional",
    )
    def write_text_block(call: Call) -> Reply:
        return _reply(commands.create(call.wiring, command_of(call), call.body))

    @api.route(
        _ONE,
        method="PUT",
        summary="Write the next version of a text block; a retired one is in use again",
        allow=["person"],
        request=WriteTextBlock,
        response=TextBlockView,
        problems=["forbidden", "not-found", "limit-reached", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def change_text_block(call: Call) -> Reply:
        return _reply(commands.change(call.wiring, command_of(call), call.params["block"], call.body))

    @api.route(
        _ONE + "/retire",
        method="POST",
        summary="Retire a text block: it is offered no more, and its versions stay",
        allow=["person"],
        response=TextBlockView,
        problems=["forbidden", "not-found", "conflict"],
        if_match=True,
    )
    def retire_text_block(call: Call) -> Reply:
        return _reply(commands.retire(call.wiring, command_of(call), call.params["block"]))


def _at_case(api: Api) -> None:
    @api.route(
        _AT_CASE,
        method="GET",
        summary="Get a text block as it is inserted at a complaint",
        allow=["person"],
        response=insertion.InsertedTextBlock,
        problems=["forbidden", "complaint-unknown", "not-found", "conflict"],
    )
    def get_inserted_text_block(call: Call) -> Reply:
        request = ComplaintRequest(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            now=call.now,
            route=f"GET {_AT_CASE}",
        )
        return Reply(insertion.inserted(call.wiring, request, call.params["block"]))


def command_of(call: Call) -> commands.TextBlockCommand:
    return commands.TextBlockCommand(
        tenant=tenant_of(call),
        sub=sub_of(call),
        now=call.now,
        request=idempotent_request(call),
        if_match=call.if_match,
    )


def _reply(answer: Answer) -> Reply:
    reply = reply_of(answer)
    return Reply(reply.body, reply.status, {**reply.headers, **etag(answer.body["version"])})
