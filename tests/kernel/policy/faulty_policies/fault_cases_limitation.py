"""Faults of limitations of several parts, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_LIMITATION = "intake/limitation"
_PARTS = [{"from": "when", "within": "9 days"}, {"from": "when", "within": "2 days"}]


def parts(*changed: dict[str, Any]) -> dict[str, Any]:
    """Two good parts, of which the second is changed."""
    return {"later of": [_PARTS[0], *({**_PARTS[1], **one} for one in changed)]}


LIMITATION: dict[str, tuple[str, Any, str, str]] = {
    "a limitation of one part": (_LIMITATION, {"later of": _PARTS[:1]}, f"{_LIMITATION}/later of", "limitation-parts"),
    "a limitation of five parts": (
        _LIMITATION,
        {"earlier of": [*_PARTS, *_PARTS, *_PARTS[:1]]},
        f"{_LIMITATION}/earlier of",
        "limitation-parts",
    ),
    "a limitation in two ways": (
        _LIMITATION,
        {"later of": _PARTS, "earlier of": _PARTS},
        _LIMITATION,
        "limitation-ways",
    ),
    "a limitation in no way": (_LIMITATION, {}, _LIMITATION, "limitation-ways"),
    "a limitation with the latest fact and no limit": (_LIMITATION, {"latest": "when"}, _LIMITATION, "limitation-ways"),
    "a limitation with a part without end": (
        _LIMITATION,
        parts({"within": "none"}),
        f"{_LIMITATION}/later of/1/within",
        "limitation-without-end",
    ),
    "a limitation with a part that is no limit": (
        _LIMITATION,
        parts({"within": "2 moons"}),
        f"{_LIMITATION}/later of/1/within",
        "no-limit",
    ),
    "a limitation with a part from a text": (
        _LIMITATION,
        parts({"from": "content"}),
        f"{_LIMITATION}/later of/1/from",
        "no-public-time",
    ),
    "a limitation with a part on no calendar": (
        _LIMITATION,
        parts({"calendar": "bank"}),
        f"{_LIMITATION}/later of/1/calendar",
        "no-calendar",
    ),
    "a limitation of the earlier of a limit and a number": (
        _LIMITATION,
        {"earlier of": [_PARTS[0], {"from": "when", "within": 5}]},
        f"{_LIMITATION}/earlier of/1/within",
        "wrong-kind",
    ),
    "a limitation with a part from nothing": (
        _LIMITATION,
        {"later of": [*_PARTS, {"within": "2 days"}]},
        f"{_LIMITATION}/later of/2/from",
        "missing",
    ),
}
