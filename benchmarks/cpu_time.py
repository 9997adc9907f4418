"""Seconds on a processor, of a program and of the engine that it asks: what other work on the machine does not change.

Only the standard library, since the rival's environment imports it too. Linux: an engine's times come from `/proc`.
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
    """What this process and its engine computed in the `with`. `engine`: its process, default all that this started."""
    found = CpuTime()
    beside, own = _family(engine), time.process_time()
    yield found
    own = time.process_time() - own
    found.seconds = own + _family(engine) - beside


def _family(head: int | None) -> float:
    """Seconds of the process and of all below it that live; without one, of all below this process."""
    parents, spent = dict[int, int](), dict[int, float]()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text("utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended
        parents[int(process.name)] = int(fields[1])
        spent[int(process.name)] = (int(fields[11]) + int(fields[12])) / _TICK
    family = {head or os.getpid()}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(spent.get(each, 0) for each in (family if head else family - {os.getpid()}))
