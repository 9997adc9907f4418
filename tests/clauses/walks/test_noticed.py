"""Each walk with a silent party fails on a preset without the line that says what time does about that silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

from tests.clauses.lens import OtherPolicy
from tests.clauses.offices import bureau, workshop
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.running import seen_through
from tests.clauses.test_mutations import mutated
from tests.clauses.walks import (
    at_workshop,
    silent_bureau,
    silent_company,
    silent_workshop,
    test_bureau,
    test_company,
    test_workshop,
)
from tests.clauses.walks.silence import Silence, Story, is_escalated, is_owed
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
BY_DAY = 5
"""By day one walk in five is tried, at night all are."""
Happens = Callable[[Organisation, str], None]


class Noticed(NamedTuple):
    """What `happens` after the story `until` does not happen on the preset with `mutant`, as in `mutants.yaml`."""

    preset: str
    until: Story
    happens: Happens
    mutant: Mapping[str, Any]


def escalation(preset: str, ladder: tuple[str, ...], silence: Silence) -> Noticed:
    def happens(organisation: Organisation, number: str) -> None:
        is_owed(organisation, number, silence)
        is_escalated(organisation, number, silence.clock, ladder)

    return Noticed(preset, silence.until, happens, silence.mutant)


P3, P6, P9 = "auto-repair-forms", "corporate-standard", "food-drug-administration"
ESCALATED = [
    (P3, silent_workshop.LADDER, silent_workshop.SILENCES),
    (P6, silent_company.LADDER, silent_company.SILENCES),
    (P9, silent_bureau.LADDER, silent_bureau.SILENCES),
]


def escalations() -> Iterator[ParameterSet]:
    found = [(preset, ladder, silence) for preset, ladder, silences in ESCALATED for silence in silences]
    for position, (preset, ladder, silence) in enumerate(found):
        marks = [] if position % BY_DAY == 0 else [pytest.mark.nightly]
        yield pytest.param(escalation(preset, ladder, silence), id=f"{preset}-{silence}", marks=marks)


def without(preset: str, until: Story, happens: Happens, **mutant: Any) -> ParameterSet:
    return pytest.param(Noticed(preset, until, happens, mutant), id=happens.__name__)


OTHERS = [
    without(P3, at_workshop.parked, test_workshop.stays_away, drop=["/tasks/pending_contact"]),
    without(P3, at_workshop.parked, test_workshop.stays_away, drop=["/clocks/liability/paused_in"]),
    without(
        P3,
        workshop.filled,
        test_workshop.cannot_be_reached,
        set={"/clocks/liability/within": "24 hours"},
    ),
    without(P6, Organisation.file, test_company.ages, drop=["/severity/ageing"]),
    without(P9, bureau.decided, test_bureau.is_reminded, drop=["/stages/decided/notify/tells"]),
    without(
        P9,
        bureau.decided,
        test_bureau.is_reminded,
        set={"/clocks/reminder/missed": "record"},
        drop=["/stages/decided/close/when"],
    ),
    without(P9, bureau.decided, test_bureau.is_closed, set={"/clocks/silence/missed": "record"}),
]


@cache
def lens(preset: str, mutant: str) -> OtherPolicy:
    """One lens per changed preset, so that each is signed up on once (`founding`)."""
    return OtherPolicy(preset, mutated(preset, json.loads(mutant)))


@pytest.mark.parametrize("noticed", [*escalations(), *OTHERS])
def test_the_walk_fails_without_the_line_for_the_silence(noticed: Noticed) -> None:
    with seen_through(lens(noticed.preset, json.dumps(noticed.mutant))):
        organisation = sign_up(InProcess(START), noticed.preset)
        number = noticed.until(organisation)

        with pytest.raises(AssertionError):
            noticed.happens(organisation, number)
