"""The one place at which what leaves the service is held back in a practice organisation.

`bootstrap` puts a guard before each port that reaches people or systems outside. A guard looks at the id of the
organisation that is bound, which is its mark. So it holds whichever feature sends, also one that is added later. Mails
are held for the organisation's own page. The rest is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.practice import held_mails
from chalicelib.kit.instants import to_text
from chalicelib.ports import NO_TAGS, DeliveryFailed, Identity, Invitation, Mailer, Poster, Vault
from chalicelib.tenants import names, practice
from chalicelib.wiring import OUTWARD

if TYPE_CHECKING:
    from chalicelib.kit.mail import Mail
    from chalicelib.wiring import Wiring

WEBHOOK = "must not be set in a practice organisation, from which nothing leaves"


def guarded(wiring: Wiring) -> Wiring:
    """The wiring with a guard before each port that reaches outside."""
    return replace(wiring, **{name: GUARDS[name](wiring) for name in OUTWARD})


class _Guard:
    """Passes on what it does not name itself."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)


def _tenant() -> str:
    """The organisation on whose behalf it is asked. Raises `Unbound` for none: it would have no mark."""
    found = binding.current().tenant
    if not found:
        raise binding.Unbound("something would leave the service for no organisation")
    return found


def _holds() -> bool:
    return names.is_practice(_tenant())


def _refuse() -> None:
    practice.refuse(_tenant())


class _HeldMailer(_Guard):
    def __init__(self, port: Any, wiring: Wiring) -> None:
        super().__init__(port)
        self._wiring = wiring

    def send(self, to: str, mail: Mail, *, key: str | None = None, tags: Mapping[str, str] = NO_TAGS) -> None:
        if not _holds():
            cast("Mailer", self._port).send(to, mail, key=key, tags=tags)
            return
        wiring = self._wiring
        kept = held_mails.HeldMail(at=to_text(wiring.clock()), to=to, subject=mail.subject, text=mail.text)
        held_mails.hold(wiring.store, wiring.sealer, _tenant(), kept, key)


class _RefusingPoster(_Guard):
    def fault(self, url: str) -> str | None:
        return WEBHOOK if _holds() else cast("Poster", self._port).fault(url)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        if _holds():
            raise DeliveryFailed("a practice organisation has no webhooks")
        return cast("Poster", self._port).post(url, headers, body)


class _RefusingIdentity(_Guard):
    """An account would outlast the practice, and its first password would be on the page of held mails."""

    def find_or_create(self, email: str) -> str:
        _refuse()
        return cast("Identity", self._port).find_or_create(email)

    def invite(self, email: str, *, keep_pending: bool = False) -> Invitation:
        _refuse()
        return cast("Identity", self._port).invite(email, keep_pending=keep_pending)


class _RefusingVault(_Guard):
    """No archive of a practice is downloaded: it could pass for that of an organisation."""

    def link(self, key: str, *, seconds: int, name: str) -> str:
        _refuse()
        return cast("Vault", self._port).link(key, seconds=seconds, name=name)


GUARDS: Mapping[str, Callable[[Wiring], Any]] = {
    "mailer": lambda wiring: _HeldMailer(wiring.mailer, wiring),
    "poster": lambda wiring: _RefusingPoster(wiring.poster),
    "identity": lambda wiring: _RefusingIdentity(wiring.identity),
    "vault": lambda wiring: _RefusingVault(wiring.vault),
}
"""By the name of the port in the wiring."""
