"""Routes for in-app messages."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.messages.inbox.message import MessageView
from chalicelib.kit.decoding import CaseNumber, RequestDocument
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import reader_request


class MessagesQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: the number of the receipt's complaint. Required with a receipt."""

    complaint: CaseNumber | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class MessagesView(msgspec.Struct, frozen=True, kw_only=True):
    messages: list[MessageView]
    cursor: str | None


_PATH = "/v1/t/{tenant}/messages"


def register(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List messages, newest first: the member's own, or with a receipt those of its complaint",
        allow=["person", "receipt"],
        query=MessagesQuery,
        response=MessagesView,
        problems=["forbidden", "complaint-unknown", "invalid"],
    )
    def list_messages(call: Call) -> Reply:
        from chalicelib.features.messages.inbox import enclosing  # not needed at a cold start

        request = reader_request(call, call.query.complaint, f"GET {_PATH}")
        after = cursors.position(call, call.query.cursor)
        found = enclosing.list_messages(call.wiring, request, call.query.limit, after)
        return Reply(MessagesView(messages=found.messages, cursor=cursors.sign(call, found.after)))
