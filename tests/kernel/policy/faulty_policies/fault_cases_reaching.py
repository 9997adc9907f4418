"""Faults of clocks that ask whether the complainant was reached, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_CLOCK = "clocks/decision"
_SILENCE = f"{_CLOCK}/silence"
_ASKED = {"asked": "telephone"}


def clock(**more: Any) -> dict[str, Any]:
    return {"from": "decided", "until": "accepted", "within": "2 days", **more}


REACHING: dict[str, tuple[str, Any, str, str]] = {
    "a silence that is asked by letter": (
        _CLOCK,
        clock(silence={"asked": "telegram"}),
        f"{_SILENCE}/asked",
        "no-task",
    ),
    "a silence that is a text": (_CLOCK, clock(silence="telephone"), _SILENCE, "wrong-kind"),
    "a silence that asks in no way": (_CLOCK, clock(silence={}), f"{_SILENCE}/asked", "missing"),
    "a silence that waits": (
        _CLOCK,
        clock(silence={**_ASKED, "within": "1 day"}),
        f"{_SILENCE}/within",
        "unknown-key",
    ),
    "a silence of those who work": (_CLOCK, clock(silence=_ASKED), _SILENCE, "silence-of-others"),
    "an end that tells the complainant nothing": (
        _CLOCK,
        {"from": "accepted", "until": {"promised": {"reached": "yes"}}, "within": "2 days"},
        f"{_CLOCK}/until/promised/reached",
        "tells-nothing",
    ),
    "an end that reaches perhaps": (
        _CLOCK,
        {"from": "accepted", "until": {"decided": {"reached": "perhaps"}}, "within": "2 days"},
        f"{_CLOCK}/until/decided/reached",
        "no-value",
    ),
    "an end by a miss that reaches": (
        _CLOCK,
        {"from": "accepted", "until": {"reclassified": {"reached": "yes"}}, "within": "2 days"},
        f"{_CLOCK}/until/reclassified/reached",
        "no-field-of-event",
    ),
    "an attempt by pigeon": (
        _CLOCK,
        {
            "from": "accepted",
            "until": [{"decided": {"reached": "yes"}}, {"attempted": {"by": "pigeon"}}],
            "within": "2 days",
        },
        f"{_CLOCK}/until/1/attempted/by",
        "no-value",
    ),
}
