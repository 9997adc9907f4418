"""P5.3: the inspectors are told of answers to their demands, of the end of a demand, and of files that come late."""

from __future__ import annotations

from tests.clauses.giving import given
from tests.clauses.offices.regulator import WANTED, assigned, evidenced, found, send, unit
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import PDF

CAME = {
    "complainant": "投诉 {} 已收到投诉人提交的证据材料。",
    "respondent": "投诉 {} 已收到被投诉方提交的证据材料。",
}
NONE_CAME = "投诉 {} 的举证期限已过，未收到被投诉方提交的证据。"
LAPSED = "2026-12-04T18:00:00+08:00"


def demanded(regulator: Organisation, of: str) -> str:
    number = assigned(regulator, unit=unit(regulator))
    regulator.act(number, "inspector", "demand_evidence", of=of, **WANTED)
    return number


def test_p5_3_the_inspector_is_told_of_the_consumers_answer(regulator: Organisation) -> None:
    number = demanded(regulator, "complainant")

    assert send(regulator, number, "contract") == 201

    assert regulator.told("inspector", number)[0] == CAME["complainant"].format(number)
    assert [one["fields"]["about"] for one in told_of_evidence(regulator, number)] == [
        one["id"] for one in regulator.events(number, type_="evidence_sealed")[1:]
    ]


def told_of_evidence(regulator: Organisation, number: str) -> list[dict[str, dict[str, str]]]:
    notices = regulator.events(number, type_="notified")
    return [one for one in notices if one["fields"]["wording"] == "evidence_received"]


def test_p5_3_the_inspector_is_told_of_the_providers_answer(regulator: Organisation) -> None:
    number = demanded(regulator, "respondent")

    given(regulator, number, "contract", auth=regulator.auth("provider"))

    assert regulator.told("inspector", number)[0] == CAME["respondent"].format(number)


def test_p5_3_the_inspector_is_told_that_no_answer_came(regulator: Organisation) -> None:
    number = demanded(regulator, "respondent")

    regulator.world.move_to(LAPSED)

    assert NONE_CAME.format(number) in regulator.told("inspector", number)
    assert NONE_CAME.format(number) not in regulator.told("complainant", number)


def test_p5_3_the_inspector_is_told_of_a_file_that_comes_after_the_finding(regulator: Organisation) -> None:
    number = found(regulator)

    assert send(regulator, number, "contract") == 201

    assert regulator.told("inspector", number)[0] == CAME["complainant"].format(number)


def test_p5_3_an_inspector_who_hands_in_a_file_for_the_consumer_is_not_told_of_it(regulator: Organisation) -> None:
    number = demanded(regulator, "complainant")
    before = regulator.told("inspector", number)

    given(regulator, number, "contract", PDF + b"x", auth=regulator.auth("inspector"), on_behalf_of="complainant")

    assert regulator.told("inspector", number) == before


def test_p5_2_without_an_inspector_no_person_is_told_in_this_way(regulator: Organisation) -> None:
    number = evidenced(regulator)

    assert told_of_evidence(regulator, number) == []
