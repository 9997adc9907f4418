"""Wire: replaces the network, and records which credentials signed each request."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import AWSResponse


class Raw:
    """The raw body of a response, as in urllib3."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        return iter([self._body])


class Wire:
    """Keeps each signed request with its thread's name, and answers `body`, after as many 500s as `failures`."""

    def __init__(self, body: bytes = b"{}", status: int = 200) -> None:
        self.sent: list[tuple[str, Any]] = []
        self.failures = 0
        self._body = body
        self._status = status

    def __call__(self, request: Any, **_: Any) -> AWSResponse:
        self.sent.append((threading.current_thread().name, request))
        status = 500 if len(self.sent) <= self.failures else self._status
        return AWSResponse(request.url, status, {"content-type": "application/x-amz-json-1.0"}, Raw(self._body))

    def signers(self) -> list[str]:
        return [signer_of(request) for _, request in self.sent]


def signer_of(request: Any) -> str:
    """The access key id in the header `Authorization` of AWS Signature Version 4."""
    header = request.headers["Authorization"]
    text: str = header.decode() if isinstance(header, bytes) else header
    return text.partition("Credential=")[2].partition("/")[0]
