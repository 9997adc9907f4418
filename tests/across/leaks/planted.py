"""Markers: values of a test that must not be written. Tokens, receipts, passwords, keys, personal data, texts of cases.

A marker is planted when the value is created and with each request. After the test, `tests.across.leaks.plugin`
searches the output (logs, metrics, error responses) for markers. Secrets are also searched for in the output of later
tests in the process, because module fixtures create them in the first test and share them with all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

SHORTEST = 8
"""Minimum length in characters: shorter texts occur by chance. Half of it for CJK, whose characters are words."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMED = re.compile(r'"sub": ?"([0-9a-f-]{36})"')
_SHOWN = {f'"{kind}"': re.compile(rf'"{kind}": ?"([^"]+)"') for kind in ("receipt", "secret", "password", "token")}
_SHOWN |= {"X-Amz-Signature": re.compile("X-Amz-Signature=([0-9a-f]{64})")}
"""By a word, which is looked up much faster: the pattern of what it shows."""
_WORDS = re.compile(r"[\w.-]{8,}")
_PARTS = re.compile(r"[\w-]{8,}")
_NAMES_OF_OURS = re.compile(r"[a-z0-9_.:/#-]*")
_ENTERED = re.compile(
    r'(?<=<input id="receipt" name="receipt" value=")[^"]*|<form method="post" class="kept">.*?</form>', re.DOTALL
)
_HEADERS = {"authorization": "credentials", "idempotency-key": "idempotency key"}

_secrets: dict[str, str] = {}
_earlier: dict[str, str] = {}
"""The longest part of each secret of earlier tests. It is random enough to be looked up as a whole."""
_private: dict[str, str] = {}
_written: list[str] = []
_people: set[str] = set()
"""Ids of people, of every test of the process: no party may see one."""
_AT_DESK = re.compile(r"/t/[^/]+/desk(?:[/?]|$)")
_shown_to_parties: set[str] = set()
"""Every id in the responses of a test to requests with receipts."""


def plant_secret(kind: str, text: str) -> None:
    """Of a token with several parts, plants the last: the signature makes the token valid."""
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
    """A successful response may contain a new secret. An error must not, except in the input in which its reader
    entered it, or in the form that sends again what they have sent."""
    if status >= 400:
        _written.append(_ENTERED.sub("", text))
        return
    for word, pattern in _SHOWN.items():
        if word in text:
            for shown in pattern.findall(text):
                plant_secret(word.strip('"'), shown)


def plant_person(id_: str) -> None:
    _people.add(id_)


def shown(path: str, headers: Mapping[str, str], text: str) -> None:
    """A response. `path`, `headers`: of its request, which tell whether a party or a person sees it."""
    if not path.startswith(("/t/", "/v1/t/")) or _AT_DESK.match(path):
        return  # such as the API's own document, whose examples have ids; the desk is for members
    credentials = next((value for name, value in headers.items() if name.lower() == "authorization"), "")
    if credentials.startswith("Receipt") or path.startswith("/t/"):  # pages are for complainants and the public
        _shown_to_parties.update(_ID.findall(text))
    else:
        _people.update(_NAMED.findall(text))


def written(text: str) -> None:
    _written.append(text)


def found() -> list[str]:
    """The markers that were written, as `kind: marker`. Clears the markers and the output, but keeps the secrets."""
    text = "\n".join(_written)
    pieces = "\n".join(set(text.split('"')))  # without repeated names of fields, which are most of a log
    words = "\n".join(set(_WORDS.findall(pieces)))
    leaks = [f"{kind}: {marker}" for marker, kind in _secrets.items() if marker in words]
    leaks += [f"{kind}: {marker}" for marker, kind in _private.items() if marker in text]
    leaks += [f"{_earlier[part]} of an earlier test: {part}" for part in _earlier.keys() & set(_PARTS.findall(words))]
    leaks += [f"id of a person, shown to a party: {id_}" for id_ in sorted(_shown_to_parties & _people)]
    _earlier.update(
        (max(parts, key=len), kind) for marker, kind in _secrets.items() if (parts := _PARTS.findall(marker))
    )
    for kept in (_secrets, _private, _written, _shown_to_parties):
        kept.clear()
    return leaks


def _particulars(body: Any) -> Iterator[tuple[str, str]]:
    """Facts of the complainant, texts of a case, addresses. A value with the form of a policy name is a choice, not a
    marker."""
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
