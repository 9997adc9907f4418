"""The app, with routes declared once per process: declaring them takes longer than most requests."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from chalice.app import RouteEntry

from app import build
from chalicelib.web.api import Api
from chalicelib.web.contract import Contract
from chalicelib.wiring import Wiring


@cache
def _declared() -> Api:
    def unbound() -> Wiring:
        raise LookupError("a request comes with its wiring")

    return build(unbound)


class App:
    """Behaves like an `Api` with its own wiring. `on_undeclared`: see `Api`."""

    def __init__(self, get_wiring: Callable[[], Wiring], on_undeclared: Callable[[str, str], None]) -> None:
        self.get_wiring = get_wiring
        self.on_undeclared = on_undeclared

    @property
    def routes(self) -> dict[str, dict[str, RouteEntry]]:
        return _declared().routes

    @property
    def all_contracts(self) -> list[Contract]:
        return _declared().all_contracts

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        api = _declared()
        api.get_wiring, api.on_undeclared = self.get_wiring, self.on_undeclared
        return api(event, context)
