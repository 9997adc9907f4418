"""Tiers, tasks and thresholds are the work of members: their notices have one text, and no party can get them."""

from __future__ import annotations

import pytest

from chalicelib.policy.checks.document import check
from chalicelib.policy.reading.faults import PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty


@pytest.mark.parametrize("party", ["complainant", "respondent"])
@pytest.mark.parametrize("place", ["tiers/0/roles", "tasks/report/for", "points/at/1/for"])
def test_a_party_has_no_work(place: str, party: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        check(faulty(place, party))

    assert {fault.kind for fault in caught.value.faults} == {"no-role-here"}
