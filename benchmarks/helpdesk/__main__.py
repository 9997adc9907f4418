"""Redress and django-helpdesk side by side, as rows for docs/benchmarks.md: `python -m benchmarks.helpdesk`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.command import quietly
from benchmarks.engines import run_on
from benchmarks.helpdesk import environment, ours
from benchmarks.helpdesk.environment import RESOLVING, SMTP, NotHere
from benchmarks.helpdesk.grid import OPEN, PARTS

DATABASES = ("sqlite", "postgresql")
AT_ONCE = 200


def lines() -> Iterator[str]:
    yield "| who | open | due | queries or calls | ms | ms each due |\n|---|---:|---:|---:|---:|---:|"
    for engine in ("memory", "dynamodb-local"):
        found = run_on(engine, "benchmarks.helpdesk.grid")
        yield from (_row(f"Redress, {engine}", each) for each in found or [])
        if found is None:
            yield f"| Redress, {engine} | does not run here | | | | |"
    scenes: list[str] = []
    for name in DATABASES:
        try:
            with environment.database(name) as where:
                yield from _timed(name, where)
                scenes.extend(_theirs(name, where))
        except (NotHere, subprocess.CalledProcessError) as why:
            yield f"| django-helpdesk, {name} | does not run here: {why} | | | | |"
    yield "\n| scene | who | what happened |\n|---|---|---|"
    yield from sorted([*scenes, *_own()])


def _timed(name: str, where: Mapping[str, str]) -> Iterator[str]:
    for open_ in OPEN:
        for part in PARTS:
            due = open_ * part // 100
            found = environment.ask(where, "timed", open_, due)
            yield _row(f"django-helpdesk, {name}", {"open": open_, "due": due, "calls": found["queries"], **found})


def _row(who: str, found: Mapping[str, Any]) -> str:
    each = f"{found['ms'] / found['due']:.1f}" if found["due"] else ""
    return f"| {who} | {found['open']:,} | {found['due']:,} | {found['calls']:,} | {found['ms']:.0f} | {each} |"


def _theirs(name: str, where: Mapping[str, str]) -> Iterator[str]:
    who = f"django-helpdesk, {name}"
    twice = environment.ask(where, "two_at_once", AT_ONCE)["escalated"]
    yield _scene("two runs at once", who, f"of {AT_ONCE} due, escalated so many times: {_times(twice)}")
    status = environment.ask(where, "resolved_meanwhile", mail=RESOLVING)["status"]
    yield _scene("resolved during the run", who, f"the ticket's status afterwards: {status}")
    refused = environment.ask(where, "refused_mail", mail=SMTP)
    recorded = 3 - int(refused["escalated"].get("0", 0))
    said = f"{refused['error'] or 'no error'}; of 3 due, {recorded} on record, {refused['unrecorded']} changed without"
    yield _scene("the mail server refuses connections", who, said)
    excluded = environment.ask(where, "excluded_days")
    said = "; ".join(f"{days}: {'escalated' if '1' in found else 'not yet'}" for days, found in excluded.items())
    yield _scene("days excluded", who, f"36 hours old, three days allowed; {said}")


def _own() -> Iterator[str]:
    who = "Redress"
    yield _scene("two runs at once", who, f"of {AT_ONCE} due, missed so many times: {_times(quietly(_twice))}")
    decided = quietly(ours.resolved_meanwhile)
    yield _scene("resolved during the run", who, f"the stage afterwards: {decided['stage']}")
    mail = quietly(ours.refused_mail)
    down, after = mail["while down"], mail["mails an hour later"]
    said = f"{down['recorded']} of 1 due escalated on record, {down['mails']} mails; an hour later {after} mails"
    yield _scene("the mail server refuses connections", who, said)
    due = "; ".join(f"{days}: due {at}" for days, at in quietly(ours.excluded_days).items())
    yield _scene("days excluded", who, f"three working days; {due}")


def _twice() -> dict[int, int]:
    return ours.two_at_once(AT_ONCE)


def _times(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{count} × {times}" for times, count in sorted(counts.items(), key=lambda each: str(each[0])))


def _scene(scene: str, who: str, said: str) -> str:
    return f"| {scene} | {who} | {said} |"


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
