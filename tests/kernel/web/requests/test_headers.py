"""Headers of the contract: Idempotency-Key, If-Match, X-Correlation-Id; and queries."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.call import Call, Reply, etag
from tests.kernel.web.client import Frame


class Page(RequestDocument, frozen=True):
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    overdue: bool = False
    stage: list[str] = msgspec.field(default_factory=list)
    cursor: str | None = None


@pytest.fixture
def routes(frame: Frame) -> Frame:
    @frame.api.route(
        "/v1/required", method="POST", summary="Required", allow=["public", "person"], idempotency="required"
    )
    def required(call: Call) -> Reply:
        return Reply({"key": call.idempotency_key})

    @frame.api.route("/v1/ignored", method="POST", summary="Ignored", allow=["public"])
    def ignored(call: Call) -> Reply:
        return Reply({"key": call.idempotency_key, "if_match": call.if_match})

    @frame.api.route("/v1/versioned", method="PUT", summary="Versioned", allow=["public"], if_match=True)
    def versioned(call: Call) -> Reply:
        return Reply({"if_match": call.if_match}, headers=etag(13))

    @frame.api.route("/v1/list", method="GET", summary="List", allow=["public"], query=Page)
    def listing(call: Call) -> Reply:
        return Reply(call.query)

    return frame


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json_body["errors"]]


@pytest.mark.parametrize("key", [str(uuid.UUID(int=7)), "A" * 22, "z_-9" * 32])
def test_a_well_formed_key_is_taken(routes: Frame, key: str) -> None:
    assert routes.send("POST", "/v1/required", Idempotency_Key=key).json_body == {"key": key}


@pytest.mark.parametrize("key", ["A" * 21, "A" * 129, "A" * 22 + "!", "", "键" * 22, "A" * 22 + " "])
def test_a_malformed_key_is_refused_at_its_header(routes: Frame, key: str) -> None:
    answer = routes.send("POST", "/v1/required", Idempotency_Key=key)

    assert (answer.status_code, pointers(answer)) == (400, ["/headers/Idempotency-Key"])


def test_the_public_must_send_a_key(routes: Frame) -> None:
    answer = routes.send("POST", "/v1/required")

    assert (answer.status_code, answer.json_body["type"]) == (400, "/v1/problems/idempotency-key-missing")


def test_staff_may_leave_the_key_out(routes: Frame) -> None:
    answer = routes.send("POST", "/v1/required", Authorization=f"Bearer {routes.token()}")

    assert (answer.status_code, answer.json_body) == (200, {"key": None})


def test_routes_that_take_neither_key_nor_version_ignore_both(routes: Frame) -> None:
    answer = routes.send("POST", "/v1/ignored", Idempotency_Key="?", If_Match="?")

    assert answer.json_body == {"key": None, "if_match": None}


@pytest.mark.parametrize(("given", "read"), [('"12"', "12"), (' "12" ', "12"), ("*", None), ('W/"12"', "W/12")])
def test_an_entity_tag_is_read_and_a_weak_one_equals_no_version(routes: Frame, given: str, read: str | None) -> None:
    assert routes.send("PUT", "/v1/versioned", If_Match=given).json_body == {"if_match": read}


@pytest.mark.parametrize("given", ["12", '"1", "2"', '"', "", '"' + "x" * 65 + '"'])
def test_a_malformed_entity_tag_is_refused_at_its_header(routes: Frame, given: str) -> None:
    answer = routes.send("PUT", "/v1/versioned", If_Match=given)

    assert (answer.status_code, pointers(answer)) == (400, ["/headers/If-Match"])


def test_a_version_is_answered_as_an_entity_tag(routes: Frame) -> None:
    assert routes.send("PUT", "/v1/versioned").headers["ETag"] == '"13"'


def test_a_correlation_id_comes_back_as_it_was_sent(routes: Frame) -> None:
    answer = routes.send("GET", "/v1/list", X_Correlation_Id="req-2026.11_27")

    assert answer.headers["X-Correlation-Id"] == "req-2026.11_27"


@pytest.mark.parametrize("given", ["short", "x" * 65, "投诉投诉投诉投诉", 'a"b{c}<d>'])
def test_a_malformed_correlation_id_is_replaced(routes: Frame, given: str) -> None:
    answer = routes.send("GET", "/v1/list", X_Correlation_Id=given)

    assert uuid.UUID(answer.headers["X-Correlation-Id"])


def test_a_query_becomes_typed_values(routes: Frame) -> None:
    answer = routes.send("GET", "/v1/list?limit=5&overdue=true&stage=screening&stage=%E5%AE%A1%E6%A0%B8")

    assert answer.json_body == {"limit": 5, "overdue": True, "stage": ["screening", "审核"], "cursor": None}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/query/limit"),
        ("limit=many", "/query/limit"),
        ("limit=5&limit=6", "/query/limit"),
        ("overdue=perhaps", "/query/overdue"),
        ("page=2", "/query/page"),
        ("a%2Fb=1", "/query/a~1b"),
    ],
)
def test_a_bad_query_is_refused_at_its_parameter(routes: Frame, query: str, pointer: str) -> None:
    answer = routes.send("GET", f"/v1/list?{query}")

    assert (answer.status_code, answer.json_body["type"]) == (400, "/v1/problems/bad-request")
    assert pointers(answer) == [pointer]


def test_a_route_without_a_query_refuses_every_parameter(routes: Frame) -> None:
    assert pointers(routes.send("POST", "/v1/ignored?x=1")) == ["/query/x"]
