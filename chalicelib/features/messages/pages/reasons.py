"""Why a delivery failed, in the reader's language."""

from __future__ import annotations

from chalicelib.features.messages.record_attempt import GAVE_UP
from chalicelib.kit import catalogue
from chalicelib.web.pages.reader import Reader

_GROUP = "effect_reason."
_VALUE = "{value}"
_GAVE_UP = "effects.gave_up"


def why_text(why: str, reader: Reader) -> str:
    """`why`: the English sentence that the delivery has. One without a text in the catalogue is shown as it is."""
    if why.startswith(GAVE_UP):
        return reader.text(_GAVE_UP, why=why_text(why.removeprefix(GAVE_UP), reader))
    for name, text in catalogue.texts("pages").items():
        if not name.startswith(_GROUP):
            continue
        before, place, behind = text.en.partition(_VALUE)
        if why == text.en:
            return reader.say(text)
        if place and why.startswith(before) and why.endswith(behind):
            return reader.text(name, value=why[len(before) : len(why) - len(behind)])
    return why
