"""Judges all mutants of a preset and keeps the verdicts in a file, so that an interrupted run goes on where it was.

A mutant that was noticed counts until the preset changes. One that was not is judged again after any change of the
program or the tests.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from tests.clauses.mutation import by_hand, judged
from tests.clauses.mutation.mutants import Mutants
from tests.clauses.mutation.verdicts import Judge, Verdict

_ROOT = Path(__file__).parents[3]
RESULTS = _ROOT / "build" / "preset-mutants"
_SOURCES = ("chalicelib", "tests/clauses", "tests/fakes")
_EVERY = 20
"""Verdicts between two writes."""


def run(preset: str, *, again: Collection[str] = (), only: str = "", quick: bool = False) -> dict[str, Any]:
    """Returns the table of the preset, which is also in `RESULTS`.

    `again`: judges those with a kept verdict of these kinds again. `only`: judges only mutants whose id contains this
    text.
    """
    file = RESULTS / f"{preset}.json"
    made = Mutants(preset)
    mutants = {mutant.id: mutant for mutant in made.all()}
    written = by_hand.names(preset)
    clauses = {name: sorted(mutant.clauses) for name, mutant in mutants.items()}
    clauses |= {name: [name.rpartition("-")[0]] for name in written}
    before = kept(file, preset).items()
    verdicts = {name: one for name, one in before if name in clauses and not (only in name and one[0] in again)}
    table = {"preset": judged.digest(preset), "sources": digest(), "mutants": len(mutants), "verdicts": verdicts}
    table |= {"refused": len(made.refused), "equal": made.equal}
    judge = Judge(preset, quick=quick)

    def verdict(name: str) -> Verdict:
        return judge.verdict(mutants[name]) if name in mutants else by_hand.verdict(preset, name)

    left = [name for name in clauses if name not in verdicts and only in name]
    for position, name in enumerate(left, 1):
        verdicts[name] = [*verdict(name), clauses[name]]
        if position % _EVERY == 0:
            _write(file, table)
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


def kept(file: Path, preset: str) -> dict[str, Any]:
    """The verdicts of the run before that still count."""
    table: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    if table.get("preset") != judged.digest(preset):
        return {}
    stale = () if table["sources"] == digest() else ("broken", "unnoticed")
    return {name: one for name, one in table["verdicts"].items() if one[0] not in stale}


def _write(file: Path, table: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, indent=1)
    file.with_suffix(".new").write_text(text, "utf-8")
    file.with_suffix(".new").replace(file)


@cache
def digest() -> str:
    digest = hashlib.sha256()
    for name in _SOURCES:
        for path in sorted((_ROOT / name).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
