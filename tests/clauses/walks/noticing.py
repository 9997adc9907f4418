"""Cases of `test_noticed`: a preset without one line, and what then does not happen to a silent party."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

from tests.clauses.lens import OtherPolicy
from tests.clauses.mutation.by_hand import mutated
from tests.clauses.organisation import Organisation
from tests.clauses.walks.silence import Ladder, Silence, Story, is_escalated, is_owed

Happens = Callable[[Organisation, str], None]


class Noticed(NamedTuple):
    """What `happens` after the story `until` does not happen on the preset with `mutant`, as in `mutants.yaml`."""

    preset: str
    until: Story
    happens: Happens
    mutant: Mapping[str, Any]

    def lens(self) -> OtherPolicy:
        return _lens(self.preset, json.dumps(self.mutant))


@cache
def _lens(preset: str, mutant: str) -> OtherPolicy:
    """One lens per changed preset, so that each is signed up on once (`founding`)."""
    return OtherPolicy(preset, mutated(preset, json.loads(mutant)))


def escalation(preset: str, ladder: Ladder, silence: Silence) -> Noticed:
    def happens(organisation: Organisation, number: str) -> None:
        is_owed(organisation, number, silence)
        is_escalated(organisation, number, silence.clock, ladder)

    return Noticed(preset, silence.until, happens, silence.mutant)


def without(preset: str, until: Story, happens: Happens, **mutant: Any) -> ParameterSet:
    return pytest.param(Noticed(preset, until, happens, mutant), id=f"{preset}-{happens.__name__}")
