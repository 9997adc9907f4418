"""`make demo-load`: files and handles 300 complaints, and compares all reported figures with the record.

It ends with the inspection of each month that was played. They are stored in `.local`, as JSON and as pages.

`URL=` uses a running local stack and moves its clock by weeks. Without it, a stack is started.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext

from benchmarks.demo_load import bureau, corporate, corpus, stack
from benchmarks.demo_load.checking import Findings, check
from benchmarks.demo_load.client import Client, UnexpectedAnswer
from benchmarks.demo_load.inspecting import FOLDER, Inspected, inspect, month_after, months
from benchmarks.demo_load.organisation import sign_up
from benchmarks.demo_load.picking import pick
from benchmarks.demo_load.planning import DURATION, PlannedCase, plan
from benchmarks.demo_load.playing import play
from benchmarks.demo_load.progress import Progress, table
from chalicelib.kit.instants import DAY, HOUR, Instant, from_text

COMPLAINTS = 300
OFFICES = (corporate.OFFICE, bureau.OFFICE)
_ZONE = 8 * HOUR
"""Offset of Asia/Shanghai, the same since 1991."""


def main() -> int:
    began = time.monotonic()
    try:
        texts = pick(corpus.lines(), COMPLAINTS)
        url = os.environ.get("URL")
        with nullcontext(url.rstrip("/")) if url else stack.own_stack() as address:
            client = Client(address)
            findings, inspected = _load(client, texts)
            _report(findings, inspected, client.requests, time.monotonic() - began)
    except (corpus.CorpusUnavailable, UnexpectedAnswer, OSError) as failure:
        print(f"\nFailed: {failure}", file=sys.stderr)
        return 1
    return 1 if any(found.faults for found in (*findings.values(), *inspected)) else 0


def _load(client: Client, texts: Sequence[str]) -> tuple[dict[str, Findings], list[Inspected]]:
    start = _midnight_after(from_text(client.now()))
    cases = plan(texts, OFFICES, start)
    organisations = [sign_up(client, office) for office in OFFICES]
    working = Progress("handling", _requests(cases))
    worked = play(client, cases, organisations, start + DURATION, working.tick)
    checking = Progress("checking", len(cases))
    mine = {one.id: [case for case in worked if case.organisation.id == one.id] for one in organisations}
    findings = {one.office.preset: check(client, one, mine[one.id], checking.tick) for one in organisations}
    names = months(start, start + DURATION)
    client.move_to(month_after(names[-1]))
    return findings, [inspect(client, one, mine[one.id], names) for one in organisations]


def _requests(cases: Sequence[PlannedCase]) -> int:
    return sum(1 + len(case.steps) for case in cases)


def _midnight_after(now: Instant) -> Instant:
    """Return the next midnight in Asia/Shanghai, or `now` if it is one."""
    return -(-(now + _ZONE) // DAY) * DAY - _ZONE


def _report(findings: dict[str, Findings], inspected: Sequence[Inspected], requests: int, seconds: float) -> None:
    print()
    for line in table({preset: found.reported for preset, found in findings.items()}):
        print(line)
    print()
    for title in (title for found in inspected for title in found.titles):
        print(title)
    faults = [fault for found in (*findings.values(), *inspected) for fault in found.faults]
    for fault in faults:
        print(f"DIFFERENCE  {fault}", file=sys.stderr)
    events = sum(found.events for found in findings.values())
    verdict = f"{len(faults)} differences" if faults else "all numbers agree with the record, all hash chains are valid"
    figures = sum(found.figures for found in inspected)
    print(f"\n{events} events and {figures} figures of {FOLDER.name}/inspection-* checked: {verdict}.")
    print(f"{requests} requests in {seconds:.0f} s.")


if __name__ == "__main__":
    sys.exit(main())
