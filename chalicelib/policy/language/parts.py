"""What every part of the language is made of."""

from __future__ import annotations

import msgspec


class LanguagePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part: a key that the language does not know is a fault, never ignored."""


class Label(LanguagePart, frozen=True, kw_only=True):
    """A name for people, in Chinese and, where given, in English."""

    zh: str
    en: str = ""

    def to_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}
