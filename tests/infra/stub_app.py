"""A small Chalice app with the entry points of app.py. It records its calls."""

from __future__ import annotations

import threading
from typing import Any

from chalice.app import AuthRequest, AuthResponse, Chalice, CORSConfig, Response

from chalicelib.kit.settings import Settings
from chalicelib.ports import TimeSource
from chalicelib.web.gateway_event import UNKNOWN
from infra.local.app_functions import AppFunctions

GOOD = "Bearer good"


class StubApp:
    """The local stack uses `load` instead of app.py."""

    def __init__(self) -> None:
        self.settings: Settings
        self.clock: TimeSource
        self.sweeps: list[dict[str, Any]] = []
        self.relayed: list[dict[str, Any]] = []
        self.worked: list[dict[str, Any]] = []
        self.objects: list[dict[str, Any]] = []
        self.sweep_fails = False
        self.failing_objects = 0
        self.failing_bodies: set[str] = set()
        self.failing_records: set[str] = set()
        self.both_inside = threading.Barrier(2)

    def load(self, settings: Settings, clock: TimeSource) -> AppFunctions:
        self.settings, self.clock = settings, clock
        return AppFunctions(
            app=self._api(),
            sweep=self._sweep,
            wake=self._work,
            park=self._work,
            relay=self._relay,
            effects=self._work,
            hooks=self._work,
            object_created=self._object_created,
        )

    def _sweep(self, event: dict[str, Any], _: Any) -> None:
        self.sweeps.append(event)
        if self.sweep_fails:
            raise RuntimeError("the sweep fell over")

    def _object_created(self, event: dict[str, Any], _: Any) -> None:
        self.objects.append(event)
        self.failing_objects -= 1
        if self.failing_objects >= 0:
            raise RuntimeError("the object's function fell over")

    def _relay(self, event: dict[str, Any], _: Any) -> dict[str, Any]:
        self.relayed.append(event)
        numbers = [each["dynamodb"]["SequenceNumber"] for each in event["Records"] if self._fails(each)]
        return {"batchItemFailures": [{"itemIdentifier": number} for number in numbers]}

    def _fails(self, record: dict[str, Any]) -> bool:
        return record["dynamodb"]["Keys"]["sk"]["S"] in self.failing_records

    def _work(self, event: dict[str, Any], _: Any) -> dict[str, Any]:
        self.worked.append(event)
        failed = [each["messageId"] for each in event["Records"] if each["body"] in self.failing_bodies]
        return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failed]}

    def _api(self) -> Chalice:
        app = Chalice("stub", configure_logs=False)

        @app.authorizer()
        def authorize(request: AuthRequest) -> AuthResponse:
            if request.token == "broken":
                raise RuntimeError("the authorizer fell over")
            return AuthResponse(routes=["*"] if request.token == GOOD else [], principal_id="somebody")

        @app.route("/echo/{name}", methods=["GET", "POST"], cors=CORSConfig("*"), content_types=[])
        def echo(name: str) -> Any:
            request = app.current_request
            return {
                "name": name,
                "query": {each: request.query_params.getlist(each) for each in request.query_params or {}},
                "bytes": len(request.raw_body),
            }

        @app.route("/staff", methods=["GET", "HEAD"], authorizer=authorize)
        def staff() -> Any:
            return app.current_request.context["authorizer"]["principalId"]

        @app.route("/bytes", methods=["POST"], content_types=["application/octet-stream"])
        def binary() -> Response:
            return Response(app.current_request.raw_body[::-1], headers={"Content-Type": "application/octet-stream"})

        @app.route("/cookies")
        def cookies() -> Response:
            return Response("", headers={"Set-Cookie": ["a=1", "b=2"]}, status_code=204)

        @app.route(UNKNOWN, methods=["GET", "OPTIONS"])
        def unknown() -> Response:
            return Response({"unknown": app.current_request.uri_params["unknown"]}, status_code=404)

        @app.route("/together/{name}")
        def together(name: str) -> Any:
            self.both_inside.wait(10)
            return app.current_request.uri_params["name"]

        return app
