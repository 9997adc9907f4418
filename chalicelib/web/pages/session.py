"""The session of a reader with one complaint, demand or report: an encrypted cookie with the receipt, for its pages.

The cookie is `SameSite=Lax`, because the way back from the bucket and from mails crosses sites; forms check `Origin`
too. Its path is that of the complaint, demand or report, so one browser can have several of them open.
"""

from __future__ import annotations

import base64
from typing import Literal, NamedTuple
from urllib.parse import quote

import msgspec

from chalicelib.crypto.sealing import CannotOpen
from chalicelib.kit.instants import MINUTE, SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.request_parts import require_own_origin

LASTS = 60 * MINUTE
"""Real time for which a session lasts."""
_NAME = "case"
_COOKIES_READ = 5
_ENDED = f"{_NAME}=ended"
"""A cookie that is no session, but tells that there was one."""


class SessionScope(NamedTuple):
    """What a session is for: a complaint, one demand of it, or a report about the office.

    `number`: of the complaint, or the id of the report. `demand`: the number of the demand's event.
    """

    number: str
    demand: str = ""
    kind: Literal["case", "demand", "report"] = "case"

    def path(self, tenant: str) -> str:
        """The path of the page."""
        parts = [part for part in ("t", tenant, self.kind, self.number, self.demand) if part]
        return "/" + "/".join(quote(part, safe="") for part in parts)


class _Content(msgspec.Struct, frozen=True):
    number: str
    receipt: str
    until: Instant
    demand: str = ""
    kind: str = "case"

    def __repr__(self) -> str:
        return "_Content()"  # a log must not contain the receipt


def begin(call: Call, scope: SessionScope, receipt: str) -> dict[str, str]:
    """The header that begins the session. The caller has checked the receipt."""
    tenant = tenant_of(call)
    content = msgspec.json.encode(
        _Content(scope.number, receipt, call.wiring.real_clock() + LASTS, scope.demand, scope.kind)
    )
    sealed = call.wiring.sealer.seal(tenant, scope.number, content)
    value = base64.urlsafe_b64encode(sealed.encode()).decode().rstrip("=")
    return {"Set-Cookie": _cookie(call, scope, value, LASTS // SECOND)}


def end(call: Call, scope: SessionScope) -> dict[str, str]:
    """The header that ends the session."""
    return {"Set-Cookie": _cookie(call, scope, "", 0)}


def receipt_of(call: Call, scope: SessionScope) -> str | None:
    """The receipt of a session that has not ended; None otherwise, also for a changed cookie."""
    opened = (_opened(call, scope, value) for value in _values(call.headers.get("cookie", "")))
    return next((receipt for receipt in opened if receipt is not None), None)


def has_cookie(call: Call) -> bool:
    """Whether the browser has the cookie of a session for this page, which perhaps opens nothing any more."""
    return any(part.strip().startswith(f"{_NAME}=") for part in call.headers.get("cookie", "").split(";"))


def ended(call: Call) -> str:
    """The call's cookies, with those of sessions replaced by one that has ended."""
    parts = [part.strip() for part in call.headers.get("cookie", "").split(";")]
    return "; ".join([_ENDED, *(part for part in parts if not part.startswith(f"{_NAME}="))])


def require_receipt(call: Call, scope: SessionScope) -> str:
    """As `receipt_of`. Raises `Problem("unauthenticated")` without a session."""
    receipt = receipt_of(call, scope)
    if receipt is None:
        raise Problem("unauthenticated", "The session has ended. Enter the receipt again.")
    return receipt


def _opened(call: Call, scope: SessionScope, value: str) -> str | None:
    try:
        sealed = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
        content = msgspec.json.decode(call.wiring.sealer.open(tenant_of(call), scope.number, sealed), type=_Content)
    except (ValueError, CannotOpen, msgspec.DecodeError):
        return None
    is_same = (content.number, content.demand, content.kind) == scope
    is_valid = is_same and content.until > call.wiring.real_clock()
    return content.receipt if is_valid else None


def require_own_page(call: Call) -> None:
    """Raises `Problem("forbidden")` for a form that a page of another site sent."""
    require_own_origin(call.headers, call.wiring.address, always=False)


def _values(header: str) -> list[str]:
    """The values of the cookie. Other cookies may be malformed, which the library's parser would not pass over."""
    parts = [part.strip().partition("=") for part in header.split(";")]
    return [value for name, _, value in parts if name == _NAME and value][:_COOKIES_READ]


def _cookie(call: Call, scope: SessionScope, value: str, seconds: int) -> str:
    secure = "; Secure" if call.wiring.address.startswith("https:") else ""
    path = scope.path(tenant_of(call))
    return f"{_NAME}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
