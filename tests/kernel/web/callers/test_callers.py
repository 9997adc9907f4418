"""Authentication: each route accepts its declared kinds, and bad credentials never count as no credentials."""

from __future__ import annotations

import pytest

from chalicelib.casework.authorization import Credential
from chalicelib.web import gateway_event
from chalicelib.web.call import Call, Person, Public, Receipt, Reply
from tests.kernel.web.client import Frame


@pytest.fixture
def routes(frame: Frame) -> Frame:
    """`/v1/public`, `/v1/public-person`, …: each responds with its caller."""
    for allow in (["public"], ["public", "person"], ["receipt"], ["receipt", "person"], ["person"]):

        def show_caller(call: Call) -> Reply:
            match call.caller:
                case Public():
                    return Reply({"caller": "public"})
                case Person(sub):
                    return Reply({"caller": sub})
                case Receipt(text):
                    return Reply({"caller": f"receipt {text}"})

        show_caller.__name__ = "_".join(allow)
        frame.api.route("/v1/" + "-".join(allow), method="GET", summary="Door", allow=allow)(show_caller)
    return frame


@pytest.mark.parametrize("path", ["public-person", "receipt-person", "person"])
def test_a_valid_token_identifies_a_person(routes: Frame, path: str) -> None:
    answer = routes.send("GET", f"/v1/{path}", Authorization=f"Bearer {routes.token('sub-7')}")

    assert answer.json_body == {"caller": "sub-7"}


@pytest.mark.parametrize("path", ["receipt", "receipt-person"])
def test_a_receipt_is_handed_to_the_use_case(routes: Frame, path: str) -> None:
    assert routes.send("GET", f"/v1/{path}", Authorization="Receipt abc.DEF").json_body == {"caller": "receipt abc.DEF"}


@pytest.mark.parametrize("path", ["public", "public-person"])
def test_an_anonymous_caller_may_use_a_public_route(routes: Frame, path: str) -> None:
    assert routes.send("GET", f"/v1/{path}").json_body == {"caller": "public"}


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer  "])
def test_the_scheme_is_read_in_any_case(routes: Frame, scheme: str) -> None:
    assert routes.send("GET", "/v1/receipt-person", Authorization=f"{scheme} {routes.token()}").status_code == 200


@pytest.mark.parametrize(
    ("path", "credentials"),
    [
        ("receipt", ""),
        ("receipt", "Bearer abc"),
        ("receipt", "Receipt "),
        ("receipt", "Receipt " + "x" * 257),
        ("receipt-person", "Receipt two words"),
        ("receipt-person", "Basic YTpi"),
        ("public-person", "Bearer garbage"),
        ("receipt-person", "Bearer "),
    ],
)
def test_credentials_that_are_missing_bad_or_of_another_kind_are_unauthenticated(
    routes: Frame, path: str, credentials: str
) -> None:
    answer = routes.send("GET", f"/v1/{path}", Authorization=credentials)

    assert (answer.status_code, answer.json_body["type"]) == (401, "/v1/problems/unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_an_expired_token_does_not_become_the_public(routes: Frame) -> None:
    token = routes.token(exp=routes.fakes.real_clock() // 1000)

    assert routes.send("GET", "/v1/public-person", Authorization=f"Bearer {token}").status_code == 401


def test_a_route_for_people_only_trusts_the_authorizer_and_nothing_else(routes: Frame) -> None:
    event = {
        "requestContext": {"httpMethod": "GET", "resourcePath": "/v1/person"},
        "headers": {"Authorization": f"Bearer {routes.token()}"},
        "pathParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": None,
    }

    assert routes.api(event, None)["statusCode"] == 401
    event["requestContext"]["authorizer"] = {"principalId": "sub-9"}  # type: ignore[index]
    assert routes.api(event, None)["body"] == '{"caller":"sub-9"}'
    event["requestContext"]["authorizer"] = {"principalId": "program:"}  # type: ignore[index]
    assert routes.api(event, None)["statusCode"] == 401, "the header that came to the app has no key"


@pytest.mark.parametrize("credentials", ["Bearer garbage", "Receipt abc", "Bearer", "x"])
def test_the_authorizer_refuses_without_failing(routes: Frame, credentials: str) -> None:
    assert routes.send("GET", "/v1/person", Authorization=credentials).status_code == 403  # sent as 401


def test_the_authorizers_result_covers_all_routes_because_the_gateway_caches_it(routes: Frame) -> None:
    asked = {
        "type": "TOKEN",
        "authorizationToken": f"Bearer {routes.token()}",
        "methodArn": "arn:aws:execute-api:eu-central-1:123456789012:abc/api/GET/v1/person",
    }
    answer = routes.api.token_authorizer(asked, None)

    assert answer["principalId"] == "sub-1"
    assert answer["policyDocument"]["Statement"][0]["Resource"] == [
        "arn:aws:execute-api:eu-central-1:123456789012:abc/api/*/*"
    ]


def test_a_receipt_caller_does_not_show_the_receipt_when_printed() -> None:
    assert "secret" not in repr(Receipt("secret"))


def test_a_credential_does_not_show_its_receipt_when_printed() -> None:
    assert "secret" not in repr(Credential(receipt="secret"))


def test_a_request_shows_no_content_when_printed() -> None:
    sent = {"headers": {"Authorization": "secret"}, "body": "secret", "queryStringParameters": {"q": "secret"}}
    assert "secret" not in repr(gateway_event.parse_event(sent))
