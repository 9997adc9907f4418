"""A brake on automated filings that needs no third party.

The first page carries the signed time at which it was made. A form that comes back at once was not filled in by a
person. An input that people do not see must stay empty. Rates per address and organisation are limited as for programs.
"""

from __future__ import annotations

import hashlib
import hmac

from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.ports import Secrets, ServerKey

LEAST = 3 * SECOND
"""The shortest real time from the first page to the filing."""
MOST = DAY
"""An older form is given a new time, and must be sent again."""
_PURPOSE = "form"


def start(secrets: Secrets, real_now: Instant) -> str:
    """The signed time, for a hidden input."""
    key = secrets.current(_PURPOSE)
    return f"{real_now}.{key.id}.{_tag(key, real_now)}"


def renewed(secrets: Secrets, started: str, real_now: Instant) -> str:
    """The same time while it is valid; otherwise a new one, so that an old form can still be filed."""
    made = _made(secrets, started)
    return started if made is not None and 0 <= real_now - made <= MOST else start(secrets, real_now)


def passes(secrets: Secrets, started: str, trap: str, real_now: Instant) -> bool:
    """Whether the form was made by `start`, between `LEAST` and `MOST` ago, and `trap` is empty."""
    made = _made(secrets, started)
    return made is not None and not trap and LEAST <= real_now - made <= MOST


def _made(secrets: Secrets, started: str) -> Instant | None:
    """The time at which the form was made; None if its signature is wrong."""
    made, _, signed = started.partition(".")
    key_id, _, tag = signed.partition(".")
    key = secrets.by_id(_PURPOSE, key_id) if made.isascii() and made.isdecimal() and len(made) < 16 else None
    if key is None or not hmac.compare_digest(tag.encode(), _tag(key, int(made)).encode()):
        return None
    return int(made)


def _tag(key: ServerKey, made: Instant) -> str:
    return hmac.new(key.secret, str(made).encode(), hashlib.sha256).hexdigest()
