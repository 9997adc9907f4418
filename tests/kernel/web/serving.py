"""A client of the whole API on a wiring of the test's own, such as that of another process."""

from __future__ import annotations

from chalicelib.wiring import Wiring
from tests.helpers.fakes.app import App
from tests.helpers.fakes.client import Client


def client_on(wiring: Wiring) -> Client:
    return Client(app_on(wiring))


def app_on(wiring: Wiring) -> App:
    return App(lambda: wiring, _refuse)


def _refuse(route: str, problem: str) -> None:
    raise AssertionError(f"{route} answered {problem}, which its contract does not declare")
