"""Composition: the Chalice app, its routes, and the Lambda entries for schedules, queue, stream and objects.

Every function imports this module, so it imports neither adapters nor routes nor use cases, but for the API's own
function: `bootstrap.current`, `register` and the entries do, when they are first called.
"""

from __future__ import annotations

import gc

gc.disable()
"""Until all is imported (below). What modules make lasts as long as the process: to look through it for garbage, again
and again as it grows, was a quarter of what the API's start took beyond its libraries.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chalicelib import bootstrap, observability
from chalicelib.http.api import Api
from chalicelib.ports import TokenVerifier

if TYPE_CHECKING:
    from chalicelib.wiring import GetWiring

GetTokens = Callable[[], TokenVerifier]


def build(get_wiring: GetWiring, get_tokens: GetTokens | None = None) -> Api:
    """The API. `get_tokens`: for the authorizer, where it must not wait for the whole wiring."""
    return Api("redress", get_wiring, get_tokens, register=[partial(register, OFTEN), partial(register, SELDOM)])


OFTEN = ("complaints", "evidence", "messages", "tasks")
"""Modules of `chalicelib.http.routes` that a cold start waits for."""
SELDOM = (
    "meta",
    "presets",
    "preview",
    "tenants",
    "units",
    "policy",
    "drafts",
    "backtest",
    "switching",
    "exports",
    "own_record",
    "leaving",
    "ops",
    "effects",
    "webhooks",
    "history",
)
"""Those that the first request for a route of theirs waits for: half of what there is to import."""


def register(names: Sequence[str], api: Api) -> None:
    from importlib import import_module

    for name in names:
        import_module(f"chalicelib.http.routes.{name}").register(api)


app = build(bootstrap.current, bootstrap.current_tokens)
authorize = app.token_authorizer
if os.environ.get("_HANDLER") == "app.app":
    # Lambda names the function's handler; the API's own loads what is used most before the first request is there.
    app.load_more()
    bootstrap.load()
    observability.logger()
gc.freeze()
gc.enable()


@app.schedule("rate(1 minute)")
def sweep(event: Any) -> None:
    """What is due is enqueued for `wake` (X.3)."""
    from chalicelib.workers import entries

    entries.sweep(app.get_wiring())


@app.lambda_function()
def wake(event: Any, context: Any) -> dict[str, Any]:
    """The due queue: complaints, jobs and tenants' hourly work; partial batch response."""
    from chalicelib.workers import entries

    return entries.wake(app.get_wiring(), event, context)


@app.lambda_function()
def park(event: Any, context: Any) -> dict[str, Any]:
    """The due queue's dead letters; partial batch response."""
    from chalicelib.workers import entries

    return entries.park(app.get_wiring(), event, context)


@app.lambda_function()
def relay(event: Any, context: Any) -> dict[str, Any]:
    """The table's stream, filtered to inserts of `E#`; partial batch response."""
    from chalicelib.workers import entries

    return entries.relay(app.get_wiring(), event, context)


@app.lambda_function()
def effects(event: Any, context: Any) -> dict[str, Any]:
    """The effects queue; partial batch response."""
    from chalicelib.workers import entries

    return entries.effects(app.get_wiring(), event, context)


@app.lambda_function()
def hooks(event: Any, context: Any) -> dict[str, Any]:
    """The webhooks' queue; partial batch response."""
    from chalicelib.workers import entries

    return entries.hooks(app.get_wiring(), event, context)


@app.lambda_function()
def object_created(event: Any, context: Any) -> None:
    """Amazon S3's `Object Created`, by EventBridge."""
    from chalicelib.workers import entries

    entries.object_created(app.get_wiring(), event)
