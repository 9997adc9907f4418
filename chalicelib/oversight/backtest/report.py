"""A back-test's report: sums, and of each kind of difference the first few. It does not grow with the complaints."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.oversight.backtest.comparison import Line, is_breached
from chalicelib.oversight.backtest.outcome import Outcome, Runs

MAX_SHOWN = 20
"""Lines of each kind in the report; all of them are in the parts."""
MAX_REASONS = 50


class Pair(msgspec.Struct):
    before: int = 0
    after: int = 0


class Report(msgspec.Struct, kw_only=True):
    complaints: int = 0
    """Replayed ones."""
    unreadable: int = 0
    """Complaints that could not be replayed: they are left out of everything else."""
    deadlines: Pair = msgspec.field(default_factory=Pair)
    breaches: Pair = msgspec.field(default_factory=Pair)
    accepted: Pair = msgspec.field(default_factory=Pair)
    tiers: dict[str, Pair] = {}
    """Escalations that reached each tier."""
    moved: dict[str, dict[str, int]] = {}
    """By clock, how many deadlines are `earlier` and `later`."""
    counts: dict[str, int] = {}
    """All lines by kind; `shown` has the first of each."""
    concerned: dict[str, int] = {}
    """Complaints that have a line of the kind."""
    shown: dict[str, list[Line]] = {}
    reasons: dict[str, int] = {}
    """Why acts are not possible, by act and reason: the most of them, where there are very many."""

    def add(self, before: Outcome, after: Outcome, lines: Sequence[Line]) -> None:
        """One complaint's part."""
        self.complaints += 1
        _add(self.deadlines, len(before.runs), len(after.runs))
        _add(self.breaches, _breaches(before.runs), _breaches(after.runs))
        _add(self.accepted, int(before.taken), int(after.taken))
        for tier in sorted({*before.tiers, *after.tiers}):
            _add(self.tiers.setdefault(str(tier), Pair()), before.tiers[tier], after.tiers[tier])
        for line in lines:
            self._line(line)
        for kind in dict.fromkeys(line.kind for line in lines):
            self.concerned[kind] = self.concerned.get(kind, 0) + 1

    def unread(self, number: str) -> list[Line]:
        """One complaint that could not be replayed, and its line."""
        self.unreadable += 1
        line = Line(kind="unreadable", number=number)
        self._line(line)
        return [line]

    def _line(self, line: Line) -> None:
        self.counts[line.kind] = self.counts.get(line.kind, 0) + 1
        shown = self.shown.setdefault(line.kind, [])
        if len(shown) < MAX_SHOWN:
            shown.append(line)
        if line.kind in ("earlier", "later") and line.clock is not None:
            moved = self.moved.setdefault(line.clock, {"earlier": 0, "later": 0})
            moved[line.kind] += 1
        if line.kind == "act_not_possible":
            self._reason(f"{line.act}: {line.reason}")

    def _reason(self, reason: str) -> None:
        if reason in self.reasons or len(self.reasons) < MAX_REASONS:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1


def _add(pair: Pair, before: int, after: int) -> None:
    pair.before += before
    pair.after += after


def _breaches(runs: Runs) -> int:
    return sum(is_breached(run) for run in runs.values())
