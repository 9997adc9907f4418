"""No party sees the id of a person of the organisation: not in any response, message, mail or printed form.

An id is the same at every organisation to which the person belongs, so it would tell parties of different ones that
they deal with the same person. `tests/across/leaks` searches every response to a receipt in the whole suite for such
ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.clauses.offices.bureau import bureau_in
from tests.clauses.offices.bureau import decided as bureau_decided
from tests.clauses.offices.company import company_in
from tests.clauses.offices.company import decided as company_decided
from tests.clauses.offices.estate import decided as estate_decided
from tests.clauses.offices.estate import estate_in
from tests.clauses.offices.marketplace import deputised, examined_again, marketplace_in, unit
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

START = "2026-11-27T09:00:00+08:00"
ROLES_OF_THE_RECORD = {"screener", "handler", "director"}


@pytest.fixture
def at() -> Organisation:
    return marketplace_in(InProcess(START))


@pytest.fixture
def number(at: Organisation) -> str:
    """Assigned three times, with a deputy, a note, evidence demanded and given, and people in messages."""
    deputised(at, "director", "archivist")
    number = examined_again(at)
    hire(at, "handler", name="third")
    at.act(number, "director", "assign", responsible=at.subs["third"])
    at.act(number, "second", "note", text="已电话联系。")
    at.world.settle()
    return number


def things(at: Organisation, number: str) -> dict[str, list[str]]:
    """What the case has, by its name in paths."""
    demands = [str(event["seq"]) for event in at.events(number, type_="evidence_demanded")]
    forms = [one["form"] for one in at.get(f"/complaints/{number}/forms", "owner")["forms"]]
    several = {"demand": demands, "form": forms or ["x"], "aggregate": ["ORG"], "version": ["1"], "unit": ["seller"]}
    return {"tenant": [at.id], "number": [number], **several}


def places(template: str, several: Mapping[str, list[str]]) -> Iterator[str]:
    """The path with each thing of the case in it."""
    found = [template]
    for name in re.findall(r"\{(\w+)\}", template):
        found = [path.replace(f"{{{name}}}", value) for path in found for value in several.get(name, ["x"])]
    yield from found
    if template.endswith("/messages"):
        yield f"{found[0]}?complaint={several['number'][0]}&limit=100"


def shown(at: Organisation, number: str, auth: str | None) -> dict[str, Answer]:
    """The responses to all GET requests of the organisation, by path."""
    paths = at.world.call("GET", "/v1/openapi.json").json["paths"]
    wanted = [path for path, methods in paths.items() if "get" in methods and path.startswith("/v1/t/")]
    several = things(at, number)
    return {path: at.world.call("GET", path, auth=auth) for template in wanted for path in places(template, several)}


def staff(at: Organisation, *known: str) -> set[str]:
    """The ids of all people but these."""
    people = {one["sub"] for one in at.get("/people", "owner")["people"]}
    return people - {at.subs[name] for name in known}


def naming(answers: dict[str, Answer], ids: set[str]) -> list[str]:
    return [path for path, answer in answers.items() if any(id_ in answer.text for id_ in ids)]


def successful(answers: dict[str, Answer]) -> int:
    return sum(answer.status == 200 for answer in answers.values())


def test_the_complainant_sees_no_id(at: Organisation, number: str) -> None:
    answers = shown(at, number, at.auth("complainant", number))

    assert successful(answers) >= 7, "the case is looked at from all sides"
    assert naming(answers, staff(at)) == []


def test_the_respondent_sees_no_id_but_their_own(at: Organisation, number: str) -> None:
    answers = shown(at, number, at.auth("seller"))

    assert successful(answers) >= 12, "the case is looked at from all sides"
    assert naming(answers, staff(at, "seller")) == []


def test_the_respondents_queue_does_not_name_the_member_who_filed(at: Organisation) -> None:
    filed = at.try_file(auth=at.auth("screener"), unit="seller")
    at.act(filed.json["number"], "screener", "accept", responsible=at.subs["handler"])
    rows = {who: at.get("/complaints?shelf=open", who)["complaints"] for who in ("seller", "screener")}

    assert [at.subs["screener"] in str(rows[who]) for who in ("seller", "screener")] == [False, True]
    assert [one["number"] for one in rows["seller"]] == [one["number"] for one in rows["screener"]] != []


def test_the_respondents_record_names_not_even_themselves(at: Organisation, number: str) -> None:
    assert at.subs["seller"] not in str(at.get(f"/complaints/{number}/record", "seller"))


def test_the_holder_of_a_demands_link_sees_no_id(at: Organisation, number: str) -> None:
    demand = at.events(number, type_="evidence_demanded")[-1]["seq"]
    link = at.world.call("GET", f"{at.path}/complaints/{number}/demands/{demand}/link", auth=at.auth("second"))
    receipt = link.json["receipt"] if link.status == 200 else "k1.x"
    answers = shown(at, number, f"Receipt {receipt}")

    assert naming(answers, staff(at)) == []


def test_the_public_sees_no_id(at: Organisation, number: str) -> None:
    assert naming(shown(at, number, None), staff(at)) == []


def test_the_staff_see_ids_in_these_responses(at: Organisation, number: str) -> None:
    """Shows that the search can find them."""
    answers = shown(at, number, at.auth("director"))
    found = {path.removeprefix(at.path) for path in naming(answers, staff(at))}

    assert found >= {f"/complaints/{number}", f"/complaints/{number}/record", "/people", "/policy/versions"}


def test_an_act_of_a_party_is_answered_without_an_id(at: Organisation) -> None:
    number = at.file(unit="seller")
    at.act(number, "screener", "accept", responsible=at.subs["handler"])
    acts = at.complaint(number)["acts"]
    answers = [at.try_act(number, "complainant", act, text="补充说明。", reason="补充说明。") for act in acts]

    assert [answer.text for answer in answers if any(id_ in answer.text for id_ in staff(at))] == []


def test_parties_see_the_role_and_the_unit_of_each_actor(at: Organisation, number: str) -> None:
    stored, shown_ = at.events(number, "owner"), at.events(number, "complainant")

    for event, seen in zip(stored, shown_, strict=True):
        actor = dict(event["actor"])
        named = {"id": actor["kind"]}
        named |= {"deputy": "staff"} if "deputy" in actor else {}
        assert {key: value for key, value in seen["actor"].items() if key != "on_behalf_of"} == {
            key: value for key, value in {**actor, **named}.items() if key != "on_behalf_of"
        }
        assert (seen["hash"], seen["prev"], seen["type"]) == (event["hash"], event["prev"], event["type"])
    assert {seen["actor"].get("role") for seen in shown_} >= ROLES_OF_THE_RECORD


def test_the_record_of_a_party_says_which_events_are_shown_without_ids(at: Organisation, number: str) -> None:
    stored = at.get(f"/complaints/{number}/record", "owner")
    seen = at.get(f"/complaints/{number}/record", "complainant", number)
    changed = [was["id"] for was, now in zip(stored["events"], seen["events"], strict=True) if was != now]

    assert "withheld" not in stored
    assert seen["withheld"] == changed != []


def test_a_party_can_still_have_the_record_verified(at: Organisation, number: str) -> None:
    assert at.get(f"/complaints/{number}/record/verify", "complainant", number)["broken_at"] is None


@pytest.mark.parametrize("office", [(company_in, company_decided), (estate_in, estate_decided)])
def test_a_decided_case_names_no_person_to_its_complainant(office: Any) -> None:
    make, decided = office
    at = make(InProcess(START))
    number = decided(at)
    answers = shown(at, number, at.auth("complainant", number))

    assert naming(shown(at, number, at.auth("owner")), staff(at)) != []
    assert naming(answers, staff(at)) == []


def test_a_proposal_names_no_person_to_the_complainant() -> None:
    at = bureau_in(InProcess("2026-09-23T09:00:00+08:00"))
    number = bureau_decided(at)

    assert naming(shown(at, number, at.auth("complainant", number)), staff(at)) == []


def test_respondents_know_the_accounts_of_their_unit_only(at: Organisation) -> None:
    hire(at, "respondent", name="colleague", unit="seller")
    hire(at, "respondent", name="rival", unit=unit(at, "rival"))
    known = [one["sub"] for one in at.get("/people", "seller")["people"]]

    assert sorted(known) == sorted([at.subs["seller"], at.subs["colleague"]])
    assert len(at.get("/people", "handler")["people"]) > 2


def test_no_mail_to_a_party_names_a_person(at: Organisation, number: str) -> None:
    assert isinstance(at.world, InProcess)
    sent = at.world.fakes.mailer.to(at.emails["seller"])

    assert sent, "the respondent got mails"
    assert [mail for mail in sent if any(id_ in mail.text for id_ in staff(at))] == []
