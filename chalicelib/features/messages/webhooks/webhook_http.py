"""Posting to a webhook's URL: to a checked and pinned address, without redirects, with a time limit.

The host name is resolved once. All its addresses are checked, and the connection goes to a checked address: a second
look-up could return another address (DNS rebinding). TLS still verifies the host name. The response's body is never
read.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from urllib.parse import SplitResult, urlsplit

from chalicelib.kit.problem import Text
from chalicelib.ports import DeliveryFailed

MAX_URL = 500
CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
RESOLVE_SECONDS = 2.0
"""The receiver's name server may never answer, and `getaddrinfo` has no timeout."""
TOTAL_SECONDS = 6.0
"""Limit for the whole request, also when a response arrives slowly. Ten posts in one batch fit the worker's timeout."""
_LOWEST_PORT = 1024
_HTTPS = 443

Resolve = Callable[[str, int], list[str]]


def resolve_host(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class WebhookPoster:
    """`ports.Poster`. `loopback`: also allows `http://127.0.0.1:…` (set on the local stack)."""

    def __init__(
        self,
        *,
        loopback: bool = False,
        resolve: Resolve = resolve_host,
        allowed: Callable[[str], bool] | None = None,
        context: ssl.SSLContext | None = None,
        resolve_seconds: float = RESOLVE_SECONDS,
        seconds: float = TOTAL_SECONDS,
    ) -> None:
        """`allowed`: which addresses a host name may resolve to. `context`: by default the system's certificates."""
        self._loopback = loopback
        self._resolve = resolve
        self._allowed = allowed
        self._context = context
        self._resolve_seconds = resolve_seconds
        self._seconds = seconds

    def fault(self, url: str) -> str | None:
        if len(url) > MAX_URL or not url.isascii() or any(sign <= " " or sign == "\x7f" for sign in url):
            return Text("must be at most {most} ASCII characters without blanks", most=MAX_URL)
        try:
            parts = urlsplit(url)
            port, host = parts.port or _HTTPS, parts.hostname or ""
        except ValueError:
            return "is not a URL"
        if self._is_local(parts):
            return None
        if parts.scheme != "https" or not host:
            return "must start with https:// and have a host"
        if parts.username is not None or parts.password is not None or "#" in url:
            return "must have no user and no fragment"
        if port != _HTTPS and port < _LOWEST_PORT:
            return Text("must have port {usual}, or a port from {least} on", usual=_HTTPS, least=_LOWEST_PORT)
        return None if _is_public_literal(host) in (None, True) else "must not lead to a private address"

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        if (fault := self.fault(url)) is not None:
            raise DeliveryFailed(f"the address {fault}")
        parts = urlsplit(url)
        tls = self._tls if parts.scheme == "https" else None
        host, port = parts.hostname or "", parts.port or (_HTTPS if tls else 80)
        connection = _Pinned(host, port, self._address(host, port, self._is_local(parts)), tls)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        request_headers = {"Content-Type": "application/json", "User-Agent": "Redress-Webhooks/1", **headers}
        with _bounded(connection, self._seconds):
            connection.request("POST", target, body, request_headers)
            return connection.getresponse().status

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """One for all posts: reading the system's certificates takes 10 ms."""
        return self._context or ssl.create_default_context()

    def _is_local(self, parts: SplitResult) -> bool:
        return self._loopback and parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")

    def _address(self, host: str, port: int, local: bool) -> str:
        """Resolve the host, check all its addresses and return the first."""
        found = self._look_up(host, port)
        from chalicelib.features.messages.webhooks.public_addresses import is_loopback, is_public  # not at a cold start

        allowed = is_loopback if local else self._allowed or is_public
        if not found or not all(allowed(address) for address in found):
            raise DeliveryFailed("the host's name leads to a private address")
        return found[0]

    def _look_up(self, host: str, port: int) -> list[str]:
        answer: SimpleQueue[list[str] | None] = SimpleQueue()

        def resolve() -> None:
            try:
                answer.put(self._resolve(host, port))
            except (OSError, UnicodeError):
                answer.put(None)

        Thread(target=resolve, daemon=True).start()
        try:
            found = answer.get(timeout=self._resolve_seconds)
        except Empty:
            raise DeliveryFailed("the host's name was not resolved in time") from None
        if found is None:
            raise DeliveryFailed("the host's name cannot be resolved")
        return found


def _is_public_literal(host: str) -> bool | None:
    """Returns whether an IP address is public; None for a host name."""
    from chalicelib.features.messages.webhooks.public_addresses import is_public  # not at a cold start

    try:
        return is_public(host)
    except ValueError:
        return None


class _Pinned(http.client.HTTPConnection):
    """Connects to `address`; TLS and the Host header use `host`."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=READ_SECONDS)
        self.default_port = _HTTPS if tls else 80
        self.duplicate: socket.socket | None = None
        self.was_cut = False
        self._address = address
        self._tls = tls

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), timeout=CONNECT_SECONDS)
        self.duplicate = raw.dup()
        raw.settimeout(READ_SECONDS)
        self.sock = raw if self._tls is None else self._tls.wrap_socket(raw, server_hostname=self.host)

    def cut(self) -> None:
        """Close the connection from another thread. Works on a duplicate of the socket, since TLS owns the original."""
        self.was_cut = True
        if self.duplicate is not None:
            try:
                self.duplicate.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # already closed


@contextmanager
def _bounded(connection: _Pinned, seconds: float) -> Iterator[None]:
    """Context that cuts the connection after `seconds` and closes it at the end. Errors become `DeliveryFailed`."""
    timer = Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if connection.was_cut:
            raise DeliveryFailed("no complete answer in time")
    except ssl.SSLCertVerificationError:
        raise DeliveryFailed("the host's certificate is not valid for its name") from None
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryFailed(f"no answer: {type(error).__name__}") from None
    finally:
        timer.cancel()
        connection.close()
        if connection.duplicate is not None:
            connection.duplicate.close()
