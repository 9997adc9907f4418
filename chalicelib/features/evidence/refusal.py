"""The reasons for refusing a file: their codes, and what people read."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth

REASONS = (
    *("size", "sha256", "type", "broken", "bomb", "polyglot", "active-content", "link", "field", "formula", "action"),
    *("encrypted", "malware", "not-scannable", "no-verdict", "gone"),
)
"""`type`: not as declared, or never allowed; `gone`: the object no longer exists. The section `refusal_reasons` of the
text catalogue has the text of each code, and one for codes of later versions."""
Reason = Annotated[str, msgspec.Meta(examples=[*REASONS])]
"""A code of `REASONS`. One that is not there is of a later version, and stays readable."""


def text_of(reason: str) -> InBoth:
    """Why the file is refused, for people. Neutral if this version does not know the reason."""
    texts = catalogue.texts("refusal_reasons")
    return texts.get(reason) or texts["unknown"]


class Refusal(Exception):
    """The file is refused. `reason` is public in the record, so it is a code and never free text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
