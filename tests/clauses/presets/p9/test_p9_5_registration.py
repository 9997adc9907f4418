"""P9.5 `food-drug-administration`: the facts of a registration, with the complainant's sex as a private one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.bureau import filed
from tests.clauses.organisation import Organisation


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.json["errors"]]


FACTS = [
    "complainant.name",
    "complainant.sex",
    "complainant.phone",
    "respondent.name",
    "respondent.address",
    "request",
    "reasons",
    "occurred_at",
    "knew_at",
]


@pytest.mark.parametrize("fact", FACTS)
def test_p9_5_each_fact_is_registered(bureau: Organisation, fact: str) -> None:
    answer = bureau.try_file(facts={fact: None})

    assert (answer.status, pointers(answer)) == (422, [f"/facts/{fact}"])


def test_p9_5_all_missing_facts_are_named_at_once(bureau: Organisation) -> None:
    answer = bureau.try_file(facts=dict.fromkeys(FACTS))

    assert sorted(pointers(answer)) == sorted(f"/facts/{fact}" for fact in FACTS)


def test_p9_5_the_complainant_is_told_that_it_is_registered(bureau: Organisation) -> None:
    number = filed(bureau)

    assert bureau.told("complainant", number) == [f"您的投诉 {number} 已登记。您可以凭编号和回执查询办理情况。"]


def test_p9_5_the_complainants_sex_is_private(bureau: Organisation) -> None:
    number = filed(bureau)

    [event] = bureau.events(number, type_="registered")
    assert "complainant.sex" not in event["fields"]["facts"]
    assert "complainant.sex" in event["fields"]["given"]


@pytest.mark.parametrize("sex", ["male", "female", "other"])
def test_p9_5_the_complainants_sex_is_registered(bureau: Organisation, sex: str) -> None:
    assert bureau.complaint(filed(bureau, **{"complainant.sex": sex}))["facts"]["complainant.sex"] == sex


def test_p9_5_another_sex_is_refused(bureau: Organisation) -> None:
    answer = bureau.try_file(facts={"complainant.sex": "unknown"})

    assert (answer.status, pointers(answer)) == (422, ["/facts/complainant.sex"])


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        ("complainant.name", "投诉者姓名"),
        ("complainant.phone", "联系电话"),
        ("respondent.name", "被投诉者名称"),
        ("respondent.address", "被投诉者通讯地址"),
        ("request", "投诉的诉求"),
        ("reasons", "事实与理由"),
    ],
)
def test_p9_5_the_facts_have_the_names_of_the_procedure(bureau: Organisation, fact: str, label: str) -> None:
    policy = bureau.get("/policy", "owner")["policy"]

    assert policy["intake"]["facts"][fact]["name"]["zh"] == label
