"""The request's body: media type, size, JSON, in this order."""

from __future__ import annotations

from typing import Any

from chalicelib import canonical
from chalicelib.http import headers, json_text
from chalicelib.http.contract import Contract
from chalicelib.http.gateway_event import GatewayRequest, body_bytes, body_size
from chalicelib.problem import Problem

LARGEST = 1024 * 1024
"""Bytes."""


def read(contract: Contract, incoming: GatewayRequest) -> Any:
    """The JSON value of a route that takes one. Size is checked before anything is decoded."""
    if contract.request is None:
        return None
    if body_size(incoming) > LARGEST:
        raise Problem("payload-too-large", f"A body may have at most {LARGEST} bytes.")
    headers.require_json(incoming.headers)
    return json_text.read(body_bytes(incoming))


def fingerprint(params: dict[str, str], value: Any) -> str:
    """Of the whole request as idempotency sees it: the same key sent to another place is another request."""
    return canonical.digest({"params": params, "body": value})
