"""A page in docs/development/ with generated sections (`###`) between two marks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs" / "development"
END = "<!-- end of what is generated -->"
Sections = Mapping[str, tuple[str, Callable[[], Iterator[str]]]]
"""By short name: the section's title, and a function that yields its lines."""


class TimeLimitExceeded(Exception):
    """The section's time limit is exceeded."""


def update(page: Path, begin: str, head: str, sections: Sections, names: Sequence[str], minutes: float) -> int:
    """Measure the named sections (default: all) and write them. Returns how many failed.

    The other sections, and sections that fail, stay as they are. A section is stopped after `minutes`; its lines until
    then are written. Raises ValueError for an unknown name.
    """
    unknown = set(names) - set(sections)
    if unknown:
        raise ValueError(f"the sections are {', '.join(sections)}")
    failed = 0
    for name in names or sections:
        title, measure = sections[name]
        print(f"### {title}\n", flush=True)
        try:
            section = "\n".join([title, "", *_measured(measure, minutes)])
        except (subprocess.SubprocessError, OSError, RuntimeError) as error:
            print(f"{name} was not measured: {error}", file=sys.stderr)
            failed += 1
            continue
        page.write_text(_replace_section(page.read_text("utf-8"), begin, head, sections, section), "utf-8")
    return failed


def _measured(measure: Callable[[], Iterator[str]], minutes: float) -> list[str]:
    """Return the section's lines after a line with the date and the machine's load average over one minute."""
    before, lines, began = os.getloadavg()[0], list[str](), time.monotonic()
    try:
        with _limited(minutes):
            for line in measure():
                print(line, flush=True)
                lines.append(line)
    except TimeLimitExceeded:
        took = (time.monotonic() - began) / 60
        lines.append(f"\nStopped after {took:.0f} minutes: the rest was not measured.")
    load = f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} cores"
    return [f"{datetime.now(UTC):%Y-%m-%d}; {load}.\n", *lines]


@contextmanager
def _limited(minutes: float) -> Iterator[None]:
    def expire(*_: object) -> None:
        raise TimeLimitExceeded

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, minutes * 60)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _replace_section(text: str, begin: str, head: str, sections: Sections, section: str) -> str:
    before, _, rest = text.partition(begin)
    kept, _, after = rest.partition(END)
    known = {part.partition("\n")[0]: part.strip() for part in kept.split("\n### ")[1:]}
    known[section.partition("\n")[0]] = section.strip()
    parts = "".join(f"\n### {known[title]}\n" for title, _ in sections.values() if title in known)
    return f"{before}{begin}\n\n{head}\n{parts}\n{END}{after}"
