"""The Chalice app. Each of its routes has a contract."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextvars import ContextVar
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, TypeVar, Unpack
from urllib.parse import unquote

import msgspec
from chalice.app import Authorizer, Chalice, IAMAuthorizer, Response, RouteEntry

from chalicelib.kit import observability
from chalicelib.kit.problem import Problem
from chalicelib.ports import TokenVerifier
from chalicelib.tenants.names import is_practice
from chalicelib.web import credentials, gateway_event, responses
from chalicelib.web.contract import Contract, Declaration
from chalicelib.web.dispatch import Handler, dispatch
from chalicelib.web.gateway_event import GatewayRequest

if TYPE_CHECKING:
    from chalicelib.wiring import Wiring


Value = TypeVar("Value")


def once(make: Callable[[], Value]) -> Callable[[], Value]:
    """A function that returns the result of the first `make()`. Calls `make` again only if it raised.

    Unlike `functools.cache`, it calls `make` once even when several threads start together.
    """
    lock = Lock()
    made: list[Value] = []

    def get() -> Value:
        if not made:
            with lock:
                if not made:
                    made.append(make())
        return made[0]

    return get


class _Exchange(msgspec.Struct):
    """The current request. In a context variable, because Chalice keeps its own in the app, shared by all threads."""

    request: GatewayRequest
    undeclared: tuple[str, str] | None = None


_exchange: ContextVar[_Exchange] = ContextVar("exchange")


def log_undeclared(route: str, problem: str) -> None:
    observability.error("The response has a problem kind that the route does not declare", route=route, problem=problem)


class Api(Chalice):
    """A Chalice app that loads its routes on demand and responds with problem documents.

    `get_wiring` is called once, at the first request. `get_tokens` is called once, in the authorizer's function.
    `error_page` makes the response to a browser whose request failed.
    The functions in `register` declare the routes, group by group, when a request first needs a route: other Lambda
    functions never load them. `on_undeclared(route, problem)` is called for each problem that is not in the route's
    contract: it logs an error when deployed, and raises in tests. app.py must bind `token_authorizer` to the name
    `authorize`, the name of its Lambda handler.
    """

    def __init__(
        self,
        app_name: str,
        get_wiring: Callable[[], Wiring],
        get_tokens: Callable[[], TokenVerifier] | None = None,
        *,
        register: Sequence[Callable[[Api], None]] = (),
        error_page: Callable[[Problem, GatewayRequest], Response] | None = None,
    ) -> None:
        self._unloaded_groups: list[Callable[[Api], None]] = []
        self._serving = self._declaring = False
        self._loading = RLock()  # reentrant: declaring a route reads `routes`
        super().__init__(app_name, configure_logs=False)
        self._unloaded_groups = list(register)
        self.api.cors = responses.CORS
        self._contracts: list[Contract] = []
        self.get_wiring = once(get_wiring)
        self._error_page = error_page
        self.on_undeclared: Callable[[str, str], None] = log_undeclared
        tokens = get_tokens or (lambda: self.get_wiring().tokens)
        self.token_authorizer = self.authorizer(ttl_seconds=credentials.CACHE_SECONDS, name="authorize")(
            credentials.authorize_handler(once(tokens))
        )

    def load_next_routes(self) -> bool:
        """Declare the next group of routes. Returns False when all were loaded before."""
        with self._loading:
            if not self._unloaded_groups:
                return False
            self._declaring = True
            self._unloaded_groups.pop(0)(self)
            self._declaring = False
            return True

    def load_routes(self) -> None:
        """Declare all remaining routes."""
        while self.load_next_routes():
            pass

    @property
    def contracts(self) -> list[Contract]:
        """The routes for programs, which the OpenAPI document describes."""
        return [one for one in self.all_contracts if not one.page]

    @property
    def all_contracts(self) -> list[Contract]:
        """The routes for programs and the pages for browsers."""
        self.load_routes()
        return self._contracts

    @property
    def routes(self) -> dict[str, dict[str, RouteEntry]]:
        """Loads all routes, except during a request, which loads only the groups up to its own route."""
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
            return self._respond(contract, handler, _exchange.get())

        if any(other.name == contract.name for other in self._contracts):
            raise TypeError(f"{contract.name}: two handlers have this name, which is the operation id")
        view.__name__ = handler.__name__
        self._contracts.append(contract)
        super().route(
            contract.path,
            methods=contract.served_methods,
            name=handler.__name__,
            content_types=[],  # Chalice's own 415 response is not a problem document
            **({"cors": False} if contract.page else {}),
            authorizer=self._authorizer_of(contract),
        )(view)

    def _authorizer_of(self, contract: Contract) -> Authorizer | None:
        """The gateway authorizer of the route. For operators, API Gateway itself verifies the signature."""
        if contract.operators_only:
            return IAMAuthorizer()
        return self.token_authorizer if contract.people_only else None

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        event = self._with_page(event)
        exchange = _Exchange(gateway_event.parse_event(event))
        token = _exchange.set(exchange)
        observability.correlation.set(exchange.request.correlation_id)
        try:
            response: dict[str, Any] = self._reject_unknown_route(exchange.request) or super().__call__(event, context)
        finally:
            _exchange.reset(token)
        if exchange.undeclared:
            self.on_undeclared(*exchange.undeclared)
        return response

    def _with_page(self, event: dict[str, Any]) -> dict[str, Any]:
        """The event with the template and the parameters of the page, if it is one below a desk."""
        context = event.get("requestContext") or {}
        if context.get("resourcePath") != gateway_event.DESK:
            return event
        self.load_routes()
        found = gateway_event.page_below_desk(self._routes, event["pathParameters"])
        template, parameters = found or (gateway_event.UNKNOWN, event["pathParameters"])
        return {**event, "pathParameters": parameters, "requestContext": {**context, "resourcePath": template}}

    def _reject_unknown_route(self, request: GatewayRequest) -> dict[str, Any] | None:
        """A 404 or 405 response, or None. Chalice's own are not problem documents and have no CORS headers."""
        is_known = request.template not in (None, gateway_event.UNKNOWN)
        methods = self._find_methods(request.template or "", request.method) if is_known else None
        if methods and request.method in methods:
            return None
        problem = self._counted(methods or (), request.address)
        response = self._rejection(problem, request)
        rejection: dict[str, Any] = response.to_dict(self.api.binary_types)
        return rejection

    def _rejection(self, problem: Problem, request: GatewayRequest) -> Response:
        if self._error_page is not None and gateway_event.is_for_page(request):
            return self._error_page(problem, request)
        response = responses.problem_response(problem, request.correlation_id, request.headers.get("accept-language"))
        response.headers.update(responses.default_headers())
        return response

    def _counted(self, methods: Collection[str], address: str) -> Problem:
        """404 without `methods`, else 405; or 429: no limit of a route is in front, so each counts for its address."""
        try:
            self.get_wiring().sources.take(1, address)
        except Problem as exceeded:
            return exceeded
        if not methods:
            return Problem("not-found", "Nothing has this address.")
        allowed = sorted({*methods, "OPTIONS"})  # API Gateway itself answers OPTIONS, on every path
        return Problem("method-not-allowed", "The path does not support this method.", extra={"allow": allowed})

    def _find_methods(self, template: str, method: str) -> dict[str, RouteEntry] | None:
        self._serving = True
        while method not in self._routes.get(template, ()) and self.load_next_routes():
            pass
        return self._routes.get(template)

    def _respond(self, contract: Contract, handler: Handler, exchange: _Exchange) -> Response:
        started = time.monotonic()
        request, wiring = exchange.request, None
        try:
            wiring = self.get_wiring()
            reply = dispatch(contract, handler, request, wiring)
            response = responses.reply_response(
                reply, status=contract.status, produces=contract.produces, correlation_id=request.correlation_id
            )
            if contract.if_none_match:
                response = responses.unchanged(response, request.headers.get("if-none-match"))
        except Exception as error:  # noqa: BLE001  every error becomes a response and is logged
            response = self._error_response(contract, error, exchange)
        if wiring is not None and contract.tenanted:
            _add_tenant_headers(response, contract, request, wiring)
        observability.info(
            "Response sent",
            route=contract.path,
            method=request.method,
            status=response.status_code,
            milliseconds=round((time.monotonic() - started) * 1000),
        )
        return response

    def _error_response(self, contract: Contract, error: Exception, exchange: _Exchange) -> Response:
        problem = responses.problem_from(error)
        if problem.kind == "internal":
            observability.error("Request failed", route=contract.path, error=observability.frames(error))
        if problem.kind not in contract.problem_kinds:
            exchange.undeclared = (f"{contract.method} {contract.path}", problem.kind)
        if contract.shows_pages and self._error_page is not None:
            return self._error_page(problem, exchange.request)
        return responses.problem_response(
            problem, exchange.request.correlation_id, exchange.request.headers.get("accept-language")
        )


def _add_tenant_headers(response: Response, contract: Contract, request: GatewayRequest, wiring: Wiring) -> None:
    tenant = unquote(request.raw_params["tenant"])
    if not contract.page:
        origins = wiring.states.origins(tenant)
        responses.add_headers(response.headers, responses.tenant_headers(origins, request.headers.get("origin")))
    if is_practice(tenant):
        response.headers["X-Robots-Tag"] = "noindex"
