"""Faults of printed forms, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_LINE = "forms/order/sections/0/lines/0"


def form(*lines: Any, **said: Any) -> dict[str, Any]:
    return {"order": {"zh": "工单", "sections": [{"zh": "受理", "lines": list(lines)}], **said}}


def line(**said: Any) -> dict[str, Any]:
    return form({"zh": "行", **said})


FORMS: dict[str, tuple[str, Any, str, str]] = {
    "a form without a name": ("forms", {"order": {"sections": []}}, "forms/order/name", "missing"),
    "a form without sections": ("forms", form(sections=[]), "forms/order/sections", "prints-nothing"),
    "a section without lines": ("forms", form(), "forms/order/sections/0/lines", "prints-nothing"),
    "a line that shows nothing": ("forms", line(), f"{_LINE}/shows", "missing"),
    "a line with a colour": ("forms", line(shows="number", colour="red"), f"{_LINE}/colour", "unknown-key"),
    "a line of what no case has": ("forms", line(shows="stars"), f"{_LINE}/shows", "cannot-be-printed"),
    "a line of an unknown clock": ("forms", line(shows="clock.noon"), f"{_LINE}/shows", "cannot-be-printed"),
    "a line of an event that cannot happen": (
        "forms",
        line(shows="event.closed"),
        f"{_LINE}/shows",
        "cannot-be-printed",
    ),
    "a line of the same value twice": (
        "forms",
        form("amount", {"zh": "又", "shows": "amount"}),
        "forms/order/sections/0/lines/1/shows",
        "printed-twice",
    ),
    "a form for an unknown role": ("forms", form("number", by="eve"), "forms/order/by", "no-role"),
    "a form for nobody": ("forms", form("number", by=[]), "forms/order/by", "form-without-reader"),
    "a value of an event that cannot happen": (
        "forms",
        line(shows="amount", on="closed"),
        f"{_LINE}/on",
        "cannot-happen",
    ),
    "a value of an event that does not give it": (
        "forms",
        line(shows="amount", on="accepted"),
        f"{_LINE}/on",
        "never-given",
    ),
    "another event than the line shows": (
        "forms",
        line(shows="event.decided", on="accepted"),
        f"{_LINE}/on",
        "never-given",
    ),
    "events of a built-in value": ("forms", line(shows="stage", on="decided"), f"{_LINE}/on", "line-without-effect"),
    "all values of the number": ("forms", line(shows="number", all=True), f"{_LINE}/all", "line-without-effect"),
    "more forms than are read": (
        "forms",
        {f"form{n}": {"zh": "单", "sections": [{"lines": "number"}]} for n in range(21)},
        "forms",
        "too-many-of",
    ),
    "more sections than are read": (
        "forms",
        form(sections=[{"lines": ["number"]}] * 31),
        "forms/order/sections",
        "too-many-of",
    ),
    "more lines than are read": ("forms", form(*["number"] * 101), "forms/order/sections/0/lines", "too-many-of"),
}
