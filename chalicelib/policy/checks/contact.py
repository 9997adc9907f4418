"""Checks how the organisation is reached: something is said, and addresses are addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path

_WEB_ADDRESS = r"https://[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}(?::[0-9]{1,5})?(?:[/?]\S{0,500})?"


def faults(document: PolicyDocument) -> Iterator[Fault]:
    contact = document.contact
    path: Path = ("contact",)
    if contact is None:
        return
    if not any((contact.phone, contact.email, contact.address, contact.hours, contact.outside)):
        yield Fault(path, "contact-says-nothing")
    if contact.email is not None and not _is_email_address(contact.email):
        yield Fault((*path, "email"), "contact-no-email", name=contact.email)
    url = None if contact.outside is None else contact.outside.url
    if url is not None and re.fullmatch(_WEB_ADDRESS, url) is None:
        yield Fault((*path, "outside", "url"), "contact-no-url", name=url)


def _is_email_address(text: str) -> bool:
    return len(text) <= MAX_ADDRESS_LENGTH and re.match(EMAIL_PATTERN, text) is not None
