"""Composition root: the Chalice app, its routes, and the handlers for schedules, queues, the stream and objects.

Every Lambda function imports this module. So it imports no adapters, routes or use cases at the top, except in the
API's own function. `bootstrap.current`, `_register` and the handlers import them at their first call.
"""

from __future__ import annotations

import gc

gc.disable()
"""Garbage collection stays off until all imports are done (below). Imported modules live as long as the process.
Repeated collections while they grew took a quarter of the API's start time, apart from its libraries.
"""

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from chalicelib import bootstrap
from chalicelib.composition import places
from chalicelib.kit import observability
from chalicelib.ports import TokenVerifier
from chalicelib.web.api import Api

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from chalice.app import Response

    from chalicelib.kit.problem import Problem
    from chalicelib.web.gateway_event import GatewayRequest
    from chalicelib.wiring import GetWiring

GetTokens = Callable[[], TokenVerifier]


def build(get_wiring: GetWiring, get_tokens: GetTokens | None = None) -> Api:
    """Builds the API. `get_tokens` gives the authorizer its verifier, so it need not wait for the whole wiring."""
    return Api(
        "redress",
        get_wiring,
        get_tokens,
        register=[
            partial(_register, "routes", at_start=True),
            partial(_register, "routes", at_start=False),
            partial(_register, "pages"),
        ],
        error_page=_error_page,
    )


def _register(of: str, api: Api, *, at_start: bool | None = None) -> None:
    """`at_start`: only those that are imported at a cold start, or only the others, which are half of all imports."""
    for feature, name in places(of):
        if at_start is None or (name in feature.at_start) == at_start:
            feature.load(name).register(api)


def _error_page(problem: Problem, request: GatewayRequest) -> Response:
    from chalicelib.web.pages.errors import error_page

    return error_page(problem, request)


app = build(bootstrap.current, bootstrap.current_tokens)
authorize = app.token_authorizer
if os.environ.get("_HANDLER") == "app.app":
    # Lambda names the handler here. The API's function loads the most used modules before the first request.
    app.load_next_routes()
    bootstrap.load()
    observability.logger()
gc.freeze()
gc.enable()


@app.schedule("rate(1 minute)")
def sweep(event: Any) -> None:
    """Enqueues due entries for `wake` (X.3)."""
    from chalicelib.workers import entries

    entries.sweep(app.get_wiring())


@app.lambda_function()
def wake(event: Any, context: Any) -> PartialItemFailureResponse:
    """Handles the due queue: complaints, jobs and hourly jobs. Returns a partial batch response."""
    from chalicelib.workers import entries

    return entries.wake(app.get_wiring(), event, context)


@app.lambda_function()
def park(event: Any, context: Any) -> PartialItemFailureResponse:
    """Handles the due queue's dead-letter queue: quarantines the hits. Returns a partial batch response."""
    from chalicelib.workers import entries

    return entries.park(app.get_wiring(), event, context)


@app.lambda_function()
def relay(event: Any, context: Any) -> PartialItemFailureResponse:
    """Handles the table's stream, filtered to inserted events (`E#`). Returns a partial batch response."""
    from chalicelib.workers import entries

    return entries.relay(app.get_wiring().effects, event, context)


@app.lambda_function()
def effects(event: Any, context: Any) -> PartialItemFailureResponse:
    """Handles the effects queue. Returns a partial batch response."""
    from chalicelib.workers import entries

    return entries.effects(app.get_wiring(), event, context)


@app.lambda_function()
def hooks(event: Any, context: Any) -> PartialItemFailureResponse:
    """Handles the webhook queue. Returns a partial batch response."""
    from chalicelib.workers import entries

    return entries.hooks(app.get_wiring(), event, context)


@app.lambda_function()
def object_created(event: Any, context: Any) -> None:
    """Handles `Object Created` events of Amazon S3 and scan results of GuardDuty, which EventBridge delivers."""
    from chalicelib.workers import entries

    entries.object_created(app.get_wiring(), event)
