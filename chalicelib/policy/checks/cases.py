"""Checking that each case has exactly one limit: `none` is said, never implied (design §3).

The cases of a clock are all combinations of the values that its limits ask for. Each is one bit of a number, so that
a limit is the set of its cases, and gaps and overlaps are found at once without trying one case after another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import prod

import msgspec

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import LimitRule
from chalicelib.policy.reading.faults import Fault, Path

HOURS = {"hours": ("closed", "open")}
MAX_CASES = 20_000
"""Combinations of values in one clock."""


class _Asked(msgspec.Struct, frozen=True):
    """One thing that the limits ask for. Its value changes every `stride` cases, and begins anew after all values."""

    name: str
    values: Sequence[str]
    stride: int
    total: int

    def cases(self, wanted: Collection[str]) -> int:
        """The cases in which it has one of the wanted values."""
        every = self.stride * len(self.values)
        once = ((1 << self.total) - 1) // ((1 << every) - 1)
        block = (1 << self.stride) - 1
        found = 0
        for value in set(wanted):
            if value in self.values:
                found |= block << (self.values.index(value) * self.stride)
        return found * once

    def value(self, case: int) -> str:
        return self.values[case // self.stride % len(self.values)]


def faults(path: Path, rules: Sequence[LimitRule], names: DefinedNames) -> Iterator[Fault]:
    if not rules:
        return
    known = {**names.values, **HOURS}
    spaces = {name: _space(name, known[name], names) for rule in rules for name in rule.when if name in known}
    total = prod(map(len, spaces.values()))
    if total > MAX_CASES:
        yield Fault((*path, "within"), "too-many-cases", count=total, most=MAX_CASES)
        return
    if not total:  # a class without values is reported where it is defined
        return
    asked = _strides(spaces, total)
    covered = 0
    for index, rule in enumerate(rules):
        own = _cases(rule.when, asked, total)
        if own & covered:
            yield _fault((*path, "within", index), "two-limits", own & covered, asked)
        covered |= own
    gap = ((1 << total) - 1) & ~covered
    if gap and not _misnamed(rules, spaces):
        yield _fault((*path, "within"), "no-limit-for-case", gap, asked)


def _space(name: str, values: Collection[str], names: DefinedNames) -> list[str]:
    return sorted(values) + (["none"] if name in names.absent and "none" not in values else [])


def _strides(spaces: dict[str, list[str]], total: int) -> dict[str, _Asked]:
    asked: dict[str, _Asked] = {}
    stride = 1
    for name, values in sorted(spaces.items()):
        asked[name] = _Asked(name, values, stride, total)
        stride *= len(values)
    return asked


def _cases(when: Condition, asked: dict[str, _Asked], total: int) -> int:
    own = (1 << total) - 1
    for name, wanted in when.items():
        if name in asked:
            own &= asked[name].cases(wanted)
    return own


def _misnamed(rules: Sequence[LimitRule], spaces: dict[str, list[str]]) -> bool:
    """Whether a limit names what does not exist: that is a fault by itself, and the gap follows from it."""
    return any(
        name not in spaces or any(value not in spaces[name] and value != "none" for value in values)
        for rule in rules
        for name, values in rule.when.items()
    )


def _fault(path: Path, kind: str, cases: int, asked: dict[str, _Asked]) -> Fault:
    first = (cases & -cases).bit_length() - 1
    shown = ", ".join(f"{name}: {one.value(first)}" for name, one in asked.items()) or "(always)"
    return Fault(path, kind, count=cases.bit_count(), case=shown)
