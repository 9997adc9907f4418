"""Who reads a report, by the names in it and by the reporter's choice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, first_sign_in
from tests.supervision.reporting import OFFICE, WORDS, about, act, add, listed, operate, readers, report
from tests.supervision.test_independence import handlers_of, office, remove, send
from tests.supervision.test_ties import NAMES_OF_NONE, NAMES_OF_WANG

__all__ = ["office"]


def join(office: Organisation, role: str, name: str) -> None:
    """`tokens` has the member by name."""
    email = f"p{len(office.subs)}@home.example"
    body = {"email": email, "name": name, "grants": [{"role": role}]}
    office.subs[name] = send(office, "POST", "/people", body).json["sub"]
    office.tokens[name] = first_sign_in(office.world, email)


@pytest.fixture
def hall(office: Organisation) -> Organisation:
    """One supervisor, 王小明."""
    join(office, "supervisor", "王小明")
    for who in ("supervisor", "second"):
        remove(office, who)
        del office.tokens[who]
    return office


@pytest.mark.parametrize("name", [*NAMES_OF_WANG, *NAMES_OF_NONE])
def test_the_operators_get_it_where_no_other_supervisor_is_left(hall: Organisation, name: str) -> None:
    assert readers(hall, report(hall, {"names": [name]})) == {"operator"}


@pytest.mark.parametrize("name", NAMES_OF_WANG)
def test_another_supervisor_gets_it(hall: Organisation, name: str) -> None:
    join(hall, "supervisor", "李娜")

    assert readers(hall, report(hall, {"names": [name]})) == {"李娜"}


@pytest.mark.parametrize("name", NAMES_OF_NONE)
def test_no_supervisor_gets_it_if_a_name_means_no_member(hall: Organisation, name: str) -> None:
    join(hall, "supervisor", "李娜")

    assert readers(hall, report(hall, {"names": ["张伟", name]})) == {"operator"}


def test_the_name_of_a_handler_leaves_it_with_the_supervisors(hall: Organisation) -> None:
    join(hall, "handler", "张伟")

    assert readers(hall, report(hall, {"names": ["张伟"]})) == {"王小明"}


@pytest.mark.parametrize("name", ["Ouyang, boss of Zhang Wei", "wangxm who works with Zhang Wei", "WangSir and Zhang"])
def test_half_a_name_beside_that_of_another_member_keeps_it_from_both(hall: Organisation, name: str) -> None:
    join(hall, "handler", "张伟")
    for supervisor in ("欧阳锋", "Smith, John"):
        join(hall, "supervisor", supervisor)
    named = {"欧阳锋"} if "Ouyang" in name else {"王小明"}

    found = readers(hall, report(hall, {"names": [name]}))

    assert found
    assert found.isdisjoint(named | {"owner", "张伟"})


def test_owners_get_it_if_an_id_and_no_name_means_the_last_supervisor(hall: Organisation) -> None:
    assert readers(hall, report(hall, {"names": ["王小明"]})) == {"operator"}
    assert readers(hall, report(hall, about(hall, "王小明"))) == {"owner"}


@pytest.mark.parametrize("name", ["张伟的领导", "张伟领导", "张伟还有他师父", "王小明老婆", "小李的老公王督察"])
def test_the_operators_get_it_if_a_name_says_more_than_a_member(hall: Organisation, name: str) -> None:
    join(hall, "handler", "张伟")
    join(hall, "supervisor", "李娜")

    assert readers(hall, report(hall, {"names": [name]})) == {"operator"}


@pytest.mark.parametrize(
    "text", ["W.X.M. 收了钱。", "办理人姓王。", "明天再说。", "由三王总共收了钱。", "supervisor, wang"]
)
def test_parts_of_a_name_in_a_text_name_no_member(hall: Organisation, text: str) -> None:
    assert readers(hall, report(hall, text=text)) == {"王小明"}


@pytest.mark.parametrize(
    "text",
    [
        *("王小明收了钱。", "ᴡᴀɴɢ xɪᴀᴏᴍɪɴɢ took it.", "王主任收了钱。", "Wаng Xiaoming took it.", "王副主任收了钱。"),
        *(
            "王督察收了商家的钱。",
            "王 督察收了钱。",
            "王监督收了钱。",
            "王总收了商家的钱。",
            "找王工",
            "Supervisor Wang took it.",
        ),
    ],
)
def test_a_whole_name_or_a_surname_with_a_title_in_a_text_names_its_member(hall: Organisation, text: str) -> None:
    assert readers(hall, report(hall, text=text)) == {"owner"}


def test_a_title_of_the_policy_names_a_member_in_a_later_message(hall: Organisation) -> None:
    reported = report(hall)

    add(hall, reported, "王监督也参与了。")

    assert readers(hall, reported) == {"owner"}


@pytest.mark.parametrize("surname", ["高", "王"])
def test_a_short_title_within_a_word_names_no_member(hall: Organisation, surname: str) -> None:
    join(hall, "supervisor", f"{surname}大力")

    assert f"{surname}大力" in readers(hall, report(hall, text="退款金额提高总比没有好，国王总共收了钱。"))


@pytest.mark.parametrize(
    "named", [{"about": {"names": ["王总"]}}, {"text": "王大力收了钱。"}, {"text": "王监督收了钱。"}]
)
def test_a_person_who_joined_later_and_may_be_meant_cannot_be_admitted(
    hall: Organisation, named: dict[str, Any]
) -> None:
    remove(hall, "王小明")
    del hall.tokens["王小明"]
    join(hall, "supervisor", "李娜")
    join(hall, "handler", "王五")
    reported = report(hall, **named)
    join(hall, "supervisor", "王大力")

    act(hall, reported, "李娜", "admit", person=hall.subs["王大力"])

    assert readers(hall, reported) == {"李娜"}


# ---- the reporter's choice -------------------------------------------------------------------------------------------


def test_a_report_that_is_not_for_the_organisation_reaches_only_the_operators(office: Organisation) -> None:
    reported = report(office, to="operators")

    assert readers(office, reported) == {"operator"}
    assert handlers_of(office, reported) == set()
    assert operate(office.world, "GET", f"/{office.id}/{reported.id}").json["to"] == "operators"


def test_a_report_without_a_choice_is_refused_at_the_choice(office: Organisation) -> None:
    body = {"about": OFFICE, "text": WORDS}

    answer = office.world.call("POST", f"{office.path}/supervision", body)

    assert (answer.status, answer.pointer) == (422, "/to")
    assert listed(office, "supervisor") == []


def test_a_message_to_the_operators_stays_with_them(office: Organisation) -> None:
    reported = report(office, to="operators")

    assert add(office, reported, "当天有录像。").status == 200

    assert readers(office, reported) == {"operator"}
