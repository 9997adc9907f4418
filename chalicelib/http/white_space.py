"""The limit for white space in a row, in every text that a request brings.

Searches of texts can take longer than linear time in it. No text needs as much, and people do not see it.
"""

from __future__ import annotations

import re

MOST = 100
_LONG_RUN = rf"(?<!\s)(\s{{{MOST}}})\s+"


def has_long_run(text: str) -> bool:
    return len(text) > MOST and re.search(_LONG_RUN, text) is not None


def shortened(text: str) -> str:
    """The text with the first characters of each run that is too long."""
    return re.sub(_LONG_RUN, r"\1", text)
