"""Faults of having too much of something, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.faulty import GOOD

MOST_TASKS = 19
"""Opened by one event: the event, a notice, and two for each."""


def tasks(count: int) -> dict[str, Any]:
    """So many that `classified` opens, those of the good policy among them."""
    own = GOOD["tasks"]
    more = {f"more{n}": {"zh": "x", "on": "classified", "for": "bob"} for n in range(count - len(own))}
    return {**own, **more}


SIZES: dict[str, tuple[str, Any, str, str]] = {
    "more tasks by one event than are recorded at once": ("tasks", tasks(MOST_TASKS + 1), "tasks", "too-much-at-once"),
    "more tellings of a new complaint than are recorded at once": (
        "intake/tells",
        ["ann"] * 40,
        "intake/tells",
        "too-much-at-once",
    ),
    "more tellings of an act than are recorded at once": (
        "stages/open/promise/tells",
        ["ann"] * 40,
        "stages/open/promise/tells",
        "too-much-at-once",
    ),
    "more tellings of an approved act than are recorded at once": (
        "stages/open/decide/tells",
        ["ann"] * 38,
        "stages/open/decide/tells",
        "too-much-at-once",
    ),
    "more warnings than a run carries": (
        "clocks/decision/warn",
        [f"{n} minutes before" for n in range(1, 22)],
        "clocks/decision/warn",
        "too-many-of",
    ),
    "more subjects than are looked up": ("intake/subject", ["size"] * 21, "intake/subject", "too-many-of"),
    "more addresses than are looked up": ("intake/email", ["content"] * 21, "intake/email", "too-many-of"),
    "more thresholds than are opened at once": (
        "points/at",
        [{"reached": n, "task": "letter"} for n in range(2, 13)],
        "points/at",
        "too-many-of",
    ),
}
