"""The absent person and their deputy are one pair of eyes: neither approves what the other proposed for them."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import estate_in, handled
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.handling.proposals.test_deputies import FROM, appoint


@pytest.fixture
def estate() -> Organisation:
    made = estate_in(InProcess(FROM))
    hire(made, "management_office", name="absent", also=["service_centre"])
    return made


def proposed_by_the_deputy(estate: Organisation, *, with_own_grant: bool) -> str:
    hire(estate, "management_office" if with_own_grant else "leader", name="deputy")
    number = handled(estate, by="deputy" if with_own_grant else "absent", channel="email")
    appoint(estate, "absent", "deputy")
    estate.act(number, "deputy", "reply", text="灯已换好。")
    return number


@pytest.mark.parametrize("with_own_grant", [False, True])
def test_the_absent_person_cannot_approve_their_deputys_proposal(estate: Organisation, with_own_grant: bool) -> None:
    number = proposed_by_the_deputy(estate, with_own_grant=with_own_grant)

    assert estate.try_act(number, "absent", "approve").status == 403
    assert estate.get("/tasks?kind=approval", "absent")["tasks"] == []
    assert estate.try_act(number, "service_centre", "approve").status == 200


def test_what_was_proposed_with_the_absent_persons_grant_stays_theirs_after_the_absence(estate: Organisation) -> None:
    number = proposed_by_the_deputy(estate, with_own_grant=False)
    path = f"{estate.path}/people/me/deputy"
    assert estate.world.call("DELETE", path, auth=estate.auth("absent")).status == 200

    assert estate.try_act(number, "absent", "approve").status == 403
