"""Assembles the local stack: emulated resources, the API over HTTP, the S3 endpoint and the event loop."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from chalicelib import bootstrap
from chalicelib.access.issuer import BACK
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.settings import Settings
from chalicelib.ports import TimeSource
from infra.local import people
from infra.local.app_functions import AppFunctions
from infra.local.clock import DomainClock
from infra.local.control import PREFIX, Control
from infra.local.demo.home_page import is_first_page, with_demonstration
from infra.local.direct.due_index import LocalDueIndex
from infra.local.emulator import emulated
from infra.local.events.event_loop import EventLoop, EventSource
from infra.local.events.queue import LocalQueue
from infra.local.events.stream import Stream
from infra.local.functions import Function, invoke, scheduled_event
from infra.local.gateway.responses import GatewayResponses
from infra.local.gateway.rest_api import MAX_BODY_BYTES, Gateway
from infra.local.http import LocalRequest, LocalServer, Responder, Response
from infra.local.resources.applier import ACCOUNT, REGION, AppliedStack
from infra.local.s3 import signing_keys
from infra.local.s3.object_events import ObjectEvents, created_objects
from infra.local.s3.upload_endpoint import MAX_UPLOAD_BYTES as LONGEST_UPLOAD
from infra.local.s3.upload_endpoint import UploadEndpoint
from infra.local.sign_in import accounts
from infra.local.sign_in.issuer import BASE, IssuedTokens, LocalIssuer

LIMITS = {
    "AddressRequests": ("REDRESS_ADDRESS_REQUESTS", "1000000"),
    "PersonRequests": ("REDRESS_PERSON_REQUESTS", "1000000"),
    "AddressComplaintsFactor": ("REDRESS_ADDRESS_COMPLAINTS_FACTOR", "1000"),
    "PlanRequestsFactor": ("REDRESS_PLAN_REQUESTS_FACTOR", "1000"),
}
"""Template parameters for limits: the environment variable that sets each, and the local default."""

SCANNER = "REDRESS_SCANNER"
"""The environment variable for a scanner instead of the stand-in, such as `clamd://127.0.0.1:3310`."""

Load = Callable[[Settings, TimeSource], AppFunctions]


@contextmanager
def run_stack(port: int, start: Instant | None, load: Load, shown: Sequence[dict[str, Any]] = ()) -> Iterator[str]:
    """Runs the stack while the context lasts. Yields its URL. `port` 0 selects a free port. Raises OSError.

    `start`: the start time of the domain clock, by default the present. `shown`: the organisations that the first page
    lists; the caller may add to it.
    """
    with _serving(port, MAX_BODY_BYTES) as api, _serving(0, LONGEST_UPLOAD) as uploads, emulated(uploads.url):
        scanner = os.environ.get(SCANNER, "stand-in")
        stack = AppliedStack(parameters={"Address": api.url, "Scanner": scanner, **_limits()})
        stack.apply()
        os.environ.update(stack.environment(), REDRESS_SIGN_IN=api.url + BASE, REDRESS_ACCOUNTS=api.url + accounts.PATH)
        clock = DomainClock(lambda: time.time_ns() // 1_000_000, start)
        functions = load(Settings.from_environment(os.environ), clock)
        loop, objects = _loop(stack, functions, clock)
        uploads.respond = _upload_endpoint(stack).respond
        responder = _with_issuer(_api_responder(stack, functions, loop), stack, api.url, shown)
        api.respond = _with_first_page(responder, shown)
        with created_objects(REGION, objects.announce):
            loop.start()
            try:
                yield api.url
            finally:
                loop.stop()


def _limits() -> dict[str, str]:
    """All local callers share one address, so the default limits are high. The environment can lower them."""
    return {parameter: os.environ.get(variable, default) for parameter, (variable, default) in LIMITS.items()}


def _not_ready(_: LocalRequest) -> Response:
    return Response(503, [("Retry-After", "1")])


@contextmanager
def _serving(port: int, max_body_bytes: int) -> Iterator[LocalServer]:
    """Starts a server, so that its address is known. It responds with 503 until `respond` is set."""
    with LocalServer(port, _not_ready, max_body_bytes) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name=f"http {server.url}", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()


def _api_responder(stack: AppliedStack, functions: AppFunctions, loop: EventLoop) -> Responder:
    pool, client, cognito = stack.ref("UserPool"), stack.ref("UserPoolClient"), stack.client("cognito-idp")
    gateway = Gateway(functions.app, GatewayResponses(stack.properties("RestAPI")["GatewayResponses"]))
    control = Control(
        move_to=loop.move_to,
        advance=loop.advance,
        token=lambda email, password: people.sign_in(cognito, pool, client, email, password),
        mails=lambda to: people.sent_mails(ACCOUNT, REGION, to),
        repair=_repair,
    )
    return lambda request: (control if request.target.startswith(PREFIX) else gateway).respond(request)


def _with_issuer(respond: Responder, stack: AppliedStack, url: str, shown: Sequence[dict[str, Any]]) -> Responder:
    """With the issuer of the pages, whose people are those of the user pool."""
    from moto.cognitoidp.models import cognitoidp_backends

    pool, client, cognito = stack.ref("UserPool"), stack.ref("UserPoolClient"), stack.client("cognito-idp")
    people_of_pool = cognitoidp_backends[ACCOUNT][REGION].user_pools[pool]

    def sign_in(email: str, password: str) -> IssuedTokens:
        found = people.authenticated(cognito, pool, client, email, password)
        ids = lambda nonce: people.id_token(people_of_pool, email, client, nonce)  # noqa: E731
        return IssuedTokens(ids, found["AccessToken"], found["RefreshToken"])

    issuer = LocalIssuer(client, url + BACK, sign_in, shown)

    def issuer_too(request: LocalRequest) -> Response:
        return issuer.respond(request) or accounts.respond(cognito, request) or respond(request)

    return issuer_too


def _repair(asked: dict[str, Any]) -> dict[str, Any]:
    from infra import repair_orders  # so that the stack starts without the repair

    return repair_orders.answer(bootstrap.current().store, bootstrap.current().clock, asked)


def _with_first_page(respond: Responder, shown: Sequence[dict[str, Any]]) -> Responder:
    def first_page_too(request: LocalRequest) -> Response:
        response = respond(request)
        return with_demonstration(response, shown) if is_first_page(request) else response

    return first_page_too


def _upload_endpoint(stack: AppliedStack) -> UploadEndpoint:
    return UploadEndpoint(stack.client("s3"), signing_keys.secret_lookup, stack.ref("AllowedOrigin"))


def _loop(stack: AppliedStack, functions: AppFunctions, clock: DomainClock) -> tuple[EventLoop, ObjectEvents]:
    table, sqs = stack.ref("Table"), stack.client("sqs")
    objects = ObjectEvents(_mapping(stack, "ObjectCreated", "Evidence"), functions.object_created)
    sources: list[EventSource] = [
        Stream(_moto_table(table).stream_shard, _mapping(stack, "Relay", "Stream"), functions.relay, sqs),
        _queue(stack, "DueQueue", _mapping(stack, "Wake", "Queue"), functions.wake),
        _queue(stack, "DueDeadLetters", _mapping(stack, "Park", "Queue"), functions.park),
        _queue(stack, "EffectsQueue", _mapping(stack, "Effects", "Messages"), functions.effects),
        _queue(stack, "HooksQueue", _mapping(stack, "Hooks", "Messages"), functions.hooks),
        objects,
    ]
    due = LocalDueIndex(lambda: _moto_table(table))
    return EventLoop(clock, due, sources, _schedule(functions.sweep, "sweep")), objects


def _queue(stack: AppliedStack, name: str, mapping: Any, function: Function) -> LocalQueue:
    from moto.sqs.models import sqs_backends

    return LocalQueue(sqs_backends[ACCOUNT][REGION], stack.ref(name).rpartition("/")[2], mapping, function)


def _mapping(stack: AppliedStack, function: str, event: str) -> Any:
    return stack.properties(function)["Events"][event]["Properties"]


def _moto_table(table: str) -> Any:
    from moto.dynamodb.models import dynamodb_backends

    return dynamodb_backends[ACCOUNT][REGION].tables[table]


def _schedule(function: Function, rule: str) -> Callable[[Instant], None]:
    def run(now: Instant) -> None:
        try:
            invoke(function, scheduled_event(to_text(now), rule, ACCOUNT, REGION))
        except Exception:  # noqa: BLE001  as in Lambda: log the error, run again next minute
            traceback.print_exc()

    return run
