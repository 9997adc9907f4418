"""Deadlines as a calendar file (RFC 5545), for the calendar of a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.kit.instants import from_text, to_text
from chalicelib.web.pages.reader import Reader

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LINE = 75
"""Most octets of a line (section 3.1)."""


def calendar_file(deadlines: Iterable[Mapping[str, Any]], number: str, url: str, now: str, reader: Reader) -> str:
    """`deadlines`: `DeadlineView`s as JSON; one without a due time has no entry. `url`: of the page. `now`: UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Redress//Deadlines//EN"]
    for one in deadlines:
        if one["due"]:
            lines += _event(one, number, url, now, reader)
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(one: Mapping[str, Any], number: str, url: str, now: str, reader: Reader) -> list[str]:
    label = reader.label(one.get("label"), one["clock"])
    summary = reader.text("calendar.summary", label=label, number=number)
    return [
        "BEGIN:VEVENT",
        f"UID:{number}-{one['clock']}-{one['run']}@{_escaped(url.split('/')[2])}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(one['due'])}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(one['because']['text'][reader.language])}",
        f"URL:{url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _moment(text: str) -> str:
    """UTC, to the second: `20261204T100000Z`."""
    return to_text(from_text(text))[:19].replace("-", "").replace(":", "") + "Z"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line, broken between characters. A line that goes on begins with a blank."""
    parts, size = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LINE:
            parts.append("")
            size = 1
        parts[-1] += sign
        size += octets
    return "\r\n ".join(parts) + "\r\n"
