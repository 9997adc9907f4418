"""A back-test's report: totals, and the first lines of each kind. Its size is independent of the complaints' number."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.features.backtests.comparison import Line, is_breached
from chalicelib.features.backtests.outcome import Outcome, Runs

MAX_SHOWN = 20
"""Lines of each kind in the report. The parts have all lines."""
MAX_REASONS = 50


class Pair(msgspec.Struct):
    before: int = 0
    after: int = 0


class Report(msgspec.Struct, kw_only=True):
    complaints: int = 0
    """Number of replayed complaints."""
    unreadable: int = 0
    """Number of complaints that could not be replayed. The other counts do not include them."""
    deadlines: Pair = msgspec.field(default_factory=Pair)
    breaches: Pair = msgspec.field(default_factory=Pair)
    accepted: Pair = msgspec.field(default_factory=Pair)
    tiers: dict[str, Pair] = {}
    """Number of escalations to each tier."""
    moved: dict[str, dict[str, int]] = {}
    """By clock: how many deadlines are `earlier` and `later`."""
    counts: dict[str, int] = {}
    """Number of lines by kind."""
    concerned: dict[str, int] = {}
    """Number of complaints with a line of the kind."""
    shown: dict[str, list[Line]] = {}
    """The first `MAX_SHOWN` lines by kind."""
    reasons: dict[str, int] = {}
    """Why acts are not possible: counts by act and reason, for the first `MAX_REASONS` reasons."""

    def add(self, before: Outcome, after: Outcome, lines: Sequence[Line]) -> None:
        """Add one complaint."""
        self.complaints += 1
        _add(self.deadlines, len(before.runs), len(after.runs))
        _add(self.breaches, _count_breaches(before.runs), _count_breaches(after.runs))
        _add(self.accepted, int(before.accepted), int(after.accepted))
        for tier in sorted({*before.tiers, *after.tiers}):
            _add(self.tiers.setdefault(str(tier), Pair()), before.tiers[tier], after.tiers[tier])
        for line in lines:
            self._add_line(line)
        for kind in dict.fromkeys(line.kind for line in lines):
            self.concerned[kind] = self.concerned.get(kind, 0) + 1

    def add_unreadable(self, number: str, reason: str | None = None) -> list[Line]:
        """Add a complaint that could not be replayed, and return its line."""
        self.unreadable += 1
        line = Line(kind="unreadable", number=number, reason=reason)
        self._add_line(line)
        return [line]

    def _add_line(self, line: Line) -> None:
        self.counts[line.kind] = self.counts.get(line.kind, 0) + 1
        shown = self.shown.setdefault(line.kind, [])
        if len(shown) < MAX_SHOWN:
            shown.append(line)
        if line.kind in ("earlier", "later") and line.clock is not None:
            moved = self.moved.setdefault(line.clock, {"earlier": 0, "later": 0})
            moved[line.kind] += 1
        if line.kind == "act_not_possible":
            self._add_reason(f"{line.act}: {line.reason}")

    def _add_reason(self, reason: str) -> None:
        if reason in self.reasons or len(self.reasons) < MAX_REASONS:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1


def _add(pair: Pair, before: int, after: int) -> None:
    pair.before += before
    pair.after += after


def _count_breaches(runs: Runs) -> int:
    return sum(is_breached(run) for run in runs.values())
