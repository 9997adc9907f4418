"""Checks how the organisation is reached: something is said, addresses are addresses, and nothing is an example."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault, Path

_EXAMPLES = ("示例", "example)", "example,")
"""What the presets write behind what an organisation has to replace."""
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


def hints(document: PolicyDocument) -> Iterator[Fault]:
    """A complainant can telephone or write to a person; what a preset says is no number of this organisation."""
    contact = document.contact
    if contact is None or not (contact.phone or contact.email):
        yield Fault(("contact",), "contact-missing")
    if contact is None:
        return
    labels = {"address": contact.address, "hours": contact.hours}
    said = {"phone": contact.phone or "", **{key: f"{one.zh} {one.en}" for key, one in labels.items() if one}}
    for key, text in said.items():
        if any(mark in text for mark in _EXAMPLES):
            yield Fault(("contact", key), "contact-is-example", name=text if key == "phone" else key)


def _is_email_address(text: str) -> bool:
    return len(text) <= MAX_ADDRESS_LENGTH and re.match(EMAIL_PATTERN, text) is not None
