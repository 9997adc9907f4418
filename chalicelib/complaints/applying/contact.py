"""The ways to reach the complainant that a filing or a later act gives: an e-mail address, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.complaints.envelope import Secrets
from chalicelib.complaints.fields import class_of
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.values import fact_kinds

MAIL, PHONE = "mail", "phone"
COMPLAINANT = "complainant"
_DIGITS = 5
"""Least digits of a telephone number, as in look-ups."""
_FREE = Fact()


def address(document: PolicyDocument, values: Mapping[str, Any]) -> str | None:
    """The complainant's e-mail address among values of class `complainant`.

    The first field of kind `email` has it, or else a fact of `intake.email` in which people may write an address.
    """
    names = [*email_fields(document, values), *(name for name in document.intake.email if name in values)]
    return next((one for one in (str(values[name]).strip() for name in names) if _is_address(one)), None)


def email_fields(document: PolicyDocument, names: Mapping[str, Any]) -> Iterator[str]:
    """Those of the names that are fields or facts of kind `email` and the complainant's."""
    for name in {**document.intake.facts, **names}:
        fact = document.definition(name) or _FREE
        if name in names and fact_kinds.of(fact.kind).is_email_address and class_of(name, fact) == COMPLAINANT:
            yield name


def ways(document: PolicyDocument, values: Mapping[str, Any], seq: int) -> dict[str, int]:
    """The ways that values of class `complainant` give, with the number of their event."""
    has_mail = address(document, values) is not None
    found = {MAIL: has_mail, PHONE: any(_is_phone(document, name, value) for name, value in values.items())}
    return {way: seq for way, is_given in found.items() if is_given}


def given(document: PolicyDocument, secrets: Secrets, seq: int) -> dict[str, int]:
    """As `ways`, for the private values of an event."""
    values = secrets.get(COMPLAINANT)
    return ways(document, values, seq) if values else {}


def unusable(document: PolicyDocument, values: Mapping[str, Any]) -> list[str]:
    """The facts in which people write a number or an address, and whose value is neither."""
    either = [name for name in document.intake.email if name == document.intake.phone and name in values]
    return [
        name
        for name in either
        if not (_is_address(str(values[name]).strip()) or _is_phone(document, name, values[name]))
    ]


def _is_phone(document: PolicyDocument, name: str, value: Any) -> bool:
    fact = document.definition(name) or _FREE
    if name != document.intake.phone and not fact_kinds.of(fact.kind).is_telephone_number:
        return False
    text = str(value)
    return "@" not in text and sum(character.isdigit() for character in text) >= _DIGITS


def _is_address(text: str) -> bool:
    return len(text) <= MAX_ADDRESS_LENGTH and re.match(EMAIL_PATTERN, text) is not None


def of_filing(document: PolicyDocument, private: Secrets, reached: str | None) -> dict[str, int]:
    """The ways that a filing gives. `reached`: of a preview, which has no values."""
    if reached is not None:
        return {PHONE if reached == "no" else MAIL: 1}
    return given(document, private, 1)


def known(document: PolicyDocument, private: Secrets) -> dict[str, str]:
    """The e-mail addresses of a filing, without their values: messages can ask whether one was given."""
    names = set[str]().union(*private.values())
    return dict.fromkeys(names & document.intake.email_values().keys(), "yes")
