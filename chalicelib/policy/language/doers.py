"""The policy language's parts that say who does something and who sees something."""

from __future__ import annotations

from typing import Literal

import msgspec


class Doer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who may do an act: a role's people, or `complainant`, `respondent`."""

    role: str
    of: Literal["any", "unit", "assigned"] = "any"


class Confidentiality(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
