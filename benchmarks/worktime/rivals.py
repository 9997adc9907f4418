"""The compared ways to add working time: a plain loop over days, businesstimedelta and dayjs-business-time."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from time import process_time_ns
from typing import Any
from zoneinfo import ZoneInfo

import businesstimedelta
import pytz

from chalicelib.kit.instants import Instant, from_instant, to_instant
from chalicelib.policy.worktime.calendars.holidays import load_table

HOURS = ["09:00-12:00", "13:30-18:00"]
SPANS = ((time(9), time(12)), (time(13, 30), time(18)))
ZONE = ZoneInfo("Asia/Shanghai")
CLOSED = [day for day in map(date.fromordinal, load_table("CN-2026.1").holidays) if day.year in (2026, 2027)]

NODE_PACKAGES = ("dayjs@1.11.23", "dayjs-business-time@1.0.4")
NODE_FOLDER = Path(".local/benchmarks/node")
HOURS_A_DAY = 7.5


@dataclass(frozen=True)
class RivalResult:
    microseconds: float
    answers: list[Instant]
    """The answer for each start."""


@dataclass(frozen=True)
class Contestant:
    name: str
    ask: Callable[[str, Sequence[Instant]], RivalResult]


def measured(answer: Callable[[Any], Instant | datetime], questions: Sequence[Any], rounds: int) -> RivalResult:
    """Return the answers, and the median round's CPU time per question in microseconds."""
    times = []
    for _ in range(rounds):
        began = process_time_ns()
        answers = [answer(question) for question in questions]
        times.append((process_time_ns() - began) / len(questions) / 1_000)
    instants = [to_instant(value) if isinstance(value, datetime) else value for value in answers]
    return RivalResult(statistics.median(times), instants)


def contestants() -> Iterator[Contestant]:
    yield Contestant("plain loop over days", ask_loop)
    yield Contestant("businesstimedelta", ask_businesstimedelta)
    if node_is_ready():
        yield Contestant("dayjs-business-time (Node.js)", ask_dayjs)


def versions() -> list[str]:
    if not node_is_ready():
        return [
            f"businesstimedelta {version('businesstimedelta')}",
            "dayjs-business-time left out: Node.js or npm is missing",
        ]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return [f"businesstimedelta {version('businesstimedelta')}", *NODE_PACKAGES, f"Node.js {node}"]


def _amount(question: str) -> tuple[int, str]:
    number, _, unit = question.split(" ")
    return int(number), unit


def loop(start: datetime, question: str) -> datetime:
    """The obvious implementation: a loop over days and their intervals."""
    number, unit = _amount(question)
    if unit == "days":
        return _loop_days(start, number)
    remaining, day = timedelta(**{unit: number}), start.date()
    while True:
        for opens, closes in SPANS if _is_working_day(day) else ():
            begin = max(start, datetime.combine(day, opens, ZONE))
            length = datetime.combine(day, closes, ZONE) - begin
            if length >= remaining:
                return begin + remaining
            remaining -= max(length, timedelta())
        day += timedelta(days=1)


def _loop_days(start: datetime, number: int) -> datetime:
    day = start.date()
    while number:
        day += timedelta(days=1)
        number -= _is_working_day(day)
    return datetime.combine(day, SPANS[-1][1], ZONE)


_CLOSED = frozenset(CLOSED)
_WEEKDAYS = 5


def _is_working_day(day: date) -> bool:
    return day.weekday() < _WEEKDAYS and day not in _CLOSED


def ask_loop(question: str, starts: Sequence[Instant]) -> RivalResult:
    return measured(lambda start: loop(start, question), _moments(starts), rounds=5)


def _moments(starts: Sequence[Instant]) -> list[datetime]:
    return [from_instant(start).astimezone(ZONE) for start in starts]


def ask_businesstimedelta(question: str, starts: Sequence[Instant]) -> RivalResult:
    """The library has no working days: 60 of them are asked for as 450 working hours."""
    shanghai = pytz.timezone("Asia/Shanghai")
    rules = businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(SPANS[0][0], SPANS[-1][1], [0, 1, 2, 3, 4], tz=shanghai),
            businesstimedelta.LunchTimeRule(SPANS[0][1], SPANS[1][0], [0, 1, 2, 3, 4], tz=shanghai),
            businesstimedelta.HolidayRule(_CLOSED, tz=shanghai),
        ]
    )
    number, unit = _amount(question)
    length = timedelta(hours=number * HOURS_A_DAY) if unit == "days" else timedelta(**{unit: number})
    delta = businesstimedelta.BusinessTimeDelta(rules, timedelta=length)
    return measured(lambda start: start + delta, _moments(starts), rounds=1)


def node_is_ready() -> bool:
    """Return True if Node.js and the packages are available. Installs them in a git-ignored folder if needed."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    if not (NODE_FOLDER / "node_modules" / "dayjs-business-time").is_dir():
        NODE_FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(NODE_FOLDER), *NODE_PACKAGES]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return True


def ask_dayjs(question: str, starts: Sequence[Instant]) -> RivalResult:
    """The library computes in the process's time zone, so `TZ` is set."""
    number, unit = _amount(question)
    asked = {"closed": [day.isoformat() for day in CLOSED], "starts": list(starts), "number": number, "unit": unit}
    script = Path(__file__).with_name("dayjs.cjs")
    done = subprocess.run(
        ["node", str(script), str(NODE_FOLDER.resolve())],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "Asia/Shanghai", "PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    answer = json.loads(done.stdout)
    return RivalResult(answer["microseconds"], answer["answers"])
