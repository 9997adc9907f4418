"""No handler of a report is named in it, acted in its complaint, or stands in for such a person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.supervision.reporting import about, act, add, listed, look, operate, readers, report, seen, try_act


@pytest.fixture
def office() -> Organisation:
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    hire(found, "supervisor", name="second")
    found.subs["owner"] = found.get("/people/me", "owner")["sub"]
    return found


def send(office: Organisation, method: str, path: str, body: Any, who: str = "owner") -> Any:
    answer = office.world.call(method, office.path + path, body, auth=office.auth(who))
    assert answer.status < 300, answer.text
    return answer


def grant(office: Organisation, who: str, *roles: str) -> None:
    send(office, "PUT", f"/people/{office.subs[who]}", {"grants": [{"role": role} for role in roles]})


def remove(office: Organisation, who: str) -> None:
    send(office, "DELETE", f"/people/{office.subs[who]}", None)


def deputise(office: Organisation, absent: str, deputy: str) -> None:
    times = {"from": "2026-11-27T09:00:00+08:00", "until": "2026-12-04T18:00:00+08:00"}
    send(office, "PUT", "/people/me/deputy", {"sub": office.subs[deputy], **times}, absent)


class TestNamed:
    def test_by_id(self, office: Organisation) -> None:
        assert readers(office, report(office, about(office, "supervisor"))) == {"second"}

    def test_in_the_text(self, office: Organisation) -> None:
        assert readers(office, report(office, text="The person called  Second took a bribe.")) == {"supervisor"}

    def test_a_name_within_a_longer_word_is_not_meant(self, office: Organisation) -> None:
        assert readers(office, report(office, text="It took seconds.")) == {"supervisor", "second"}

    def test_in_a_later_message(self, office: Organisation) -> None:
        reported = report(office)
        add(office, reported, "“second” 也参与了。")

        assert readers(office, reported) == {"supervisor"}


def handlers_of(office: Organisation, reported: Any) -> set[str]:
    """Who got a message about it."""
    assert isinstance(office.world, InProcess)
    rows = [entry for entry in office.world.fakes.store.everything() if entry.row and reported.id in entry.row]
    return {entry.key.pk.rpartition("#")[2] for entry in rows}


class TestTookPart:
    @pytest.fixture
    def office(self, office: Organisation) -> Organisation:
        grant(office, "second", "supervisor", "handler", "screener")
        return office

    def test_an_actor(self, office: Organisation) -> None:
        number = office.file()
        office.act(number, "second", "accept", responsible=office.subs["handler"])

        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor"}

    def test_an_assignee_who_has_not_acted(self, office: Organisation) -> None:
        number = accepted(office, "second")

        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor"}

    def test_an_earlier_assignee(self, office: Organisation) -> None:
        number = accepted(office, "second")
        office.act(number, "director", "assign", responsible=[office.subs["handler"]])

        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor"}

    def test_an_absent_person_for_whom_a_deputy_acted(self, office: Organisation) -> None:
        number = office.file()
        deputise(office, "second", "director")
        office.act(number, "director", "accept", responsible=office.subs["handler"])

        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor"}

    def test_a_filer_for_the_complainant(self, office: Organisation) -> None:
        number = office.try_file(auth=office.auth("second")).json["number"]

        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor"}

    def test_a_person_who_acts_after_the_report(self, office: Organisation) -> None:
        number = office.file()
        reported = report(office, about(office, "handler"), complaint=number)
        assert readers(office, reported) == {"supervisor", "second"}

        office.act(number, "second", "accept", responsible=office.subs["handler"])

        assert readers(office, reported) == {"supervisor"}
        assert listed(office, "second") == []
        assert try_act(office, reported, "second", "note", text="x").status == 404

    def test_operators_get_it_when_the_last_independent_person_acts_in_the_complaint(
        self, office: Organisation
    ) -> None:
        number = office.file()
        grant(office, "supervisor", "supervisor", "screener")
        reported = report(office, about(office, "owner", "second"), complaint=number)
        assert readers(office, reported) == {"supervisor"}

        office.act(number, "supervisor", "accept", responsible=office.subs["handler"])

        assert look(office, reported, "supervisor").status == 404
        assert readers(office, reported) == {"operator"}

    def test_another_complaint_excludes_nobody(self, office: Organisation) -> None:
        accepted(office, "second")

        reported = report(office, about(office, "handler"), complaint=office.file())

        assert readers(office, reported) == {"supervisor", "second"}

    def test_a_person_of_a_respondent_when_a_complaint_is_concerned(self, office: Organisation) -> None:
        grants = [{"role": "supervisor"}, {"role": "respondent", "unit": "seller"}]
        send(office, "PUT", f"/people/{office.subs['second']}", {"grants": grants})
        number = office.file(unit="seller")

        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor"}
        assert readers(office, report(office, about(office, "handler"))) == {"supervisor", "second"}

    def test_being_told_of_the_complaint_is_no_part_in_it(self, office: Organisation) -> None:
        number = office.file()

        assert office.told("second", number)
        assert readers(office, report(office, about(office, "handler"), complaint=number)) == {"supervisor", "second"}

    def test_a_member_of_the_office_when_the_office_is_reported(self, office: Organisation) -> None:
        assert readers(office, report(office, {"office": True})) == {"supervisor"}


class TestDeputies:
    def test_the_deputy_of_an_involved_person_is_excluded(self, office: Organisation) -> None:
        deputise(office, "handler", "second")

        assert readers(office, report(office, about(office, "handler"))) == {"supervisor"}

    def test_only_while_they_stand_in(self, office: Organisation) -> None:
        deputise(office, "handler", "second")
        reported = report(office, about(office, "handler"))
        send(office, "DELETE", "/people/me/deputy", None, "handler")

        assert readers(office, reported) == {"supervisor", "second"}

    def test_a_supervisors_deputy_does_not_read_reports(self, office: Organisation) -> None:
        deputise(office, "supervisor", "director")

        assert readers(office, report(office, about(office, "handler"))) == {"supervisor", "second"}


class TestReporters:
    def test_nobody_handles_their_own_report(self, office: Organisation) -> None:
        assert readers(office, report(office, who="second")) == {"supervisor"}


class TestNextLevel:
    def test_owners_handle_it_if_every_supervisor_is_involved(self, office: Organisation) -> None:
        reported = report(office, about(office, "supervisor", "second"))

        assert readers(office, reported) == {"owner"}
        assert listed(office, "owner") == [reported.id]
        assert seen(office, reported, "owner")["handled_by"] == "owners"

    def test_operators_handle_it_if_every_owner_is_involved_too(self, office: Organisation) -> None:
        reported = report(office, about(office, "supervisor", "second", "owner"))

        assert readers(office, reported) == {"operator"}

    def test_an_independent_second_owner_comes_before_the_operators(self, office: Organisation) -> None:
        hire(office, "owner", name="partner")

        reported = report(office, about(office, "supervisor", "second", "owner"))

        assert readers(office, reported) == {"partner"}

    def test_owners_handle_it_where_the_policy_has_no_supervisors(self, office: Organisation) -> None:
        policy = office.get("/policy", "owner")["policy"]
        without = {name: part for name, part in policy.items() if name not in ("supervision", "examples")}
        without["people"] = {role: label for role, label in policy["people"].items() if role != "supervisor"}
        send(office, "POST", "/policy/publish", {"policy": without})

        assert readers(office, report(office)) == {"owner"}


class TestChangesOfPeople:
    def test_a_supervisor_who_loses_the_role_loses_the_report(self, office: Organisation) -> None:
        reported = report(office)
        grant(office, "second", "archivist")

        assert readers(office, reported) == {"supervisor"}

    def test_the_report_passes_to_the_owners_when_the_last_supervisor_is_gone(self, office: Organisation) -> None:
        reported = report(office)
        remove(office, "second")
        grant(office, "supervisor", "archivist")

        assert "owner" in readers(office, reported)
        assert look(office, reported, "supervisor").status == 404

    def test_an_involved_owner_who_removes_the_supervisors_gets_nothing(self, office: Organisation) -> None:
        reported = report(office, about(office, "owner"))
        remove(office, "second")
        remove(office, "supervisor")

        assert operate(office.world, "GET", f"/{office.id}/{reported.id}").status == 200
        assert look(office, reported, "owner").status == 404

    def test_an_involved_owner_cannot_give_it_to_a_friend(self, office: Organisation) -> None:
        reported = report(office, about(office, "owner"))

        hire(office, "supervisor", name="friend")
        grant(office, "archivist", "supervisor")
        hire(office, "owner", name="partner")

        assert readers(office, reported) == {"supervisor", "second"}

    def test_an_involved_owner_cannot_publish_other_supervisors(self, office: Organisation) -> None:
        reported = report(office, about(office, "owner"))
        policy = office.get("/policy", "owner")["policy"]
        other = {**policy, "supervision": {"by": ["archivist", "supervisor"]}}
        other.pop("examples", None)

        send(office, "POST", "/policy/publish", {"policy": other})

        assert readers(office, reported) == {"supervisor", "second"}
        assert readers(office, report(office, about(office, "owner"))) == {"supervisor", "second", "archivist"}

    def test_a_handler_admits_a_new_supervisor(self, office: Organisation) -> None:
        reported = report(office)
        hire(office, "supervisor", name="third")

        act(office, reported, "supervisor", "admit", person=office.subs["third"])

        assert readers(office, reported) == {"supervisor", "second", "third"}

    def test_only_a_supervisor_can_be_admitted(self, office: Organisation) -> None:
        answer = try_act(office, report(office), "supervisor", "admit", person=office.subs["handler"])

        assert (answer.status, answer.pointer) == (422, "/person")

    def test_an_involved_supervisor_cannot_be_admitted_to_any_effect(self, office: Organisation) -> None:
        reported = report(office, about(office, "second"))

        act(office, reported, "supervisor", "admit", person=office.subs["second"])

        assert readers(office, reported) == {"supervisor"}
        assert handlers_of(office, reported) == {office.subs["supervisor"]}

    def test_an_involved_person_who_became_supervisor_later_is_not_told_either(self, office: Organisation) -> None:
        reported = report(office, about(office, "archivist"))
        grant(office, "archivist", "supervisor")

        act(office, reported, "supervisor", "admit", person=office.subs["archivist"])

        assert readers(office, reported) == {"supervisor", "second"}
        assert office.subs["archivist"] not in handlers_of(office, reported)
