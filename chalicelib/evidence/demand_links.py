"""A demand's own link: a receipt by which whoever was asked for evidence gives it, and sees nothing else (P1.4, P5.3).

`<key id>.d<event's number>.<keyed hash>`: it is made from the demand, so nothing of it has to be kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from chalicelib import canonical
from chalicelib.ports import Secrets, ServerKey

_PURPOSE = "receipt"
_LINK = r"([^.]{1,64})\.d([1-9][0-9]{0,7})\.([A-Za-z0-9_-]{43})"


def issue(secrets: Secrets, tenant: str, number: str, demand: int) -> str:
    """The link of the demand that event `demand` made."""
    key = secrets.current(_PURPOSE)
    return f"{key.id}.d{demand}.{_tag(key, tenant, number, demand)}"


def demand_of(secrets: Secrets, tenant: str, number: str, shown: str) -> int | None:
    """The number of the demand's event; None for what is not this complaint's. Compared in constant time."""
    found = re.fullmatch(_LINK, shown)
    key = None if found is None else secrets.by_id(_PURPOSE, found[1])
    if found is None or key is None:
        return None
    demand = int(found[2])
    fits = hmac.compare_digest(_tag(key, tenant, number, demand).encode(), found[3].encode())
    return demand if fits else None


def _tag(key: ServerKey, tenant: str, number: str, demand: int) -> str:
    raw = hmac.new(key.secret, canonical.encode(["demand", tenant, number, demand]), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
