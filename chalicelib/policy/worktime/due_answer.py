"""The answer to a question for a due time."""

from __future__ import annotations

import msgspec

from chalicelib.instants import Instant


class DueTime(msgspec.Struct, frozen=True):
    """`due` is None for the limit `none`, while a pause is open, and if it would lie beyond `instants.LAST`.

    `provisional` is True if the calculation needs a year whose holidays are not published yet.
    """

    due: Instant | None
    provisional: bool
    beyond: bool = False
    """True if the limit would end after the last instant that can be stored. It is then never due."""


NOT_DUE = DueTime(None, False)
BEYOND = DueTime(None, True, True)
