"""Finds the web addresses of a text, and leaves them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase, digits, punctuation

from chalicelib.kit.web_addresses.endings import is_no_word
from chalicelib.kit.web_addresses.folding import fold
from chalicelib.kit.web_addresses.forms import LABEL, Core, cores

_SEARCHES = 2
"""An address can hide another one: in `1.2.3.4evil.com`, the number is none before `evil.com` is left out."""
_BEFORE = frozenset(ascii_lowercase + digits + punctuation) - frozenset("\"'(),;<>]^`{|}")
"""ASCII signs that an address has before its core: scheme, user, password, labels."""
_REST = r"[^\s<>\"\u3001\u3002\u3008-\u3011\u201c\u201d,;!]*+"
_OF_SENTENCE = ".:?')]}"
"""Behind an address, these end the sentence or what is in brackets around it."""
_PORT_AND_PATH = rf"(?:[.-][a-z0-9][a-z0-9.-]*+)?\]?(?: ?:\d{{2,5}}(?!\d))?(?:[/\\?\x23@]{_REST})?"

_NAME = r"[\w'-]{1,64}+(?:\.[\w'-]{1,64}+){0,31}"
"""Of a person's mailbox: words with dots between them."""


def has_any(name: str) -> bool:
    """True if the name has a web address, or what reads as one in a name: `领奖。公司`."""
    return bool(cores(fold(name), in_name=True))


def is_lure(email: str) -> bool:
    """True if the e-mail address reads as a web address before its `@`.

    A stranger can choose the tag behind `+`. The name before it is the mailbox, so `wang.li@…` is none, although `li`
    is a top-level domain. `/` is none of a name, and ends the host of a web address.
    """
    local = email.rpartition("@")[0]
    name, _, tag = local.partition("+")
    if "/" in local or has_any(tag):
        return True
    found = cores(fold(name), in_name=True)
    if re.fullmatch(_NAME, name) is None:
        return bool(found)
    return any(core.form != "domain" or is_no_word(name[core.start + 1 : core.end].lower()) for core in found)


def find(text: str) -> Iterator[tuple[int, int]]:
    """The places of all addresses, in order, as indexes of the first sign and of the one behind the last."""
    folded = fold(text)
    end = 0
    for core in cores(folded, in_name=False):
        if core.start < end:
            continue
        start, end = _start(folded.text, core, end), _end(folded.text, core)
        yield folded.place(start, end)


def without(text: str, instead: str) -> str:
    """The text with `instead` for each address: only punctuation, or with punctuation at both ends.

    What is left is searched again. Where a third search still finds something, nothing of the text is left.
    """
    for _ in range(_SEARCHES):
        left = _once_without(text, instead)
        if left == text:
            return text
        text = left
    return instead if any(find(text)) else text


def _once_without(text: str, instead: str) -> str:
    parts, behind = [], 0
    for start, end in find(text):
        parts += [text[behind:start], instead]
        behind = end
    return "".join([*parts, text[behind:]])


def _start(text: str, core: Core, floor: int) -> int:
    """Where the address begins, from its core on to the left. `floor`: the end of the address before."""
    start = core.start
    if core.form == "domain" and start > floor and not text[start - 1].isascii():
        while start > floor and re.match(LABEL, text[start - 1]):
            start -= 1
        return start
    while start > floor and text[start - 1] in _BEFORE:
        start -= 1
    return start


def _end(text: str, core: Core) -> int:
    found = re.compile(_REST if core.form == "scheme" else _PORT_AND_PATH).match(text, core.end)
    behind = "" if found is None else found[0]
    return core.end + len(behind.rstrip(_OF_SENTENCE))
