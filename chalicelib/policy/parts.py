"""What the policy language's parts are made of, and the part that says who sees what."""

from __future__ import annotations

from typing import Literal

import msgspec

Condition = dict[str, list[str]]
"""All of the named things must have one of the values: `{severity: [major], channel: [email]}`."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part: a key that the language does not know is a fault, never ignored."""


class Label(Part, frozen=True, kw_only=True):
    """A name for people, in Chinese and, where given, in English."""

    zh: str
    en: str = ""

    def to_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


class Doer(Part, frozen=True, kw_only=True):
    """Who may do an act: a role's people, or `complainant`, `respondent`."""

    role: str
    of: Literal["any", "unit", "assigned"] = "any"


class Confidentiality(Part, frozen=True, kw_only=True):
    """Who sees what is private: without a list, everybody whose grants reach the complaint (P1.4, P4.9).

    The respondent never sees the complainant, and internal notes are never the parties'.
    """

    complainant: list[Doer] | None = None
    """Who sees the complainant's particulars."""
    content: list[Doer] | None = None
    """Who sees all other texts."""
    reads: Literal["logged", "unlogged"] = "logged"
    auditors: list[str] = []
    """Roles that see the read log, besides the owner."""
