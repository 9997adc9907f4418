"""CPU time of a program and of its database engine. Unlike wall-clock time, other load hardly changes it.

Uses the standard library only, since django-helpdesk's environment imports it too. Linux only: an engine's times are
read from `/proc`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class CpuTime:
    seconds: float = 0


@contextmanager
def measure_cpu_time(engine: int | None = None) -> Iterator[CpuTime]:
    """Measure this process and its engine within the `with` block. `engine`: its process id; default: all children."""
    found = CpuTime()
    others, own = _family(engine), time.process_time()
    yield found
    own = time.process_time() - own
    found.seconds = own + _family(engine) - others


def _family(head: int | None) -> float:
    """Return the seconds of a process and its live descendants; without one, of this process's descendants."""
    parents, spent = dict[int, int](), dict[int, float]()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text("utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # the process has ended
        parents[int(process.name)] = int(fields[1])
        spent[int(process.name)] = (int(fields[11]) + int(fields[12])) / _TICK
    family = {head or os.getpid()}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(spent.get(each, 0) for each in (family if head else family - {os.getpid()}))
