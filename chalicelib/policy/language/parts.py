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


class EventTerm(msgspec.Struct, frozen=True):
    """A type of complaints' events. Webhooks can name each."""

    event: str
    zh: str
    en: str
    writes: str = ""
    """The fields by which a policy can select it, separated by spaces. That of an act also has `given`, and the fields
    that a stage lists for the act."""
    selectable: bool = True
    """False if no policy can name it."""
    routine: bool = False
    """True if lists of events leave it out, unless a line of a form names it."""
    counted: bool = True
    """False if no figure of the statistics speaks of it."""
    internal: bool = False
    """True if it is no step for the complainant. Its messages tell what concerns them."""
    if_told: bool = False
    """True if an act of a member is a step for the complainant only where they are told of it: often it passes work on
    inside the office."""
    changes_work: bool = False
    """True if it can change the open work, its owners or its due times, besides by ending runs."""
    gives_work: bool = False
    """True if it gives the people who are told of it something to do."""

    @property
    def label(self) -> Label:
        """Its name in printed forms, on pages and in messages."""
        return Label(zh=self.zh, en=self.en)


class ActTerm(EventTerm, frozen=True):
    """An act as the language knows it: the event that records it, and the act's place in every policy."""

    listed: bool = True
    """False if stages cannot list the act: every policy has it, where there is a proposal or a task to act on."""
    on_proposals: bool = False
    """True if it decides on a proposal."""
    in_any_stage: bool = False
    """True if it can be done in every stage, whatever the stage lists."""
    cancels: bool = False
    """True if its event cancels running clocks, except clocks that list the event in `survives`."""
    reopens: bool = False
    """True if it leads out of a stage in which the case has ended."""
    late: bool = False
    """True if it can be done after the end too. It leaves the case ended if it changes no stage."""
    undone_by_reopening: bool = False
    """True if its event no longer counts after a complaint is reopened."""
    own_zh: str = ""
    """The Chinese name where a procedure has its own word for what the complainant accepts, as in 接受{}."""
    puts: Label | None = None
    """What the act puts to the complainant, if anything. Without a Chinese word, its first field names it."""
    accepts: bool = False
    """True if the complainant accepts with it what was put to them."""
    asks: str = ""
    """What a mail's subject asks of the complainant while the act is open to them, by its key in `subjects`."""
    replaces: str = ""
    """The earlier events that its event replaces, separated by spaces. Printed forms mark them."""
    has_effect: bool = True
    """False if it changes nothing in the procedure."""
    is_duty: bool = True
    """False if no person has to do it, although it has an effect and does not reopen."""
    part: str = ""
    """What it is for most complaints, in words: `aside`, it leads away from their course; `result`, it gives the
    complainant an offer or a result; `answer`, it answers one."""
    by_time: bool = True
    """False if its fields are people, times or demands of the case, which no constant can name: no clock can do it."""
