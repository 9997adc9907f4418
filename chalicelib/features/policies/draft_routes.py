"""Routes for the draft of the next policy version: save it, open it for comments, comment on it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.views.complaint_queries import ReaderRequest
from chalicelib.features.policies import comments, draft_commands
from chalicelib.features.policies.routes import VARY, prefers_yaml, yaml_reply
from chalicelib.kit.decoding import CaseNumber, RequestDocument
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.publication import policy_text
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply, etag
from chalicelib.web.call_context import member_request, owner_command, reader_request
from chalicelib.web.idempotent_requests import idempotent_request, reply_of
from chalicelib.web.languages import localized

_PATH = "/v1/t/{tenant}/policy/draft"


class DraftQuery(RequestDocument, frozen=True, kw_only=True):
    """`complaint`: the number of the receipt's complaint. Required with a receipt."""

    complaint: CaseNumber | None = None


class CommentsQuery(RequestDocument, frozen=True, kw_only=True):
    """`draft`: by default the current one."""

    draft: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,12}$")] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class CommentsView(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: a person's id, or null for a complainant."""

    comments: list[comments.PolicyComment]
    cursor: str | None


def register(api: Api) -> None:
    _reading(api)
    _changing(api)
    _opening(api)
    _commenting(api)
    _comments(api)


def _reading(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="Get the draft of the next version, for owners and groups that it is open to",
        allow=["person", "receipt"],
        query=DraftQuery,
        response=draft_commands.DraftView,
        yaml=True,
        problems=["forbidden", "complaint-unknown", "invalid"],
    )
    def get_policy_draft(call: Call) -> Reply:
        found = draft_commands.get_draft(call.wiring, _reader(call, call.query.complaint))
        if prefers_yaml(call):
            return _tagged(yaml_reply(policy_text.of_document(found.policy)), found.draft, found.revision)
        return _tagged(Reply(found, headers=VARY), found.draft, found.revision)


def _reader(call: Call, complaint: str | None) -> ReaderRequest:
    return reader_request(call, complaint, f"GET {_PATH}")


def _changing(api: Api) -> None:
    @api.route(
        _PATH,
        method="PUT",
        summary="Save the draft of the next version; the response lists its faults",
        allow=["person"],
        request=draft_commands.SaveDraft,
        response=draft_commands.DraftView,
        problems=["forbidden", "policy-invalid", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def put_policy_draft(call: Call) -> Reply:
        saved = draft_commands.save_draft(call.wiring, owner_command(call), call.body, call.if_match)
        return localized(_reply_with_etag(saved), call.accept_language)

    @api.route(
        _PATH,
        method="DELETE",
        summary="Delete the draft",
        allow=["person"],
        status=204,
        problems=["forbidden", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def delete_policy_draft(call: Call) -> Reply:
        return reply_of(
            draft_commands.drop_draft(call.wiring.store, call.wiring.real_clock, owner_command(call), call.if_match)
        )


def _opening(api: Api) -> None:
    @api.route(
        _PATH + "/open",
        method="POST",
        summary="Open the current draft for comments",
        allow=["person"],
        request=draft_commands.OpenDraft,
        response=draft_commands.DraftView,
        problems=["forbidden", "policy-invalid", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def open_policy_draft(call: Call) -> Reply:
        return _reply_with_etag(draft_commands.open_draft(call.wiring, owner_command(call), call.body, call.if_match))


def _reply_with_etag(answer: Answer) -> Reply:
    return _tagged(reply_of(answer), answer.body["draft"], answer.body["revision"])


def _tagged(reply: Reply, draft: str, revision: int) -> Reply:
    return Reply(reply.body, reply.status, {**reply.headers, **etag(f"{draft}-{revision}")})


def _commenting(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/comments",
        method="POST",
        summary="Comment on the draft, as a member of the organisation or with a complaint's receipt",
        allow=["person", "receipt"],
        request=comments.NewComment,
        response=comments.PostedComment,
        status=201,
        problems=["forbidden", "complaint-unknown", "comments-closed", "conflict", "limit-reached"],
        idempotency="required",
    )
    def post_policy_comment(call: Call) -> Reply:
        reader = _reader(call, call.body.complaint)
        return reply_of(comments.add_comment(call.wiring, reader, call.body, idempotent_request(call)))


def _comments(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/comments",
        method="GET",
        summary="List the comments on a draft, for owners",
        allow=["person"],
        query=CommentsQuery,
        response=CommentsView,
        problems=["forbidden"],
    )
    def list_policy_comments(call: Call) -> Reply:
        after = cursors.position(call, call.query.cursor)
        page = comments.list_comments(call.wiring, member_request(call), call.query.draft, call.query.limit, after)
        return Reply(CommentsView(comments=page.comments, cursor=cursors.sign(call, page.after)))
