"""Routes about the service itself: health, the OpenAPI document, schemas, problem pages.

`GET /v1/health`, which every caller may call at any rate, says whether the services that requests need answer.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

import msgspec

from chalicelib.features.service.because_schema import because_schema
from chalicelib.kit import observability
from chalicelib.kit.decoding import JsonValue
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.tenants.directory import Directory
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.languages import headers_of, preferred
from chalicelib.web.openapi import document as openapi
from chalicelib.web.openapi import localized, problem_pages
from chalicelib.web.problems import PROBLEM_TYPES
from chalicelib.wiring import Wiring

AVAILABLE, UNAVAILABLE = "available", "unavailable"
KEPT_FOR = 15 * SECOND
"""Real time. So a process asks each service at most four times a minute."""
NO_ORGANISATION = "health"
"""The item need not exist: an answer without it shows that the table answers."""


class Dependencies:
    """The answers of one process are kept for a while, since each question is a call to AWS."""

    def __init__(self) -> None:
        self._states: Mapping[str, str] = {}
        self._until: Instant = 0

    def states(self, wiring: Wiring) -> Mapping[str, str]:
        """`table`, `keys` and `accounts`, each `available` or `unavailable`."""
        now = wiring.real_clock()
        if now >= self._until:
            self._until = now + KEPT_FOR
            self._states = {name: _state(ask, wiring) for name, ask in _QUESTIONS.items()}
        return self._states


def _state(ask: Callable[[Wiring], object], wiring: Wiring) -> str:
    try:
        ask(wiring)
    except Exception as failure:  # noqa: BLE001  requests would fail too
        observability.error("A dependency does not answer", error=observability.frames(failure))
        return UNAVAILABLE
    return AVAILABLE


def _table(wiring: Wiring) -> object:
    return Directory(wiring.store, wiring.real_clock).find(NO_ORGANISATION)


_QUESTIONS: Mapping[str, Callable[[Wiring], object]] = {
    "table": _table,
    "keys": lambda wiring: wiring.secrets.current("receipt"),
    "accounts": lambda wiring: wiring.identity.account("health@redress.invalid"),
}


class Health(msgspec.Struct, frozen=True):
    status: str
    """`ok`, or `degraded` if a dependency does not answer."""
    dependencies: dict[str, str]
    """`table`, `keys` and `accounts`: `available` or `unavailable`."""


def register(api: Api) -> None:
    _health(api)
    _descriptions(api)
    _problem_pages(api)


def _health(api: Api) -> None:
    dependencies = Dependencies()

    @api.route("/v1/health", method="GET", summary="Check that the service responds", allow=["public"], response=Health)
    def health(call: Call) -> Reply:
        states = dict(dependencies.states(call.wiring))
        return Reply(Health("degraded" if UNAVAILABLE in states.values() else "ok", states))


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
        row = PROBLEM_TYPES.get(call.params["kind"])
        if row is None:
            raise Problem("not-found", "No problem kind has this name.")
        language = preferred(call.accept_language)
        return Reply(problem_pages.html_page(row, language), headers=headers_of(language))
