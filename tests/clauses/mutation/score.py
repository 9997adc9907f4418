"""Judges all mutants of a preset and keeps the verdicts in a file, so that an interrupted run goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tests.clauses.mutation.mutants import Mutants
from tests.clauses.mutation.verdicts import Judge

_ROOT = Path(__file__).parents[3]
RESULTS = _ROOT / "build" / "preset-mutants"
_SOURCES = ("chalicelib", "tests/clauses", "tests/fakes")
_EVERY = 20
"""Verdicts between two writes."""


def run(preset: str, *, again: Collection[str] = (), only: str = "", quick: bool = False) -> dict[str, Any]:
    """Returns the table of the preset, which is also in `RESULTS`.

    `again`: judges only mutants whose kept verdict is of these kinds, and new ones; the other verdicts are kept even if
    sources have changed. `only`: judges only mutants whose id contains this text.
    """
    file = RESULTS / f"{preset}.json"
    table = _kept(file, again)
    made = Mutants(preset)
    mutants = made.all()
    table |= {"mutants": len(mutants), "refused": len(made.refused), "equal": made.equal}
    known = {mutant.id for mutant in mutants}
    verdicts = {name: one for name, one in table["verdicts"].items() if name in known and one[0] not in again}
    verdicts |= {name: one for name, one in table["verdicts"].items() if name in known and only not in name}
    judge = Judge(preset, quick=quick)
    left = [mutant for mutant in mutants if mutant.id not in verdicts and only in mutant.id]
    for position, mutant in enumerate(left, 1):
        verdicts[mutant.id] = [*judge.verdict(mutant), sorted(mutant.clauses)]
        if position % _EVERY == 0 or position == len(left):
            _write(file, table | {"verdicts": verdicts})
    table |= {"verdicts": verdicts}
    _write(file, table)
    return table


def counts(table: dict[str, Any]) -> dict[str, int]:
    kinds = Counter(kind for kind, *_ in table["verdicts"].values())
    return {
        "mutants": table["mutants"],
        "refused": table["refused"],
        "equal": len(table["equal"]),
        **{kind: kinds[kind] for kind in ("own", "other", "step", "broken", "unnoticed")},
    }


def _kept(file: Path, again: Collection[str]) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    digest = _digest()
    if table.get("sources") == digest or (again and table):
        return {**table, "sources": digest}
    return {"sources": digest, "verdicts": {}}


def _write(file: Path, table: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, indent=1)
    file.with_suffix(".new").write_text(text, "utf-8")
    file.with_suffix(".new").replace(file)


def _digest() -> str:
    digest = hashlib.sha256()
    for name in _SOURCES:
        for path in sorted((_ROOT / name).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
