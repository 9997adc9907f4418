"""Distinguishes an assertion of a test from an error elsewhere, such as in a helper that brings a case to a stage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

import pytest

from tests.clauses.silent_parties import StandsStill

_TESTS = Path(__file__).parents[2]


class Ended(NamedTuple):
    """`asserted`: the test's own assertion failed. `broke`: it failed in another way, or could not be set up.

    `act`: with `broke`, the act that was refused although the test itself did it.
    """

    how: Literal["passed", "asserted", "broke"]
    act: str = ""


class Watch:
    """A plugin that keeps the latest exception of a test."""

    seen: ClassVar[pytest.ExceptionInfo[BaseException] | None] = None

    def pytest_exception_interact(self, call: pytest.CallInfo[Any]) -> None:
        Watch.seen = call.excinfo


def ended(reports: Sequence[pytest.TestReport], seen: pytest.ExceptionInfo[BaseException] | None) -> Ended:
    wrong = [report for report in reports if report.failed]
    if not wrong:
        return Ended("passed")
    if wrong[0].when != "call" or seen is None:
        return Ended("broke")
    return Ended("asserted") if _is_own(seen) else Ended("broke", _refused_step(seen))


def _is_own(seen: pytest.ExceptionInfo[BaseException]) -> bool:
    """True if a test module asserted it, or expected another number of items (`[event] = …`).

    An assertion of a helper says only that the helper's step was refused.
    """
    if isinstance(seen.value, StandsStill):
        return True
    unpacked = isinstance(seen.value, ValueError) and "to unpack" in str(seen.value)
    asserted = isinstance(seen.value, AssertionError | pytest.fail.Exception)
    return (asserted or unpacked) and _our_frames(seen)[-1].path.name.startswith("test_")


def _refused_step(seen: pytest.ExceptionInfo[BaseException]) -> str:
    frames = _our_frames(seen)
    if len(frames) < 2 or not isinstance(seen.value, AssertionError):
        return ""
    step, test = frames[-1], frames[-2]
    direct = step.name == "act" and step.path.name == "organisation.py" and test.name.startswith("test_")
    return str(step.locals.get("act", "")) if direct else ""


class _Frame(NamedTuple):
    path: Path
    name: str
    locals: dict[str, Any]


def _our_frames(seen: pytest.ExceptionInfo[BaseException]) -> list[_Frame]:
    frames = [_Frame(Path(str(entry.path)), entry.name, entry.locals) for entry in seen.traceback]
    return [frame for frame in frames if _TESTS in frame.path.parents] or [_Frame(Path(), "", {})]
