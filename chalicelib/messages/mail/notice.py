"""A notice as a mail, in the reader's language (pure). It holds no particulars of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_LONGEST_SUBJECT = 120
_CLOSING = {
    "zh": "此邮件由系统代 {organisation} 发出，请勿直接回复。办理情况请见 {address}。",
    "en": "Sent for {organisation} by its complaint handling; nobody reads answers to it. See {address}.",
}


class NoticeMail(NamedTuple):
    subject: str
    text: str


def notice(text: str, enclosed: Sequence[str], *, language: str, organisation: str, address: str) -> NoticeMail:
    """`text`: the wording, filled in. `enclosed`: what was written to the reader in words, a paragraph each."""
    subject = " ".join(text.split())[:_LONGEST_SUBJECT]
    closing = _CLOSING["zh" if language == "zh" else "en"].format(organisation=organisation, address=address)
    return NoticeMail(subject, "\n\n".join([text, *enclosed, "-- \n" + closing]) + "\n")
