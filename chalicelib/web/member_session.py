"""The session of a person who signed in on a page: a cookie with the sealed secret of `tenants.people.sessions`.

The cookie is `__Host-…` over https, so that no other host and no plain connection can set it, and `SameSite=Lax`,
because the way back from the issuer crosses sites. Forms check `Origin` besides. A new sign-in has a new secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.crypto import server_seals
from chalicelib.kit.problem import Problem, Text
from chalicelib.tenants.people import sessions
from chalicelib.web.call import Person
from chalicelib.web.contract import Contract
from chalicelib.web.gateway_event import GatewayRequest, path_params
from chalicelib.web.request_parts import require_own_origin

if TYPE_CHECKING:
    from chalicelib.tenants.people.sessions import OpenSession
    from chalicelib.wiring import Wiring

SESSION, FLOW = "session", "sign-in"
"""Names of the cookies: of a session, and of a sign-in that has begun."""
_PURPOSE = "session-cookie"
_READ = 3
"""Cookies of one name that are tried: another host can set some without the prefix."""


class SignInNeeded(Problem):
    """Leads a browser to the page on which people sign in."""

    def __init__(self) -> None:
        super().__init__("unauthenticated", "Sign in first.")


class SecondFactorNeeded(Problem):
    """Leads a browser to the page on which people set up their second factor."""

    def __init__(self) -> None:
        super().__init__("forbidden", Text("The organisation asks for a second factor. Set it up first."))


def authenticate(contract: Contract, request: GatewayRequest, wiring: Wiring) -> Person:
    """The person of the session, or the invented person as whom they act in the organisation of the path.

    Raises `SignInNeeded`, and `Problem("forbidden")` for a form of another site.
    """
    if contract.method == "POST":
        require_own_origin(request.headers, wiring.address)
    found = opened(request.headers, wiring)
    current = None if found is None else sessions.used(wiring, found)
    if current is None:
        raise SignInNeeded
    own = Person(current.sub, current.organisations, current.second_factor)
    part = current.plays
    if part is None or not contract.tenanted or path_params(request)["tenant"] != part.tenant:
        return own
    return replace(own, sub=part.sub, played_by=own.sub)


def check_second_factor(tenant: str, person: Person, wiring: Wiring) -> None:
    """Raises `SecondFactorNeeded` if the organisation asks for one that the person does not have."""
    if wiring.states.second_factor(tenant) and not person.second_factor:
        raise SecondFactorNeeded


def opened(headers: Mapping[str, str], wiring: Wiring) -> OpenSession | None:
    """The session of the request's cookie, if it has not ended. A forged cookie causes no read."""
    for value in cookies(headers, wiring.address, SESSION):
        try:
            secret = server_seals.unseal(wiring.secrets, _PURPOSE, SESSION, value).decode()
        except server_seals.NotOurs:
            continue
        if (found := sessions.find(wiring, secret)) is not None:
            return found
    return None


def begun(wiring: Wiring, secret: str) -> dict[str, str]:
    """The header that gives the browser the session. The cookie ends with the browser."""
    value = server_seals.seal(wiring.secrets, _PURPOSE, SESSION, secret.encode())
    return cookie(wiring.address, SESSION, value)


def ended(wiring: Wiring) -> dict[str, str]:
    return cookie(wiring.address, SESSION, "", seconds=0)


def cookie(address: str, name: str, value: str, *, seconds: int | None = None) -> dict[str, str]:
    """`seconds`: None for a cookie that ends with the browser."""
    secure = "; Secure" if address.startswith("https:") else ""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    return {"Set-Cookie": f"{_named(address, name)}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}"}


def cookies(headers: Mapping[str, str], address: str, name: str) -> Iterator[str]:
    """The first values of the cookies of this name."""
    parts = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    values = [value for given, _, value in parts if given == _named(address, name) and value]
    yield from values[:_READ]


def _named(address: str, name: str) -> str:
    """Over plain http, as on the local stack, browsers refuse the prefix."""
    return f"__Host-{name}" if address.startswith("https:") else name
