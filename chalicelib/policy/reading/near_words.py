"""The word that an author probably meant, where a document has one that is not known there."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from chalicelib.policy.reading.faults import Fault, Path, Rewording

if TYPE_CHECKING:
    from chalicelib.policy.reading.yaml_text import Spots

_UNKNOWN = frozenset(
    {
        *("unknown-key", "key-elsewhere", "wrong-kind", "no-act", "no-act-of-stage", "no-category", "no-channel"),
        *("no-class", "no-clock", "no-condition", "no-event", "no-field", "no-field-of-act", "no-first-stage"),
        *("no-role", "no-stage", "no-value", "no-wording", "example-no-clock", "order-of-no-value"),
    }
)
"""Kinds of faults of words that are not known. `known`, a value of such a fault, has those that are."""
_ALIKE = 0.7
"""The least likeness, from 0 to 1, as `difflib` counts it."""


def rewording(fault: Fault, path: Path, spots: Spots) -> Rewording | None:
    """`path`: of the fault in the document as written. None if the word is not found there, or no word is near."""
    word, instead = _meant(fault)
    if not instead:
        return None
    spot = spots.of_word(path, word)
    return None if spot is None else Rewording(spot, word, instead)


def _meant(fault: Fault) -> tuple[str, str]:
    """The word that is wrong, and the one in its place, or empty texts."""
    values: dict[str, Any] = fault.values
    if fault.kind == "act-for-event":
        return str(values["name"]), str(values["event"])
    known = values.get("known") if fault.kind in _UNKNOWN else None
    if not known or not fault.path:
        return "", ""
    word = str(values.get("name", fault.path[-1]))
    return word, next(iter(get_close_matches(word, map(str, known), 1, _ALIKE)), "")
