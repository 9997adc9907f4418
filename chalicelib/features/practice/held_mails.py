"""The mails that a practice organisation would have sent. They are kept encrypted, for its own page, until it ends."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from chalicelib.kit.decoding import StoredPart
from chalicelib.ports import Sealer
from chalicelib.store.keys import practice as keys
from chalicelib.store.port import Put, Store
from chalicelib.store.stored_form import Form

KIND = "held-mail"
_CONTEXT = "practice/mails"
"""Takes the place of the complaint's number in the encryption context."""


class HeldMail(msgspec.Struct, frozen=True, kw_only=True):
    """`at`: domain time, as UTC text. `to`: the address to which it would have gone."""

    at: str
    to: str
    subject: str
    text: str

    def __repr__(self) -> str:
        return "HeldMail()"  # a log must not contain the address or the text


class SealedMail(StoredPart, frozen=True):
    sealed: str


FORM = Form(KIND, SealedMail, keeps=False)


class HeldPage(NamedTuple):
    mails: list[HeldMail]
    after: Mapping[str, str] | None


def hold(store: Store, sealer: Sealer, tenant: str, mail: HeldMail, key: str | None) -> None:
    """`key`: as for `Mailer.send`. A repeat of the same mail is held once. The caller has bound the tenant."""
    named = secrets.token_hex(8) if key is None else hashlib.sha256(key.encode()).hexdigest()[:16]
    place = keys.held_mail(tenant, mail.at, named)
    sealed = sealer.seal(tenant, _CONTEXT, msgspec.json.encode(mail))
    store.commit([Put(FORM.entry(place, SealedMail(sealed)), if_absent=False)])


def listed(store: Store, sealer: Sealer, tenant: str, most: int, after: Mapping[str, str] | None = None) -> HeldPage:
    """Newest first, with the position of the next page."""
    within = keys.HELD_MAILS
    partition = keys.listed(tenant).pk
    page = store.query(partition, first=within.first, last=within.last, limit=most, after=after, newest_first=True)
    return HeldPage(list(_opened(sealer, tenant, FORM.read_each(page.entries))), page.after)


def _opened(sealer: Sealer, tenant: str, found: Iterator[SealedMail]) -> Iterator[HeldMail]:
    for one in found:
        yield msgspec.json.decode(sealer.open(tenant, _CONTEXT, one.sealed), type=HeldMail)
