"""X.1: two tenants on different presets share one deployment, and neither can read, change or even detect the
other's complaints, people, policies or files. tests/across/isolation covers every route."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import pytest

from chalicelib.policy import presets
from chalicelib.store import keys
from tests.clauses.offices.company import WORK_ORDER, company_in, handled, of_class
from tests.clauses.offices.regulator import regulator_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance

PHOTO = b"\xff\xd8\xff\xe0photo"


class Neighbours(NamedTuple):
    """Each has one complaint, and both complaints have the same number."""

    world: InProcess
    company: Organisation
    regulator: Organisation
    number: str


@pytest.fixture
def neighbours() -> Neighbours:
    world = InProcess("2026-11-27T09:00:00+08:00")
    company, regulator = company_in(world), regulator_in(world)
    number = company.file(**of_class("important"))
    assert regulator.file() == number
    return Neighbours(world, company, regulator, number)


def test_x1_the_same_number_is_a_different_complaint_in_each_organisation(neighbours: Neighbours) -> None:
    _, company, regulator, number = neighbours
    before = regulator.events(number)
    company.act(number, "agent", "accept", **WORK_ORDER)
    assert "accepted" in [event["type"] for event in company.events(number)]
    assert regulator.events(number) == before


def test_x1_a_receipt_opens_the_complaint_of_its_own_organisation_only(neighbours: Neighbours) -> None:
    world, company, regulator, number = neighbours
    crossed = world.call("GET", f"{regulator.path}/complaints/{number}", auth=company.auth("complainant", number))
    unknown = world.call("GET", f"{regulator.path}/complaints/202611-000777", auth=company.auth("complainant", number))
    assert (crossed.status, crossed.problem) == (unknown.status, unknown.problem) == (404, "complaint-unknown")


def test_x1_queues_people_and_messages_belong_to_one_organisation(neighbours: Neighbours) -> None:
    world, company, regulator, _ = neighbours
    advance(world, "26 hours")
    for mine, theirs in ((company, regulator), (regulator, company)):
        staff = [who for who in mine.tokens if who != "owner"]
        seen = [mine.get(path, who) for path in ("/complaints", "/people", "/messages", "/tasks") for who in staff]
        foreign = {theirs.id, *theirs.subs.values(), *theirs.emails.values()}
        assert [text for text in foreign if text in str(seen)] == []
        assert {one["number"] for one in mine.get("/complaints", staff[0])["complaints"]} <= {neighbours.number}


def test_x1_a_miss_in_one_does_not_change_the_others_record(neighbours: Neighbours) -> None:
    world, company, regulator, number = neighbours
    before = regulator.events(number)
    advance(world, "6 hours")
    assert company.events(number, type_="missed")
    assert regulator.events(number) == before


def test_x1_publishing_a_policy_in_one_does_not_change_the_other(neighbours: Neighbours) -> None:
    world, company, regulator, _ = neighbours
    before = regulator.get("/policy", "owner")
    body = {"policy": presets.document("customer-service")}
    published = world.call("POST", f"{company.path}/policy/publish", body, auth=company.auth("owner"))
    assert published.status == 201, published.text
    assert regulator.get("/policy", "owner") == before


def test_x1_a_file_is_stored_and_visible_only_in_its_own_organisation(neighbours: Neighbours) -> None:
    world, company, regulator, number = neighbours
    name = {"kind": "photo", "name": "照片.jpg", "size": len(PHOTO), "media_type": "image/jpeg"}
    body = {**name, "sha256": hashlib.sha256(PHOTO).hexdigest()}
    path = f"/complaints/{number}/evidence"
    declared = world.call("POST", company.path + path, body, auth=company.auth("complainant", number)).json
    assert declared["ticket"]["fields"]["key"].startswith(f"T/{company.id}/")
    there = world.call("GET", f"{regulator.path}{path}/{declared['id']}", auth=regulator.auth("complainant", number))
    assert there.status == 404


def test_x1_every_stored_key_names_one_organisation(neighbours: Neighbours) -> None:
    world, company, regulator, _ = neighbours
    handled(company)
    advance(world, "26 hours")
    # Items of the deployment, which tenants' credentials cannot reach: the sweep's position, memberships, mails.
    persons, mails = keys.membership_index_entry("", "").pk, keys.recipient_counter("", 0).pk
    of_deployment = (keys.sweep_position().pk, persons, mails)
    everything = world.fakes.store.everything()
    kept = [entry for entry in everything if not entry.key.pk.startswith(of_deployment)]
    assert {entry.key.pk.split("#")[1] for entry in kept} == {company.id, regulator.id}
    for entry in kept:
        other = regulator.id if entry.key.pk.split("#")[1] == company.id else company.id
        assert other not in f"{entry.body} {entry.row} {entry.due} {entry.listed}"


@pytest.mark.parametrize(
    ("existing", "other"),
    [
        ("/complaints/{number}", "/complaints/202611-000777"),
        ("/complaints/{number}/record", "/complaints/202611-000777/record"),
        ("/complaints/{number}/deadlines", "/complaints/202611-000777/deadlines"),
        ("/complaints/{number}/evidence", "/complaints/202611-000777/evidence"),
        ("/people/{person}", "/people/no-such-person"),
    ],
)
@pytest.mark.parametrize("who", ["owner", "agent"])
def test_x1_staff_of_one_cannot_tell_what_exists_in_the_other(
    neighbours: Neighbours, who: str, existing: str, other: str
) -> None:
    world, company, regulator, number = neighbours
    there = existing.format(number=number, person=regulator.subs["inspector"])

    answers = [world.call("GET", regulator.path + path, auth=company.auth(who)) for path in (there, other)]

    assert answers[0].status in (403, 404, 405)
    assert (answers[0].status, answers[0].problem) == (answers[1].status, answers[1].problem)


@pytest.mark.parametrize("act", ["inspect", "assign", "withdraw"])
@pytest.mark.parametrize("who", ["owner", "agent", "business_unit"])
def test_x1_staff_of_one_change_nothing_in_the_other(neighbours: Neighbours, who: str, act: str) -> None:
    world, company, regulator, number = neighbours
    before = regulator.events(number)

    path = f"{regulator.path}/complaints/{number}/acts/{act}"
    answer = world.call("POST", path, {"fields": {}}, auth=company.auth(who))

    assert (answer.status, answer.problem) == (403, "forbidden")
    assert regulator.events(number) == before
