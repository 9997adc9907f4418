"""A person who is named in another spelling handles no report about them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from chalicelib.features.supervision.people.naming import named_in
from chalicelib.tenants.people.membership import Membership
from tests.clauses.organisation import Organisation
from tests.supervision.reporting import report
from tests.supervision.test_independence import grant, handlers_of, office, send

__all__ = ["office"]


@pytest.mark.parametrize(
    "name", ["José García-López", "Jose Garcia-Lopez", "García-López, José", "Mr GARCIA LOPEZ, Jose"]
)
def test_by_a_name_with_accents_and_hyphens(office: Organisation, name: str) -> None:
    body = {"email": "jose@home.example", "name": "José García-López", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    assert handlers_of(office, report(office, {"names": [name]})) == {office.subs["supervisor"]}


@pytest.mark.parametrize(
    "name",
    [
        "李监督",
        "李 监督",
        "李·监督",
        "李\u200b监督",
        "李\u3164监督",
        "客服部的李监督主任",
        "李監督",
        "监督",
        "李主任",
        "ＬＩ＠Ｈｏｍｅ．ｅｘａｍｐｌｅ",
        "li @home.example",
    ],
)
def test_by_name_or_address(office: Organisation, name: str) -> None:
    body = {"email": "li@home.example", "name": "李监督", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    reported = report(office, {"names": [name]})

    handlers = handlers_of(office, reported)
    assert handlers == {office.subs["supervisor"]}


def test_by_the_surname_with_a_title_in_a_sentence(office: Organisation) -> None:
    body = {"email": "li@home.example", "name": "李监督", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    assert handlers_of(office, report(office, text="李主任收了钱")) == {office.subs["supervisor"]}


@pytest.mark.parametrize(
    "name",
    ["Li Jiandu", "LI JIANDU", "lijiandu", "Jiandu Li", "Li Jian Du", "Li Jian-du", "找李经理（Li Jiandu）", "Jiandu"],
)
def test_by_a_chinese_name_in_pinyin(office: Organisation, name: str) -> None:
    body = {"email": "jd@home.example", "name": "李监督", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    assert handlers_of(office, report(office, {"names": [name]})) == {office.subs["supervisor"]}


@pytest.mark.parametrize("name", ["Lili Jiandul", "Mr Li", "Jian Li", "LI"])
def test_other_latin_words_in_a_text_name_no_member(office: Organisation, name: str) -> None:
    body = {"email": "jd@home.example", "name": "李监督", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    assert len(handlers_of(office, report(office, text=f"{name} took money."))) == 2


def test_the_title_of_a_customer_in_a_text_names_no_member(office: Organisation) -> None:
    body = {"email": "li@home.example", "name": "李监督", "grants": [{"role": "supervisor"}]}
    send(office, "POST", "/people", body)
    grant(office, "second", "archivist")

    assert office.subs["supervisor"] in handlers_of(office, report(office, text="李女士也在场。"))


def calls(do: Callable[[], object]) -> int:
    """The calls of functions, also of built-in ones."""
    counted = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(before)
    return counted


def test_a_long_text_is_read_once_for_all_members() -> None:
    people = [
        Membership(sub=f"{n}", email=f"p{n}@home.example", name=f"王小{chr(0x4E00 + n)}", language="zh", grants=[])
        for n in range(300)
    ]
    text = "经查，所述属实。" * 500
    assert calls(lambda: named_in([text], people)) < 60 * len(people) + 10 * len(text)
