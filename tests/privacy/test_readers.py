"""Who reads what, as the page says: compared with what the API then shows to each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import accepted
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.messages.webhooks import hooks
from tests.privacy.saying import listed, proves, says
from tests.privacy.test_purpose import FACTS, NAME, PHONE, TEXT
from tests.supervision.reporting import about, look, readers, report

IDENTITY = ("complainant.name", "complainant.contact", "complainant.phone", "complainant.address")
MASK = "▇▇▇"
ASSIGNED = "（限本投诉的经办人）"
SINCE = {"from": "2026-11-01T00:00:00Z", "until": "2027-11-01T00:00:00Z"}


def facts(office: Organisation, number: str, who: str) -> dict[str, Any]:
    answer = office.world.call("GET", f"{office.path}/complaints/{number}", auth=office.auth(who, number))
    return dict(answer.json.get("facts", {}))


def labels(office: Organisation) -> dict[str, str]:
    people = office.get("/policy", "owner")["policy"]["people"]
    return {**{role: one["zh"] for role, one in people.items()}, "owner": "机构管理员"}


def reading(office: Organisation, number: str, names: tuple[str, ...]) -> set[str]:
    """The roles in which people of the office see one of these facts."""
    roles = labels(office)
    seen = {who: facts(office, number, who) for who in office.tokens if who in roles}
    return {roles[who] for who, found in seen.items() if any(name in found for name in names)}


@proves("you_read")
def test_the_complainant_reads_all_that_they_sent(office: Organisation) -> None:
    number = office.file(facts=FACTS)

    assert says(office, "you_read")
    assert facts(office, number, "complainant").items() >= FACTS.items()


@pytest.mark.parametrize("preset", ["platform", "government-service-centre", "property-management"])
@proves("identity_read_by", "content_read_by")
def test_each_role_that_reads_a_complaint_is_named(world: InProcess, preset: str) -> None:
    office = sign_up(world, preset)
    number = office.file()
    content = tuple(name for name in facts(office, number, "complainant") if not name.startswith("complainant."))

    for sentence, names in (("identity_read_by", IDENTITY), ("content_read_by", content)):
        named = listed(office, sentence)
        read = reading(office, number, names)
        assert read, sentence
        assert read <= set(named), sentence
        assert [one for one in set(named) - read if not one.endswith(ASSIGNED)] == [], sentence


@proves("deputies")
def test_a_deputy_reads_while_they_stand_in(world: InProcess) -> None:
    office = sign_up(world, "government-service-centre")
    number = office.file()
    assert not reading_name(office, number, "supervisor")

    body = {"sub": office.subs["supervisor"], **SINCE}
    answer = world.call("PUT", f"{office.path}/people/me/deputy", body, auth=office.auth("reception"))

    assert answer.status in (200, 204), answer.text
    assert says(office, "deputies")
    assert reading_name(office, number, "supervisor")


def reading_name(office: Organisation, number: str, who: str) -> bool:
    return "complainant.name" in facts(office, number, who)


@proves("owners_export")
def test_owners_can_export(office: Organisation) -> None:
    answer = office.world.call("POST", f"{office.path}/exports", {}, auth=office.auth("owner"))

    assert says(office, "owners_export")
    assert answer.status == 202, answer.text


@proves("unit_read_by")
def test_people_of_the_unit_in_these_roles_read_without_masks(office: Organisation) -> None:
    hire(office, "screener", name="north", unit="seller")
    number = office.file(unit="seller", facts={**FACTS, "reason": f"我是{NAME}。"})

    assert labels(office)["screener"] in listed(office, "unit_read_by")
    assert facts(office, number, "north")["reason"] == f"我是{NAME}。"


@proves("other_party_reads", "other_party_not_who", "other_party_masks")
def test_the_other_party_reads_the_matter_with_masks_and_not_who_complains(office: Organisation) -> None:
    number = accepted(office, facts={**FACTS, "reason": f"我是{NAME}，电话 {PHONE}。{TEXT}"})
    seen = facts(office, number, "seller")

    assert [
        one for one in ("other_party_reads", "other_party_not_who", "other_party_masks") if not says(office, one)
    ] == []
    assert seen["reason"] == f"我是{MASK}，电话 {MASK}。{TEXT}"
    assert not set(seen) & {*IDENTITY}


@proves("other_party_from_acceptance")
def test_the_other_party_reads_nothing_before_the_acceptance(office: Organisation) -> None:
    number = office.file(unit="seller")

    assert says(office, "other_party_from_acceptance")
    assert facts(office, number, "seller") == {}
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    assert facts(office, number, "seller")


@proves("other_party_no_files")
def test_the_other_party_gets_no_file_that_the_policy_does_not_show(office: Organisation) -> None:
    number = accepted(office)
    file = given(office, number, "screenshot")["id"]
    path = f"{office.path}/complaints/{number}/evidence/{file}/link"

    assert says(office, "other_party_no_files")
    assert office.world.call("GET", path, auth=office.auth("seller")).status == 404
    assert office.world.call("GET", path, auth=office.auth("handler")).status == 200


@proves("logged")
def test_each_read_is_recorded_with_the_person_and_the_role(office: Organisation) -> None:
    number = office.file()
    office.complaint(number, "screener")
    [read] = office.get(f"/complaints/{number}/reads", "owner")["reads"]

    assert says(office, "logged")
    assert (read["role"], read["by"], bool(read["at"])) == ("screener", office.subs["screener"], True)


@proves("systems")
def test_no_request_to_another_system_has_a_text_of_the_complaint(office: Organisation) -> None:
    hooks.added(office)
    number = office.file(facts=FACTS)
    office.world.settle()
    sent = [repr(one) for one in hooks.poster(office).posted]

    assert says(office, "systems")
    assert any(number in one for one in sent)
    assert not any(text in one for one in sent for text in FACTS.values())


@proves("supervisors")
def test_supervisors_read_reports_and_the_reported_do_not(office: Organisation) -> None:
    reported = report(office, about(office, "handler"))

    assert listed(office, "supervisors") == [labels(office)["supervisor"]]
    assert (look(office, reported, "supervisor").status, look(office, reported, "handler").status) == (200, 404)


@proves("no_supervisors")
def test_without_supervisors_owners_read_reports(world: InProcess) -> None:
    office = sign_up(world, "telecom-regulator")
    reported = report(office, about(office, "inspector"))

    assert says(office, "no_supervisors")
    assert (look(office, reported, "owner").status, look(office, reported, "inspector").status) == (200, 404)


@proves("reports_to_owners", "reports_to_operator")
def test_owners_and_then_the_operator_read_reports_about_those_before_them(office: Organisation) -> None:
    office.subs["owner"] = office.get("/people/me", "owner")["sub"]
    first, second = (report(office, about(office, *people)) for people in (["supervisor"], ["supervisor", "owner"]))

    assert says(office, "reports_to_owners")
    assert says(office, "reports_to_operator")
    assert (readers(office, first), readers(office, second)) == ({"owner"}, {"operator"})
    assert readers(office, report(office, to="operators")) == {"operator"}


@proves("messages_read_by")
def test_messages_are_read_by_those_who_read_the_details_alone(office: Organisation) -> None:
    number = accepted(office, facts=FACTS)
    office.act(number, "complainant", "write", message=TEXT)

    assert says(office, "messages_read_by")
    roles = {who: reading_name(office, number, who) for who in office.tokens}
    assert {who: reading_message(office, number, who) for who in roles} == roles
    assert not reading_message(office, number, "seller")


def reading_message(office: Organisation, number: str, who: str) -> bool:
    record = office.world.call("GET", f"{office.path}/complaints/{number}/record", auth=office.auth(who, number))
    return any("message" in values for values in record.json.get("values", {}).values())
