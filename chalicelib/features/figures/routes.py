"""Routes of the public figures, as JSON and as CSV."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.figures import correct, edition
from chalicelib.features.figures.edition import EditionSummary, EditionView
from chalicelib.features.figures.edition_csv import EditionLayout, as_csv
from chalicelib.features.register.answers import CSV, JSON, ReaderQuery, cached
from chalicelib.features.register.register import audiences
from chalicelib.policy.language.publicity import Audience
from chalicelib.web import languages
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, reader_request, tenant_of
from chalicelib.web.idempotent_requests import reply_of

_PATH = "/v1/t/{tenant}/figures"


class EditionQuery(ReaderQuery, frozen=True, kw_only=True):
    """`edition`: by default the newest of the period. `layout`: of the CSV."""

    edition: Annotated[int, msgspec.Meta(ge=1, le=9999)] | None = None
    layout: EditionLayout = "long"


class EditionsView(msgspec.Struct, frozen=True, kw_only=True):
    editions: list[EditionSummary]


def register(api: Api) -> None:
    _read(api)
    _correct(api)


def _correct(api: Api) -> None:
    @api.route(
        _PATH + "/{period}/editions",
        method="POST",
        summary="Publish a corrected edition of a period's figures",
        allow=["person"],
        request=correct.FiguresCorrection,
        response=EditionView,
        status=201,
        problems=["forbidden", "not-found", "invalid", "conflict"],
        idempotency="optional",
    )
    def correct_figures(call: Call) -> Reply:
        return reply_of(correct.correct(call.wiring, owner_command(call), call.params["period"], call.body))


def _read(api: Api) -> None:
    @api.route(
        _PATH,
        method="GET",
        summary="List the published figures, newest first",
        allow=["public", "person", "receipt"],
        query=ReaderQuery,
        response=EditionsView,
        problems=["forbidden", "complaint-unknown", "invalid"],
        if_none_match=True,
    )
    def list_figures(call: Call) -> Reply:
        found = EditionsView(editions=edition.listed(call.wiring.store, tenant_of(call), _readers(call)))
        return cached(call, Reply(found), msgspec.to_builtins(found))

    @api.route(
        _PATH + "/{period}",
        method="GET",
        summary="Get the published figures of a period, as JSON or CSV",
        allow=["public", "person", "receipt"],
        query=EditionQuery,
        response=EditionView,
        csv=True,
        problems=["forbidden", "complaint-unknown", "invalid"],
        if_none_match=True,
    )
    def get_figures(call: Call) -> Reply:
        number = call.query.edition
        found = edition.find(call.wiring.store, tenant_of(call), _readers(call), call.params["period"], number)
        return _in_type(call, found)


def _readers(call: Call) -> tuple[Audience, ...]:
    return audiences(call.wiring, reader_request(call, call.query.complaint, f"GET {_PATH}"))


def _in_type(call: Call, found: EditionView) -> Reply:
    if languages.preferred_type(call.accept, (JSON, CSV)) == JSON:
        return cached(call, Reply(found), ["json", found.sha256, msgspec.to_builtins(found.summary)])
    language = languages.preferred(call.accept_language)
    headers = {"Content-Type": f"{CSV}; charset=utf-8", "Content-Language": language}
    layout = call.query.layout
    tag = [language, layout, found.sha256, msgspec.to_builtins(found.summary)]
    return cached(call, Reply(as_csv(found, language, layout), headers=headers), tag)
