"""Recipients: where the readers of a message get mail, and in which language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework import private_values
from chalicelib.complaints.envelope import Event
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

_BATCH = 100


class Recipient(NamedTuple):
    address: str
    language: str
    organisation: str
    """Its name, as the mail is signed with it."""


def of_readers(wiring: Wiring, tenant: str, number: str, readers: Sequence[str]) -> dict[str, Recipient]:
    """Of those who have an address here: the organisation's people, and a complainant who gave one at filing."""
    org_key = keys.snapshot(keys.organisation(tenant))
    wanted = [org_key, *_first(tenant, number, readers), *(keys.membership(tenant, one) for one in _people(readers))]
    entries = _read(wiring, list(dict.fromkeys(wanted)))
    org = organisation.parse(entries[org_key])
    found: dict[str, Recipient] = {}
    for sub in _people(readers):
        person = entries.get(keys.membership(tenant, sub))
        member = None if person is None else membership.stored(person)
        if member is not None and member.active:
            found[sub] = Recipient(member.email, member.language, org.name)
    for reader in readers:
        said = _complainant(wiring, tenant, number, entries) if "#" in reader else None
        if said is not None:
            found[reader] = Recipient(said[0], said[1] or org.language, org.name)
    return found


def _people(readers: Sequence[str]) -> list[str]:
    return [reader for reader in readers if "#" not in reader]


def _first(tenant: str, number: str, readers: Sequence[str]) -> list[Key]:
    """The filing's event and what is private beside it, where the complainant is among the readers."""
    if all("#" not in reader for reader in readers):
        return []
    return [keys.event(keys.complaint(tenant, number), 1), *private_values.keys_of_event(tenant, number, 1)]


def _read(wiring: Wiring, wanted: list[Key]) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for first in range(0, len(wanted), _BATCH):
        found.update(wiring.store.get(wanted[first : first + _BATCH]))
    return found


def _complainant(wiring: Wiring, tenant: str, number: str, entries: dict[Key, Entry]) -> tuple[str, str | None] | None:
    """The address given at filing, and the language asked for then. None where it was erased, or does not open."""
    filed = entries.get(keys.event(keys.complaint(tenant, number), 1))
    if filed is None:
        return None
    event = msgspec.json.decode(filed.body, type=Event)
    document = wiring.compiled.get(wiring.store, tenant, event.policy).document
    values: dict[str, Any] = {}
    for key in private_values.keys_of_event(tenant, number, 1):
        value = private_values.opened(wiring, tenant, number, entries[key]) if key in entries else None
        values.update({} if value is None else value.values)
    address = next((values[name] for name in _address_facts(document) if name in values), None)
    return None if address is None else (address, event.fields.get("language"))


def _address_facts(document: PolicyDocument) -> Iterator[str]:
    return (
        name
        for name, fact in document.intake.facts.items()
        if fact.kind == "email" and _of_complainant(name, fact.holder)
    )


def _of_complainant(name: str, holder: str | None) -> bool:
    return holder == "complainant" or (holder is None and name.partition(".")[0] == "complainant")
