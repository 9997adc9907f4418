"""One row of the table of fault texts."""

from __future__ import annotations

from typing import NamedTuple


class FaultText(NamedTuple):
    """What is wrong and what would mend it; `{…}` are values of the fault."""

    en: str
    zh: str
    mend_en: str
    mend_zh: str
