"""The receipt in a demand's link. Its holder can give the evidence demanded, and sees nothing else (P1.4, P5.3).

Format: `<key id>.d<number of the demand's event>.<HMAC>`. It is derived from the demand, so nothing is stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from chalicelib.kit import canonical
from chalicelib.ports import Secrets, ServerKey
from chalicelib.store.keys import CaseRef

_PURPOSE = "receipt"
_RECEIPT = r"([^.]{1,64})\.d([1-9][0-9]{0,7})\.([A-Za-z0-9_-]{43})"


def issue(secrets: Secrets, ref: CaseRef, demand: int) -> str:
    """`demand`: the number of the event that made the demand."""
    key = secrets.current(_PURPOSE)
    return f"{key.id}.d{demand}.{_hmac(key, ref, demand)}"


def demand_number(secrets: Secrets, ref: CaseRef, receipt: str) -> int | None:
    """Verifies the receipt in constant time. Returns the number of the demand's event.

    None if it is not a demand's receipt, or belongs to another complaint.
    """
    match = re.fullmatch(_RECEIPT, receipt)
    key = None if match is None else secrets.by_id(_PURPOSE, match[1])
    if match is None or key is None:
        return None
    demand = int(match[2])
    is_valid = hmac.compare_digest(_hmac(key, ref, demand).encode(), match[3].encode())
    return demand if is_valid else None


def _hmac(key: ServerKey, ref: CaseRef, demand: int) -> str:
    raw = hmac.new(key.secret, canonical.encode(["demand", ref.tenant, ref.number, demand]), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
