"""The texts of one kind of fault."""

from __future__ import annotations

from typing import NamedTuple


class FaultText(NamedTuple):
    """Describes the fault, and how to correct it. Placeholders in braces are values of the fault."""

    en: str
    zh: str
    mend_en: str
    mend_zh: str
