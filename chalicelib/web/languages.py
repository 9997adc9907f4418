"""What a caller prefers: the language (`Accept-Language`: English, or Chinese), and the media type (`Accept`, RFC 9110
section 12.5.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from chalicelib.kit.problem import Place, Text
from chalicelib.web.call import Reply

_TYPE_RANGE = r"\s*([\w.+*-]+/[\w.+*-]+)\s*(?:;.*?\bq\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?[^,]*"


def preferred_type(accept: str | None, offered: Sequence[str]) -> str:
    """The offered type with the highest weight; of equal weights, and if none is accepted, the first."""
    weights: dict[str, float] = {}
    for part in (accept or "").split(","):
        if found := re.fullmatch(_TYPE_RANGE, part, re.IGNORECASE):
            weights[found[1].lower()] = float(found[2] or 1)
    return max(offered, key=lambda one: _weight(weights, one))


def _weight(weights: dict[str, float], offered: str) -> float:
    """That of the most specific range."""
    family = offered.partition("/")[0]
    return next((weights[one] for one in (offered, f"{family}/*", "*/*") if one in weights), 0.0)


ENGLISH, CHINESE = "en", "zh"
OFFERED = (ENGLISH, CHINESE)
"""In the order of our preference."""
_RANGE = r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*[qQ]\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
_FAULT_LISTS = ("faults", "hints")


def preferred(accept_language: str | None, offered: tuple[str, ...] = OFFERED) -> str:
    """The offered language with the highest weight (RFC 9110 section 12.5.4). The first if none is accepted.

    `zh-CN` accepts Chinese (lookup, RFC 4647 section 3.4). Of equal weights, the first counts. Malformed ranges are
    ignored.
    """
    ranks: dict[str, tuple[float, int]] = {}
    for position, part in enumerate((accept_language or "").split(",")):
        if found := re.fullmatch(_RANGE, part):
            language, rank = found[1].lower(), (float(found[2] or 1), -position)
            ranks[language] = max(ranks.get(language, rank), rank)
    return max(offered, key=lambda language: ranks.get(language, ranks.get("*", (0.0, 0))))


def headers_of(language: str) -> dict[str, str]:
    return {"Content-Language": language, "Vary": "Accept-Language"}


def say(text: str, language: str) -> str:
    """The text in the language, as a plain string."""
    if language != CHINESE:
        return str(text)
    from chalicelib.web import chinese  # a catalogue that most requests do not need

    return chinese.translate(text)


def place_json(place: Place, language: str) -> dict[str, Any]:
    body = {"pointer": place.pointer, "detail": place.detail, **place.more}
    if isinstance(body.get("detail_zh"), Text):
        body["detail_zh"] = say(body["detail_zh"], CHINESE)
    if language != CHINESE:
        return body
    return _chinese(body) if "detail_zh" in body else {**body, "detail": say(place.text, language)}


def localized(reply: Reply, accept_language: str | None) -> Reply:
    """The reply with its lists of a policy's faults and hints in the preferred language."""
    language = preferred(accept_language)
    headers = {**reply.headers, **headers_of(language)}
    body = msgspec.to_builtins(reply.body)
    if language == CHINESE:
        lists = {name: [_chinese(fault) for fault in body[name]] for name in _FAULT_LISTS if name in body}
        body = {**body, **lists}
    return Reply(body, reply.status, headers)


def _chinese(fault: dict[str, Any]) -> dict[str, Any]:
    return {**fault, "detail": fault["detail_zh"], "mend": fault["mend_zh"]}
