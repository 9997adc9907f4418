"""Look-ups (`X#subject#…`, `X#phone#…`, `X#email#…`): complaints about a subject, and a customer's, by keyed hash.

No value is stored: HMAC with the deployment's key, over tenant, kind and the value as it is compared. After a
change of that key they are to be written anew; until then only newer complaints are found.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib import canonical
from chalicelib.complaints.filing import SUBJECT
from chalicelib.policy.language.model import Intake
from chalicelib.ports import Secrets
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Write

KIND = "lookup"
PHONE, EMAIL = "phone", "email"
CUSTOMER = (PHONE, EMAIL)
"""What a customer is known by."""
SHORTEST_PHONE = 5
"""Digits: fewer are a part of something else, such as an address."""


def writes(secrets: Secrets, tenant: str, intake: Intake, given: Mapping[str, Any], number: str) -> list[Write]:
    """What a filing writes beside its events. `given`: the complaint's facts, private ones included."""
    found = {key: None for kind in (SUBJECT, *CUSTOMER) for key in partitions(secrets, tenant, intake, given, kind)}
    return [Put(Entry(key=Key(pk, number), kind=KIND, body="{}"), if_absent=False) for pk in found]


def partitions(secrets: Secrets, tenant: str, intake: Intake, given: Mapping[str, Any], kind: str) -> list[str]:
    """Where complaints that share one of these facts are found."""
    values = (given.get(name) for name in _names(intake, kind))
    return list(dict.fromkeys(pk for value in values for pk in partition(secrets, tenant, kind, value)))


def partition(secrets: Secrets, tenant: str, kind: str, value: Any) -> Iterator[str]:
    """The one partition of a value; none where nothing is left of it to compare."""
    plain = _compared(kind, value) if isinstance(value, str) else ""
    if plain:
        key = secrets.current("lookup")
        raw = hmac.new(key.secret, canonical.encode([tenant, kind, plain]), hashlib.sha256).digest()
        tag = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        yield keys.lookup(tenant, kind, f"{key.id}.{tag}").pk


def _names(intake: Intake, kind: str) -> list[str]:
    """The facts of a kind: the policy's, and the subject that a filing names."""
    if kind == SUBJECT:
        return [*intake.subject, SUBJECT]
    if kind == EMAIL:
        return intake.email
    return [] if intake.phone is None else [intake.phone]


def _compared(kind: str, value: str) -> str:
    """Width, case, spaces and punctuation make no difference, but in an address. Of a phone number only digits count.

    Empty for what is no number, or no address: a fact may hold either.
    """
    import unicodedata  # as in `complaints.values`

    plain = unicodedata.normalize("NFKC", value).casefold().strip()
    if kind == EMAIL:
        return plain if "@" in plain else ""
    if kind == PHONE:
        digits = "".join(sign for sign in plain if sign.isdigit())
        return digits if "@" not in plain and len(digits) >= SHORTEST_PHONE else ""
    return "".join(sign for sign in plain if sign.isalnum())
