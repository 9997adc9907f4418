"""What looks like a web address and is none: ends of sentences, names of companies and numbers with dots."""

from __future__ import annotations

import re


def ends_at_stop(cased: str, stop: str, start: int, end: int) -> bool:
    """True if `。` ends a sentence before ASCII: behind a wide sign, before white space, and as in `已付500。APP…`.

    `start`, `end`: of the stop with the white space around it.
    """
    before = re.search(r"[!-\u2e7f]{1,64}\Z", cased[max(0, start - 64) : start])
    if before is None or stop.endswith(" "):
        return True
    return before[0].isdigit() and cased[end].isupper()
