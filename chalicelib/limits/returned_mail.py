"""Addresses to which no more mail is sent: a mail to them bounced for good, or was reported as spam.

This holds for all organisations. The item's key has a keyed hash of the mailbox (`email_address.mailbox`), and so has a
tag of each mail, by which the feedback of the mail service finds it. A bounce ends after a year, or when an owner sends
again. A report as spam is the reader's own wish: it stays until an operator lifts it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib.access import binding
from chalicelib.kit import canonical
from chalicelib.kit.email_address import mailbox
from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.ports import MailTrouble, Secrets, ServerKey
from chalicelib.store import keys
from chalicelib.store.port import Key, Put, Remove, Store
from chalicelib.store.stored_form import Form

KIND = "returned-mail"
BOUNCE_KEPT = 365 * DAY
"""Real time. A mailbox may be repaired, and an address may be given to another person."""
TAG = "recipient"

Said = Literal["bounced", "complained"]
WHY: Mapping[MailTrouble, str] = {
    "bounced": "an earlier mail to this address bounced",
    "complained": "the reader reported an earlier mail as spam",
    "stopped": "the service sends no mail to this address",
}


class Returned(msgspec.Struct, frozen=True):
    """`tenant`: whose mail it was; empty if unknown."""

    said: Said
    tenant: str


FORM = Form(KIND, Returned, keeps=False)


def tag(secrets: Secrets, address: str) -> dict[str, str]:
    """The mail's tag with the keyed hash of its mailbox."""
    return {TAG: _hash(secrets.current("lookup"), address)}


def note(store: Store, recipient: str, returned: Returned, real_now: Instant) -> None:
    """Stop mails to the mailbox. `recipient`: the value of the mail's tag. A bounce does not replace a spam report."""
    key, reported = keys.returned_mail(recipient), returned.said == "complained"
    expires = None if reported else (real_now + BOUNCE_KEPT) // SECOND
    entry = FORM.entry(key, returned, expires=expires)
    with binding.directory():
        if reported or all(one.said == "bounced" for one in _read(store, [key], real_now).values()):
            store.commit([Put(entry, if_absent=False)])


def trouble_of(
    store: Store, secrets: Secrets, tenant: str, address: str, real_now: Instant, *, again: bool = False
) -> MailTrouble | None:
    """Why no mail may go to the address, or None. `again`: an owner asks to send again, which lifts a bounce."""
    with binding.directory():
        found = _read(store, _keys(secrets, address), real_now)
        if again and all(one.said == "bounced" for one in found.values()):
            _remove(store, found)
            return None
    said = {one.said if one.tenant == tenant else "stopped" for one in found.values()}
    return next((one for one in WHY if one in said), None)


def lift(store: Store, secrets: Secrets, address: str, real_now: Instant) -> list[Said]:
    """Let mails go to the address again. Returns what had stopped them."""
    with binding.directory():
        found = _read(store, _keys(secrets, address), real_now)
        _remove(store, found)
    return sorted({one.said for one in found.values()})


def _keys(secrets: Secrets, address: str) -> list[Key]:
    return [keys.returned_mail(_hash(key, address)) for key in secrets.retained("lookup")]


def _read(store: Store, of: list[Key], real_now: Instant) -> dict[Key, Returned]:
    found = store.get(of).items()
    return {key: FORM.read(one) for key, one in found if one.expires is None or one.expires * SECOND > real_now}


def _remove(store: Store, found: Mapping[Key, Returned]) -> None:
    if found:
        store.commit([Remove(key) for key in found])


def _hash(key: ServerKey, address: str) -> str:
    return hmac.new(key.secret, canonical.encode(["returned", mailbox(address)]), hashlib.sha256).hexdigest()
