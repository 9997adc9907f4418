"""Redress and django-helpdesk side by side, as rows for docs/benchmarks.md: `python -m benchmarks.helpdesk`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.command import quietly
from benchmarks.engines import run_on
from benchmarks.helpdesk import environment, redress_scenes
from benchmarks.helpdesk.environment import RESOLVING, SMTP, NotHere
from benchmarks.helpdesk.grid import DUE_PERCENT, OPEN
from benchmarks.targets import target_line

DATABASES = ("sqlite", "postgresql")
ENGINES = ("memory", "dynamodb-local")
AT_ONCE = 200
Rows = Sequence[Mapping[str, Any]]


def lines() -> Iterator[str]:
    """At each size one after the other, so that all of them meet the same machine."""
    with contextlib.ExitStack() as stack:
        rivals, missing = _rivals(stack)
        versions = (environment.ask(where, "versions")["engine"] for where in rivals.values())
        yield f"{', '.join([*environment.pinned(), *versions])}.\n"
        yield "| who | open | due | queries or calls | ms | ms each due | ms computing | of it each due |"
        yield "|---|---:|---:|---:|---:|---:|---:|---:|"
        yield from (f"| django-helpdesk, {n} | does not run here: {why} | | | | | | |" for n, why in missing.items())
        ratios = {name: dict[str, float]() for name in ("ms", "computed")}
        for open_ in OPEN:
            ours_, theirs = dict[str, Rows](), dict[str, Rows]()
            for engine in ENGINES:
                ours_[engine] = run_on(engine, "benchmarks.helpdesk.grid", open_) or []
                yield from _rows(f"Redress, {engine}", ours_[engine])
            for name, where in rivals.items():
                theirs[name] = [_timed(where, open_, open_ * part // 100) for part in DUE_PERCENT]
                yield from _rows(f"django-helpdesk, {name}", theirs[name])
            for of in ratios:
                ratios[of] |= _ratios(ours_, theirs, of)
        yield target_line("our time to theirs, where something is due,", 1, ratios["ms"])
        yield target_line("what ours and its engine compute to what theirs and its does", 1, ratios["computed"])


def scenes() -> Iterator[str]:
    with contextlib.ExitStack() as stack:
        rivals, missing = _rivals(stack)
        theirs = [scene for name, where in rivals.items() for scene in _theirs(name, where)]
    yield "| scene | who | what happened |\n|---|---|---|"
    yield from sorted([*theirs, *_own()])
    yield from (f"\n{name} does not run here: {why}." for name, why in missing.items())


def _rivals(stack: contextlib.ExitStack) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    """The variables of each database that runs here, and why each of the others does not."""
    rivals, missing = dict[str, Mapping[str, str]](), dict[str, str]()
    for name in DATABASES:
        try:
            rivals[name] = stack.enter_context(environment.database(name))
        except NotHere as why:
            print(f"{name} does not run here: {why}", file=sys.stderr)
            missing[name] = str(why)
    return rivals, missing


def _timed(where: Mapping[str, str], open_: int, due: int) -> Mapping[str, Any]:
    found = environment.ask(where, "timed", open_, due)
    return {"open": open_, "due": due, "calls": found["queries"], **found}


def _rows(who: str, rows: Rows) -> Iterator[str]:
    if not rows:
        yield f"| {who} | does not run here | | | | | | |"
    for found in rows:
        due = found["due"]
        times = " | ".join(f"{ms:.0f} | {f'{ms / due:.1f}' if due else ''}" for ms in (found["ms"], found["computed"]))
        yield f"| {who} | {found['open']:,} | {due:,} | {found['calls']:,} | {times} |"


def _ratios(ours_: Mapping[str, Rows], theirs: Mapping[str, Rows], of: str) -> dict[str, float]:
    """By what is compared: an engine of ours with a database of theirs, where both are here."""
    return {
        f"{engine} to {database} at {mine['open']:,} with {mine['due']:,} due": mine[of] / other[of]
        for engine, rows in ours_.items()
        for database, others in theirs.items()
        for mine, other in zip(rows, others, strict=False)
        if mine["due"]
    }


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
    decided = quietly(redress_scenes.resolved_during_run)
    yield _scene("resolved during the run", who, f"the stage afterwards: {decided['stage']}")
    mail = quietly(redress_scenes.mail_server_down)
    down, after = mail["while down"], mail["mails an hour later"]
    said = f"{down['recorded']} of 1 due escalated on record, {down['mails']} mails; an hour later {after} mails"
    yield _scene("the mail server refuses connections", who, said)
    due = "; ".join(f"{days}: due {at}" for days, at in quietly(redress_scenes.excluded_days).items())
    yield _scene("days excluded", who, f"three working days; {due}")


def _twice() -> dict[int, int]:
    return redress_scenes.two_runs_at_once(AT_ONCE)


def _times(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{count} × {times}" for times, count in sorted(counts.items(), key=lambda each: str(each[0])))


def _scene(scene: str, who: str, said: str) -> str:
    return f"| {scene} | {who} | {said} |"


if __name__ == "__main__":
    for line in (*lines(), "", *scenes()):
        print(line, flush=True)
