"""The ways to reach the complainant that a filing or a later act gives: an e-mail address, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.complaints.envelope import Secrets
from chalicelib.complaints.fields import class_of
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.values import fact_kinds

MAIL, PHONE = "mail", "phone"
NO_MAIL = "no_mail"
"""Among the ways: the event that took the e-mail address away without giving another one."""
COMPLAINANT = "complainant"
_POSTAL = ".address"
"""The end of the key of a fact with a postal address."""
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


def facts(document: PolicyDocument) -> list[str]:
    """The facts by which the complainant is reached, in the order of the policy."""
    own = document.intake.facts
    named = {document.intake.phone, *document.intake.email, *(name for name in own if name.endswith(_POSTAL))}
    return [
        name
        for name, fact in own.items()
        if class_of(name, fact) == COMPLAINANT
        and (name in named or fact_kinds.of(fact.kind).is_telephone_number or _is_email(fact))
    ]


def _is_email(fact: Fact) -> bool:
    return fact_kinds.of(fact.kind).is_email_address


class FormerAddress(NamedTuple):
    """The e-mail address to which messages went before a correction. `fact`: the one that has it."""

    fact: str
    address: str

    def is_replaced_by(self, given: Mapping[str, Any]) -> bool:
        """Whether the address is no longer used: these values give another one, or take it away."""
        return self.address not in [str(value).strip() for value in given.values()]


def former(document: PolicyDocument, values: Mapping[str, Any]) -> FormerAddress | None:
    """`values`: those of class `complainant` of the event that gave the address."""
    found = address(document, values)
    name = next((name for name, value in values.items() if str(value).strip() == found), None)
    return None if found is None or name is None else FormerAddress(name, found)


def corrected(known: Mapping[str, int], given: Mapping[str, int], seq: int, *, takes_away: bool) -> dict[str, int]:
    """The ways after a correction. `given`: those that it gives; `takes_away`: it overwrites the e-mail address."""
    if MAIL in given:
        return {name: one for name, one in {**known, **given}.items() if name != NO_MAIL}
    return {**known, **given, **({MAIL: 0, NO_MAIL: seq} if takes_away else {})}


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
