"""Composition: the Chalice app, its routes, and the Lambda entries for schedules, queue, stream and objects.

Every function imports this module, so it imports no adapter: `wiring.current` does, when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib import entries, wiring
from chalicelib.http.api import Api
from chalicelib.http.routes import (
    backtest,
    complaints,
    drafts,
    evidence,
    history,
    messages,
    meta,
    policy,
    presets,
    preview,
    switching,
    tasks,
    tenants,
)
from chalicelib.ports import TokenVerifier

GetTokens = Callable[[], TokenVerifier]


def build(get_wiring: wiring.GetWiring, get_tokens: GetTokens | None = None) -> Api:
    """The API with all its routes. `get_tokens`: for the authorizer, where it must not wait for the whole wiring."""
    api = Api("redress", get_wiring, get_tokens)
    rooms = (
        meta,
        presets,
        preview,
        tenants,
        policy,
        drafts,
        backtest,
        complaints,
        switching,
        evidence,
        messages,
        tasks,
        history,
    )
    for room in rooms:
        room.register(api)
    return api


app = build(wiring.current, wiring.current_tokens)
authorize = app.token_authorizer


@app.schedule("rate(1 minute)")
def sweep(event: Any) -> None:
    """What is due is woken (X.3), and tenants' hourly jobs are run."""
    entries.sweep(app.get_wiring())


@app.lambda_function()
def relay(event: Any, context: Any) -> dict[str, Any]:
    """The table's stream, filtered to inserts of `E#`; partial batch response."""
    return entries.relay(app.get_wiring(), event, context)


@app.lambda_function()
def effects(event: Any, context: Any) -> dict[str, Any]:
    """The effects queue; partial batch response."""
    return entries.effects(app.get_wiring(), event, context)


@app.lambda_function()
def object_created(event: Any, context: Any) -> None:
    """Amazon S3's `Object Created`, by EventBridge."""
    entries.object_created(app.get_wiring(), event)
