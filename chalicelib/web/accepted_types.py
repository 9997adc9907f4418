"""The media type that a caller prefers (`Accept`, RFC 9110 section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RANGE = r"\s*([\w.+*-]+/[\w.+*-]+)\s*(?:;.*?\bq\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?[^,]*"


def preferred(accept: str | None, offered: Sequence[str]) -> str:
    """The offered type with the highest weight; of equal weights, and if none is accepted, the first."""
    weights: dict[str, float] = {}
    for part in (accept or "").split(","):
        if found := re.fullmatch(_RANGE, part, re.IGNORECASE):
            weights[found[1].lower()] = float(found[2] or 1)
    return max(offered, key=lambda one: _weight(weights, one))


def _weight(weights: dict[str, float], offered: str) -> float:
    """That of the most specific range."""
    family = offered.partition("/")[0]
    return next((weights[one] for one in (offered, f"{family}/*", "*/*") if one in weights), 0.0)
