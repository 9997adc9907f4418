"""Facts of a complaint and fields of acts."""

from __future__ import annotations

from typing import Literal

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.vocabulary import DocumentKind


class Choice(Label, frozen=True, kw_only=True):
    """One value of a choice. With `when`, the value is allowed only where the condition holds (P2.5)."""

    when: Condition = {}


class Fact(LanguagePart, frozen=True, kw_only=True):
    """A fact of a complaint or a field of an act. `fact_kinds` says which kinds are private.

    An `email` fact of the complainant is the address that notifications go to.
    """

    name: Label | None = None
    kind: DocumentKind = "text"
    required: list[str] | bool = False
    """True if always required, or the channels that require it."""
    choices: dict[str, Choice] = {}
    holder: Literal["complainant", "respondent", "content", "internal"] | None = None
    """The confidentiality class. By default the first word of the key, otherwise `content`."""
    most: int = 4000
    """The maximum length of a text in characters; for a field that names people, the maximum number of people."""
    tense: Literal["past", "future", "any"] = "any"
    """For kind `time`: where the time must lie, relative to the act."""
