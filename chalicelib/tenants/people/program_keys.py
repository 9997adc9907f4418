"""Keys of program accounts: `rdk_<tenant>_<account>_<key>_<server key>_<tag>_<check>`.

The tag is `HMAC(server key, tenant, account, key)`, so a process tells a forged key without a read, and the service
keeps no key. The check is the CRC-32 of all before it: it tells a key that was copied wrongly from one that is not
valid any more.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from typing import NamedTuple

from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.ports import Secrets, ServerKey
from chalicelib.tenants.names import KEY_PREFIX

_PURPOSE = "program-key"
_TAG = 40
"""Hexadecimal digits: 160 bits."""
_FORM = re.compile(
    KEY_PREFIX
    + r"(?P<tenant>[a-z0-9-]{3,40})_(?P<account>[0-9a-f]{12})_(?P<key>[0-9a-f]{16})_(?P<server>[!-\x7e]{1,40})"
    rf"_(?P<tag>[0-9a-f]{{{_TAG}}})_(?P<check>[0-9a-f]{{8}})"
)


class ProgramKey(NamedTuple):
    """Whose a key is, as its text says. Whether it is still valid is in the account's item."""

    tenant: str
    account: str
    key: str


def issue(secrets: Secrets, of: ProgramKey, server_key: str | None = None) -> tuple[str, str]:
    """The key's text and the id of its server key: the key `server_key`, or the current one.

    Raises LookupError if the server key no longer exists.
    """
    key = secrets.by_id(_PURPOSE, server_key) if server_key else secrets.current(_PURPOSE)
    if key is None:
        raise LookupError("the server key of this program key no longer exists")
    text = f"{KEY_PREFIX}{of.tenant}_{of.account}_{of.key}_{key.id}_{_tag(key, of)}"
    return f"{text}_{_check(text)}", key.id


def read(secrets: Secrets, text: str) -> ProgramKey:
    """Raises `Problem("unauthenticated")` for a text that this deployment has not issued."""
    found = _FORM.fullmatch(text) if len(text) < 300 else None
    if found is None or not hmac.compare_digest(_check(text[: found.start("check") - 1]), found["check"]):
        raise Problem("unauthenticated", "The key of the program account is incomplete or was copied wrongly.")
    of = ProgramKey(found["tenant"], found["account"], found["key"])
    key = secrets.by_id(_PURPOSE, found["server"])
    if key is None or not hmac.compare_digest(_tag(key, of), found["tag"]):
        raise invalid_key()
    return of


def invalid_key() -> Problem:
    """The same for a key that was never issued and for one that is revoked, so that neither is told from the other."""
    return Problem("unauthenticated", "The key of the program account is not valid: it was revoked, or has ended.")


def _tag(key: ServerKey, of: ProgramKey) -> str:
    return hmac.new(key.secret, canonical.encode(["program-key", *of]), hashlib.sha256).hexdigest()[:_TAG]


def _check(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
