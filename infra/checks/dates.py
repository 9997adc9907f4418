"""`make test-dates`: runs a command at later dates of the machine, each in another time zone.

Usage: `python -m infra.checks.dates COMMAND…`. `DATE=` and `ZONE=` (environment variables) choose one date or one
zone. The clock moves. Exit 1 if the command failed at a date, 2 if it could not be run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zoneinfo
from collections.abc import Sequence

DATES = {
    "2026-12-31 23:50": "UTC",
    "2027-06-15 10:00": "Asia/Shanghai",
    "2028-02-29 12:00": "America/Los_Angeles",
    "2031-01-01 00:00": "Asia/Shanghai",
}
"""A year's end, a day after the end of most holiday tables, a leap day, and a New Year that has not begun in UTC."""
NOT_RUN = 2


def main(command: Sequence[str]) -> int:
    date, zone = os.environ.get("DATE"), os.environ.get("ZONE")
    runs = [(each, zone or DATES.get(each, "UTC")) for each in ([date] if date else DATES)]
    if fault := _fault(zone):
        print(fault, file=sys.stderr)
        return NOT_RUN
    results = [(*run, *_at(*run, command)) for run in runs]
    for when, where, code, seconds in results:
        print(f"{when} {where}: {'failed' if code else 'passed'} in {seconds:.0f} s")
    return int(any(code for *_, code, _ in results))


def _fault(zone: str | None) -> str | None:
    """Why nothing can be run. A zone that does not exist would be UTC without a word."""
    if shutil.which("faketime") is None:
        return "faketime is not installed. On Debian and Ubuntu: apt-get install faketime"
    if zone and zone not in zoneinfo.available_timezones():
        return f"ZONE={zone} is not a time zone. Example: ZONE=Asia/Shanghai"
    return None


def _at(date: str, zone: str, command: Sequence[str]) -> tuple[int, float]:
    """The exit code and the seconds. Waits and processor time stay the machine's.

    pytest takes the temporary directories of other runs for old ones at a later date and removes them, so this run has
    a directory of its own.
    """
    print(f"--- {date} {zone}", flush=True)
    with tempfile.TemporaryDirectory() as own:
        faked = {"TZ": zone, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1", "PYTEST_DEBUG_TEMPROOT": own}
        begun = time.monotonic()
        done = subprocess.run(["faketime", date, *command], env={**os.environ, **faked}, check=False)  # noqa: S603, S607 the caller's command
        return done.returncode, time.monotonic() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
