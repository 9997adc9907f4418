"""`make demo-load`: file 300 real complaints, work them, and hold every number against the record.

`URL=` uses a local stack that is running (its clock is moved by weeks), else one is started for it.
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
from benchmarks.demo_load.organisation import Organisation, sign_up
from benchmarks.demo_load.picking import pick
from benchmarks.demo_load.planning import DURATION, Case, plan
from benchmarks.demo_load.playing import play
from benchmarks.demo_load.progress import Progress, table
from chalicelib.instants import DAY, HOUR, Instant, from_text

COMPLAINTS = 300
OFFICES = (corporate.OFFICE, bureau.OFFICE)
_ZONE = 8 * HOUR
"""Of Asia/Shanghai, which has had no other offset since 1991."""


def main() -> int:
    began = time.monotonic()
    try:
        texts = pick(corpus.lines(), COMPLAINTS)
        url = os.environ.get("URL")
        with nullcontext(url.rstrip("/")) if url else stack.own_stack() as address:
            client = Client(address)
            findings = _load(client, texts)
            _report(findings, client.requests, time.monotonic() - began)
    except (corpus.CorpusUnavailable, UnexpectedAnswer, OSError) as failure:
        print(f"\nFailed: {failure}", file=sys.stderr)
        return 1
    return 1 if any(found.faults for found in findings.values()) else 0


def _load(client: Client, texts: Sequence[str]) -> dict[str, Findings]:
    start = _midnight_after(from_text(client.now()))
    cases = plan(texts, OFFICES, start)
    organisations = [sign_up(client, office) for office in OFFICES]
    working = Progress("working", _requests(cases))
    worked = play(client, cases, organisations, start + DURATION, working.tick)
    checking = Progress("checking", len(cases))
    return {
        organisation.office.preset: check(
            client, organisation, [w for w in worked if _of(organisation, w.organisation)], checking.tick
        )
        for organisation in organisations
    }


def _of(organisation: Organisation, other: Organisation) -> bool:
    return organisation.id == other.id


def _requests(cases: Sequence[Case]) -> int:
    return sum(1 + len(case.steps) for case in cases)


def _midnight_after(now: Instant) -> Instant:
    """Of the procedure's zone: the first that is not before."""
    return -(-(now + _ZONE) // DAY) * DAY - _ZONE


def _report(findings: dict[str, Findings], requests: int, seconds: float) -> None:
    print()
    for line in table({preset: found.told for preset, found in findings.items()}):
        print(line)
    faults = [fault for found in findings.values() for fault in found.faults]
    for fault in faults:
        print(f"DISAGREES  {fault}", file=sys.stderr)
    events = sum(found.events for found in findings.values())
    verdict = f"{len(faults)} disagreements" if faults else "every number agrees with the record, every chain is whole"
    print(f"\n{events} events read again: {verdict}. {requests} requests in {seconds:.0f} s.")


if __name__ == "__main__":
    sys.exit(main())
