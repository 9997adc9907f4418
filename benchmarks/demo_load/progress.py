"""The output: a progress bar on a terminal, otherwise lines; and the table at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from benchmarks.demo_load.tally import Tally

WIDTH = 40
"""Characters of the bar."""


class Progress:
    """Shows how many of `total` are done. Without a terminal, a line is printed for each tenth."""

    def __init__(self, what: str, total: int, out: TextIO = sys.stderr) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._out = out
        self._terminal = out.isatty()

    def tick(self) -> None:
        self._done += 1
        if self._terminal:
            filled = WIDTH * self._done // self._total
            end = "\n" if self._done == self._total else ""
            bar = "█" * filled + "·" * (WIDTH - filled)
            self._out.write(f"\r{self._what:<8} {bar} {self._done}/{self._total}{end}")
            self._out.flush()
        elif self._done * 10 // self._total > (self._done - 1) * 10 // self._total:
            print(f"{self._what}: {self._done} of {self._total}", file=self._out, flush=True)


def table(columns: Mapping[str, Tally]) -> Iterator[str]:
    """Yield a line for each number, with a column for each organisation and their sum."""
    heads = [*columns, "both"]
    names = sorted({name for told in columns.values() for name in told}, key=_order)
    widths = [max(len(head), 7) for head in heads]
    yield _line("", heads, widths)
    for name in names:
        numbers = [told[name] for told in columns.values()]
        yield _line(name, [str(number) for number in [*numbers, sum(numbers)]], widths)


def _line(name: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"{name:<24}" + "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _order(name: str) -> tuple[bool, bool, str]:
    return name != "filed", not name.startswith("in stage"), name
