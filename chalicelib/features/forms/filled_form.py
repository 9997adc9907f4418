"""A printed form filled in from a case, in one language: plain texts, ready for a page."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.policy.language.wording.contact_lines import ContactLine

State = Literal["shown", "withheld", "erased", "damaged"]


class FilledValue(msgspec.Struct, frozen=True, kw_only=True):
    """One value. `state`: why a text is missing: the reader may not see it, or it was erased or cannot be decrypted."""

    text: str = ""
    state: State = "shown"
    at: str = ""
    by: str = ""
    """With `at`: when and in which role it was given. Empty where the form asks for the latest value only."""
    remark: str = ""
    """What follows the time, such as the deadline that was met then."""
    fate: str = ""
    """That it no longer counts, and why."""
    is_proof: bool = False
    """A digest, which is compared and not read."""


class FilledLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line without values is left empty.

    `listed`: True for a list, in which each value has its time and role. `left_out`: the number of earlier values that
    the list lacks.
    """

    label: str
    values: list[FilledValue]
    listed: bool = False
    left_out: int = 0


class FilledSection(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    lines: list[FilledLine]


class FilledForm(msgspec.Struct, frozen=True, kw_only=True):
    """`language`: zh or en. `printed_at`, and all times in it, are in the time zone that `zone` names."""

    name: str
    organisation: str
    number: str
    language: str
    printed_at: str
    zone: str
    sections: list[FilledSection]
    contact: list[ContactLine] = []
    """How the organisation is reached."""
