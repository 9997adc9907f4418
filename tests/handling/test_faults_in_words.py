"""In refusals, what a request may say has its label in both languages; `values` lists its names for programs."""

from __future__ import annotations

from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices import company as at_company
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


def bureau() -> Organisation:
    return at_bureau.bureau_in(InProcess("2026-09-23T09:00:00+08:00"))


def company() -> Organisation:
    return at_company.company_in(InProcess("2026-11-27T09:00:00+08:00"))


def refused(organisation: Organisation, number: str, who: str, act: str, language: str = "zh", **fields: object) -> str:
    path = f"{organisation.path}/complaints/{number}/acts/{act}"
    headers = {"Accept-Language": language}
    answer = organisation.world.call("POST", path, {"fields": fields}, auth=organisation.auth(who), headers=headers)
    assert answer.status == 422
    return str(answer.json["errors"][0]["detail"])


def filed(organisation: Organisation, **changes: object) -> list[str]:
    body = {**organisation.example(), **changes}
    path = f"{organisation.path}/complaints"
    answer = organisation.world.call("POST", path, body, headers={"Accept-Language": "zh"})
    assert answer.status == 422
    return [one["detail"] for one in answer.json["errors"]]


def test_a_choice_is_listed_with_its_labels() -> None:
    office = bureau()
    number = at_bureau.mediated(office)
    given = {**at_bureau.DECISION, "outcome": "guilty"}

    chinese = refused(office, number, "officer", "decide", **given)
    english = refused(office, number, "officer", "decide", "en", **given)

    assert chinese == "须为以下之一：投诉属实、部分属实、投诉不实"
    assert english == "must be one of: Upheld, Partly upheld, Not upheld"


def test_a_ground_is_listed_with_its_labels() -> None:
    office = bureau()

    detail = refused(office, at_bureau.filed(office), "information_centre", "refuse", ground="other")

    assert "无具体的投诉事实、" in detail


def test_a_class_and_its_signs_are_named_in_words() -> None:
    office = company()

    detail = refused(office, at_company.recorded(office), "team_lead", "classify", severity="major", sign="slight")

    assert "“重大投诉”级" in detail
    assert "可能或已经引发媒体大量报道" in detail


def test_a_channel_and_a_category_are_listed_with_their_labels() -> None:
    [channel] = filed(bureau(), channel="smoke")
    [category] = filed(bureau(), category={"product": "toys", "link": "consumption"})

    assert channel == "须为以下之一：口头、书面、信访"
    assert category == "须为以下之一：食品、药品、保健品、化妆品"


def test_a_fact_is_listed_with_its_labels() -> None:
    office = bureau()

    [detail] = filed(office, facts={**office.example()["facts"], "complainant.sex": "x"})

    assert detail == "须为以下之一：男、女、其他"


def test_the_names_of_listed_values_stand_beside_the_words() -> None:
    office = bureau()
    body = {**office.example(), "channel": "smoke"}

    answer = office.world.call("POST", f"{office.path}/complaints", body)

    [fault] = answer.json["errors"]
    assert (fault["detail"], fault["values"]) == (
        "must be one of: Oral, Written, Petition",
        ["oral", "written", "petition"],
    )
