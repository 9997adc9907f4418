"""Default texts of notifications by event and kind of reader, for events that the policy's `wording` does not cover."""

from __future__ import annotations

from chalicelib.policy.language.default_wording import decision, ending, inquiry, intake, organisation, time_limits
from chalicelib.policy.language.default_wording.reader_wording import ReaderWording
from chalicelib.policy.language.vocabulary import PROGRESS

PLACEHOLDERS = frozenset(
    {"number", "due", "stage", "clock", "tier", "task", "unit", "points", "role", "event", PROGRESS}
)
"""Placeholders that a policy's wording may use in braces."""
OWN_PLACEHOLDERS = frozenset({"by", "until", "outcome", "repeat", "party"})
"""Further placeholders of the default texts.

`by`: the message's due time, with its preposition. `until`: in the same form, the due time that the event brings about.
`outcome`: the outcome or the ground that the event states. `repeat`: the events that others repeat after an exclusion.
`party`: whose evidence the event is about.
"""

DEFAULT_WORDING: dict[str, ReaderWording] = {
    name: text
    for part in (intake, inquiry, decision, time_limits, ending, organisation)
    for name, text in part.TEXTS.items()
}
PERIOD = "period"
"""A placeholder of the default texts about inspections, besides `OWN_PLACEHOLDERS`."""
