"""Checks that each case has exactly one limit. A missing limit is a fault: `none` must be written.

The cases of a clock are all combinations of the values that its conditions use. Each case is one bit of an integer, so
a limit is a bit set of cases, and bit operations find gaps and overlaps without a loop over the cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import prod

import msgspec

from chalicelib.policy.language.clocks import LimitRule
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.reading.faults import Fault, Path

HOURS_VALUES = {"hours": ("closed", "open")}
MAX_CASES = 20_000
"""The maximum number of combinations of values in one clock."""


class _Dimension(msgspec.Struct, frozen=True):
    """A name that the conditions use. Its value changes every `stride` cases and repeats after the last value."""

    name: str
    values: Sequence[str]
    stride: int
    total: int

    def cases(self, selected: Collection[str]) -> int:
        """The bit set of the cases in which the name has one of the values."""
        period = self.stride * len(self.values)
        once = ((1 << self.total) - 1) // ((1 << period) - 1)
        block = (1 << self.stride) - 1
        found = 0
        for value in set(selected):
            if value in self.values:
                found |= block << (self.values.index(value) * self.stride)
        return found * once

    def value(self, case: int) -> str:
        return self.values[case // self.stride % len(self.values)]


def faults(path: Path, rules: Sequence[LimitRule], names: DefinedNames) -> Iterator[Fault]:
    if not rules:
        return
    known = {**names.values, **HOURS_VALUES}
    values_by_name = {
        name: _possible_values(name, known[name], names) for rule in rules for name in rule.when if name in known
    }
    total = prod(map(len, values_by_name.values()))
    if total > MAX_CASES:
        yield Fault((*path, "within"), "too-many-cases", count=total, most=MAX_CASES)
        return
    if not total:  # a name without values is reported where it is defined
        return
    dimensions = _dimensions(values_by_name, total)
    covered = 0
    for index, rule in enumerate(rules):
        own = _cases(rule.when, dimensions, total)
        if own & covered:
            yield _case_fault((*path, "within", index), "two-limits", own & covered, dimensions)
        covered |= own
    gap = ((1 << total) - 1) & ~covered
    if gap and not _has_undefined(rules, values_by_name):
        yield _case_fault((*path, "within"), "no-limit-for-case", gap, dimensions)


def _possible_values(name: str, values: Collection[str], names: DefinedNames) -> list[str]:
    return sorted(values) + (["none"] if name in names.absent and "none" not in values else [])


def _dimensions(values_by_name: dict[str, list[str]], total: int) -> dict[str, _Dimension]:
    dimensions: dict[str, _Dimension] = {}
    stride = 1
    for name, values in sorted(values_by_name.items()):
        dimensions[name] = _Dimension(name, values, stride, total)
        stride *= len(values)
    return dimensions


def _cases(when: Condition, dimensions: dict[str, _Dimension], total: int) -> int:
    own = (1 << total) - 1
    for name, selected in when.items():
        if name in dimensions:
            own &= dimensions[name].cases(selected)
    return own


def _has_undefined(rules: Sequence[LimitRule], values_by_name: dict[str, list[str]]) -> bool:
    """True if a limit uses an undefined name or value. That is reported elsewhere, and the gap is its consequence."""
    return any(
        name not in values_by_name or any(value not in values_by_name[name] and value != "none" for value in values)
        for rule in rules
        for name, values in rule.when.items()
    )


def _case_fault(path: Path, kind: str, cases: int, dimensions: dict[str, _Dimension]) -> Fault:
    first = (cases & -cases).bit_length() - 1
    shown = ", ".join(f"{name}: {one.value(first)}" for name, one in dimensions.items()) or "(always)"
    return Fault(path, kind, count=cases.bit_count(), case=shown)
