"""Working-time arithmetic compared with other libraries, as ratios within one run: `python -m benchmarks.worktime`.

All compute the same deadlines on a calendar that each of them supports: Mon-Fri 09:00-12:00 and 13:30-18:00,
Asia/Shanghai, with the Chinese holidays of 2026 and 2027 as closed dates (the others do not support swapped working
days). Every start lies within the working hours.
"""

from __future__ import annotations

import platform
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.worktime import rivals
from benchmarks.worktime.rivals import CLOSED, HOURS, Contestant, RivalResult
from chalicelib.kit.instants import HOUR, MINUTE, Instant
from chalicelib.policy.worktime import Calendar, due_time, parse_limit

STARTS = 500
QUESTIONS = ("30 working minutes", "8 working hours", "60 working days")
MAX_FLATNESS = 1.3
"""Target: limit of the ratio of the time for 60 working days to that for 30 working minutes."""


def office() -> Calendar:
    closed = [day.isoformat() for day in CLOSED]
    return Calendar.parse(
        {"timezone": "Asia/Shanghai", "hours": {"mon-fri": HOURS}, "holidays": None, "closed": closed}
    )


def starts(calendar: Calendar) -> list[Instant]:
    """Return whole minutes within the working hours of January to August 2026, the same in every run."""
    chance = random.Random(2026)
    opens = list(zip(calendar.year(2026).opens, calendar.year(2026).closes, strict=True))[:330]
    spans = [chance.choice(opens) for _ in range(STARTS)]
    return [begin + chance.randrange((end - begin) // MINUTE) * MINUTE for begin, end in spans]


def redress(calendar: Calendar) -> Contestant:
    def ask(question: str, begun: Sequence[Instant]) -> RivalResult:
        limit = parse_limit(question)
        return rivals.measured(lambda start: due_time(calendar, limit, start).due or 0, begun, rounds=40)

    return Contestant("Redress", ask)


def agreements(question: str, expected: Sequence[Instant], actual: Sequence[Instant]) -> int:
    """Return how many answers agree. For working days only the dates count: the others keep the time of day."""
    if not question.endswith("days"):
        return sum(one == other for one, other in zip(expected, actual, strict=True))
    return sum(_date(one) == _date(other) for one, other in zip(expected, actual, strict=True))


def _date(instant: Instant) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + (instant + 8 * HOUR) // (24 * HOUR))


def rows() -> Iterator[str]:
    calendar = office()
    begun = starts(calendar)
    base = {question: redress(calendar).ask(question, begun) for question in QUESTIONS}
    for question in QUESTIONS:
        mine = base[question]
        yield f"| {question} | Redress | {mine.microseconds:.2f} | 1 | |"
        for rival in rivals.contestants():
            theirs = rival.ask(question, begun)
            same = agreements(question, mine.answers, theirs.answers)
            ratio = theirs.microseconds / mine.microseconds
            yield f"| {question} | {rival.name} | {theirs.microseconds:.2f} | {ratio:.1f} | {same} of {len(begun)} |"
    flat = base[QUESTIONS[2]].microseconds / base[QUESTIONS[0]].microseconds
    yield f"\nRatio of 60 working days to 30 working minutes: {flat:.2f} (target: at most {MAX_FLATNESS})."


def machine() -> str:
    """Return the processor and the Python version."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{models[0] if models else platform.processor()}, {len(models)} cores, Python {platform.python_version()}"


def main() -> int:
    print(f"{STARTS} starts, median CPU time of several rounds. {machine()}.")
    print(f"Others: {'; '.join(rivals.versions())}.\n")
    print("| question | library | µs each | ratio to Redress | same answer |\n|---|---|---:|---:|---|")
    for row in rows():
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
