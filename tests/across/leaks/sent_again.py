"""The form with which the page of an error sends again what it got. It holds what was sent, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

FORM = re.compile(r'<form method="post" class="kept">.*?</form>', re.DOTALL)
_WORDS = ("error.kept", "again.send")
_PLAIN = {
    "form": {"method": "post", "class": "kept"},
    "p": {},
    "button": {"class": "button"},
}
"""The elements besides inputs, with all their attributes."""
_HIDDEN = {"type", "name", "value"}


def not_sent(form: str, body: Any) -> list[str]:
    """What the form has besides the fields of the request's body, without the values. `form`: its HTML."""
    found = _Read()
    found.feed(form)
    found.close()
    return [*found.strange, *_differences(Counter(found.fields), Counter(_fields(body)))]


def _differences(shown: Counter[tuple[str, str]], sent: Counter[tuple[str, str]]) -> Iterator[str]:
    yield from (f"field {name} was not sent so" for name, _ in shown - sent)
    yield from (f"field {name} is left out" for name, _ in sent - shown)


def _fields(body: Any) -> list[tuple[str, str]]:
    text = body.decode() if isinstance(body, bytes) else ""
    return [_comparable(name, value) for name, value in parse_qsl(text, keep_blank_values=True)]


def _comparable(name: str, value: str) -> tuple[str, str]:
    """White space that is too long is cut, and line breaks differ."""
    return name, "".join(value.split())


class _Read(HTMLParser):
    """`fields`: those of the hidden inputs. `strange`: all that is neither such an input nor a part of every form."""

    def __init__(self) -> None:
        from chalicelib.web.pages.reader import CHINESE, ENGLISH, Reader  # the process that shares out tests needs none

        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.strange: list[str] = []
        readers = (Reader(language, chosen=True) for language in (CHINESE, ENGLISH))
        self._words = {reader.text(key) for reader in readers for key in _WORDS}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.keys() == _HIDDEN and given["type"] == "hidden":
            self.fields.append(_comparable(given["name"], given["value"]))
        elif _PLAIN.get(tag) != given:
            self.strange.append(f"element {tag} with {', '.join(sorted(given))}")

    def handle_data(self, data: str) -> None:
        if data.strip() and data.strip() not in self._words:
            self.strange.append("another text")

    def handle_comment(self, _: str) -> None:
        self.strange.append("a comment")
