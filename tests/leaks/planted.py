"""What a test has made or sent and nothing may write: tokens, receipts, passwords, keys, particulars, a case's texts.

They are planted where they are made and with each request; what is written meanwhile (logs, figures, error answers) is
searched for them when the test is over (`tests.leaks.plugin`), and for secrets in what later tests of the process
write, too: a fixture of a whole module makes them in its first test, and all others have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

SHORTEST = 8
"""Characters; what is shorter is found by chance. Half of it where a character is a word's worth (CJK)."""

_SHOWN = re.compile(r'"(receipt|secret|password|token)": ?"([^"]+)"|X-Amz-(Signature)=([0-9a-f]{64})')
_WORDS = re.compile(r"[\w.-]{8,}")
_PARTS = re.compile(r"[\w-]{8,}")
_NAMES_OF_OURS = re.compile(r"[a-z0-9_.:/#-]*")
_HEADERS = {"authorization": "credentials", "idempotency-key": "idempotency key"}

_secrets: dict[str, str] = {}
_earlier: dict[str, str] = {}
"""The longest part of each secret of the tests before, which is random enough to be looked up as a whole."""
_private: dict[str, str] = {}
_written: list[str] = []


def plant_secret(kind: str, text: str) -> None:
    """Of a token with parts, the last: it alone makes the others good."""
    last = text.rpartition(".")[2]
    if len(last) >= SHORTEST:
        _secrets[last] = kind


def plant_private(kind: str, text: str) -> None:
    if len(text) >= (SHORTEST if text.isascii() else SHORTEST // 2):
        _private[text] = kind


def sent(headers: Mapping[str, str], body: Any) -> None:
    for name, text in headers.items():
        if kind := _HEADERS.get(name.lower()):
            plant_secret(kind, text.rpartition(" ")[2])
    for kind, text in _particulars(body):
        plant_private(kind, text)


def answered(status: int, text: str) -> None:
    """An answer that succeeds may show a secret once; an error may show none."""
    if status >= 400:
        _written.append(text)
        return
    for kind, shown, signature, signed in _SHOWN.findall(text):
        plant_secret(kind or signature, shown or signed)


def written(text: str) -> None:
    _written.append(text)


def found() -> list[str]:
    """What was written although it was planted, as `kind: marker`; both are forgotten, but for what secrets were."""
    text = "\n".join(_written)
    words = "\n".join(set(_WORDS.findall(text)))
    leaks = [f"{kind}: {marker}" for marker, kind in _secrets.items() if marker in words]
    leaks += [f"{kind}: {marker}" for marker, kind in _private.items() if marker in text]
    leaks += [f"{_earlier[part]} of an earlier test: {part}" for part in _earlier.keys() & set(_PARTS.findall(text))]
    _earlier.update(
        (max(parts, key=len), kind) for marker, kind in _secrets.items() if (parts := _PARTS.findall(marker))
    )
    for kept in (_secrets, _private, _written):
        kept.clear()
    return leaks


def _particulars(body: Any) -> Iterator[tuple[str, str]]:
    """Facts of the complainant, texts of a case, addresses. What has the form of a policy's names is a choice."""
    if not isinstance(body, Mapping):
        return
    if isinstance(body.get("email"), str):
        yield "e-mail address", body["email"]
    for part in ("facts", "fields"):
        values = body.get(part)
        for name, value in values.items() if isinstance(values, Mapping) else ():
            if not isinstance(value, str):
                continue
            if name.startswith("complainant."):
                yield "particular", value
            elif not _NAMES_OF_OURS.fullmatch(value.lower()):
                yield "text", value
