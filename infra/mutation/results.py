"""The results so far, by mutant. One that was noticed counts until its function changes; others, until tests change."""

from __future__ import annotations

from pathlib import Path

import msgspec

from infra.mutation.score import NOTICED, STOPPED


class MutantResult(msgspec.Struct, frozen=True):
    """`function`: a hash of the function's source. `tests`: a digest of all tests. `round`: see `__main__.ROUNDS`."""

    status: str
    function: str
    tests: str
    round: int


class MutantResults:
    def __init__(self, path: Path, functions: dict[str, str], tests: str) -> None:
        """`functions`: by mutant."""
        self._path, self._functions, self._tests = path, functions, tests
        kept = msgspec.json.decode(path.read_bytes(), type=dict[str, MutantResult]) if path.exists() else {}
        self.found = {name: result for name, result in kept.items() if self._counts(name, result)}

    def _counts(self, name: str, result: MutantResult) -> bool:
        unchanged = self._functions.get(name) == result.function
        return unchanged and (result.status in NOTICED or result.tests == self._tests)

    def left(self, names: list[str], round_: int) -> list[str]:
        """The mutants that this round runs: those not run yet or stopped by the clock, and those not noticed before."""
        return [name for name in names if self._is_left(self.found.get(name), round_)]

    @staticmethod
    def _is_left(result: MutantResult | None, round_: int) -> bool:
        if result is None or result.status in NOTICED:
            return result is None
        return result.round < round_ or (result.round == round_ and result.status == STOPPED)

    def add(self, name: str, status: str, round_: int) -> None:
        self.found[name] = MutantResult(status, self._functions[name], self._tests, round_)
        self._path.write_bytes(msgspec.json.encode(self.found))

    def statuses(self, names: list[str]) -> dict[str, str]:
        return {name: self.found[name].status for name in names if name in self.found}
