"""Supervision: who handles reports about the office, and how often it is inspected."""

from __future__ import annotations

from chalicelib.policy.language.parts import LanguagePart
from chalicelib.policy.language.publicity import Period


class Inspection(LanguagePart, frozen=True, kw_only=True):
    """A task of the organisation, once in each period."""

    every: Period
    due: str
    """A limit text, counted from the start of the period."""
    role: str
    tells: list[str] = []
    """Roles, or `owner`, that are told of the result."""


class Supervision(LanguagePart, frozen=True, kw_only=True):
    """The supervisors: people outside the office."""

    by: list[str]
    inspection: Inspection | None = None
