"""The tests that may notice a mutant of a preset, collected once per process."""

from __future__ import annotations

import contextlib
import io
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol

from tests.clauses.lens import Lens
from tests.clauses.mutation.errors import Ended, Watch, ended
from tests.clauses.running import collected, seen_through

_CLAUSES = Path(__file__).parent.parent
_ACROSS = tuple(path for folder in ("general", "told") for path in sorted(_CLAUSES.joinpath(folder).glob("test_*.py")))
"""Tests of several presets."""
_BROAD = ("_what_time_does", "_who_does_what", "_course", "_course_ends", "_filing")


class Told(NamedTuple):
    """How tests name a preset: its letter in their names, and the fixture of its organisation."""

    letter: str
    office: str


PRESETS = {
    "platform": Told("p1", "marketplace"),
    "auto-repair": Told("p2", "garage"),
    "auto-repair-forms": Told("p3", "workshop"),
    "government-service-centre": Told("p4", "hall"),
    "telecom-regulator": Told("p5", "regulator"),
    "corporate-standard": Told("p6", "company"),
    "property-management": Told("p7", "estate"),
    "customer-service": Told("p8", "helpdesk"),
    "food-drug-administration": Told("p9", "bureau"),
}


@cache
def tests_of(preset: str) -> tuple[pytest.Item, ...]:
    """The tests of the preset's clauses, those about whole cases first, and the tests of several presets."""
    named = PRESETS[preset]
    files = sorted((_CLAUSES / "presets").rglob(f"test_{named.letter}_*.py"))
    found = collected([*files, *_ACROSS], Watch())
    known = [item for item in found if item.path not in _ACROSS or _is_about(item, preset, named)]
    return tuple(sorted(known, key=lambda item: not item.path.stem.endswith(_BROAD)))


def run(item: pytest.Item, lens: Lens) -> Ended:
    """Runs one test without a next one, so that all its fixtures are torn down."""
    Watch.seen = None
    with seen_through(lens), contextlib.redirect_stdout(io.StringIO()):
        reports = runtestprotocol(item, log=False)
    return ended(reports, Watch.seen)


def _is_about(item: pytest.Item, preset: str, named: Told) -> bool:
    """Tests named `test_x5_…` replace the preset themselves."""
    fixtures = getattr(item, "fixturenames", ())
    longer = [other for other in PRESETS if preset in other and preset != other]
    named_so = preset in item.name and not any(other in item.name for other in longer)
    known = named_so or f"[{named.letter.upper()}." in item.name or named.office in fixtures
    return known and not item.name.startswith("test_x5_")
