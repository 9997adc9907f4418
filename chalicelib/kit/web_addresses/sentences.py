"""What looks like a web address and is none: ends of sentences, names of companies and numbers with dots."""

from __future__ import annotations

import re

_COMPANY_BEFORE = r"(?i:(?:\A|[\s(\u3040-\u9fff])(?:co|pty|pte|pvt))\Z"
_NAMES_END = ("Us", "Bank")
"""Behind a single capital letter, as in `Toys.R.Us` and `U.S.Bank`. Not all domains: `evil.X.Top` is an address."""
_HOST_GOES_ON = r"[/\\?\x23@_-]| ?:\d|\.[^\W_]"
_COUNTED_BEFORE = r"(?:version|第|版本|房号|编号|标段|v) ?:? ?\Z"
_COUNTER = r" ?[条号版款项]"
_DOTTED = r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}"


def ends_at_stop(cased: str, stop: str, start: int, end: int) -> bool:
    """True if `。` ends a sentence before ASCII: behind a wide sign, before white space, and as in `已付500。APP…`.

    `start`, `end`: of the stop with the white space around it.
    """
    before = re.search(r"[!-\u2e7f]{1,64}\Z", cased[max(0, start - 64) : start])
    if before is None or stop.endswith(" "):
        return True
    return before[0].isdigit() and cased[end].isupper()


def is_dot_of_company(cased: str, start: int, end: int) -> bool:
    """True if the dot is that of a company as in `Co.Ltd` and `Toys.R.Us`.

    `start`, `end`: of the dot and the domain behind it.
    """
    top, before = cased[start + 1 : end], cased[max(0, start - 24) : start]
    if not top.isascii() or cased[start] != "." or re.compile(_HOST_GOES_ON).match(cased, end):
        return False
    if top.lower() == "ltd":
        return re.search(_COMPANY_BEFORE, before) is not None
    return top in _NAMES_END and re.search(r"\.[A-Z]\Z", before) is not None


def is_counted(text: str, start: int, end: int) -> bool:
    """True if what looks like an IPv4 address is the number of a clause, version or room: `第1.2.3.4条`."""
    if re.fullmatch(_DOTTED, text[start:end]) is None or re.compile(_HOST_GOES_ON).match(text, end):
        return False
    before = re.search(_COUNTED_BEFORE, text[max(0, start - 10) : start])
    return before is not None or re.compile(_COUNTER).match(text, end) is not None
