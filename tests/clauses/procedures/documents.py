"""The documents in `docs/examples`, and the examples that they contain."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import yaml

FOLDER = Path(__file__).parents[3] / "docs" / "examples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


class Golden(NamedTuple):
    """Due times, by clock, that an example states for a complaint of which only the filing is given."""

    procedure: str
    name: str
    registered: str
    filing: dict[str, Any]
    due: dict[str, str]


def text(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text("utf-8")


@cache
def document(name: str) -> dict[str, Any]:
    """Callers must not change it."""
    loaded: dict[str, Any] = yaml.load(text(name), yaml.CBaseLoader)
    return loaded


def golden(name: str) -> list[Golden]:
    """The examples in which nothing happened but the filing, if they state a due time."""
    policy = document(name)
    zone = ZoneInfo(policy["calendar"]["timezone"])
    found = []
    for example in policy["examples"]:
        due = {clock: instant(at, zone) for clock, at in example["then"].items() if _is_time(at)}
        alone = isinstance(example["events"], dict) and list(example["events"]) == ["registered"]
        if alone and due and "now" not in example:
            registered = instant(example["events"]["registered"], zone)
            found.append(Golden(name, example["name"], registered, example["given"], due))
    return found


def instant(written: str, zone: ZoneInfo) -> str:
    """`2026-10-10T24:00` on the clocks of the zone, with its offset."""
    day, _, time = written.partition("T")
    hours, minutes = map(int, time.split(":"))
    start = datetime.fromisoformat(day) + timedelta(days=hours // 24, hours=hours % 24, minutes=minutes)
    return start.replace(tzinfo=zone).isoformat()


def _is_time(stated: Any) -> bool:
    return isinstance(stated, str) and stated[:2] == "20"
