"""Judges all mutants of a preset, and keeps each verdict in a file at once: a run that is ended goes on where it was.

A verdict of a noticed mutant counts until the preset or the file of the test that noticed it changes. One of an
unnoticed mutant counts until the program or the tests change. A verdict that does not count any more still says which
test to try first.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.clauses.mutation import by_hand, judged
from tests.clauses.mutation.batches import Batches
from tests.clauses.mutation.mutants import Mutants
from tests.clauses.mutation.suite import PRESETS
from tests.clauses.mutation.traffic import heard
from tests.clauses.mutation.verdicts import NOTICED, Judge, Verdict

_ROOT = Path(__file__).parents[3]
RESULTS = _ROOT / "build" / "preset-mutants"
_SOURCES = ("chalicelib", "tests/clauses", "tests/helpers/fakes")
_LISTS = ("judged.yaml", "unnoticed.yaml")
"""Say what was found, and change no verdict."""


def run(preset: str, *, again: Collection[str] = (), only: str = "", quick: bool = False) -> dict[str, Any]:
    """Returns the table of the preset, which is also in `RESULTS`.

    `again`: judges those with a kept verdict of these kinds again. `only`: judges only mutants whose id contains this
    text. `quick`: tries only the likely tests; what these do not notice stays `undecided`.
    """
    file = RESULTS / f"{preset}.json"
    made = Mutants(preset)
    mutants = {mutant.id: mutant for mutant in made.all()}
    clauses = {name: sorted(mutant.clauses) for name, mutant in mutants.items()}
    clauses |= {name: [name.rpartition("-")[0]] for name in by_hand.names(preset)}
    before = kept(file, preset).items()
    verdicts = {name: one for name, one in before if name in clauses and not (only in name and one[0] in again)}
    table = {"preset": judged.digest(preset), "sources": digest(preset), "mutants": len(mutants), "verdicts": verdicts}
    table |= {"refused": len(made.refused), "equal": made.equal}
    left = [name for name in clauses if only in name and verdicts.get(name, ["undecided"])[0] == "undecided"]
    batches = Batches(made, mutants, Judge(preset, noticed_before(file), heard(preset)))
    for name, verdict in _verdicts(batches, left, tried={*left} & verdicts.keys(), quick=quick):
        verdicts[name] = [*verdict, clauses[name], _digest_of(verdict.test)]
        _write(file, table)
    _write(file, table)
    return table


def _verdicts(
    batches: Batches, left: list[str], *, tried: Collection[str], quick: bool
) -> Iterator[tuple[str, Verdict]]:
    """`tried`: those that the likely tests do not notice, as is known from a run before."""
    judge, undecided = batches.judge, [name for name in left if name in tried]
    for name in left:
        if name in tried:
            continue
        mutant = batches.mutants.get(name)
        found = by_hand.verdict(judge.preset, name) if mutant is None else judge.likely(mutant)
        yield name, found
        if found.kind == "undecided":
            undecided.append(name)
    if not quick:
        yield from batches.verdicts(undecided)


def counts(table: dict[str, Any]) -> dict[str, int]:
    kinds = Counter(kind for kind, *_ in table["verdicts"].values())
    return {
        "mutants": table["mutants"],
        "refused": table["refused"],
        "equal": len(table["equal"]),
        **{kind: kinds[kind] for kind in ("own", "other", "step", "broken", "unnoticed", "undecided")},
    }


def kept(file: Path, preset: str) -> dict[str, Any]:
    """The verdicts of the run before that still count."""
    table = _read(file)
    if table.get("preset") != judged.digest(preset):
        return {}
    same = table["sources"] == digest(preset)
    return {
        name: one
        for name, one in table["verdicts"].items()
        if (one[3] == _digest_of(one[1]) if one[0] in NOTICED else same)
    }


def noticed_before(file: Path) -> dict[str, str]:
    """By mutant, the test that noticed it in the run before, even if the verdict does not count any more."""
    return {name: one[1] for name, one in _read(file).get("verdicts", {}).items() if one[0] in NOTICED}


def _read(file: Path) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return table


def _write(file: Path, table: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table, ensure_ascii=False, indent=1)
    file.with_suffix(".new").write_text(text, "utf-8")
    file.with_suffix(".new").replace(file)


@cache
def digest(preset: str) -> str:
    """Of the program and of the tests that may notice a mutant of the preset."""
    found = hashlib.sha256()
    others = {told.letter for name, told in PRESETS.items() if name != preset}
    for name in _SOURCES:
        for path in sorted((_ROOT / name).rglob("*")):
            is_others = path.stem in PRESETS.keys() - {preset} or path.parent.name in others
            if path.suffix in {".py", ".yaml"} and path.name not in _LISTS and not is_others:
                found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _digest_of(test: str) -> str:
    """Of the file of a test. `test`: its id; empty if there is none."""
    file = _ROOT / test.partition("::")[0]
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
