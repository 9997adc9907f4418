"""Every place of every preset left out in turn: the document is taken or has faults, and neither takes long."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.test_check import places


def without(document: Any, place: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(document)
    holder = changed
    for step in place[:-1]:
        holder = holder[step]
    del holder[place[-1]]
    return changed


@pytest.mark.nightly
@pytest.mark.parametrize("preset", presets.names())
def test_no_place_that_is_left_out_is_a_surprise(preset: str) -> None:
    document = presets.document(preset)
    for place in filter(None, places(document)):
        began = time.process_time()
        try:
            compile_policy(check_publishable(without(document, place)).document, "1")
        except PolicyFault as fault:
            assert fault.faults  # noqa: PT017 (either is an answer; nothing else may be raised)
        assert time.process_time() - began < 2, place
