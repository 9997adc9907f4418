"""Request bodies: each invalid body gets the right status and place, and does not reach the handler."""

from __future__ import annotations

import base64
import json
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from chalicelib.kit.decoding import RequestDocument
from chalicelib.web.call import Call, Reply
from tests.kernel.web.client import Frame


class Filing(RequestDocument, frozen=True):
    channel: Annotated[str, Meta(min_length=1)]
    facts: dict[str, str | int | bool] = msgspec.field(default_factory=dict)
    number: int | None = None


@pytest.fixture
def filing(frame: Frame) -> Frame:
    @frame.api.route(
        "/v1/t/{tenant}/complaints", method="POST", summary="File", allow=["public"], request=Filing, status=201
    )
    def file_complaint(call: Call) -> Reply:
        return Reply({"channel": call.body.channel, "facts": call.body.facts})

    return frame


def post(filing: Frame, body: Any, **headers: str) -> Any:
    return filing.send("POST", "/v1/t/acme/complaints", body, **headers)


def test_a_valid_body_reaches_the_handler_and_chinese_is_not_escaped(filing: Frame) -> None:
    answer = post(filing, {"channel": "phone", "facts": {"content": "退款太慢"}})

    assert answer.status_code == 201
    assert answer.body.decode() == '{"channel":"phone","facts":{"content":"退款太慢"}}'


@pytest.mark.parametrize(
    ("raw", "position"),
    [
        (b'{"channel": "phone",}', 20),
        (b'{"channel": "phone"', 19),
        (b"", 0),
        (b"\xef\xbb\xbf{}", 0),
        (b'{"number": NaN}', 11),
        (b'{"number": 007}', 12),
        (b'"\xff"', 1),
    ],
)
def test_bad_syntax_is_named_with_its_byte(filing: Frame, raw: bytes, position: int) -> None:
    answer = post(filing, raw)

    assert (answer.status_code, answer.json_body["type"]) == (400, "/v1/problems/malformed-json")
    assert answer.json_body["position"] == position


@pytest.mark.parametrize(
    "raw",
    [
        b'{"channel": "phone", "channel": "email"}',
        b'{"channel": "phone", "facts": {"a": 1, "a": 2}}',
        b'{"channel": "\\ud800 "}',
        b'{"channel": "\\udc00\\ud800"}',
        b"[" * 100_000,
        b"[" * 65 + b"]" * 65,
        b'{"a":' * 65 + b"1" + b"}" * 65,
        b'{"number": 1e999}',
        b"{} {}",
    ],
    ids=[
        "twice",
        "twice inside",
        "half a pair",
        "pair reversed",
        "bomb",
        "deep list",
        "deep object",
        "infinite",
        "more",
    ],
)
def test_json_that_parsers_read_differently_is_refused(filing: Frame, raw: bytes) -> None:
    answer = post(filing, raw)

    assert (answer.status_code, answer.json_body["type"]) == (400, "/v1/problems/malformed-json")


PLACES = {
    "a comma too many": (b'{"channel": "phone",\n "facts": {"a": 1,}}', "/facts", 2, 19, "malformed"),
    "an end too early": (b'{"facts":\n {"list": [1, 2', "/facts/list/1", 2, 16, "ends too early"),
    "a number that is none": (b'{"facts": {"list": [1, NaN]}}', "/facts/list/1", 1, 24, "invalid"),
    "a byte of no text": (
        '{"facts": {"电话": "'.encode() + b'\xff"}}',
        "/facts/电话",
        1,
        19,
        "UTF-8",
    ),
    "a member twice": (b'{"facts": {"a/b": 1,\n  "c": {},\n  "a/b": 2}}', "/facts/a~1b", 3, 3, "occurs twice"),
    "a member twice in a list": (b'[{"a": 1}, {"a": 1, "b": [], "\\u0061": 2}]', "/1/a", 1, 30, "occurs twice"),
    "too deep": (b'{"facts":\n' + b"[" * 70 + b"]" * 70 + b"}", "/facts" + "/0" * 63, 2, 64, "64 levels"),
    "a bomb": (b"[" * 100_000, "/0" * 64, 1, 65, "64 levels"),
}


@pytest.mark.parametrize("what", PLACES)
def test_malformed_json_is_named_with_its_place(filing: Frame, what: str) -> None:
    raw, pointer, line, column, words = PLACES[what]

    (error,) = post(filing, raw).json_body["errors"]

    assert (error["pointer"], error["line"], error["column"]) == (pointer, line, column)
    assert words in error["detail"]


def test_sixty_four_levels_are_read(filing: Frame) -> None:
    assert post(filing, b"[" * 64 + b"1" + b"]" * 64).json_body["type"] == "/v1/problems/invalid"


@pytest.mark.parametrize("number", ["9007199254740992", "-9007199254740992", "1" * 40])
def test_an_integer_beyond_2_to_the_53_is_refused_at_its_place(filing: Frame, number: str) -> None:
    answer = post(filing, b'{"channel": "phone", "facts": {"a/b": %s}}' % number.encode())

    assert (answer.status_code, answer.json_body["errors"][0]["pointer"]) == (422, "/facts/a~1b")


def test_a_large_number_beside_deep_nesting_is_refused_for_the_nesting(filing: Frame) -> None:
    assert post(filing, b"[9007199254740993," + b"[" * 900 + b"]" * 901).status_code == 400


def test_a_number_at_the_deepest_level_is_looked_at_too(filing: Frame) -> None:
    answer = post(filing, b"[" * 64 + b"9007199254740992" + b"]" * 64)

    assert answer.json_body["errors"][0]["pointer"] == "/0" * 64


@pytest.mark.parametrize("space", [" ", "\n", "\t", "\u3000", " \n"])
def test_more_than_a_hundred_spaces_in_a_row_are_refused_at_their_place(filing: Frame, space: str) -> None:
    text = "微信" + (space * 101)[:101] + "x"

    answer = post(filing, {"channel": "phone", "facts": {"good": "x", "bad": text}})

    assert answer.status_code == 422
    [error] = answer.json_body["errors"]
    assert (error["pointer"], error["detail"]) == (
        "/facts/bad",
        "A text may have at most 100 spaces or line breaks in a row.",
    )


def test_a_hundred_spaces_in_a_row_are_read(filing: Frame) -> None:
    text = "a" + " " * 100 + "b" + "\n" * 100

    assert post(filing, {"channel": "phone", "facts": {"a": text}}).json_body["facts"] == {"a": text}


def test_a_body_full_of_faults_gets_a_short_answer(filing: Frame) -> None:
    long_name = "x" * 10_000
    answer = post(filing, {"channel": "phone", "facts": {f"{long_name[: n * 70]}{n}": [] for n in range(140)}})

    assert len(answer.json_body["errors"]) == 100
    assert len(answer.body) < 100_000


def test_five_thousand_digits_are_refused(filing: Frame) -> None:
    assert post(filing, b'{"number": ' + b"1" * 5_000 + b"}").status_code in (400, 422)


def test_all_faults_are_named_at_once(filing: Frame) -> None:
    answer = post(filing, {"facts": {"ok": "x", "list": [1]}, "number": "7", "chanel": "phone"})

    assert (answer.status_code, answer.json_body["type"]) == (422, "/v1/problems/invalid")
    assert [error["pointer"] for error in answer.json_body["errors"]] == [
        "/chanel",
        "/channel",
        "/facts/list",
        "/number",
    ]


@pytest.mark.parametrize("value", [None, [], "text", 5, True])
def test_a_body_of_the_wrong_shape_is_refused_as_a_whole(filing: Frame, value: Any) -> None:
    answer = post(filing, json.dumps(value).encode())

    assert (answer.status_code, answer.json_body["errors"][0]["pointer"]) == (422, "")


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "", "application/jsonp"],
)
def test_another_media_type_is_refused(filing: Frame, media_type: str) -> None:
    answer = post(filing, {"channel": "phone"}, Content_Type=media_type)

    assert (answer.status_code, answer.json_body["type"]) == (415, "/v1/problems/unsupported-media-type")


def test_a_body_without_a_media_type_is_refused(filing: Frame) -> None:
    assert filing.send("POST", "/v1/t/acme/complaints").status_code == 415


@pytest.mark.parametrize("media_type", ["application/json; charset=UTF-8", "Application/JSON"])
def test_the_media_type_may_be_spelt_as_rfc_9110_allows(filing: Frame, media_type: str) -> None:
    assert post(filing, {"channel": "phone"}, Content_Type=media_type).status_code == 201


def test_a_body_of_two_megabytes_is_too_large_whatever_is_in_it(filing: Frame) -> None:
    answer = post(filing, b"[" * 2_000_000)

    assert (answer.status_code, answer.json_body["type"]) == (413, "/v1/problems/payload-too-large")


def test_a_body_of_exactly_one_mebibyte_is_read(filing: Frame) -> None:
    shell = len(b'{"channel": ""}')
    assert post(filing, b'{"channel": "%s"}' % (b"x" * (1024 * 1024 - shell))).status_code == 201
    assert post(filing, b'{"channel": "%s"}' % (b"x" * (1024 * 1024 - shell + 1))).status_code == 413


def event(body: str, encoded: bool) -> dict[str, Any]:
    return {
        "requestContext": {"httpMethod": "POST", "resourcePath": "/v1/t/{tenant}/complaints"},
        "headers": {"Content-Type": "application/json"},
        "pathParameters": {"tenant": "acme"},
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": encoded,
    }


def test_a_body_that_the_gateway_encoded_is_decoded(filing: Frame) -> None:
    text = base64.b64encode('{"channel": "电话"}'.encode()).decode()

    assert json.loads(filing.api(event(text, True), None)["body"])["channel"] == "电话"


def test_a_body_that_is_not_the_declared_base64_is_refused(filing: Frame) -> None:
    assert filing.api(event("{}", True), None)["statusCode"] == 400


def test_a_route_without_a_body_ignores_one(frame: Frame) -> None:
    @frame.api.route("/v1/ping", method="POST", summary="Ping", allow=["public"])
    def ping(call: Call) -> Reply:
        return Reply({"body": call.body})

    assert frame.send("POST", "/v1/ping", b"{broken").json_body == {"body": None}
