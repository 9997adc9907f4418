"""Why a file is not taken."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "size",
    "sha256",
    "type",
    "broken",
    "bomb",
    "polyglot",
    "active-content",
    "encrypted",
    "malware",
    "not-scannable",
    "no-verdict",
    "gone",
]
"""`type`: other than declared, or never allowed; `active-content`: macros, scripts, programs or files inside;
`no-verdict`: no scanner answered in time; `gone`: the object was no longer there."""


class Refusal(Exception):
    """The file stays out. `reason` is public in the record, so it is a code and never a text."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
