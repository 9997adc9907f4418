"""`make ops …`: what operators of a deployment ask and order, by signed requests. Without words it lists the commands.

Exit 1: the service cannot be reached or refuses the request; 2: wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from urllib.parse import quote

from chalicelib.kit.instants import to_text
from infra.commands.signed_requests import Ask, Stopped, asking, printable

_VARIABLES = ("REASON", "TEXT", "FINDING")
"""What a command takes besides its words, as `make ops suspend east REASON="unpaid"`."""
_REPORTS = ("id", "reference", "state", "at", "changed")
_QUARANTINED = ("id", "aggregate", "parked_at", "reason")
_ORGANISATIONS = ("id", "name", "state", "plan", "open", "created_at", "reason")
_LIMITS = ("limit", "used", "most", "until")
_TIMES = ("at", "changed", "created_at", "until", "parked_at")
Lines = Iterator[str]


class Command(NamedTuple):
    """`words`: in capitals those that the caller gives; in brackets, that they may. `takes`: of `_VARIABLES`, by the
    name in the body. `pages`: the member of the response that lists rows, page after page. `show`: the lines of the
    answer; of the rows, if there are pages."""

    words: str
    says: str
    method: str
    path: str
    show: Callable[[Any], Lines]
    takes: Mapping[str, str] = {}
    pages: str = ""
    word_in_body: str = ""
    """The name of the last word in the body, if the path does not have it."""


def _table(columns: Sequence[str]) -> Callable[[Any], Lines]:
    def lines(found: Sequence[Mapping[str, Any]]) -> Lines:
        rows = [tuple(name.replace("_", " ").upper() for name in columns)]
        rows += [tuple(_cell(name, one.get(name)) for name in columns) for one in found]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        for row in rows if found else ():
            yield "  ".join(
                text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
            ).rstrip()
        open_ones = f", {sum(one['state'] != 'closed' for one in found)} not closed" if columns is _REPORTS else ""
        yield f"{len(found)} found{open_ones}"

    return lines


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _TIMES:
        text = to_text(value) if isinstance(value, int) else str(value)
        return text[:16].replace("T", " ")
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else printable(str(value))


def _members(found: Mapping[str, Any]) -> Lines:
    width = max(map(len, found), default=0)
    for name, value in found.items():
        yield f"{name.ljust(width)}  {'none' if value in (None, []) else _plain(value)}"


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _report(report: Mapping[str, Any]) -> Lines:
    about = report["about"]
    named = [*(["the office"] if about["office"] else []), *about["people"], *about["names"]]
    finding = f" ({report['finding']})" if report["finding"] else ""
    yield from _members(
        {
            "state": report["state"] + finding,
            "for": f"{report['to']}, as the reporter chose",
            "about": named,
            "complaint": report["complaint"],
            "contact": report["contact"],
            "acts": report["acts"],
        }
    )
    for event in report["events"]:
        yield f"{_cell('at', event['at'])}  {event['type']}, by {event['by']}"
        yield from (f"    {line}" for line in (event["text"] or "").splitlines())


def _use(found: Mapping[str, Any]) -> Lines:
    yield f"plan {found['plan']}"
    yield from _table(_LIMITS)([{"limit": name, **one} for name, one in found["limits"].items()])


_TENANT = "/tenants/{ORGANISATION}"
COMMANDS = (
    Command(
        "organisations [STATE]",
        "all, or those in this state",
        "GET",
        "/tenants",
        _table(_ORGANISATIONS),
        pages="tenants",
    ),
    Command("organisation ORGANISATION", "its state and plan", "GET", _TENANT, _members),
    Command("use ORGANISATION", "what it uses of its plan", "GET", f"{_TENANT}/usage", _use),
    Command("plan ORGANISATION PLAN", "change its plan", "PUT", f"{_TENANT}/plan", _members, word_in_body="plan"),
    Command("suspend ORGANISATION", "refuse its writes", "POST", f"{_TENANT}/suspend", _members, {"REASON": "reason"}),
    Command("resume ORGANISATION", "end its suspension", "POST", f"{_TENANT}/resume", _members),
    Command("quarantine", "due entries that failed", "GET", "/parked", _table(_QUARANTINED), pages="parked"),
    Command(
        "redrive [ORGANISATION] [AGGREGATE]",
        "try them again",
        "POST",
        "/parked/{ORGANISATION}/{AGGREGATE}/redrive",
        _members,
    ),
    Command("reconcile [ORGANISATION]", "relay the events of 14 days again", "POST", "/walk/{ORGANISATION}", _members),
    Command(
        "lift-mail-stop ADDRESS", "let mails go there again", "POST", "/mail-stops/lift", _members, word_in_body="email"
    ),
    Command("reports", "about an office, for operators", "GET", "/supervision", _table(_REPORTS), pages="reports"),
    Command("report ORGANISATION REFERENCE", "one of them", "GET", "/supervision/{ORGANISATION}/{REFERENCE}", _report),
    Command(
        "act ORGANISATION REFERENCE ACT",
        "take, note, reply or close it",
        "POST",
        "/supervision/{ORGANISATION}/{REFERENCE}/acts/{ACT}",
        _members,
        {"TEXT": "text", "FINDING": "finding"},
    ),
)


def usage() -> str:
    shown = [" ".join([one.words, *(f'{name}="…"' for name in one.takes)]) for one in COMMANDS]
    width = max(map(len, shown))
    lines = [f"  make ops {words.ljust(width)}  {one.says}" for words, one in zip(shown, COMMANDS, strict=True)]
    notes = (
        "JSON=1 (or --json) prints the response as JSON.",
        "ADDRESS=https://complaints.example names the deployment. Without it: the local stack (make run)",
    )
    return "\n".join(["usage:", *lines, *notes])


def main(words: Sequence[str], environment: Mapping[str, str]) -> int:
    as_json = "--json" in words or bool(environment.get("JSON"))
    found = _chosen([one for one in words if one != "--json"])
    if found is None:
        print(usage(), file=sys.stderr)
        return 2
    command, given = found
    try:
        answer = _answer(command, given, environment, asking(environment.get("ADDRESS", "")))
    except Stopped as stopped:
        print(f"Stopped: {stopped}", file=sys.stderr)
        return 1
    for line in [json.dumps(answer)] if as_json else map(printable, command.show(answer)):
        print(line)
    return 0


def _chosen(words: Sequence[str]) -> tuple[Command, Mapping[str, str]] | None:
    """The command, and what was given for each word in capitals."""
    for command in COMMANDS:
        name, *names = command.words.split()
        needed = sum(not one.startswith("[") for one in names)
        if words[:1] == [name] and needed <= len(words) - 1 <= len(names):
            return command, dict(zip((one.strip("[]") for one in names), words[1:], strict=False))
    return None


def _answer(command: Command, given: Mapping[str, str], environment: Mapping[str, str], ask: Ask) -> Any:
    """Of pages, the rows of all."""
    path = "/".join(_parts(command.path, given))
    body = {member: environment[name] for name, member in command.takes.items() if environment.get(name)}
    if command.word_in_body:
        body[command.word_in_body] = list(given.values())[-1]
    if not command.pages:
        return _all_of(ask, command, path, body)
    rows: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        page = ask("GET", path + (f"?cursor={quote(cursor, safe='')}" if cursor else ""))
        rows += page[command.pages]
        cursor = page["cursor"]
    return [row for row in rows if given.get("STATE") in (None, row.get("state"))]


def _all_of(ask: Ask, command: Command, path: str, body: Mapping[str, Any]) -> Any:
    """A redrive takes a part at a time: its counts are added."""
    answer = ask(command.method, path, body)
    total = answer
    while command.method == "POST" and answer.get("cursor"):
        answer = ask("POST", f"{path}?cursor={quote(answer['cursor'], safe='')}", body)
        total = {**answer, **{name: total[name] + answer[name] for name in ("redriven", "failed")}}
    return {name: value for name, value in total.items() if name != "cursor"}


def _parts(path: str, given: Mapping[str, str]) -> Iterator[str]:
    """Of the path, without those for words that were not given."""
    for part in path.split("/"):
        name = part.strip("{}")
        if not part.startswith("{"):
            yield part
        elif name in given:
            yield quote(given[name], safe="")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
