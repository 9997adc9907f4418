"""Posting to an organisation's own address: checked, pinned, without redirects, within a bounded time.

The name is resolved once, all that it leads to is checked, and the connection goes to the address that was checked:
resolving again would let the second answer be another (DNS rebinding). TLS still speaks to the name. The answer's
body is never read.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from urllib.parse import SplitResult, urlsplit

from chalicelib.messages.webhooks.public_addresses import is_loopback, is_public
from chalicelib.ports import DeliveryFailed

LONGEST_URL = 500
CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
RESOLVE_SECONDS = 2.0
"""A receiver's own name server may never answer, and `getaddrinfo` knows no limit."""
TOTAL_SECONDS = 6.0
"""After that, however slowly an answer drips in. Ten such posts in one batch are within the worker's time."""
_LOWEST_PORT = 1024
_HTTPS = 443

Resolve = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class WebhookPoster:
    """`ports.Poster`. `loopback`: the local stack's setting, under which `http://127.0.0.1:…` is taken as well."""

    def __init__(
        self,
        *,
        loopback: bool = False,
        resolve: Resolve = resolved,
        allowed: Callable[[str], bool] = is_public,
        context: ssl.SSLContext | None = None,
        resolve_seconds: float = RESOLVE_SECONDS,
        seconds: float = TOTAL_SECONDS,
    ) -> None:
        """`allowed`: which addresses a name may lead to. `context`: by default the system's certificates."""
        self._loopback = loopback
        self._resolve = resolve
        self._allowed = allowed
        self._context = context
        self._resolve_seconds = resolve_seconds
        self._seconds = seconds

    def fault(self, url: str) -> str | None:
        if len(url) > LONGEST_URL or not url.isascii() or any(sign <= " " or sign == "\x7f" for sign in url):
            return f"must be at most {LONGEST_URL} ASCII characters without blanks"
        try:
            parts = urlsplit(url)
            port, host = parts.port or _HTTPS, parts.hostname or ""
        except ValueError:
            return "is no URL"
        if self._is_local(parts):
            return None
        if parts.scheme != "https" or not host:
            return "must begin with https:// and name a host"
        if parts.username is not None or parts.password is not None or "#" in url:
            return "must hold neither user nor fragment"
        if port != _HTTPS and port < _LOWEST_PORT:
            return f"must go to port {_HTTPS} or one from {_LOWEST_PORT} on"
        return None if _literal(host) in (None, True) else "must not lead to a private address"

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        if (fault := self.fault(url)) is not None:
            raise DeliveryFailed(f"the address {fault}")
        parts = urlsplit(url)
        tls = (self._context or ssl.create_default_context()) if parts.scheme == "https" else None
        host, port = parts.hostname or "", parts.port or (_HTTPS if tls else 80)
        connection = _Pinned(host, port, self._address(host, port, self._is_local(parts)), tls)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"Content-Type": "application/json", "User-Agent": "Redress-Webhooks/1", **headers}
        with _bounded(connection, self._seconds):
            connection.request("POST", target, body, sent)
            return connection.getresponse().status

    def _is_local(self, parts: SplitResult) -> bool:
        return self._loopback and parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")

    def _address(self, host: str, port: int, local: bool) -> str:
        """The first of the host's addresses, once all are as they must be."""
        found = self._looked_up(host, port)
        allowed = is_loopback if local else self._allowed
        if not found or not all(allowed(address) for address in found):
            raise DeliveryFailed("the host's name leads to a private address")
        return found[0]

    def _looked_up(self, host: str, port: int) -> list[str]:
        answer: SimpleQueue[list[str] | None] = SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(self._resolve(host, port))
            except (OSError, UnicodeError):
                answer.put(None)

        Thread(target=look_up, daemon=True).start()
        try:
            found = answer.get(timeout=self._resolve_seconds)
        except Empty:
            raise DeliveryFailed("the host's name was not resolved in time") from None
        if found is None:
            raise DeliveryFailed("the host's name leads nowhere")
        return found


def _literal(host: str) -> bool | None:
    """Whether an address that is written out is public; None for a name."""
    try:
        return is_public(host)
    except ValueError:
        return None


class _Pinned(http.client.HTTPConnection):
    """Connects to `address`, and speaks to `host`."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=READ_SECONDS)
        self.default_port = _HTTPS if tls else 80
        self.watched: socket.socket | None = None
        self.was_cut = False
        self._address = address
        self._tls = tls

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), timeout=CONNECT_SECONDS)
        self.watched = raw.dup()
        raw.settimeout(READ_SECONDS)
        self.sock = raw if self._tls is None else self._tls.wrap_socket(raw, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread, whatever it is waiting for: TLS owns the socket, but not its duplicate."""
        self.was_cut = True
        if self.watched is not None:
            try:
                self.watched.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


@contextmanager
def _bounded(connection: _Pinned, seconds: float) -> Iterator[None]:
    timer = Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if connection.was_cut:
            raise DeliveryFailed("no whole answer in time")
    except ssl.SSLCertVerificationError:
        raise DeliveryFailed("the host's certificate is not valid for its name") from None
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryFailed(f"no answer: {type(error).__name__}") from None
    finally:
        timer.cancel()
        connection.close()
        if connection.watched is not None:
            connection.watched.close()
