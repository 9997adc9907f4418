"""Contracts: values derived from a declaration, and invalid declarations."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.api import once
from chalicelib.web.call import Call, Reply
from chalicelib.web.contract import COMMON_PROBLEMS, Contract
from tests.kernel.web.client import Frame


class Body(RequestDocument, frozen=True):
    text: str


class Paged(RequestDocument, frozen=True):
    cursor: str | None = None


class Loose(msgspec.Struct):
    text: str


def contract(**changes: Any) -> Contract:
    declared: dict[str, Any] = {"path": "/v1/x", "method": "POST", "summary": "X", "name": "x", "allow": ["public"]}
    return Contract(**{**declared, **changes})


@pytest.mark.parametrize(
    ("declared", "kinds"),
    [
        ({}, set()),
        ({"problems": ["conflict"]}, {"conflict"}),
        ({"path": "/v1/x/{id}"}, {"not-found"}),
        ({"path": "/v1/t/{tenant}", "method": "GET"}, {"not-found", "tenant-unknown", "not-open"}),
        ({"path": "/v1/t/{tenant}"}, {"not-found", "tenant-unknown", "not-open", "tenant-suspended"}),
        ({"allow": ["public", "person"]}, {"unauthenticated"}),
        ({"request": Body}, {"malformed-json", "payload-too-large", "unsupported-media-type", "invalid"}),
        ({"idempotency": "required"}, {"idempotency-key-missing", "idempotency-key-reused"}),
        ({"idempotency": "optional"}, {"idempotency-key-reused"}),
        ({"if_match": True}, {"stale"}),
        ({"query": Paged}, {"invalid-cursor"}),
    ],
)
def test_the_kinds_of_problems_follow_from_what_a_route_takes(declared: dict[str, Any], kinds: set[str]) -> None:
    assert contract(**declared).problem_kinds - COMMON_PROBLEMS == kinds


@pytest.mark.parametrize(
    "declared",
    [{"allow": []}, {"allow": ["anyone"]}, {"request": Loose}, {"query": Loose}, {"problems": ["no-such-kind"]}],
    ids=["nobody", "unknown", "loose body", "loose query", "unknown problem"],
)
def test_an_invalid_contract_is_refused_at_declaration(declared: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        contract(**declared)


def test_two_routes_cannot_have_one_operation_id(frame: Frame) -> None:
    def thing(_: Call) -> Reply:
        return Reply()

    frame.api.route("/v1/a", method="GET", summary="A", allow=["public"])(thing)

    with pytest.raises(TypeError, match="thing"):
        frame.api.route("/v1/b", method="GET", summary="B", allow=["public"])(thing)


def test_the_route_id_depends_on_method_and_path_only() -> None:
    assert contract().route_id == contract(summary="Other").route_id
    assert contract().route_id != contract(method="GET").route_id


def test_the_wiring_is_created_once_under_concurrent_requests() -> None:
    made: list[int] = []
    together = threading.Barrier(8, timeout=10)

    def make() -> int:
        made.append(1)
        return len(made)

    get = once(make)

    def ask(_: int) -> int:
        together.wait()
        return get()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(8))) == [1] * 8


def test_requests_in_threads_do_not_see_each_other(frame: Frame) -> None:
    together = threading.Barrier(4, timeout=10)

    @frame.api.route("/v1/t/{tenant}/slow/{number}", method="GET", summary="Slow", allow=["public"])
    def slow(call: Call) -> Reply:
        together.wait()
        return Reply({"number": call.params["number"]})

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda number: frame.send("GET", f"/v1/t/acme/slow/{number}"), range(4)))

    assert [answer.json_body for answer in answers] == [{"number": str(number)} for number in range(4)]


def test_a_reply_without_a_body_has_no_media_type(frame: Frame) -> None:
    @frame.api.route("/v1/gone", method="DELETE", summary="Gone", allow=["public"], status=204)
    def gone(_: Call) -> Reply:
        return Reply()

    answer = frame.send("DELETE", "/v1/gone")

    assert (answer.status_code, answer.body) == (204, b"")
    assert "Content-Type" not in answer.headers
