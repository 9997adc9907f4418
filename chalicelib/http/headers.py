"""Request headers that the contract speaks of: `Idempotency-Key`, `If-Match`, `Content-Type`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chalicelib.http.call import Caller, Person
from chalicelib.http.contract import Contract
from chalicelib.problem import Place, Problem

KEY_PATTERN = "[A-Za-z0-9_-]{22,128}"
_TAG = r'(W/)?"([\x21\x23-\x7e]{1,64})"'


def idempotency_key(contract: Contract, caller: Caller, headers: Mapping[str, str]) -> str | None:
    """Required of the public; staff may leave it out, for their acts are safe by the complaint's version."""
    key = headers.get("idempotency-key")
    if contract.idempotency == "none":
        return None
    if key is None and contract.idempotency == "required" and not isinstance(caller, Person):
        raise Problem("idempotency-key-missing", "Send an Idempotency-Key with 22 to 128 of A-Z a-z 0-9 _ -.")
    if key is not None and not re.fullmatch(KEY_PATTERN, key):
        raise _bad("Idempotency-Key", "An Idempotency-Key is 22 to 128 of A-Z a-z 0-9 _ -.")
    return key


def if_match(contract: Contract, headers: Mapping[str, str]) -> str | None:
    """A weak tag keeps its `W/`: it is never equal to a version (RFC 9110 §13.1.1 compares strongly)."""
    text = headers.get("if-match")
    if not contract.if_match or text is None or text.strip() == "*":
        return None
    found = re.fullmatch(_TAG, text.strip())
    if not found:
        raise _bad("If-Match", 'If-Match is one entity tag in quotes, such as "12", or *.')
    return (found[1] or "") + found[2]


def require_json(headers: Mapping[str, str]) -> None:
    essence, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", parameters)
    if essence.strip() != "application/json" or (charset and charset[1] not in ("utf-8", "utf8")):
        raise Problem("unsupported-media-type", "Send the body as application/json in UTF-8.")


def _bad(name: str, detail: str) -> Problem:
    return Problem("bad-request", "A header is not as it must be.", places=[Place(f"/headers/{name}", detail)])
