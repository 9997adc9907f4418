"""The `/_local/` endpoints, which exist on the local stack only (docs/development/local-stack.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from chalicelib.kit.instants import Instant, from_text, to_text
from infra.local.clock import parse_duration
from infra.local.events.event_loop import ClockMovedBack, EndlessWork
from infra.local.http import LocalRequest, Response
from infra.local.people import SignInRefused

PREFIX = "/_local/"


class Control:
    """`POST clock`, `POST token`, `GET mail`, `POST repair`."""

    def __init__(
        self,
        move_to: Callable[[Instant], Instant],
        advance: Callable[[int], Instant],
        token: Callable[[str, str], str],
        mails: Callable[[str | None], list[dict[str, Any]]],
        repair: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> None:
        """`move_to` and `advance` (milliseconds) run all work that falls due on the way, and return the new time.

        `token` takes email and password. `mails` takes an address, or None for all. `repair`: `repair_orders.answer`.
        """
        self._move_to = move_to
        self._advance = advance
        self._token = token
        self._mails = mails
        self._asked_to_repair = repair

    def respond(self, request: LocalRequest) -> Response:
        path, _, query = request.target.partition("?")
        endpoint = _ENDPOINTS.get((request.method, path.removeprefix(PREFIX)))
        if endpoint is None:
            endpoints = "POST clock, POST token, GET mail, GET sign-in and POST repair"
            return _problem(HTTPStatus.NOT_FOUND, f"The endpoints are {endpoints}.")
        try:
            return _json(HTTPStatus.OK, endpoint(self, _arguments(request, query)))
        except ClockMovedBack as error:
            return _problem(HTTPStatus.CONFLICT, str(error))
        except EndlessWork as error:
            return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        except SignInRefused:
            return _problem(HTTPStatus.UNAUTHORIZED, "The email address or the password is wrong.")
        except (ValueError, KeyError, TypeError) as error:
            return _problem(HTTPStatus.BAD_REQUEST, f"{type(error).__name__}: {error}")

    def _clock(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if ("now" in arguments) == ("advance" in arguments):
            raise ValueError('send either {"now": "…"} or {"advance": "26 hours"}')
        if "now" in arguments:
            return {"now": to_text(self._move_to(from_text(arguments["now"])))}
        return {"now": to_text(self._advance(parse_duration(arguments["advance"])))}

    def _sign_in(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"token": self._token(arguments["email"], arguments["password"])}

    def _mail(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"mails": self._mails(arguments.get("to"))}

    def _repair(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._asked_to_repair(arguments)


_ENDPOINTS = {
    ("POST", "clock"): Control._clock,
    ("POST", "token"): Control._sign_in,
    ("GET", "mail"): Control._mail,
    ("POST", "repair"): Control._repair,
}


def _arguments(request: LocalRequest, query: str) -> dict[str, Any]:
    """The JSON body of a POST, or the query parameters of a GET."""
    if request.method == "GET":
        return {name: values[-1] for name, values in parse_qs(query).items()}
    body = json.loads(request.body or b"")
    if not isinstance(body, dict):
        raise ValueError("the body is not a JSON object")
    return body


def _json(status: int, body: Any, media_type: str = "application/json") -> Response:
    return Response(status, [("Content-Type", media_type)], json.dumps(body, ensure_ascii=False).encode())


def _problem(status: HTTPStatus, detail: str) -> Response:
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    return _json(status, body, "application/problem+json")
