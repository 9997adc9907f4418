"""Which presets have been judged as a whole since they changed, and which of their mutants may go unnoticed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chalicelib.kit import canonical
from tests.clauses.mutation.lines import entries

_HERE = Path(__file__).parents[1]
UNNOTICED: dict[str, dict[str, str]] = yaml.load(_HERE.joinpath("unnoticed.yaml").read_text("utf-8"), yaml.CSafeLoader)
"""By preset and mutant: why no test notices it."""
MOST_UNNOTICED = 0.03
_JUDGED = _HERE / "judged.yaml"


def is_current(preset: str) -> bool:
    return _recorded().get(preset) == digest(preset)


def record(preset: str) -> None:
    found = _recorded() | {preset: digest(preset)}
    head = "# The rules of each preset (a SHA-256) when `make preset-mutants` last judged it as a whole.\n"
    _JUDGED.write_text(head + yaml.safe_dump(found), "utf-8")


def faults(preset: str, table: dict[str, Any]) -> list[str]:
    """What is wrong with the list of unnoticed mutants, after all were judged."""
    listed = UNNOTICED[preset].keys()
    found = {name for name, (kind, *_) in table["verdicts"].items() if kind in ("broken", "unnoticed")}
    wrong = [f"not listed in unnoticed.yaml: {name}" for name in sorted(found - listed)]
    wrong += [f"listed in unnoticed.yaml, but noticed: {name}" for name in sorted(listed - found)]
    if len(found) > MOST_UNNOTICED * table["mutants"]:
        wrong.append(f"more than {MOST_UNNOTICED:.0%} are not noticed: {len(found)} of {table['mutants']}")
    return wrong


@cache
def digest(preset: str) -> str:
    """Of the preset without its labels, examples and comments."""
    rules = [[[*one.path], one.value if one.is_leaf else None] for one in entries(preset)]
    return canonical.digest(rules)


def _recorded() -> dict[str, str]:
    return yaml.safe_load(_JUDGED.read_text("utf-8")) or {}
