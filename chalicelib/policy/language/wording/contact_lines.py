"""How the organisation is reached, as labelled lines for pages, printed forms and mails."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.kit import catalogue
from chalicelib.policy.language.model import Contact


class ContactLine(NamedTuple):
    """`key`: of the policy. `url`: of a body outside; empty without one."""

    key: str
    label: str
    text: str
    url: str = ""


def contact_lines(contact: Contact | None, language: str) -> list[ContactLine]:
    if contact is None:
        return []
    words, outside = catalogue.words("contact", language), contact.outside
    said = {
        "phone": contact.phone,
        "email": contact.email,
        "address": contact.address,
        "hours": contact.hours,
        "outside": None if outside is None else outside.name,
    }
    urls = {"outside": outside.url or ""} if outside is not None else {}
    texts = {key: one if isinstance(one, str) else getattr(one, language) for key, one in said.items() if one}
    return [ContactLine(key, words[key], text, urls.get(key, "")) for key, text in texts.items()]
