"""The app over HTTP, as API Gateway would serve it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.infra.conftest import Local
from tests.infra.stub_app import GOOD


@pytest.fixture
def connection(local: Local) -> Iterator[http.client.HTTPConnection]:
    """One connection, kept open."""
    connection = http.client.HTTPConnection(urlsplit(local.url).netloc, timeout=30)
    yield connection
    connection.close()


def call(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return response.status, response.read(), response.headers


def problem(answer: tuple[int, bytes, http.client.HTTPMessage]) -> int:
    status, body, headers = answer
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(body)["status"] == status
    return status


def test_a_connection_serves_one_request_after_the_other(connection: http.client.HTTPConnection) -> None:
    call(connection, "GET", "/echo/a")
    socket = connection.sock
    assert call(connection, "GET", "/echo/b")[0] == 200
    assert connection.sock is socket


def test_path_parameters_arrive_encoded(connection: http.client.HTTPConnection) -> None:
    _, body, _ = call(connection, "GET", "/echo/%E6%B8%A9%2Fx%20y")
    assert json.loads(body)["name"] == "%E6%B8%A9%2Fx%20y"


def test_query_parameters_arrive_decoded_and_repeated(connection: http.client.HTTPConnection) -> None:
    _, body, _ = call(connection, "GET", "/echo/a?x=%E6%B8%A9&x=2&y=")
    assert json.loads(body)["query"] == {"x": ["温", "2"], "y": [""]}


def test_two_megabytes_reach_the_app(connection: http.client.HTTPConnection) -> None:
    status, body, _ = call(connection, "POST", "/echo/a", b"x" * 2_000_000, Content_Type="application/json")
    assert (status, json.loads(body)["bytes"]) == (200, 2_000_000)


def test_more_than_ten_megabytes_are_refused_and_the_connection_stays_open(
    connection: http.client.HTTPConnection,
) -> None:
    assert problem(call(connection, "POST", "/echo/a", b"x" * (10 * 1024 * 1024 + 1))) == 413
    assert call(connection, "GET", "/echo/a")[0] == 200


def test_a_body_may_come_in_chunks(connection: http.client.HTTPConnection) -> None:
    chunks = [b"x" * 70_000, b"y", b"z" * 1_000]
    connection.request("POST", "/echo/a", iter(chunks), {"Transfer-Encoding": "chunked"}, encode_chunked=True)
    assert json.loads(connection.getresponse().read())["bytes"] == 71_001
    assert call(connection, "GET", "/echo/a")[0] == 200


@pytest.mark.parametrize("length", ["-1", "1_0", "many"])
def test_an_invalid_content_length_is_refused(connection: http.client.HTTPConnection, length: str) -> None:
    connection.putrequest("POST", "/echo/a")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    assert connection.getresponse().status == 400


def test_bytes_pass_unchanged_both_ways(connection: http.client.HTTPConnection) -> None:
    sent = bytes(range(256))
    binary = "application/octet-stream"
    status, body, _ = call(connection, "POST", "/bytes", sent, Content_Type=binary, Accept=binary)
    assert (status, body) == (200, sent[::-1])


def test_a_header_may_have_several_values_and_204_no_body(connection: http.client.HTTPConnection) -> None:
    status, body, headers = call(connection, "GET", "/cookies")
    assert (status, body, headers.get_all("Set-Cookie")) == (204, b"", ["a=1", "b=2"])


@pytest.mark.parametrize("path", ["/nowhere", "/echo/a"])
def test_a_method_that_the_gateway_does_not_know_is_a_problem(
    connection: http.client.HTTPConnection, path: str
) -> None:
    assert problem(call(connection, "TRACE", path)) == 404


@pytest.mark.parametrize("path", ["nowhere", "echo/a/b", "echo"])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_an_unknown_path_reaches_the_app(connection: http.client.HTTPConnection, method: str, path: str) -> None:
    status, body, _ = call(connection, method, f"/{path}")
    assert (status, json.loads(body)) == (404, {"unknown": path})


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("DELETE", "/echo/a", "GET, POST"), ("OPTIONS", "/staff", "GET, HEAD"), ("POST", "/staff", "GET, HEAD")],
)
def test_a_wrong_method_reaches_the_app_without_the_authorizer(
    connection: http.client.HTTPConnection, method: str, path: str, allow: str
) -> None:
    status, _, headers = call(connection, method, path, Authorization="broken")
    assert (status, headers["Allow"]) == (405, allow)


def test_head_passes_the_authorizer_and_has_the_length_of_get(connection: http.client.HTTPConnection) -> None:
    status, body, headers = call(connection, "HEAD", "/staff", Authorization=GOOD)
    assert (status, body, headers["Content-Length"]) == (200, b"", str(len("somebody")))
    assert call(connection, "HEAD", "/staff")[0] == 401
    assert call(connection, "GET", "/echo/a")[0] == 200


def test_a_preflight_is_answered_before_the_app(connection: http.client.HTTPConnection) -> None:
    status, _, headers = call(connection, "OPTIONS", "/echo/a", Origin="https://example.com")
    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert set(headers["Access-Control-Allow-Methods"].split(",")) == {"GET", "POST", "OPTIONS"}


def test_a_valid_token_passes_the_authorizer(connection: http.client.HTTPConnection) -> None:
    assert call(connection, "GET", "/staff", Authorization=GOOD)[:2] == (200, b"somebody")


def test_no_token_is_401(connection: http.client.HTTPConnection) -> None:
    answer = call(connection, "GET", "/staff")
    assert problem(answer) == 401
    assert answer[2]["WWW-Authenticate"].startswith("Bearer")


def test_a_refused_token_is_401(connection: http.client.HTTPConnection) -> None:
    assert problem(call(connection, "GET", "/staff", Authorization="Bearer bad")) == 401


def test_a_broken_authorizer_is_the_services_fault(
    connection: http.client.HTTPConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert problem(call(connection, "GET", "/staff", Authorization="broken")) == 503
    assert "the authorizer fell over" in capsys.readouterr().err


def test_concurrent_requests_do_not_mix(local: Local) -> None:
    def ask(name: str) -> str:
        with closing(http.client.HTTPConnection(urlsplit(local.url).netloc, timeout=30)) as connection:
            return call(connection, "GET", f"/together/{name}")[1].decode()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, ["a", "b"])) == ["a", "b"]
