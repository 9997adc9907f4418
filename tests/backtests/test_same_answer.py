"""A back-test gives the same result as the same filings and acts handled live under the draft."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.instants import from_text
from chalicelib.policy import presets
from tests.backtests import live
from tests.backtests.live import Came, Office, Story, Teller, number_of
from tests.backtests.stories import Policy, backtested, filing, instants

BY_DAY, BY_NIGHT = 6, 334
"""Stories for each pair of policies: at night about a thousand in total."""
UNTIL = from_text("2027-01-20T12:00:00+08:00")
Lines = Counter[tuple[Any, ...]]


def bureau(policy: Policy) -> None:
    """Other limits and limitation period, fewer channels and grounds, one more approval, swapped targets, two tiers."""
    intake = policy["intake"]
    intake["limitation"]["within"] = "6 hours"
    del intake["channels"]["petition"], intake["refusals"]["unlawful"]
    policy["clocks"]["decision"]["within"] = [
        {"when": {"channel": "oral"}, "limit": "3 working days"},
        {"when": {"channel": "written"}, "limit": "15 days"},
    ]
    policy["stages"]["investigating"]["decide"]["approval"] = "leader"
    policy["stages"]["decided"]["agree"]["to"] = "disputed"
    policy["stages"]["decided"]["dispute"]["to"] = "settled"
    policy["stages"]["decided"]["dispute"]["to"] = "settled"
    policy["tiers"] = policy["tiers"][:2]


def estate(policy: Policy) -> None:
    """No approval, no lunch break, a shorter limit, no promise without an assignment, a unit for every complaint."""
    policy["calendar"]["hours"] = {"mon-sat": ["08:00-20:00"]}
    del policy["stages"]["handling"]["reply"]["approval"]
    del policy["stages"]["registered"]["promise"], policy["stages"]["replied"]["dispute"]
    policy["clocks"]["forwarding"]["from"].remove("disputed")
    policy["clocks"]["forwarding"]["within"] = ["20 minutes"]
    policy["clocks"]["reply"]["paused_in"] = ["forwarded"]
    policy["tasks"]["written_report"]["within"] = "1 working day"
    policy["tiers"][1]["within"] = "2 hours"


def company(policy: Policy) -> None:
    """Earlier ageing, other limits by class, no deadline for the promise, fewer units to forward to."""
    policy["severity"]["ageing"][0]["after"] = "1 week"
    policy["clocks"]["resolution"]["within"] = [
        {"when": {"severity": "major"}, "limit": "4 hours"},
        {"when": {"severity": ["general", "important"]}, "limit": "2 working days"},
    ]
    del policy["clocks"]["wanted_reply"], policy["fields"]["to"]["choices"]["sales_unit"]
    policy["stages"]["decided"]["close"]["after"] = ["agreed"]
    policy["stages"]["decided"]["archive"] = {"by": "team_lead", "to": "archived"}
    policy["intake"]["facts"]["content"]["most"] = 20
    policy["sample"]["facts"]["content"] = "电梯又坏了。"  # so that it can be filed


def passed_on_with_leave(policy: Policy) -> None:
    """An approval that both policies have, with different event numbers in the draft's record."""
    policy["stages"]["reviewed"]["forward"]["approval"] = "business_unit"


BEFORE: dict[str, Callable[[Policy], None]] = {"corporate-standard": passed_on_with_leave}
CHANGES: dict[str, Callable[[Policy], None]] = {
    "food-drug-administration": bureau,
    "property-management": estate,
    "corporate-standard": company,
}


STORIES = [
    *((preset, BY_DAY) for preset in CHANGES),
    *(pytest.param((preset, BY_NIGHT), marks=pytest.mark.nightly) for preset in CHANGES),
]


@pytest.fixture(scope="module", params=STORIES, ids=lambda told: f"{told[0]}, {told[1]}")
def told(request: pytest.FixtureRequest) -> tuple[Office, Office, list[Story], Policy]:
    preset, each = request.param
    policy: Policy = copy.deepcopy(presets.document(preset))
    policy.pop("examples")
    BEFORE.get(preset, lambda _: None)(policy)
    draft = copy.deepcopy(policy)
    CHANGES[preset](draft)
    first, second = live.office(preset, policy), live.office(preset, draft)
    teller = Teller(first, policy["sample"], seed=7)
    stories = [teller.story(at, filing(teller, policy, at)) for at in instants(teller, each)]
    first.world.fakes.clock.move_to(UNTIL)
    return first, second, stories, draft


def differences(number: str, before: Came, after: Came) -> Lines:
    """Return the differences between two records, computed from the records alone."""
    found: Lines = Counter()
    for key in {*before.runs, *after.runs}:
        was, would = before.runs.get(key), after.runs.get(key)
        if was is None or would is None:
            found[(number, "clock_lost" if would is None else "clock_gained", *key)] += 1
        elif was.due and would.due and was.due != would.due:
            found[(number, "later" if would.due > was.due else "earlier", *key)] += 1
        missed = (was is not None and was.rung > 0, would is not None and would.rung > 0)
        if missed[0] is not missed[1]:
            found[(number, "breach_lost" if missed[0] else "breach_gained", *key)] += 1
    return found


@pytest.mark.slow
def test_a_back_test_agrees_with_live_handling_under_the_draft(
    told: tuple[Office, Office, list[Story], Policy],
) -> None:
    first, second, stories, draft = told
    result, lines = backtested(first, draft)
    expected: Lines = Counter()
    tiers: dict[str, Counter[int]] = {"before": Counter(), "after": Counter()}
    for story in stories:
        number = number_of(story.filed)
        before = live.came(first, story.filed, UNTIL)
        filed, refused = live.lived(second, story)
        after = live.came(second, filed, UNTIL)
        tiers["before"] += before.tiers
        tiers["after"] += after.tiers
        expected += differences(number, before, after)
        taken = filed is not None and "refused" not in after.types and all(deed.act != "accept" for deed in refused)
        if taken != ("refused" not in before.types):
            expected[(number, "newly_accepted" if taken else "no_longer_accepted")] += 1
        if filed is None:
            expected[(number, "act_not_possible", "register")] += 1
        for deed in refused:
            if deed.act not in ("approve", "reject"):
                expected[(number, "act_not_possible", deed.act)] += 1
    found = Counter(shape(line) for line in lines if line["kind"] not in ("approval_awaited", "other_role"))
    assert expected - found == Counter()
    assert found - expected == Counter()
    assert result["complaints"] == len(stories)
    assert result["unreadable"] == 0
    for side in ("before", "after"):
        shown = Counter({int(tier): pair[side] for tier, pair in result["tiers"].items() if pair[side]})
        assert shown == tiers[side]


def shape(line: dict[str, Any]) -> tuple[Any, ...]:
    if "clock" in line:
        return (line["number"], line["kind"], line["clock"], line["run"])
    if line["kind"] == "act_not_possible":
        return (line["number"], line["kind"], line["act"])
    return (line["number"], line["kind"])
