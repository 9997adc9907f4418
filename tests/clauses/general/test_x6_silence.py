"""X.6: no case waits for ever for a silent party. The staff do what their lists offer, in random order.

Each case is played once with a silent complainant and once with one who answers.
"""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import sign_up
from tests.clauses.silent_parties import until_the_end
from tests.clauses.world import InProcess, World
from tests.helpers.searches import at_night_unless, some_by_day

START = "2026-11-27T09:00:00+08:00"
TAKEN = frozenset({"refuse", "transfer"})
"""What ends a complaint before it is handled. The cases of odd seeds are taken."""
SEEDS = 40
"""By day each preset has one: the first or the second."""
SILENT = [
    pytest.param(preset, seed, marks=at_night_unless(seed == place % 2))
    for place, preset in enumerate(presets.names())
    for seed in range(SEEDS)
]


@pytest.mark.parametrize(("preset", "seed"), SILENT)
def test_x6_a_case_whose_complainant_is_silent_ends(preset: str, seed: int) -> None:
    organisation = sign_up(InProcess(START), preset)

    never = TAKEN if seed % 2 else frozenset[str]()
    assert until_the_end(organisation, organisation.file(), seed, never=never)[-1] == "end"


@pytest.mark.parametrize("preset", some_by_day(presets.names()[::-1], one_in=3))  # by day those of short cases
def test_x6_a_case_whose_complainant_answers_ends(world: World, preset: str) -> None:
    organisation = sign_up(world, preset)

    assert until_the_end(organisation, organisation.file(), seed=1, answering=True, never=TAKEN)[-1] == "end"


@pytest.mark.nightly
@pytest.mark.parametrize("preset", presets.names())
def test_x6_a_case_whose_complainant_is_silent_ends_on_the_local_stack(preset: str, stack: World) -> None:
    organisation = sign_up(stack, preset)

    assert until_the_end(organisation, organisation.file(), seed=1, never=TAKEN)[-1] == "end"
