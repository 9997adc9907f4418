"""Default texts of notifications by event and kind of reader, for events that the policy's `wording` does not cover.

The section `wording` of the text catalogue has them.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from chalicelib.kit import catalogue
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.vocabulary import PROGRESS

ReaderKind = Literal["complainant", "respondent", "staff"]
PLACEHOLDERS = frozenset(
    {"number", "due", "stage", "clock", "tier", "task", "unit", "points", "role", "event", "said", PROGRESS}
)
"""Placeholders that a policy's wording may use in braces. `said`: the choices that the event gives."""
OWN_PLACEHOLDERS = frozenset(
    {
        "by",
        "changes",
        "open_until",
        "until",
        "next",
        "outcome",
        "owed",
        "repeat",
        "party",
        "kinds",
        "missing",
        "publication",
        "person",
        "act",
        "proposer",
        "thing",
        "answer",
        "attached",
    }
)
"""Further placeholders of the default texts.

`by`: the message's due time, with its preposition. `until`: in the same form, the due time that the event brings about.
`next`: what is due then. `person`: the people whom the event excludes. `act`: what was proposed; `proposer`: by whom.
`attached`: how many files are attached to a message. `answer`: what is recorded about a text for publication. `thing`:
what the complainant accepts, in the words of the procedure.
`outcome`: the outcome or the ground that the event states. `repeat`: the events that others repeat after an exclusion.
`party`: whose evidence the event is about. `owed`: the steps of the organisation that end the message's clock.
`kinds`: the policy's kinds of evidence that it demands; `missing`: those of a lapsed demand of which each was needed.
`publication`: what happens to a notice, by its audience.
"""

PERIOD = "period"
"""A placeholder of the default texts about inspections, besides `OWN_PLACEHOLDERS`."""


class ReaderWording(LanguagePart, frozen=True, kw_only=True):
    """A text for each kind of reader, or one for everyone: about work and settings of the organisation, of which only
    its members are told. It addresses them.

    A part in square brackets is shown only if all of its placeholders have a value.
    """

    topic: Label
    """What a mail's subject says behind the complaint's number."""
    own_topic: Label | None = None
    """The same for the complainant, where the topic is something that they did themselves."""
    complainant: Label | None = None
    respondent: Label | None = None
    staff: Label | None = None
    everyone: Label | None = None

    def of(self, reader: ReaderKind) -> Label:
        """Raises LookupError if the catalogue has none."""
        text: Label | None = getattr(self, reader) or self.everyone
        if text is None:
            raise LookupError(f"no text for {reader}")
        return text


@cache
def default_wording() -> dict[str, ReaderWording]:
    """By event."""
    return catalogue.section("wording", dict[str, ReaderWording])
