"""Acts of the office under every policy: notes, links between duplicates, legal holds. They change no deadline."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.acting.act_hooks import hooks_of
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant, as_party
from chalicelib.kit.problem import Problem
from tests.helpers.nonempty import nonempty
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, NUMBER, Case, policy, staff

OWNER = staff("sub-owner", "owner")
OTHER = "202611-000002"


def case(**changes: Any) -> Case:
    return Case(policy({"tiers": [{"roles": "manager"}], **changes}))


def refused(asked: Case, name: str, by: Asker, **fields: Any) -> Problem:
    before = asked.complaint
    with pytest.raises(Problem) as problem:
        asked.act(name, by, **fields)
    assert asked.complaint is before
    return problem.value


def places(problem: Problem) -> list[tuple[str, str]]:
    return [(place.pointer, place.detail) for place in problem.places]


def office_acts(asked: Case, by: Asker) -> list[str]:
    return open_acts.office_acts_open_to(asked.policy, asked.complaint, by)


def recorder(by: Asker) -> Asker:
    """The member who records what the complainant says."""
    speaker = as_party(by, "complainant", None)
    assert speaker is not None
    return speaker


# ---- holds -----------------------------------------------------------------------------------------------------------


def test_a_hold_lasts_until_its_release() -> None:
    held = case()
    assert held.act("hold", OWNER, reason="Lawsuit").held == f"{NUMBER}/2"
    assert held.act("release", OWNER, reason="Settled").held is None
    assert held.types == ["registered", "held", "released"]


@pytest.mark.parametrize("name", ["hold", "release"])
def test_the_reason_of_a_hold_or_release_is_for_the_office_alone(name: str) -> None:
    asked = case()
    if name == "release":
        asked.act("hold", OWNER, reason="Lawsuit")
    asked.act(name, OWNER, reason="Court order")
    event = asked.drafts[-1]
    assert (event.act, event.actor, event.at) == (name, OWNER.actor(Grant("owner")), asked.now)
    assert (event.fields, event.secrets) == ({"given": ["reason"]}, {"internal": {"reason": "Court order"}})


@pytest.mark.parametrize("name", ["hold", "release"])
def test_a_hold_or_release_needs_a_reason(name: str) -> None:
    asked = case()
    if name == "release":
        asked.act("hold", OWNER, reason="Lawsuit")
    assert places(refused(asked, name, OWNER)) == [("/fields/reason", "is required")]


def test_a_complaint_is_held_once_at_a_time() -> None:
    asked = case()
    early = refused(asked, "release", OWNER, reason="x")
    asked.act("hold", OWNER, reason="Lawsuit")
    again = refused(asked, "hold", OWNER, reason="x")
    assert (early.kind, early.detail, early.extra) == (
        "act-not-open",
        "The complaint is under no legal hold.",
        {"acts": []},
    )
    assert (again.kind, again.detail, again.extra) == (
        "act-not-open",
        "The complaint is under legal hold.",
        {"acts": []},
    )


@pytest.mark.parametrize("by", [AGENT, COMPLAINANT, recorder(OWNER)], ids=["agent", "complainant", "recorder"])
@pytest.mark.parametrize("name", ["hold", "release"])
def test_only_owners_and_roles_that_the_policy_names_hold_complaints(name: str, by: Asker) -> None:
    asked = case(holds=["manager"])
    if name == "release":
        asked.act("hold", MANAGER, reason="Lawsuit")
    found = refused(asked, name, by, reason="x")
    assert (found.kind, found.detail) == (
        "forbidden",
        "Only the organisation's owners, and roles that its policy names, may do this.",
    )
    assert name not in office_acts(asked, by)


def test_a_complaint_that_has_ended_can_be_held() -> None:
    asked = case()
    asked.act("decide")
    assert office_acts(asked, OWNER) == ["note", "hold"]
    asked.act("hold", OWNER, reason="Lawsuit")
    assert office_acts(asked, OWNER) == ["note", "release"]


# ---- links -----------------------------------------------------------------------------------------------------------


def test_a_complaint_follows_the_one_that_it_is_linked_to() -> None:
    asked = case()
    assert office_acts(asked, AGENT) == ["note", "link", "inform"]
    assert asked.act("link", to=OTHER).follows == OTHER
    event = asked.drafts[-2]
    assert (event.type, event.fields, event.actor) == ("linked", {"to": OTHER}, AGENT.actor(Grant("agent")))
    assert office_acts(asked, AGENT) == ["note", "unlink", "inform"]


def test_a_link_is_removed_for_a_reason_that_only_the_office_reads() -> None:
    asked = case()
    asked.act("link", to=OTHER)
    assert asked.act("unlink", reason="Another flat").follows is None
    event = asked.drafts[-2]
    assert (event.type, event.fields) == ("unlinked", {"given": ["reason"], "from": OTHER})
    assert event.secrets == {"internal": {"reason": "Another flat"}}
    assert office_acts(asked, AGENT) == ["note", "link", "inform"]


def test_a_link_is_not_removed_without_a_reason() -> None:
    asked = case()
    asked.act("link", to=OTHER)
    assert places(refused(asked, "unlink", AGENT)) == [("/fields/reason", "is required")]


def test_a_complaint_without_a_link_has_none_to_remove() -> None:
    found = refused(case(), "unlink", AGENT, reason="Another flat")
    assert (found.kind, found.detail) == ("act-not-open", "The complaint follows no other one.")


@pytest.mark.parametrize(("name", "fields"), [("link", {"to": OTHER}), ("unlink", {"reason": "Another flat"})])
def test_the_complainant_alone_is_told_of_a_link_and_of_its_end(name: str, fields: dict[str, str]) -> None:
    asked = case()
    asked.act("link", to=OTHER)
    if name == "unlink":
        asked.act(name, **fields)
    told = asked.drafts[-1]
    assert (told.type, told.fields["to"], told.fields["wording"]) == ("notified", ["complainant"], f"{name}ed")


def test_a_complaint_does_not_follow_itself() -> None:
    found = refused(case(), "link", AGENT, to=NUMBER)
    assert (found.kind, found.detail) == ("invalid", "It cannot be linked to this complaint.")
    assert places(found) == [("/fields/to", "must name another complaint")]


def test_a_complaint_follows_one_other_complaint() -> None:
    asked = case()
    asked.act("link", to=OTHER)
    found = refused(asked, "link", AGENT, to="202611-000003")
    assert (found.kind, found.detail) == ("act-not-open", f"The complaint follows {OTHER} already.")


def test_a_complaint_that_has_ended_is_not_linked() -> None:
    asked = case()
    asked.act("decide")
    found = refused(asked, "link", AGENT, to=OTHER)
    assert (found.kind, found.detail) == ("act-not-open", "The complaint has ended.")
    assert found.extra == {"stage": "done", "acts": []}


# ---- notes -----------------------------------------------------------------------------------------------------------


def test_a_note_is_for_the_office_alone() -> None:
    asked = case()
    asked.act("note", text="Called back")
    event = asked.drafts[-1]
    assert (event.type, event.actor) == ("noted", AGENT.actor(Grant("agent")))
    assert (event.fields, event.secrets) == ({"given": ["text"]}, {"internal": {"text": "Called back"}})


@pytest.mark.parametrize("by", [COMPLAINANT, recorder(AGENT)], ids=["complainant", "recorder"])
@pytest.mark.parametrize(("name", "fields"), [("note", {"text": "x"}), ("link", {"to": OTHER})])
def test_parties_have_no_acts_of_the_office(by: Asker, name: str, fields: dict[str, str]) -> None:
    asked = case()
    found = refused(asked, name, by, **fields)
    assert (found.kind, found.detail) == ("forbidden", "Only members of the organisation may do this.")
    assert name not in office_acts(asked, by)


def test_the_acts_of_the_office_change_no_deadline() -> None:
    asked = case(clocks={"answer": {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "5 days"}})
    before = asked.complaint.runs
    asked.act("note", text="Called back")
    asked.act("hold", OWNER, reason="Lawsuit")
    asked.act("release", OWNER, reason="Settled")
    asked.act("link", to=OTHER)
    assert asked.act("unlink", reason="Another flat").runs == before
    assert [one.result.clocks for one in nonempty(asked.drafts[1:])] == [[]] * 7


# ---- fields ----------------------------------------------------------------------------------------------------------


def test_an_act_of_the_office_has_the_fields_that_the_policy_gives_it() -> None:
    assign = {"by": "agent", "needs": "handler", "takes": "summary", "assigns": {"agent": "handler"}}
    under = policy(
        {
            "tiers": [{"roles": "manager"}],
            "fields": {name: {"en": name} for name in ("handler", "second", "summary", "report")},
            "stages": {
                "open": {
                    "assign": assign,
                    "accept": {"by": "agent", "needs": "second", "assigns": {"agent": "second"}},
                    "decide": {"by": "agent", "to": "done"},
                }
            },
            "tasks": {"call": {"en": "Call", "for": "agent", "on": "assigned", "needs": "report", "takes": "summary"}},
        }
    )
    fields = {
        name: set(hooks_of(name).keys_of(under)) for name in ("assign", "do_task", "note", "hold", "link", "approve")
    }
    assert fields == {
        "assign": {"handler", "summary", "second"},
        "do_task": {"task", "report", "summary"},
        "note": {"text"},
        "hold": {"reason"},
        "link": {"to"},
        "approve": {"proposal", "reason"},
    }
