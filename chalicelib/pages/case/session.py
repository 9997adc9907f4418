"""The session of a reader with one complaint: a sealed cookie that holds the receipt, for that complaint's pages only.

The cookie is `SameSite=Lax`, because the way back from the bucket and from mails crosses sites; forms check `Origin`
too. Its path is that of the complaint, so one browser can have several complaints open.
"""

from __future__ import annotations

import base64
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

import msgspec

from chalicelib.crypto.sealing import CannotOpen
from chalicelib.http.call import Call
from chalicelib.http.routes.call_context import tenant_of
from chalicelib.instants import MINUTE, SECOND, Instant
from chalicelib.problem import Problem

LASTS = 60 * MINUTE
"""Real time for which a session lasts."""
_NAME = "case"


class _Content(msgspec.Struct, frozen=True):
    number: str
    receipt: str
    until: Instant

    def __repr__(self) -> str:
        return "_Content()"  # a log must not contain the receipt


def path_of(tenant: str, number: str) -> str:
    return f"/t/{quote(tenant, safe='')}/case/{quote(number, safe='')}"


def begin(call: Call, number: str, receipt: str) -> dict[str, str]:
    """The header that begins the session. The caller has checked the receipt."""
    tenant = tenant_of(call)
    content = msgspec.json.encode(_Content(number, receipt, call.wiring.real_clock() + LASTS))
    sealed = call.wiring.sealer.seal(tenant, number, content)
    value = base64.urlsafe_b64encode(sealed.encode()).decode().rstrip("=")
    return {"Set-Cookie": _cookie(call, number, value, LASTS // SECOND)}


def end(call: Call, number: str) -> dict[str, str]:
    """The header that ends the session."""
    return {"Set-Cookie": _cookie(call, number, "", 0)}


def receipt_of(call: Call, number: str) -> str | None:
    """The receipt of a session that has not ended; None otherwise, also for a changed cookie."""
    value = _value(call.headers.get("cookie", ""))
    if not value:
        return None
    try:
        sealed = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
        content = msgspec.json.decode(call.wiring.sealer.open(tenant_of(call), number, sealed), type=_Content)
    except (ValueError, CannotOpen, msgspec.DecodeError):
        return None
    is_valid = content.number == number and content.until > call.wiring.real_clock()
    return content.receipt if is_valid else None


def require_own_page(call: Call) -> None:
    """Raises `Problem("forbidden")` for a form that a page of another site sent (`Origin`, RFC 6454 section 7)."""
    origin = call.headers.get("origin")
    own = {urlsplit(call.wiring.address).netloc, call.headers.get("host")}
    if origin is not None and (urlsplit(origin).netloc or origin) not in own:
        raise Problem("forbidden", "The form was not sent from a page of this service.")


def _value(header: str) -> str:
    try:
        found = SimpleCookie(header).get(_NAME)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _cookie(call: Call, number: str, value: str, seconds: int) -> str:
    secure = "; Secure" if call.wiring.address.startswith("https:") else ""
    path = path_of(tenant_of(call), number)
    return f"{_NAME}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
