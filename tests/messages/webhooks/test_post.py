"""Posting to a webhook: pinned to the checked address, without redirects, with a time limit."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from chalicelib.features.messages.webhooks.public_addresses import is_loopback
from chalicelib.features.messages.webhooks.webhook_http import RESOLVE_SECONDS, TOTAL_SECONDS, WebhookPoster
from chalicelib.ports import DeliveryFailed
from infra.local.resources.template import load
from tests.messages.webhooks.receiver import Receiver, answering, receiving

LOCAL = WebhookPoster(loopback=True)


def to(receiver: Receiver, path: str = "/hook?a=1") -> str:
    return f"http://127.0.0.1:{receiver.port}{path}"


def test_a_post_arrives_unchanged() -> None:
    with receiving(answering(204)) as receiver:
        assert LOCAL.post(to(receiver), {"webhook-id": "n/1"}, b'{"a":1}') == 204
    [(path, headers, body)] = receiver.got
    assert (path, headers["webhook-id"], headers["content-type"], body) == (
        "/hook?a=1",
        "n/1",
        "application/json",
        b'{"a":1}',
    )


def test_a_redirect_is_not_followed() -> None:
    with receiving(answering(204)) as second, receiving(answering(302, Location=to(second))) as first:
        assert LOCAL.post(to(first), {}, b"{}") == 302
    assert second.got == []


def test_a_refused_connection_is_a_failed_delivery() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DeliveryFailed, match="ConnectionRefusedError"):
        LOCAL.post(f"http://127.0.0.1:{port}/", {}, b"{}")


def drip(handler: Any) -> None:
    """A header that never ends, one byte at a time."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


def test_a_slow_answer_is_cut_off() -> None:
    begun = time.monotonic()
    with receiving(drip) as receiver, pytest.raises(DeliveryFailed):
        WebhookPoster(loopback=True, seconds=0.3).post(to(receiver), {}, b"{}")
    assert time.monotonic() - begun < 3


def test_the_name_look_up_has_a_time_limit() -> None:
    answered = Event()

    def silent(host: str, port: int) -> list[str]:
        answered.wait(20)
        return ["127.0.0.1"]

    begun = time.monotonic()
    try:
        with pytest.raises(DeliveryFailed, match="not resolved in time"):
            WebhookPoster(loopback=True, resolve=silent, resolve_seconds=0.1).post("http://127.0.0.1:9/", {}, b"{}")
        assert time.monotonic() - begun < 5
    finally:
        answered.set()


def test_the_systems_certificates_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading them takes longer than all else that the sender does for a post."""
    read: list[ssl.SSLContext] = []

    def reading() -> ssl.SSLContext:
        read.append(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        return read[-1]

    monkeypatch.setattr(ssl, "create_default_context", reading)
    poster = WebhookPoster(resolve=lambda host, port: ["10.0.0.1"])

    for _ in range(2):
        with pytest.raises(DeliveryFailed, match="private address"):
            poster.post("https://shop.example/", {}, b"{}")

    assert len(read) == 1


def test_ten_posts_at_the_time_limit_fit_the_workers_timeout() -> None:
    queue = load()["Resources"]["EffectsQueue"]["Properties"]
    batch = load()["Resources"]["Effects"]["Properties"]["Events"]["Messages"]["Properties"]["BatchSize"]
    timeout = queue["VisibilityTimeout"] / 6
    assert batch * (RESOLVE_SECONDS + TOTAL_SECONDS) < timeout


def endless(handler: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        return


def test_an_endless_body_is_not_read() -> None:
    with receiving(endless) as receiver:
        assert LOCAL.post(to(receiver), {}, b"{}") == 200


@pytest.mark.parametrize("answers", [["10.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:127.0.0.1"], []])
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(answers: list[str]) -> None:
    poster = WebhookPoster(resolve=lambda host, port: answers)
    with pytest.raises(DeliveryFailed, match="private"):
        poster.post("https://hooks.example/", {}, b"{}")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://hooks.example/", "https"),
        ("http://127.0.0.1/", "https"),
        ("https://127.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://169.254.169.254/latest", "private"),
        ("https://user:word@hooks.example/", "user"),
        ("https://hooks.example/#part", "fragment"),
        ("https://hooks.example:25/", "port"),
        ("https://hooks.example:99999/", "URL"),
        ("https:///path", "host"),
        ("ftp://hooks.example/", "https"),
        ("https://hooks.example/a b", "blanks"),
        ("https://hooks.example/\r\nHost: other", "blanks"),
        ("https://例子.example/", "ASCII"),
        ("https://hooks.example/" + "a" * 500, "500"),
    ],
)
def test_an_invalid_url_is_refused_with_its_fault(url: str, fault: str) -> None:
    assert fault in (WebhookPoster().fault(url) or "")


@pytest.mark.parametrize("url", ["https://hooks.example", "https://hooks.example:8443/a?b=c", "https://93.184.216.34/"])
def test_a_valid_url_is_accepted(url: str) -> None:
    assert WebhookPoster().fault(url) is None


def test_loopback_is_allowed_by_the_local_setting_only() -> None:
    assert LOCAL.fault("http://127.0.0.1:9/") is None
    assert LOCAL.fault("http://hooks.example/") is not None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for `hooks.example`."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subject = ["-subj", "/CN=hooks.example", "-addext", "subjectAltName=DNS:hooks.example"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    command = ["openssl", "req", "-x509", *key, *subject, "-keyout", str(path), "-out", str(path) + ".crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + Path(str(path) + ".crt").read_text())
    return path


class Pinned(WebhookPoster):
    """A poster that resolves each name to this machine and allows its address."""

    def __init__(self, certificate: Path) -> None:
        context = ssl.create_default_context(cafile=str(certificate) + ".crt")
        super().__init__(resolve=lambda host, port: ["127.0.0.1"], allowed=is_loopback, context=context)


def served(certificate: Path) -> Any:
    def wrap(receiver: Receiver) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        receiver.socket = context.wrap_socket(receiver.socket, server_side=True)

    return wrap


def test_a_pinned_connection_verifies_the_host_name(certificate: Path) -> None:
    with receiving(answering(204), served(certificate)) as receiver:
        assert Pinned(certificate).post(f"https://hooks.example:{receiver.port}/", {}, b"{}") == 204
    assert receiver.got[0][1]["host"] == f"hooks.example:{receiver.port}"


def test_a_certificate_for_another_name_is_refused(certificate: Path) -> None:
    with receiving(answering(204), served(certificate)) as receiver, pytest.raises(DeliveryFailed, match="certificate"):
        Pinned(certificate).post(f"https://other.example:{receiver.port}/", {}, b"{}")
    assert receiver.got == []
