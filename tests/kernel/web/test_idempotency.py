"""Identity of requests: when two requests with a key count as the same."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.decoding import RequestDocument
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.web.call import Call, Reply
from chalicelib.web.idempotent_requests import idempotent_request, reply_of
from tests.kernel.web.client import KEY, Frame


class Act(RequestDocument, frozen=True):
    fields: dict[str, int | str]


@pytest.fixture
def acts(frame: Frame) -> Frame:
    """A route that responds with the identity of its request."""

    @frame.api.route(
        "/v1/t/{tenant}/{number}",
        method="POST",
        summary="Act",
        allow=["public", "receipt", "person"],
        request=Act,
        idempotency="optional",
    )
    def act(call: Call) -> Reply:
        request = idempotent_request(call)
        if request is None:
            return Reply({"key": None})
        return Reply({"key": list(request.record_key), "hash": request.body_hash, "principal": request.principal})

    return frame


def named(acts: Frame, body: Any = None, *, path: str = "acme/202611-000001", key: str = KEY, **headers: str) -> Any:
    return acts.send("POST", f"/v1/t/{path}", body or {"fields": {"a": 1, "b": "投"}}, Idempotency_Key=key, **headers)


def test_the_same_request_has_the_same_identity_in_any_json_spelling(acts: Frame) -> None:
    spelt = '{ "fields": {"b": "\\u6295", "a": 1.0e0} }'.replace("1.0e0", "1").encode()

    assert named(acts).json_body == named(acts, spelt).json_body


def test_another_body_is_another_request_under_the_same_key(acts: Frame) -> None:
    first, second = named(acts).json_body, named(acts, {"fields": {"a": 2}}).json_body

    assert first["key"] == second["key"]
    assert first["hash"] != second["hash"]


def test_another_place_is_another_request_under_the_same_key(acts: Frame) -> None:
    first, second = named(acts).json_body, named(acts, path="acme/202611-000002").json_body

    assert first["key"] == second["key"]
    assert first["hash"] != second["hash"]


@pytest.mark.slow
def test_another_key_or_caller_has_another_record(acts: Frame) -> None:
    token = f"Bearer {acts.token()}"
    answers = [
        named(acts),
        named(acts, key="k" * 22),
        named(acts, Authorization="Receipt one"),
        named(acts, Authorization="Receipt two"),
        named(acts, Authorization=token),
    ]

    assert len({tuple(answer.json_body["key"]) for answer in answers}) == 5


def test_a_record_holds_no_receipt(acts: Frame) -> None:
    assert "hush-hush" not in named(acts, Authorization="Receipt hush-hush").body.decode()


def test_a_call_without_a_key_has_no_record(acts: Frame) -> None:
    assert acts.send("POST", "/v1/t/acme/202611-000001", {"fields": {}}).json_body == {"key": None}


def test_a_stored_response_is_replayed_and_marked() -> None:
    assert reply_of(Answer(201, {"n": 1}, replayed=True)) == Reply({"n": 1}, 201, {"Idempotency-Replayed": "true"})
    assert reply_of(Answer(201, {"n": 1})) == Reply({"n": 1}, 201)
