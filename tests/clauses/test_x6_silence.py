"""X.6: no case waits for ever for a silent party. The staff do what their lists offer; the parties do nothing."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import sign_up
from tests.clauses.silent_parties import until_the_end
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 40))]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("preset", presets.names())
def test_x6_a_case_whose_parties_are_silent_ends(preset: str, seed: int) -> None:
    organisation = sign_up(InProcess(START), preset)

    until_the_end(organisation, organisation.file(), seed)
