"""Routes about the service itself: health, the OpenAPI document, schemas, problem pages."""

from __future__ import annotations

import functools

from chalicelib.features.service.because_schema import because_schema
from chalicelib.features.service.health import Dependencies, Health
from chalicelib.kit.decoding import JsonValue
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.languages import headers_of, preferred
from chalicelib.web.openapi import document as openapi
from chalicelib.web.openapi import localized, problem_pages


def register(api: Api) -> None:
    _health(api)
    _descriptions(api)
    _problem_pages(api)


def _health(api: Api) -> None:
    dependencies = Dependencies()

    @api.route("/v1/health", method="GET", summary="Check that the service responds", allow=["public"], response=Health)
    def health(call: Call) -> Reply:
        return Reply(dependencies.health(call.wiring))


def _descriptions(api: Api) -> None:
    @functools.cache
    def document(language: str) -> openapi.Document:
        return localized.localized(openapi.document(api.contracts), language)

    @api.route(
        "/v1/openapi.json",
        method="GET",
        summary="Get this document",
        allow=["public"],
        response=dict[str, JsonValue],
    )
    def openapi_document(call: Call) -> Reply:
        language = preferred(call.accept_language)
        return Reply(document(language), headers=headers_of(language))

    @api.route(
        "/v1/because-schema",
        method="GET",
        summary="Get the JSON Schema of a deadline's reasons",
        allow=["public"],
        response=dict[str, JsonValue],
    )
    def get_because_schema(_: Call) -> Reply:
        return Reply(because_schema())


def _problem_pages(api: Api) -> None:
    @api.route(
        "/v1/problems/{kind}",
        method="GET",
        summary="Get the explanation of a problem kind as a web page",
        allow=["public"],
        response=str,
        produces="text/html; charset=utf-8",
    )
    def problem_page(call: Call) -> Reply:
        language = preferred(call.accept_language)
        return Reply(problem_pages.page_of(call.params["kind"], language), headers=headers_of(language))
