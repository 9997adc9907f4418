"""An owner whom a complaint excludes gets no message about what its exclusions leave undone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.handling.exclusion.council import council, remove, stand_in

ACTS: dict[str, Any] = {
    "assign": {"by": "manager", "needs": "handler", "assigns": {"officer": "handler"}, "tells": "assigned"},
    "recuse": {"by": ["officer", "manager"], "takes": "person"},
    "mediate": {"by": "officer", "tells": "owner"},
    "note": {"by": "manager", "tells": "assigned"},
    "decide": {"by": "officer", "to": "done", "approval": {"by": "reviewer"}},
}


@pytest.fixture
def office() -> Organisation:
    """Two owners, of whom the complaint of a test excludes the first."""
    office = council(ACTS)
    hire(office, "manager", name="partner", also=["owner"])
    office.subs["owner"] = office.get("/people/me", "owner")["sub"]
    return office


def excluding(office: Organisation, *owners: str) -> str:
    number = office.file()
    for one in owners:
        office.act(number, "manager", "recuse", person=[office.subs[one]])
    return number


def told(office: Organisation, number: str) -> dict[str, int]:
    """How many messages each owner has of the complaint, and how many mails name it."""
    assert isinstance(office.world, InProcess)
    mails = office.world.fakes.mailer
    return {
        who: len(office.told(who, number, "en")) + sum(number in mail.subject for mail in mails.to(office.emails[who]))
        for who in ("owner", "partner")
    }


def unstaffed(office: Organisation, number: str) -> None:
    """Leaves no person for the acts of officers."""
    for who in ("officer", "second"):
        office.act(number, who, "recuse")


def unstaffed_approval(office: Organisation, number: str) -> None:
    for who in ("reviewer", "third"):
        remove(office, who)
    office.act(number, "officer", "decide")


def told_by_the_policy(office: Organisation, number: str) -> None:
    office.act(number, "officer", "mediate")


@pytest.mark.parametrize("happens", [unstaffed, unstaffed_approval, told_by_the_policy])
def test_only_the_free_owner_is_told(office: Organisation, happens: Any) -> None:
    number = excluding(office, "owner")

    happens(office, number)

    assert (told(office, number)["owner"], told(office, number)["partner"] > 0) == (0, True)


@pytest.mark.parametrize("happens", [unstaffed, unstaffed_approval])
def test_the_operators_are_told_if_no_owner_is_free(
    office: Organisation, happens: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    number = excluding(office, "owner", "partner")

    happens(office, number)

    assert told(office, number) == {"owner": 0, "partner": 0}
    assert "TierVacant" in capsys.readouterr().out


def test_an_excluded_person_gets_no_message_as_the_deputy_of_an_owner(office: Organisation) -> None:
    stand_in(office, "partner", "third")
    number = excluding(office, "third")

    unstaffed(office, number)

    assert office.told("third", number, "en") == []
    assert told(office, number)["partner"] > 0


def test_an_excluded_person_gets_no_message_as_the_deputy_of_an_assignee(office: Organisation) -> None:
    number = excluding(office, "third")
    stand_in(office, "second", "third")

    office.act(number, "manager", "assign", handler=[office.subs["second"]])

    assert (len(office.told("second", number, "en")), office.told("third", number, "en")) == (1, [])


def handed_over(office: Organisation, *excluded: str, to: str | None = None) -> tuple[str, list[str]]:
    """A complaint of the officer, whom the owner removed."""
    number = office.file()
    office.act(number, "manager", "assign", handler=[office.subs["officer"]])
    for one in excluded:
        office.act(number, "manager", "recuse", person=[office.subs[one]])
    query = f"?to={office.subs[to]}" if to else ""
    path = f"{office.path}/people/{office.subs['officer']}{query}"
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status == 204
    assert isinstance(office.world, InProcess)
    office.world.sweep()
    return number, office.complaint(number, "manager")["assigned"]["officer"]


@pytest.mark.parametrize(
    ("excluded", "to", "heir"),
    [
        (["owner"], None, "partner"),
        (["second"], "second", "owner"),
        (["second", "owner"], "second", "partner"),
        (["second", "owner", "partner"], "second", "officer"),
        (["partner"], "second", "second"),
    ],
)
def test_a_removed_persons_complaint_goes_to_nobody_whom_it_excludes(
    office: Organisation, excluded: list[str], to: str | None, heir: str
) -> None:
    number, assigned = handed_over(office, *excluded, to=to)

    assert assigned == [office.subs[heir]]
    assert [office.told(one, number, "en") for one in excluded] == [[] for _ in excluded]


def test_a_message_to_a_removed_person_goes_to_no_excluded_successor(office: Organisation) -> None:
    number = office.file()
    office.act(number, "manager", "assign", handler=[office.subs["officer"]])
    office.act(number, "manager", "recuse", person=[office.subs["owner"]])
    remove(office, "officer")

    office.act(number, "manager", "note")

    assert (told(office, number)["owner"], told(office, number)["partner"] > 0) == (0, True)
