"""Structs that several parts of the policy language share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec


class LanguagePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part. An unknown key is a fault; it is never ignored."""


class Label(LanguagePart, frozen=True, kw_only=True):
    """A display name in full form. A text in one language stands for the other one too."""

    zh: str
    en: str = ""

    def __post_init__(self) -> None:
        if not self.en:
            msgspec.structs.force_setattr(self, "en", self.zh)

    def to_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


class WordingText(Label, frozen=True, kw_only=True):
    """The text of a message."""

    topic: Label | None = None
    """What the subject of its mails to members says behind the complaint's number. By default that of its event."""


TIME = "time"
"""In `by`: no person does the act, only a clock that performs it."""
PARENT = "parent"
"""`of: parent`: people with a grant for the parent of the complaint's unit."""
ABOVE = "^"
"""Before a role among the recipients of a message: the people of the parent of its unit."""
EVER_ASSIGNED = "assigned."
"""Before a role in `not`: all who were ever assigned to the complaint in this role."""


class RoleSelector(LanguagePart, frozen=True, kw_only=True):
    """Selects people by role, or the `complainant` or `respondent`.

    `of` narrows a role to the people assigned to the complaint (`assigned`) or to the people of its unit (`unit`).
    """

    role: str
    of: Literal["any", "unit", "assigned"] = "any"


class PeopleSelector(LanguagePart, frozen=True, kw_only=True, rename={"excluded": "not"}):
    """Selects the people of a role by their part in the complaint's record."""

    role: str
    of: Literal["any", "parent"] = "any"
    """`parent`: those with a grant for the parent of the complaint's unit, not for the whole organisation."""
    excluded: list[str] = []
    """Event types. People who caused one of them in this complaint are excluded, as are their deputies and the people
    that they deputised for."""
    same: str | None = None
    """An event type: only the latest person who caused it is selected."""


class ActorSelector(RoleSelector, frozen=True, kw_only=True, rename={"excluded": "not"}):
    """A `RoleSelector` with the restrictions of a `PeopleSelector`.

    `not` of the complainant excludes members who would record the act on the complainant's behalf. `of` can also be
    `parent`, as in a `PeopleSelector`.
    """

    of: Literal["any", "unit", "assigned", "parent"] = "any"  # type: ignore[assignment]
    excluded: list[str] = []
    same: str | None = None


def role_names(recipients: Iterable[str | PeopleSelector]) -> list[str]:
    return [one if isinstance(one, str) else one.role for one in recipients]


class Confidentiality(LanguagePart, frozen=True, kw_only=True):
    """Who may see private values (P1.4, P4.9).

    Without a list, everyone with a grant for the whole organisation or for the complaint's unit may see them. Two rules
    are fixed: the respondent never sees the complainant's identity, and the parties never see internal notes.
    """

    complainant: list[RoleSelector] | None = None
    """Who sees the complainant's personal data."""
    content: list[RoleSelector] | None = None
    """Who sees all other texts."""
    reads: Literal["logged", "unlogged"] = "logged"
    auditors: list[str] = []
    """Roles that see the read log, in addition to the owner."""
