"""For any request, the response is declared in the contract, and never an internal error."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from chalicelib.kit.decoding import RequestDocument
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.idempotent_requests import idempotent_request
from chalicelib.web.problems import PROBLEM_TYPES
from tests.helpers.searches import searching
from tests.kernel.web.client import KEY, Frame


class Line(RequestDocument, frozen=True):
    n: Annotated[int, Meta(ge=0)] | None = None


class Filing(RequestDocument, frozen=True):
    channel: str
    facts: dict[str, str | int | bool | Line] = msgspec.field(default_factory=dict)
    lines: list[Line] = msgspec.field(default_factory=list)


class Query(RequestDocument, frozen=True):
    limit: int = 1
    stage: list[str] = msgspec.field(default_factory=list)
    cursor: str | None = None


def api() -> Frame:
    frame = Frame()

    @frame.api.route(
        "/v1/t/{tenant}/x/{number}",
        method="POST",
        summary="Everything at once",
        allow=["public", "receipt", "person"],
        request=Filing,
        query=Query,
        idempotency="required",
        if_match=True,
    )
    def everything(call: Call) -> Reply:
        request = idempotent_request(call)
        return Reply(
            {
                "key": request and list(request.record_key),
                "at": cursors.position(call, call.query.cursor),
                "next": cursors.sign(call, {"sk": call.params["number"]}),
                "body": call.body,
            }
        )

    return frame


FRAME = api()
TEXT = st.text(max_size=12) | st.sampled_from(["acme", "paused", "%FF", "%2e%2E", "a%2Fb", "\ud800", "\x00"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["channel", "facts", "lines", "n", "~/", ""]), inner, max_size=3)
    ),
    max_leaves=10,
)
BODY = (
    JSON.map(json.dumps)
    | JSON.map(lambda value: json.dumps({"channel": "phone", "facts": {"a": value}, "lines": [value]}))
    | st.text(max_size=30)
    | st.binary(max_size=30)
    | st.none()
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.just("application/json") | TEXT,
        "Authorization": TEXT | TEXT.map("Bearer {}".format) | TEXT.map("Receipt {}".format),
        "Idempotency-Key": st.just(KEY) | TEXT,
        "If-Match": TEXT | TEXT.map('"{}"'.format),
        "X-Correlation-Id": TEXT,
    },
)


@searching(300)
@given(
    body=BODY,
    encoded=st.booleans(),
    given_headers=HEADERS,
    tenant=st.just("acme") | TEXT,
    number=st.just("1") | st.just("%E6%8A%95") | TEXT,
    query=st.none()
    | st.dictionaries(st.sampled_from(["limit", "stage", "cursor", "x"]), st.lists(TEXT, min_size=1, max_size=2)),
)
def test_no_request_causes_an_internal_error(
    body: Any, encoded: bool, given_headers: Any, tenant: str, number: str, query: Any
) -> None:
    event = {
        "requestContext": {"httpMethod": "POST", "resourcePath": "/v1/t/{tenant}/x/{number}"},
        "headers": {"Content-Type": "application/json", "Idempotency-Key": KEY} | given_headers,
        "pathParameters": {"tenant": tenant, "number": number},
        "multiValueQueryStringParameters": query,
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": encoded,
    }

    answer = FRAME.api(event, None)

    assert answer["statusCode"] < 500
    if answer["statusCode"] != 200:
        assert json.loads(answer["body"])["type"].removeprefix("/v1/problems/") in PROBLEM_TYPES
