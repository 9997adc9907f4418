"""Members who record what a party says: those who may see who the complainant is."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.rights.confidentiality import speaker_for, visible_classes
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy

HIDDEN: dict[str, Any] = {"confidentiality": {"complainant": ["manager"]}, "tiers": [{"roles": "manager"}]}
RESPONDENT = Asker("respondent", "sub-shop", (Grant("respondent", "north"),))


def spoken(case: Case, asker: Asker, party: str = "complainant") -> Asker | None:
    return speaker_for(case.policy, case.complaint, asker, party)


def test_a_member_who_may_not_see_the_complainant_does_not_speak_for_them() -> None:
    case = Case(policy(HIDDEN))
    assert spoken(case, AGENT) is None
    speaker = spoken(case, MANAGER)
    assert speaker is not None
    assert (speaker.id, speaker.grants, speaker.behalf) == (
        "sub-manager",
        (Grant("complainant"),),
        Grant("manager"),
    )


def test_every_member_records_what_another_party_says() -> None:
    assert spoken(Case(policy(HIDDEN)), AGENT, "respondent") is not None


@pytest.mark.parametrize("asker", [COMPLAINANT, RESPONDENT], ids=["complainant", "respondent"])
def test_a_party_speaks_for_no_other(asker: Asker) -> None:
    assert spoken(Case(policy(HIDDEN)), asker) is None


@pytest.mark.parametrize(
    ("asker", "classes"),
    [
        (AGENT, {"respondent", "content", "internal"}),
        (MANAGER, {"complainant", "respondent", "content", "internal"}),
        (COMPLAINANT, {"complainant", "respondent", "content"}),
        (RESPONDENT, {"respondent", "content"}),
    ],
    ids=["agent", "manager", "complainant", "respondent"],
)
def test_each_reader_sees_their_classes(asker: Asker, classes: set[str]) -> None:
    case = Case(policy({**HIDDEN, "intake": {"unit": "optional"}}), unit="north")
    assert visible_classes(case.policy, case.complaint, asker) == classes
