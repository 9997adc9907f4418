"""Look-ups (`X#subject#…`, `X#phone#…`, `X#email#…`): complaints by subject, and by a customer's phone or e-mail.

The value is not stored. The key holds an HMAC with the deployment's key over tenant, kind and normalized value. It is
written with the current key, and read with every key that the deployment has kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from chalicelib.complaints.filing import SUBJECT
from chalicelib.kit import canonical
from chalicelib.policy.language.intake import Intake
from chalicelib.policy.language.values import fact_kinds
from chalicelib.ports import Secrets, ServerKey
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Write

PURPOSE = "lookup"
"""Of the server keys."""
PHONE, EMAIL = "phone", "email"
CUSTOMER = (PHONE, EMAIL)
"""The kinds that identify a customer."""
SHORTEST_PHONE = 5
"""Least digits of a phone number. Fewer digits are part of another text, such as an address."""


def writes(secrets: Secrets, tenant: str, intake: Intake, facts: Mapping[str, Any], number: str) -> list[Write]:
    """The look-ups of a new complaint. `facts`: its facts, including private ones."""
    return [Put(entry(key), if_absent=False) for key in keys_of(secrets, tenant, intake, facts, number)]


def keys_of(secrets: Secrets, tenant: str, intake: Intake, facts: Mapping[str, Any], number: str) -> list[Key]:
    """The keys of `writes`, as of a complaint that is filed now."""
    hashed = (
        (kind, value)
        for kind in (SUBJECT, *CUSTOMER)
        for value in _hashed_facts([secrets.current(PURPOSE)], tenant, intake, facts, kind)
    )
    return list(dict.fromkeys(keys.lookup(tenant, kind, value, number) for kind, value in hashed))


def entry(key: Key) -> Entry:
    return Entry(key=key, kind=keys.LOOKUP_KIND, body="{}")


def partitions(secrets: Secrets, tenant: str, intake: Intake, facts: Mapping[str, Any], kind: str) -> list[str]:
    """The look-up partitions for these facts: one for each value of this kind and each key."""
    values = _hashed_facts(secrets.retained(PURPOSE), tenant, intake, facts, kind)
    return list(dict.fromkeys(keys.lookup(tenant, kind, value).pk for value in values))


def keys_by_value(
    secrets: Secrets, tenant: str, intake: Intake, facts: Mapping[str, Any], number: str
) -> Iterator[list[Key]]:
    """For each value of a complaint's facts, the keys that its look-up may have: the one with the current key first."""
    server_keys = [secrets.current(PURPOSE), *secrets.retained(PURPOSE)]
    for kind in (SUBJECT, *CUSTOMER):
        for name in filter(partial(_is_indexed, intake), _fact_names(intake, kind)):
            hashed = _hashed(server_keys, tenant, kind, facts.get(name))
            if found := [keys.lookup(tenant, kind, value, number) for value in hashed]:
                yield list(dict.fromkeys(found))


def possible_keys(secrets: Secrets, tenant: str, facts: Mapping[str, Any], number: str) -> list[Key]:
    """The keys that look-ups of a complaint with these facts may have, whatever the policy, and the server key of its
    filing. An erasure must find all."""
    server_keys = [secrets.current(PURPOSE), *secrets.retained(PURPOSE)]
    found = (
        keys.lookup(tenant, kind, hashed, number)
        for kind in (SUBJECT, *CUSTOMER)
        for value in facts.values()
        for hashed in _hashed(server_keys, tenant, kind, value)
    )
    return list(dict.fromkeys(found))


def can_be_found(kind: str, value: str) -> bool:
    """False for a value without content, such as a phone number of two digits: no look-up is written for it."""
    return bool(_normalized(kind, value))


def partitions_of(secrets: Secrets, tenant: str, kind: str, value: Any) -> Iterator[str]:
    """The partitions of a value, one for each key. Yields nothing if the normalized value is empty."""
    for hashed in _hashed(secrets.retained(PURPOSE), tenant, kind, value):
        yield keys.lookup(tenant, kind, hashed).pk


def _hashed_facts(
    server_keys: Sequence[ServerKey], tenant: str, intake: Intake, facts: Mapping[str, Any], kind: str
) -> Iterator[str]:
    for name in filter(partial(_is_indexed, intake), _fact_names(intake, kind)):
        yield from _hashed(server_keys, tenant, kind, facts.get(name))


def _hashed(server_keys: Sequence[ServerKey], tenant: str, kind: str, value: Any) -> Iterator[str]:
    """The keyed hashes of a value, each with the id of its key. Yields nothing if the normalized value is empty."""
    plain = _normalized(kind, value) if isinstance(value, str) else ""
    for key in server_keys if plain else ():
        raw = hmac.new(key.secret, canonical.encode([tenant, kind, plain]), hashlib.sha256).digest()
        tag = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        yield f"{key.id}.{tag}"


def _fact_names(intake: Intake, kind: str) -> list[str]:
    """The facts of a kind in the policy, and the filing's own subject."""
    if kind == SUBJECT:
        return [*intake.subject, SUBJECT]
    if kind == EMAIL:
        return intake.email
    return [] if intake.phone is None else [intake.phone]


def _is_indexed(intake: Intake, name: str) -> bool:
    """True for the filing's own subject, and for facts of a kind that look-ups use."""
    fact = intake.facts.get(name)
    return name == SUBJECT if fact is None else fact_kinds.of(fact.kind).in_lookups


def _normalized(kind: str, value: str) -> str:
    """The value without differences in width, case, spaces and punctuation. Punctuation stays in e-mail addresses.

    A phone number is reduced to its digits. A contact fact may hold a phone number or an e-mail address, so a value of
    the other kind gives an empty text.
    """
    import unicodedata  # as in `policy.language.values.value_readers`

    plain = unicodedata.normalize("NFKC", value).casefold().strip()
    if kind == EMAIL:
        return plain if "@" in plain else ""
    if kind == PHONE:
        digits = "".join(character for character in plain if character.isdigit())
        return digits if "@" not in plain and len(digits) >= SHORTEST_PHONE else ""
    return "".join(character for character in plain if character.isalnum())
