"""The Chalice app whose routes hold their contracts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from threading import RLock
from typing import TYPE_CHECKING, Any, Unpack

import msgspec
from chalice.app import Authorizer, Chalice, IAMAuthorizer, Response, RouteEntry

from chalicelib import observability
from chalicelib.http import authorizer, cors, gateway_event, responses
from chalicelib.http.contract import Contract, Declaration
from chalicelib.http.dispatch import Handler, dispatch
from chalicelib.http.errors import problem_from
from chalicelib.http.gateway_event import GatewayRequest
from chalicelib.http.once import once
from chalicelib.ports import TokenVerifier
from chalicelib.problem import Problem

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


class _Exchange(msgspec.Struct):
    """The request at hand. In a context variable, because Chalice keeps its own in the app, shared by all threads."""

    request: GatewayRequest
    undeclared: tuple[str, str] | None = None


_exchange: ContextVar[_Exchange] = ContextVar("exchange")


def log_undeclared(route: str, problem: str) -> None:
    observability.error("A problem was answered that its route does not declare", route=route, problem=problem)


class Api(Chalice):
    """`get_wiring` is called once, at the first request; `get_tokens` likewise, for the authorizer's own function.

    `register` declares the routes, part by part, when somebody first asks for one: other functions never do.
    `on_undeclared(route, problem)` hears of each answered problem that is not in its contract: logged when deployed,
    an error in tests. app.py must hold `token_authorizer` under the name `authorize`, which is its Lambda handler's.
    """

    def __init__(
        self,
        app_name: str,
        get_wiring: Callable[[], Wiring],
        get_tokens: Callable[[], TokenVerifier] | None = None,
        *,
        register: Sequence[Callable[[Api], None]] = (),
    ) -> None:
        self._unloaded: list[Callable[[Api], None]] = []
        self._serving = self._declaring = False
        self._loading = RLock()  # re-entered, since declaring a route asks for the routes
        super().__init__(app_name, configure_logs=False)
        self._unloaded = list(register)
        self.api.cors = cors.CORS
        self._contracts: list[Contract] = []
        self.get_wiring = once(get_wiring)
        self.on_undeclared: Callable[[str, str], None] = log_undeclared
        tokens = get_tokens or (lambda: self.get_wiring().tokens)
        self.token_authorizer = self.authorizer(ttl_seconds=authorizer.CACHE_SECONDS, name="authorize")(
            authorizer.authorize_handler(once(tokens))
        )

    def load_more(self) -> bool:
        """Declare the next part of the routes; whether there was one."""
        with self._loading:
            if not self._unloaded:
                return False
            self._declaring = True
            self._unloaded.pop(0)(self)
            self._declaring = False
            return True

    def load_routes(self) -> None:
        """Declare all of them."""
        while self.load_more():
            pass

    @property
    def contracts(self) -> list[Contract]:
        self.load_routes()
        return self._contracts

    @property
    def routes(self) -> dict[str, dict[str, RouteEntry]]:
        """All of them, but for a request: that only needs those among which its own is."""
        if not (self._serving or self._declaring):
            self.load_routes()
        return self._routes

    @routes.setter
    def routes(self, routes: dict[str, dict[str, RouteEntry]]) -> None:
        self._routes = routes

    def route(self, path: str, **declared: Unpack[Declaration]) -> Callable[[Handler], Handler]:  # type: ignore[override]
        """Declare a route: `@api.route("/v1/health", method="GET", summary="…", allow=["public"])`."""

        def register(handler: Handler) -> Handler:
            self._register(Contract(path=path, name=handler.__name__, **declared), handler)
            return handler

        return register

    def _register(self, contract: Contract, handler: Handler) -> None:
        def view(**_raw_params: str) -> Response:
            return self._answer(contract, handler, _exchange.get())

        if any(other.name == contract.name for other in self._contracts):
            raise TypeError(f"{contract.name}: another route's handler has this name, which is its operation id")
        view.__name__ = handler.__name__
        self._contracts.append(contract)
        super().route(
            contract.path,
            methods=[contract.method],
            name=handler.__name__,
            content_types=[],  # Chalice's own 415 is no problem document
            authorizer=self._authorizer_of(contract),
        )(view)

    def _authorizer_of(self, contract: Contract) -> Authorizer | None:
        """Who stands in front of the route: the gateway itself checks operators' signatures."""
        if contract.operators_only:
            return IAMAuthorizer()
        return self.token_authorizer if contract.people_only else None

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        exchange = _Exchange(gateway_event.parse_event(event))
        token = _exchange.set(exchange)
        observability.correlation.set(exchange.request.correlation_id)
        try:
            answer: dict[str, Any] = self._refused(exchange.request) or super().__call__(event, context)
        finally:
            _exchange.reset(token)
        if exchange.undeclared:
            self.on_undeclared(*exchange.undeclared)
        return answer

    def _refused(self, request: GatewayRequest) -> dict[str, Any] | None:
        """404 and 405 before Chalice, whose own are no problem documents and have no CORS headers."""
        methods = self._methods(request.template, request.method) if request.template else None
        if methods and request.method in methods:
            return None
        problem = Problem("not-found", "No route has this path.")
        if methods:
            problem = Problem("method-not-allowed", "The path takes other methods.", extra={"allow": sorted(methods)})
        response = responses.problem_response(problem, request.correlation_id)
        response.headers.update(cors.default_headers())
        refusal: dict[str, Any] = response.to_dict(self.api.binary_types)
        return refusal

    def _methods(self, template: str, method: str) -> dict[str, RouteEntry] | None:
        self._serving = True
        while method not in self._routes.get(template, ()) and self.load_more():
            pass
        return self._routes.get(template)

    def _answer(self, contract: Contract, handler: Handler, exchange: _Exchange) -> Response:
        started = time.monotonic()
        request, wiring = exchange.request, None
        try:
            wiring = self.get_wiring()
            reply = dispatch(contract, handler, request, wiring)
            response = responses.reply_response(
                reply, status=contract.status, produces=contract.produces, correlation_id=request.correlation_id
            )
        except Exception as error:  # noqa: BLE001  the edge: each error is answered, and none passes unseen
            response = self._failed(contract, error, exchange)
        if wiring is not None and contract.tenanted:
            origins = wiring.states.origins(request.raw_params["tenant"])
            response.headers.update(cors.tenant_headers(origins, request.headers.get("origin")))
        observability.info(
            "answered",
            route=contract.path,
            method=contract.method,
            status=response.status_code,
            milliseconds=round((time.monotonic() - started) * 1000),
        )
        return response

    def _failed(self, contract: Contract, error: Exception, exchange: _Exchange) -> Response:
        problem = problem_from(error)
        if problem.kind == "internal":
            observability.error("A request failed", route=contract.path, error=observability.frames(error))
        if problem.kind not in contract.kinds:
            exchange.undeclared = (f"{contract.method} {contract.path}", problem.kind)
        return responses.problem_response(problem, exchange.request.correlation_id)
