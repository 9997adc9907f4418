"""The texts of the module that enhances the page: its own, and those of CodeMirror in the reader's language."""

from __future__ import annotations

from typing import Any

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.web.pages.reader import Reader

_OWN = ("fault", "faultless", "faults", "hint", "hints", "instead", "line", "place", "spaces", "whole")
_OF_STATES = ("ended", "leave", "offline", "saved_now", "saving", "unsaved")


def of(reader: Reader) -> dict[str, Any]:
    """With the places of their values. `phrases`: by the English phrase of CodeMirror."""
    said = {name: reader.words(f"studio.text.{name}") for name in (*_OWN, *_OF_STATES)}
    phrases = {one.en: reader.say(one) for one in catalogue.section("editor_phrases", list[InBoth])}
    return {**said, "phrases": phrases}
