"""The forms of web addresses in a folded text, as places of their core: `.com` of `evil.com/x`, `://` of a URL.

Ends of sentences, names of companies and numbers with dots look like web addresses and are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from chalicelib.kit.web_addresses.endings import ending, is_country, is_no_word
from chalicelib.kit.web_addresses.folding import Folded

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


LABEL = r"[^\s!-,./:-@\[-^`{-\x7e\xa0-\xbf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe6f]"
"""A sign of a domain's label: whatever is neither white space nor punctuation, hyphen and underscore aside."""
_STEP = (
    rf"(?<={LABEL})(?:"
    r"(?P<dot>\.| {1,8}\. {0,8}| {0,2}[\[({<\u3010] {0,2}[.\u3002] {0,2}[\])}>\u3011] {0,2})"
    r"|(?P<stop> {0,8}\u3002 {0,8})"
    r"|(?P<gap>\. {1,8})"
    rf")(?={LABEL})"
)
"""What stands between two labels. A white space before a dot, and brackets around it, are disguises. A full stop or a
dot before white space ends a sentence as a rule."""
_SCHEME = (
    r"(?<=[a-z0-9]): {0,2}[/\\]{2}|: {0,2}[/\\]{2}(?=\S)"
    r"|(?<![a-z0-9])(?:https?|hxxps?|ftps?|file) {0,4}: {0,4}[/\\]"
    rf"|(?<![a-z0-9])(?:(?:https?|hxxps?|ftps?|javascript|vbscript|mailto):(?={LABEL})|data:[a-z]{{1,20}}+/)"
    r"|(?<![a-z0-9])www\d{0,3} {0,8}[.\u3002] {0,8}(?=[^\s.\u3002])"
    rf"|\\\\(?={LABEL})"
)
_OCTET = r"(?:0x[0-9a-f]{1,8}+|0{0,8}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?!\d))"
_IPV4 = rf"(?<![a-z0-9_.]){_OCTET}(?:[.\u3002]{_OCTET}){{3}}(?![a-z0-9_]|[.\u3002]\d)"
_HEXADECIMAL = r"(?<![a-z0-9_])0x(?:[0-9a-f]{7,8}+(?![a-z0-9_])|[0-9a-f]{1,8}+(?=\.(?:0x[0-9a-f]|\d)))"
_DECIMAL = r"(?<![a-z0-9_])\d{8,10}(?=:\d{2,5}/[a-z])|(?<=[/\\][/\\])\d{8,10}(?![a-z0-9_])"
"""With a port, or behind `//`: `20261130/a` is the number of a file."""
_IPV6 = r"(?<![0-9a-z:.])[0-9a-f:]{3,41}(?![0-9a-z:])"
_NUMBERED = r"(?<![^\s(\u3001-\u3020,;!?])\d{1,3}\Z"
"""`1.信息：…` is an item of a list."""
_ALONE_BEFORE, _ALONE_BEHIND = r"(?:\A|[\s\"'(\[{<\u3008-\u3020])", r"(?=\Z|[\s\"')\]}>\u3008-\u3020])"


class Core(NamedTuple):
    """Behind `scheme`, everything up to white space is part of the address. Before `domain`, there is a label."""

    start: int
    end: int
    form: Literal["scheme", "domain", "number"]


def cores(folded: Folded, *, in_name: bool) -> list[Core]:
    """In order. Linear in the length of the text. `in_name`: the text has no sentences, so each full stop is a dot."""
    return sorted([*_schemes(folded.text), *_domains(folded, in_name), *_numbers(folded.text)])


def _schemes(text: str) -> Iterator[Core]:
    for found in re.finditer(_SCHEME, text):
        yield Core(*found.span(), "scheme")


def _domains(folded: Folded, in_name: bool) -> Iterator[Core]:
    text = folded.text
    labels = re.compile(LABEL + "{1,64}+")
    for step in re.finditer(_STEP, text):
        label = labels.match(text, step.end())
        top = None if label is None else ending(label[0])
        if top is None or is_dot_of_company(folded.cased, step.start(), step.end() + len(top)):
            continue
        if _is_dot(folded, step, top) or (in_name and step["gap"] is None):
            yield Core(step.start(), step.end() + len(top), "domain")


def _is_dot(folded: Folded, step: re.Match[str], top: str) -> bool:
    """True if the step is inside of a domain name, and not the end of a sentence or the number of an item."""
    text = folded.text
    end = step.end() + len(top)
    if is_no_word(top) or re.match(r"(?::\d{2,5})?[/\\]", text[end : end + 8]):
        return True
    if step["dot"] is not None:
        return top.isascii() or re.search(_NUMBERED, text[max(0, step.start() - 4) : step.start()]) is None
    if step["stop"] is not None and top.isascii():
        return not ends_at_stop(folded.cased, step["stop"], *step.span())
    return is_country(top) and (text[step.start() - 1].isascii() or _is_alone(text, step, top))


def _is_alone(text: str, step: re.Match[str], top: str) -> bool:
    """True if there is one word before the full stop, and nothing behind the country: no sentence is like that."""
    before = text[max(0, step.start() - 21) : step.start()]
    if re.search(rf"{_ALONE_BEFORE}{LABEL}{{1,20}}\Z", before) is None:
        return False
    return re.compile(_ALONE_BEHIND).match(text, step.end() + len(top)) is not None


def _numbers(text: str) -> Iterator[Core]:
    for pattern in (_IPV4, _HEXADECIMAL, _DECIMAL):
        for found in re.finditer(pattern, text):
            if pattern is not _IPV4 or not is_counted(text, *found.span()):
                yield Core(*found.span(), "number")
    for found in re.finditer(_IPV6, text):
        number = re.sub(r"\A:(?!:)|(?<!:):\Z", "", found[0])  # the colons of the sentence
        groups = len(number.replace(":", " ").split())
        is_long = groups > 2 or (
            groups > 0 and text[found.start() - 1 : found.start()] == "["
        )  # `1::2` is a proportion
        if number.count(":") >= 2 and is_long and _is_ipv6(number):
            yield Core(*found.span(), "number")


def _is_ipv6(text: str) -> bool:
    import ipaddress  # late: few texts have colons like that

    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
