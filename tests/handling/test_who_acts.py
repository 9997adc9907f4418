"""Who may act and approve, and who is told, over HTTP: acts for time alone, lists of approvals, people who were ever
assigned, lower severity classes, and who filed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess, advance
from tests.kernel.policy.test_guide import SMALLEST, added, read

FACTS = {"complainant.name": "A Customer", "content": "It broke."}
POLICY: dict[str, Any] = {
    "people": {"mediator": {"en": "Mediator"}, "director": {"en": "Director"}},
    "fields": {
        "award": {"en": "Award", "kind": "number", "bands": {"small": {"most": 500}, "large": {}}},
        "whom": {"en": "Who mediates"},
    },
    "severity": {
        "classes": {"low": {"en": "Low"}, "high": {"en": "High"}},
        "signs": {"high": {"injury": {"en": "Injury"}}},
        "lowering": {"needs": "reason", "approval": {"by": "manager"}},
    },
    "stages": {
        "registered": {
            "assign": {"by": "manager", "needs": "whom", "assigns": {"mediator": "whom"}},
            "mediate": {"by": {"role": "mediator", "of": "assigned"}},
            "classify": {"by": "agent", "needs": "severity", "takes": "sign"},
            "decide": {
                "by": [
                    {"role": "agent", "not": ["mediated", "assigned.mediator"]},
                    {"role": "mediator", "not": ["mediated", "assigned.mediator"]},
                ],
                "takes": "award",
                "approval": [{"by": "manager", "when": {"award": "small"}}, {"by": "director"}],
            },
        },
        "decided": {"close": {"by": "time"}, "lift": {"by": "manager", "takes": "reason", "tells": "complainant"}},
    },
    "clocks": {
        "silence": {
            "from": "decided",
            "until": ["disputed", "closed"],
            "within": "1 week",
            "duty": "complainant",
            "missed": {"act": "close"},
        }
    },
    "sample": {"channel": "shop", "facts": FACTS},
}


@pytest.fixture
def shop() -> Organisation:
    policy = json.dumps(added(read(SMALLEST), POLICY))
    return sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), policy)


def decided(shop: Organisation) -> str:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="x", award=5)
    assert shop.act(number, "manager", "approve")["stage"] == "decided"
    return number


@pytest.mark.parametrize("who", ["agent", "manager", "owner", "complainant"])
def test_no_person_may_do_what_is_for_time(shop: Organisation, who: str) -> None:
    number = decided(shop)
    answer = shop.try_act(number, who, "close")
    seen = shop.complaint(number, who)
    assert (answer.status, answer.problem, "close" in seen["acts"]) == (403, "forbidden", False)


def test_time_does_it(shop: Organisation) -> None:
    number = decided(shop)
    advance(shop.world, "8 days")
    [event] = shop.events(number, "agent", "closed")
    assert (shop.complaint(number)["stage"], event["actor"]["kind"]) == ("closed", "system")


@pytest.mark.parametrize(("award", "who", "others"), [(500, "manager", "director"), (501, "director", "manager")])
def test_the_first_approval_whose_condition_holds_is_needed(
    shop: Organisation, award: int, who: str, others: str
) -> None:
    number = shop.file()
    shop.act(number, "agent", "decide", solution="x", award=award)
    assert shop.try_act(number, others, "approve").status == 403
    assert shop.act(number, who, "approve")["stage"] == "decided"


def test_who_was_ever_assigned_as_mediator_does_not_decide(shop: Organisation) -> None:
    """Ann was assigned, did nothing, and was replaced by Ben."""
    for name in ("ann", "ben", "kim"):
        hire(shop, "mediator", name=name, also=["agent"])
    number = shop.file()
    for name in ("ann", "ben"):
        shop.act(number, "manager", "assign", whom=[shop.subs[name]])
    for name in ("ann", "ben"):
        assert shop.try_act(number, name, "decide", solution="x").status == 403
    shop.act(number, "kim", "decide", solution="x")


def test_a_lower_class_needs_a_reason_and_a_second_person_and_no_sign_on_record(shop: Organisation) -> None:
    number = shop.file()
    shop.act(number, "agent", "classify", severity="high", sign="injury")
    refused = shop.try_act(number, "agent", "classify", severity="low", reason="x")
    silent = shop.try_act(number, "agent", "classify", severity="low", struck=["injury"])
    assert ((refused.status, refused.pointer), (silent.status, silent.pointer)) == (
        (422, "/fields/severity"),
        (422, "/fields/reason"),
    )
    asked = shop.act(number, "agent", "classify", severity="low", struck=["injury"], reason="No one was hurt.")
    assert (asked["severity"], shop.try_act(number, "agent", "approve").status) == ("high", 403)
    assert shop.act(number, "manager", "approve")["severity"] == "low"


def test_lifting_states_that_a_measure_no_longer_holds_and_changes_nothing(shop: Organisation) -> None:
    number = decided(shop)
    before = {clock: shop.deadline(number, clock)["due"] for clock in ("silence",)}
    assert shop.act(number, "manager", "lift", reason="The appeal was right.")["stage"] == "decided"
    assert [one["act"] for one in shop.events(number, "agent", "lifted")] == ["lift"]
    assert {clock: shop.deadline(number, clock)["due"] for clock in ("silence",)} == before


@pytest.mark.parametrize(("roles", "filed_by"), [(["director", "agent"], "agent"), (["director"], "director")])
def test_a_member_files_in_the_first_of_their_roles_in_the_order_of_people(
    shop: Organisation, roles: list[str], filed_by: str
) -> None:
    hire(shop, roles[0], name="both", also=roles[1:])
    answer = shop.try_file(shop.auth("both"))
    [event] = shop.events(answer.json["number"], "agent", "registered")
    assert event["actor"]["role"] == filed_by
