"""The costly documents: most are accepted, and some are refused because of their cost."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from tests.kernel.policy.faulty_policies.faulty import GOOD

Document = dict[str, Any]
FILING = {
    "channel": "phone",
    "facts": {"size": "s", "content": "x", "when": "2026-11-26T00:00:00+08:00"},
    "severity": "low",
}
AT = "2026-11-27T09:00:00+08:00"
_CLASSIFIED = {"event": "classified", "at": AT, "fields": {"severity": "low"}}
EVENTS = [{"event": "registered", "at": AT}, *[_CLASSIFIED] * 99]
MOST_CLOCKS = 97
"""With the two of the good policy and its task."""
LATER_OF_4 = "later of 2400 working days, 3600 calendar days, 118 months, 9 calendar years"
LATER_OF_4_SHORT = "later of 200 working days, 250 calendar days, 11 months, 9 calendar months"
HALVES = [f"{50 + number} %" for number in range(1, 21)]
MONTHS_BEFORE = [f"{number} months before" for number in range(1, 21)]
ESCALATING = [{"roles": ["ann", "bob"], "within": "1 second"}] * 19 + [{"roles": ["ann"], "again": "1 hour"}]


def policy(**parts: Any) -> Document:
    """The good policy, in which the complainant can withdraw at once, with other parts."""
    document = copy.deepcopy(GOOD)
    document["stages"]["registered"]["tick"] = {"by": "ann", "to": "registered"}
    document["stages"]["registered"]["withdraw"] = {"by": "complainant", "to": "end"}
    return {**document, **parts}


def clocks(count: int, within: Any, warn: Sequence[str] = (), **more: Any) -> Document:
    document = policy(**{name: more.pop(name) for name in ("tiers", "calendars", "calendar") if name in more})
    clock = {"from": "registered", "until": "decided", "within": within, "warn": list(warn), **more}
    document["clocks"] |= {f"c{number}": clock for number in range(count)}
    return document


def recurring(tasks: int) -> Document:
    document = clocks(MOST_CLOCKS, "1 day")
    task = {"zh": "任务", "for": "bob", "quarterly": {"day": 1, "due": "1 working day"}}
    document["tasks"] |= {f"t{number}": task for number in range(tasks)}
    return document


def routes(count: int) -> Document:
    document = clocks(60, "1 day")
    route = {"when": {"channel": ["letter"] * 80}, "role": "ann"}
    document["intake"]["routing"] = [{"when": {"channel": ["phone"]}, "role": "bob"}, *[route] * count]
    return document


def repeated_field(times: int, choices: int) -> Document:
    """An act that takes one field many times."""
    document = policy()
    document["fields"]["pick"] = {"zh": "选", "kind": "choice", "choices": [f"v{number}" for number in range(choices)]}
    document["stages"]["registered"]["classify"]["takes"] = ["pick"] * times
    return document


def told(times: int) -> Document:
    document = policy()
    telling = {"to": ["ann", "bob"] * 100, "when": {"channel": ["letter", "letter", "phone"]}}
    document["stages"]["registered"]["classify"]["tells"] = [telling] * times
    return document


def narrow(number: int) -> Document:
    """A calendar that opens for a minute a week."""
    return {"timezone": "Europe/Berlin", "hours": {"mon": [f"09:{number:02}-09:{number + 1:02}"]}}


def on_narrow_calendars(limits: int) -> Document:
    """Different limits, each of which a unit can use on each of eleven narrow calendars."""
    document = policy(calendars={f"k{number}": narrow(number) for number in range(10)})
    for number in range(limits):
        clock = {"from": "registered", "until": "decided", "calendar": "unit"}
        document["clocks"][f"c{number}"] = {**clock, "within": f"{400 + number} working minutes"}
    return document


def examples(count: int, events: int) -> Document:
    """Each event starts every clock again."""
    document = clocks(MOST_CLOCKS, "100 seconds", HALVES, **{"from": ["registered", "classified"]})
    days = [{**_CLASSIFIED, "at": "2026-11-27T09:00"}] * events
    example = {
        "given": {"channel": "phone", "facts": {"size": "s"}, "severity": "low"},
        "events": [{"event": "registered", "at": "2026-11-27T09:00"}, *days],
        "then": {"tier": 1},
    }
    document["examples"] = [example] * count
    return document


ACCEPTED: dict[str, Callable[[], Document]] = {
    "the good policy": policy,
    "a thousand days for every clock": lambda: clocks(MOST_CLOCKS, "1000 calendar days", HALVES),
    "four limits for every clock": lambda: clocks(MOST_CLOCKS, LATER_OF_4_SHORT, HALVES),
    "every clock misses at once": lambda: clocks(MOST_CLOCKS, "1 second", tiers=ESCALATING),
    "twenty warnings in seconds": lambda: clocks(MOST_CLOCKS, "100 seconds", HALVES, tiers=ESCALATING),
    "every clock starts again": lambda: clocks(MOST_CLOCKS, "1 second", **{"from": ["registered", "classified"]}),
    "every clock with its warnings starts again": lambda: clocks(
        MOST_CLOCKS, "119 months", MONTHS_BEFORE, **{"from": ["registered", "classified"]}
    ),
    "ninety recurring tasks": lambda: recurring(90),
    "ninety routes": lambda: routes(90),
    "six clocks act": lambda: clocks(6, "1 day", missed={"act": "tick"}),
    "a field four thousand times": lambda: repeated_field(4_000, 4_000),
    "thirty messages to two hundred names": lambda: told(30),
}
"""Accepted documents. A filing, an act or a wake-up under them can be refused because of its cost."""
REFUSED: dict[str, tuple[Callable[[], Document], str]] = {
    "ten years for every clock": (lambda: clocks(MOST_CLOCKS, "3600 calendar days"), "/policy/clocks"),
    "four limits of ten years for every clock": (lambda: clocks(MOST_CLOCKS, LATER_OF_4), "/policy/clocks"),
    "limits on narrow calendars": (lambda: on_narrow_calendars(90), "/policy/clocks/c0/within"),
    "every clock acts": (lambda: clocks(MOST_CLOCKS, "1 day", missed={"act": "tick"}), "/policy/stages"),
    "examples that start every clock again": (lambda: examples(20, 49), "/policy/examples/0"),
}
"""Documents that are refused because of their cost, each with the place of the fault."""


def _paused(calendar: Document, within: str, hours: int) -> Document:
    """A hundred pauses, one in ten days."""
    start = from_text(AT)
    pauses = [(to_text(start + n * 10 * DAY), to_text(start + n * 10 * DAY + hours * HOUR)) for n in range(1, 101)]
    return {"calendar": calendar, "start": AT, "within": within, "pauses": pauses}


_OFTEN = {"timezone": "Asia/Shanghai", "hours": {"mon-sun": [f"{2 * n:02}:00-{2 * n:02}:30" for n in range(12)]}}
_RARELY = {"timezone": "Asia/Shanghai", "hours": {"mon": ["09:00-09:01"]}}
_NEVER = {
    **_RARELY,
    "closed": [
        f"20{year:02}-{month:02}-{day:02}" for year in range(27, 50) for month in range(1, 13) for day in (1, 8, 15, 22)
    ],
}
DEADLINES: dict[str, Document] = {
    "a minute a week": _paused(_RARELY, "3000 working minutes", 9),
    "a minute a week and a thousand closed days": _paused(_NEVER, "1000 working minutes", 9),
    "twelve times a day": _paused(_OFTEN, "9000 working hours", 100),
    "ten years of days": _paused({**_RARELY, "last_day": "next working day"}, "3650 calendar days", 200),
    "four limits": _paused(_OFTEN, LATER_OF_4, 100),
    "ten years of working days": _paused(_OFTEN, "3600 working days", 239),
}
"""Previews of deadlines."""
