"""A back-test under the version that applied to the complaints shows no difference."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import HOUR, from_text, to_text
from chalicelib.policy import presets
from tests.backtests import live
from tests.backtests.live import Office, Teller
from tests.backtests.stories import FROM, Policy, backtested, filing, instants
from tests.helpers.searches import some_by_day

EACH = [4, pytest.param(12, marks=pytest.mark.nightly)]
"""Complaints of each preset: by day of one preset in five, at night of all. `test_draft_reports` has others."""
UNTIL = from_text("2027-01-20T12:00:00+08:00")
SIGNED = [
    ("staff", "forward"),
    ("customer_manager", "find_liability"),
    ("customer_manager", "accept"),
    ("customer_manager", "forward"),
    ("management", "object"),
    ("customer_manager", "sign"),
    ("respondent_department", "sign"),
    ("management", "notify"),
    ("general_manager", "decide"),
]


def of_preset(preset: str) -> Policy:
    return {**copy.deepcopy(presets.document(preset)), "examples": []}


def differences(office: Office, policy: Policy) -> list[dict[str, Any]]:
    office.world.move_to(to_text(UNTIL))
    result, lines = backtested(office, policy)
    assert (result["complaints"] > 0, result["unreadable"]) == (True, 0)
    return [line for line in lines if line["kind"] != "approval_awaited"]


@pytest.mark.slow
@pytest.mark.parametrize("each", EACH)
@pytest.mark.parametrize("preset", some_by_day(presets.names(), one_in=5))
def test_complaints_handled_by_people_with_one_role_show_no_difference(preset: str, each: int) -> None:
    policy = of_preset(preset)
    office = live.office(preset, policy, single=True)
    teller = Teller(office, policy["sample"], seed=11)
    for at in instants(teller, each):
        teller.story(at, filing(teller, policy, at))
    assert differences(office, policy) == []


def signed_by_two() -> Policy:
    """P3 with a negotiation that two people sign, each with an event of their own. No preset has such an act."""
    policy = of_preset("auto-repair-forms")
    signers = ["customer_manager", "respondent_department"]
    policy["stages"]["negotiation"]["sign"] = {"by": signers, "all": True, "to": "opinion", "needs": ["agreement"]}
    policy.pop("forms")
    return policy


def test_signatures_of_two_people_are_told_apart() -> None:
    policy = signed_by_two()
    office = live.office("auto-repair-forms", policy, single=True, published=True)
    sample, now = policy["sample"], FROM
    filed = office.file(Filing(sample["channel"], sample["facts"], category=sample["category"]), now)
    assert filed is not None
    teller = Teller(office, sample, seed=1)
    for who, name in SIGNED:
        now += HOUR
        assert office.act(filed, who, name, teller.needed(filed, who, name, now), now), name
    assert differences(office, policy) == []
