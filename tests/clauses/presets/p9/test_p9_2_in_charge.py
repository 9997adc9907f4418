"""P9.2, P9.6: who is asked to act: the person in charge of the screening during it, then the officers alone."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import CONDITIONS, filed
from tests.clauses.organisation import Organisation

ASKED = "投诉 {} 已指派，请承办。"


@pytest.fixture
def number(bureau: Organisation) -> str:
    """The leader has named a person of the information centre, who has accepted it, and an officer."""
    found = filed(bureau)
    bureau.act(found, "leader", "assign", in_charge=[bureau.subs["information_centre"]])
    assert bureau.told("information_centre", found)[0] == ASKED.format(found)
    bureau.act(found, "information_centre", "accept", conditions=CONDITIONS)
    bureau.act(found, "leader", "assign", officers=[bureau.subs["officer"]])
    return found


def test_p9_6_who_was_in_charge_of_the_screening_is_not_asked_to_investigate(bureau: Organisation, number: str) -> None:
    texts = bureau.told("information_centre", number)

    assert bureau.told("officer", number) == [ASKED.format(number)]
    assert texts.count(ASKED.format(number)) == 1


def test_p9_2_who_is_put_in_charge_of_a_screening_that_is_over_is_asked_for_nothing(
    bureau: Organisation, number: str
) -> None:
    bureau.act(number, "leader", "assign", in_charge=[bureau.subs["information_centre"]])

    assert bureau.told("information_centre", number)[0] == f"投诉 {number} 已指派，目前无须办理。"
    assert bureau.told("officer", number) == [ASKED.format(number)]
