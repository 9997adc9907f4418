"""Redress compared with django-helpdesk, for docs/development/benchmarks.md: `python -m benchmarks.helpdesk`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.engines.command import quietly
from benchmarks.engines.running import run_on
from benchmarks.helpdesk import environment, redress_scenes
from benchmarks.helpdesk.environment import RESOLVING, SMTP, DatabaseUnavailable
from benchmarks.helpdesk.grid import DUE_PERCENT, OPEN
from benchmarks.targets import target_line

DATABASES = ("sqlite", "postgresql")
ENGINES = ("memory", "dynamodb-local")
AT_ONCE = 200
Rows = Sequence[Mapping[str, Any]]


def lines() -> Iterator[str]:
    """Yield the timings. Each size is measured on all systems in turn, so that other load affects all alike."""
    with contextlib.ExitStack() as stack:
        rivals, missing = _rivals(stack)
        versions = (environment.ask(where, "versions")["engine"] for where in rivals.values())
        yield f"{', '.join([*environment.pinned(), *versions])}.\n"
        yield "| system | open | due | queries or calls | ms | ms per due | CPU ms | CPU ms per due |"
        yield "|---|---:|---:|---:|---:|---:|---:|---:|"
        yield from (
            f"| django-helpdesk, {n} | does not run here: {reason} | | | | | | |" for n, reason in missing.items()
        )
        ratios = {name: dict[str, float]() for name in ("ms", "computed")}
        for open_ in OPEN:
            redress, theirs = dict[str, Rows](), dict[str, Rows]()
            for engine in ENGINES:
                redress[engine] = run_on(engine, "benchmarks.helpdesk.grid", open_) or []
                yield from _rows(f"Redress, {engine}", redress[engine])
            for name, where in rivals.items():
                theirs[name] = [_timed(where, open_, open_ * part // 100) for part in DUE_PERCENT]
                yield from _rows(f"django-helpdesk, {name}", theirs[name])
            for of in ratios:
                ratios[of] |= _ratios(redress, theirs, of)
        yield target_line("ratio of Redress's time to django-helpdesk's, if complaints are due,", 1, ratios["ms"])
        yield target_line("ratio of the CPU times, engines included,", 1, ratios["computed"])


def scenes() -> Iterator[str]:
    with contextlib.ExitStack() as stack:
        rivals, missing = _rivals(stack)
        theirs = [scene for name, where in rivals.items() for scene in _theirs(name, where)]
    yield "| scenario | system | result |\n|---|---|---|"
    yield from sorted([*theirs, *_own()])
    yield from (f"\n{name} does not run here: {reason}." for name, reason in missing.items())


def _rivals(stack: contextlib.ExitStack) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    """Start the databases. Return each one's environment variables, and the reasons of those that do not run here."""
    rivals, missing = dict[str, Mapping[str, str]](), dict[str, str]()
    for name in DATABASES:
        try:
            rivals[name] = stack.enter_context(environment.database(name))
        except DatabaseUnavailable as reason:
            print(f"{name} does not run here: {reason}", file=sys.stderr)
            missing[name] = str(reason)
    return rivals, missing


def _timed(where: Mapping[str, str], open_: int, due: int) -> Mapping[str, Any]:
    found = environment.ask(where, "timed", open_, due)
    return {"open": open_, "due": due, "calls": found["queries"], **found}


def _rows(system: str, rows: Rows) -> Iterator[str]:
    if not rows:
        yield f"| {system} | does not run here | | | | | | |"
    for found in rows:
        due = found["due"]
        times = " | ".join(f"{ms:.0f} | {f'{ms / due:.1f}' if due else ''}" for ms in (found["ms"], found["computed"]))
        yield f"| {system} | {found['open']:,} | {due:,} | {found['calls']:,} | {times} |"


def _ratios(redress: Mapping[str, Rows], theirs: Mapping[str, Rows], of: str) -> dict[str, float]:
    """Return the ratios by name, for each pair of an engine and a database that run here."""
    return {
        f"{engine} to {database} at {mine['open']:,} with {mine['due']:,} due": mine[of] / other[of]
        for engine, rows in redress.items()
        for database, others in theirs.items()
        for mine, other in zip(rows, others, strict=False)
        if mine["due"]
    }


def _theirs(name: str, where: Mapping[str, str]) -> Iterator[str]:
    system = f"django-helpdesk, {name}"
    twice = environment.ask(where, "two_at_once", AT_ONCE)["escalated"]
    yield _scene("two runs at once", system, f"of {AT_ONCE} due, escalations per ticket: {_times(twice)}")
    status = environment.ask(where, "resolved_meanwhile", mail=RESOLVING)["status"]
    yield _scene("resolved during the run", system, f"the ticket's status afterwards: {status}")
    refused = environment.ask(where, "refused_mail", mail=SMTP)
    recorded = 3 - int(refused["escalated"].get("0", 0))
    changed = f"{refused['unrecorded']} changed without a record"
    result = f"{refused['error'] or 'no error'}; of 3 due, {recorded} recorded, {changed}"
    yield _scene("the mail server refuses connections", system, result)
    excluded = environment.ask(where, "excluded_days")
    outcomes = "; ".join(f"{days}: {'escalated' if '1' in found else 'not yet'}" for days, found in excluded.items())
    yield _scene("days excluded", system, f"36 hours old, three days allowed; {outcomes}")


def _own() -> Iterator[str]:
    system = "Redress"
    yield _scene("two runs at once", system, f"of {AT_ONCE} due, misses per complaint: {_times(quietly(_twice))}")
    decided = quietly(redress_scenes.resolved_during_run)
    yield _scene("resolved during the run", system, f"the stage afterwards: {decided['stage']}")
    mail = quietly(redress_scenes.mail_server_down)
    during, after = mail["while down"], mail["mails an hour later"]
    result = (
        f"{during['recorded']} of 1 due recorded as escalated, {during['mails']} mails; an hour later {after} mails"
    )
    yield _scene("the mail server refuses connections", system, result)
    due = "; ".join(f"{days}: due {at}" for days, at in quietly(redress_scenes.excluded_days).items())
    yield _scene("days excluded", system, f"three working days; {due}")


def _twice() -> dict[int, int]:
    return redress_scenes.two_runs_at_once(AT_ONCE)


def _times(counts: Mapping[Any, int]) -> str:
    return ", ".join(f"{count} × {times}" for times, count in sorted(counts.items(), key=lambda each: str(each[0])))


def _scene(scene: str, system: str, result: str) -> str:
    return f"| {scene} | {system} | {result} |"


if __name__ == "__main__":
    for line in (*lines(), "", *scenes()):
        print(line, flush=True)
