"""Routes of the public register, and of the notices of a case: the preview of the publication, and the acts on it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.register import feed as register_feed
from chalicelib.features.register import register as notices
from chalicelib.features.register.acts import act_on_notice, case_notices
from chalicelib.features.register.answers import ReaderQuery, cached, page_in
from chalicelib.features.register.input import ActOnNotice
from chalicelib.features.register.notice_view import NoticeView
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.policy.language.publicity import Audience
from chalicelib.web import cursors, languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, reader_request, tenant_of
from chalicelib.web.idempotent_requests import idempotent_request, reply_of

_NOTICES = "/v1/t/{tenant}/complaints/{number}/notices"


def _list_of_case(api: Api) -> None:
    @api.route(
        _NOTICES,
        method="GET",
        summary="List the complaint's notices, with a preview of those that are to be published",
        allow=["person", "receipt"],
        response=case_notices.CaseNotices,
        problems=["forbidden", "complaint-unknown"],
    )
    def list_case_notices(call: Call) -> Reply:
        request = ComplaintRequest(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            now=call.now,
            route=f"GET {_NOTICES}",
        )
        return Reply(case_notices.list_notices(call.wiring, request))


def _acts_of_case(api: Api) -> None:
    @api.route(
        _NOTICES + "/{notice}/acts/{act}",
        method="POST",
        summary="Perform an act on a notice: consent, object, edit, approve, withdraw and the like",
        allow=["person", "receipt"],
        request=ActOnNotice,
        response=case_notices.CaseNotice,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict"],
        idempotency="optional",
    )
    def post_notice_act(call: Call) -> Reply:
        command = act_on_notice.NoticeCommand(
            tenant=tenant_of(call),
            number=call.params["number"],
            notice=call.params["notice"],
            act=call.params["act"],
            credential=credential_of(call),
            given=call.body,
            request=idempotent_request(call),
            now=call.now,
        )
        return reply_of(act_on_notice.act(call.wiring, command))


_PATH = "/v1/t/{tenant}/notices"
_Name = Annotated[SeenText, msgspec.Meta(max_length=100)]
_Day = Annotated[str, msgspec.Meta(pattern="^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
_Value = Annotated[str, msgspec.Meta(pattern="^[^:]{1,100}:.{1,100}$")]


class NoticesQuery(ReaderQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`first` and `last`: days of publication. `field`: `<name>:<value>` of a field that is shown."""

    kind: Literal["notice", "result"] | None = None
    category: _Name | None = None
    outcome: _Name | None = None
    field: list[_Value] = msgspec.field(default_factory=list)
    first: _Day | None = None
    last: _Day | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class NoticesView(msgspec.Struct, frozen=True, kw_only=True):
    notices: list[NoticeView]
    cursor: str | None


class FeedQuery(RequestDocument, frozen=True, kw_only=True):
    """`category`: only notices that show this choice of a category. `lang`: of the feed's words; by default as
    `Accept-Language` prefers."""

    category: _Name | None = None
    lang: Literal["zh", "en"] | None = None


def register(api: Api) -> None:
    _list(api)
    _one(api)
    _feed(api)
    _list_of_case(api)
    _acts_of_case(api)


def _list(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the published notices and results, newest first, as JSON or CSV",
        allow=["public", "person", "receipt"],
        query=NoticesQuery,
        response=NoticesView,
        csv=True,
        problems=["forbidden", "complaint-unknown", "invalid"],
        if_none_match=True,
    )
    def list_notices(call: Call) -> Reply:
        readers, after = _readers(call), cursors.position(call, call.query.cursor)
        found = notices.page(call.wiring.store, tenant_of(call), readers, _filter(call.query), after)
        reply = page_in(call, found, cursors.sign(call, found.after))
        return cached(call, reply, [msgspec.to_builtins(found), reply.headers])


def _one(api: Api) -> None:
    @api.route(
        _PATH + "/{notice}",
        method="GET",
        summary="Get a published notice",
        allow=["public", "person", "receipt"],
        query=ReaderQuery,
        response=NoticeView,
        problems=["forbidden", "complaint-unknown", "invalid"],
        if_none_match=True,
    )
    def get_notice(call: Call) -> Reply:
        found = notices.find(call.wiring.store, tenant_of(call), _readers(call), call.params["notice"])
        return cached(call, Reply(found), msgspec.to_builtins(found))


def _feed(api: Api) -> None:
    @api.route(
        _PATH + ".atom",
        method="GET",
        summary="Get the newest public notices as an Atom feed",
        allow=["public"],
        query=FeedQuery,
        response=str,
        produces="application/atom+xml; charset=utf-8",
        problems=["practice"],
        if_none_match=True,
    )
    def get_notices_feed(call: Call) -> Reply:
        offered, query = (languages.CHINESE, languages.ENGLISH), call.query
        language = query.lang or languages.preferred(call.accept_language, offered)
        given = {name: value for name, value in msgspec.to_builtins(query).items() if value is not None}
        asked = register_feed.AskedFeed(tenant_of(call), language, query.category, given)
        text = register_feed.text(call.wiring, asked, call.now)
        return cached(call, Reply(text, headers={"Content-Language": language}), text)


def _readers(call: Call) -> tuple[Audience, ...]:
    return notices.audiences(call.wiring, reader_request(call, call.query.complaint, f"GET {_PATH}"))


def _filter(query: NoticesQuery) -> notices.RegisterFilter:
    values = dict(one.split(":", 1) for one in query.field)
    return notices.RegisterFilter(
        kind=query.kind,
        first=query.first or "",
        last=query.last,
        category=query.category,
        values=values if query.outcome is None else {**values, "outcome": query.outcome},
        limit=query.limit,
    )
