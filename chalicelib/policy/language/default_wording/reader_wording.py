"""The default text of a notification, for each kind of reader."""

from __future__ import annotations

from typing import Literal

from chalicelib.policy.language.parts import Label, LanguagePart

ReaderKind = Literal["complainant", "respondent", "staff"]
Texts = tuple[str, str]
"""In Chinese and English."""


class ReaderWording(LanguagePart, frozen=True, kw_only=True):
    """One text for each kind of reader. It addresses them.

    A part in square brackets is shown only if all of its placeholders have a value.
    """

    topic: Label
    """What a mail's subject says behind the complaint's number."""
    complainant: Label
    respondent: Label
    staff: Label

    def of(self, reader: ReaderKind) -> Label:
        text: Label = getattr(self, reader)
        return text


def wording(*, topic: Texts, complainant: Texts, respondent: Texts, staff: Texts) -> ReaderWording:
    return ReaderWording(
        topic=_label(topic), complainant=_label(complainant), respondent=_label(respondent), staff=_label(staff)
    )


def for_everybody(topic: Texts, zh: str, en: str) -> ReaderWording:
    """For texts about work and settings of the organisation, which only its members get."""
    text = _label((zh, en))
    return ReaderWording(topic=_label(topic), complainant=text, respondent=text, staff=text)


def _label(texts: Texts) -> Label:
    return Label(zh=texts[0], en=texts[1])
