"""The reference of a report: short enough to copy by hand, and not to be guessed.

`R` and 50 bits of `HMAC(server key, tenant, caller, Idempotency-Key)`, spelled by `symbols` in three groups:
`R7KQ-2M9X-4TCH`. Reports of before have 32 hexadecimal digits. They stay valid.
"""

from __future__ import annotations

import hmac
import re

from chalicelib.crypto import symbols
from chalicelib.kit import canonical
from chalicelib.ports import Secrets, ServerKey
from chalicelib.tenants.idempotency_records import Request

LENGTH = 12
"""Symbols with the mark at the beginning and the check symbol at the end."""
MARK = "R"
"""Tells a reference from a receipt, which has the same alphabet."""
_BITS = 5 * (LENGTH - 2)
_OF_BEFORE = re.compile("[0-9a-f]{32}")


def of_request(secrets: Secrets, request: Request) -> list[str]:
    """The reference of the report that the request files, first as the current server key makes it.

    It follows from the request, so that a repetition finds the report without an item of its own.
    """
    parts = ["supervision", request.tenant, request.principal, request.source, request.key]
    return [_spelled(key, parts) for key in secrets.retained("lookup")]


def read(text: str) -> str:
    """As the report has it, from what a person typed or copied. Other text comes back as it is."""
    old = text.strip().lower()
    if _OF_BEFORE.fullmatch(old):
        return old
    return symbols.grouped(symbols.read(text)) if slip(text) is None else text


def slip(text: str) -> symbols.Slip | None:
    """What was mistyped, so that no report has this reference. None if one can have it."""
    if _OF_BEFORE.fullmatch(text.strip().lower()):
        return None
    code = symbols.read(text)
    return symbols.slip(code, LENGTH) or (None if code.startswith(MARK) else "check")


def _spelled(key: ServerKey, parts: list[str]) -> str:
    """The first number of the tags that can be spelled."""
    marked, tries = symbols.ALPHABET.index(MARK) << _BITS, 0
    while True:
        tag = hmac.digest(key.secret, canonical.encode([*parts, str(tries)]), "sha256")
        code = symbols.spelled(marked | int.from_bytes(tag) >> (8 * len(tag) - _BITS), LENGTH)
        if code is not None:
            return symbols.grouped(code)
        tries += 1
