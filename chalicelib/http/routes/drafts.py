"""Routes about the draft of the next policy version: saving, opening it for comments, commenting."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.casework.queries import complaint as look
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Person, Reply, RequestDocument, etag
from chalicelib.http.idempotent_requests import idempotent_request, reply_of
from chalicelib.http.routes.call_context import credential_of, owner_command, sub_of, tenant_of
from chalicelib.problem import Place, Problem
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.people import queries
from chalicelib.tenants.publication import comments, draft, drop_draft, open_draft, save_draft
from chalicelib.tenants.publication.comments import Author

_PATH = "/v1/t/{tenant}/policy/draft"
_Number = Annotated[str, msgspec.Meta(pattern="^[0-9]{6}-[0-9]{6}$")]


class DraftQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: with a receipt, the number of the complaint that it belongs to."""

    complaint: _Number | None = None


class CommentsQuery(RequestDocument, frozen=True, kw_only=True):
    """`draft`: by default the present one."""

    draft: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,12}$")] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class FaultView(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of a policy and what mends it; `line` where the policy is text."""

    pointer: str
    detail: str
    detail_zh: str
    mend: str
    mend_zh: str
    line: int | msgspec.UnsetType = msgspec.UNSET


class DraftView(msgspec.Struct, frozen=True, kw_only=True):
    """`opened`: groups that may comment, with the time until which; `faults`: when it is saved."""

    draft: str
    revision: int
    saved_at: str
    opened: dict[str, str | None]
    policy: dict[str, Any] | str
    faults: list[FaultView] | msgspec.UnsetType = msgspec.UNSET


class PostedComment(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    draft: str
    revision: int
    at: str


class CommentsView(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: a person's id, or null for a complainant."""

    comments: list[dict[str, Any]]
    cursor: str | None


def register(api: Api) -> None:
    _reading(api)
    _changing(api)
    _opening(api)
    _commenting(api)


def _reading(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="The draft of the next version, for owners and for those whom it is open to",
        allow=["person", "receipt"],
        query=DraftQuery,
        response=DraftView,
        problems=["forbidden", "complaint-unknown", "invalid"],
    )
    def get_policy_draft(call: Call) -> Reply:
        return _tagged(Answer(200, draft.draft_view(_readable(call))))


def _readable(call: Call) -> draft.SavedDraft:
    """The draft, if it is the caller's to read. Whether there is one is told only to those who could."""
    tenant, store = tenant_of(call), call.wiring.store
    if isinstance(call.caller, Person):
        _, person = queries.load_member(store, tenant, call.caller.sub)
        held = draft.require_draft(store.get(draft.draft_keys(tenant)), tenant)
        readable = draft.may_read(held, person)
    else:
        _admit(call, call.query.complaint, "/query/complaint")
        held = draft.require_draft(store.get(draft.draft_keys(tenant)), tenant)
        readable = "complainants" in held.draft.opened
    if not readable:
        raise Problem("forbidden", "The draft is not open to you.")
    return held


def _admit(call: Call, number: str | None, pointer: str) -> str:
    """The number of the complaint whose receipt the caller shows."""
    if number is None:
        raise Problem("invalid", "Say whose receipt it is.", places=[Place(pointer, "is required with a receipt")])
    look.admit(
        call.wiring,
        look.ComplaintRequest(
            tenant=tenant_of(call), number=number, credential=credential_of(call), now=call.now, route=f"GET {_PATH}"
        ),
    )
    return number


def _changing(api: Api) -> None:
    @api.route(
        _PATH,
        method="PUT",
        summary="Save the draft of the next version; its faults are told",
        allow=["person"],
        request=save_draft.SaveDraft,
        response=DraftView,
        problems=["forbidden", "policy-invalid", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def put_policy_draft(call: Call) -> Reply:
        return _tagged(save_draft.save_draft(call.wiring, owner_command(call), call.body, call.if_match))

    @api.route(
        _PATH,
        method="DELETE",
        summary="Drop the draft",
        allow=["person"],
        status=204,
        problems=["forbidden", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def delete_policy_draft(call: Call) -> Reply:
        return reply_of(drop_draft.drop_draft(call.wiring, owner_command(call), call.if_match))


def _opening(api: Api) -> None:
    @api.route(
        _PATH + "/open",
        method="POST",
        summary="Open the draft for comments, as it now stands",
        allow=["person"],
        request=open_draft.OpenDraft,
        response=DraftView,
        problems=["forbidden", "policy-invalid", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def open_policy_draft(call: Call) -> Reply:
        return _tagged(open_draft.open_draft(call.wiring, owner_command(call), call.body, call.if_match))


def _tagged(answer: Answer) -> Reply:
    reply = reply_of(answer)
    tag = f"{answer.body['draft']}-{answer.body['revision']}"
    return Reply(reply.body, reply.status, {**reply.headers, **etag(tag)})


def _commenting(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/comments",
        method="POST",
        summary="Comment on the draft, as one of the organisation's people or with a complaint's receipt",
        allow=["person", "receipt"],
        request=comments.NewComment,
        response=PostedComment,
        status=201,
        problems=["forbidden", "complaint-unknown", "comments-closed", "conflict", "limit-reached"],
        idempotency="required",
    )
    def post_policy_comment(call: Call) -> Reply:
        author = _author(call)
        return reply_of(
            comments.add_comment(call.wiring, tenant_of(call), author, call.body, idempotent_request(call), call.now)
        )

    @api.route(
        "/v1/t/{tenant}/policy/comments",
        method="GET",
        summary="Comments on a draft, for owners",
        allow=["person"],
        query=CommentsQuery,
        response=CommentsView,
        problems=["forbidden"],
    )
    def list_policy_comments(call: Call) -> Reply:
        tenant, store = tenant_of(call), call.wiring.store
        _, person = queries.load_member(store, tenant, sub_of(call))
        if not person.owner:
            raise Problem("forbidden", "Comments are the owners' to read.")
        named = call.query.draft or draft.require_draft(store.get(draft.draft_keys(tenant)), tenant).draft.id
        page = comments.comment_page(
            call.wiring, tenant, named, call.query.limit, cursors.unseal(call, call.query.cursor)
        )
        return Reply(CommentsView(comments=page.comments, cursor=cursors.seal(call, page.after)))


def _author(call: Call) -> Author:
    if isinstance(call.caller, Person):
        queries.load_member(call.wiring.store, tenant_of(call), call.caller.sub)
        return Author(group="departments", name=call.caller.sub)
    return Author(group="complainants", name="C#" + _admit(call, call.body.complaint, "/complaint"))
