"""Reasons for refusing a file."""

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
    "link",
    "field",
    "formula",
    "action",
    "encrypted",
    "malware",
    "not-scannable",
    "no-verdict",
    "gone",
]
"""`type`: not as declared, or never allowed; `bomb`: inflates beyond the limits; `polyglot`: is another type too;
`active-content`: macros, scripts, programs or files inside; `link`: leads elsewhere than to the web;
`field` of Word, `formula` of a table, `action` of a PDF: not on the list of those that load and run nothing;
`not-scannable`: the content cannot be checked; `no-verdict`: no scanner answered in time; `gone`: the object no longer
exists."""


class Refusal(Exception):
    """The file is refused. `reason` is public in the record, so it is a code and never free text."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
