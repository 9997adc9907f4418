"""Routes for in-app messages."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.views import complaint_queries as look
from chalicelib.features.messages.inbox.message import MessageView, read_inbox
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.tenants.people import queries
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Person, Reply
from chalicelib.web.call_context import credential_of, tenant_of


class MessagesQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: the number of the receipt's complaint. Required with a receipt."""

    complaint: Annotated[str, msgspec.Meta(pattern="^[0-9]{6}-[0-9]{6}$")] | None = None
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
        reader = _reader(call)
        found = read_inbox(
            call.wiring.store, tenant_of(call), reader, call.query.limit, cursors.position(call, call.query.cursor)
        )
        return Reply(MessagesView(messages=found.messages, cursor=cursors.sign(call, found.after)))


def _reader(call: Call) -> str:
    """The id of the caller's inbox: a person's `sub`, or `C#<number>` after a check of the receipt."""
    if isinstance(call.caller, Person):
        queries.load_member(call.wiring.store, tenant_of(call), call.caller.sub)
        return call.caller.sub
    number = call.query.complaint
    if number is None:
        places = [Place("/query/complaint", "is required with a receipt")]
        raise Problem("invalid", "Give the number of the receipt's complaint.", places=places)
    request = look.ComplaintRequest(
        tenant=tenant_of(call), number=number, credential=credential_of(call), now=call.now, route=f"GET {_PATH}"
    )
    look.check_visible(call.wiring, request)
    return keys.complainant(number)
