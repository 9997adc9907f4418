"""What a member has chosen for themself in one organisation: mails, language, shortcuts, rows of a page."""

from __future__ import annotations

from typing import Literal

from chalicelib.kit.decoding import StoredPart

Mails = Literal["at_once", "daily", "none"]
"""When the service mails what a member is told as staff. What they are told as a respondent is mailed at once."""
Language = Literal["browser", "zh", "en"]
LEAST_ROWS, MOST_ROWS = 10, 100


class OwnSettings(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`language`: of pages and mails; with `browser`, pages follow the browser, and mails the invitation."""

    mails: Mails = "at_once"
    language: Language = "browser"
    shortcuts: bool = True
    """Whether single keys act on pages of the desk (WCAG 2.2, 2.1.4)."""
    rows: int = 50
    """Of a page of the queue."""
