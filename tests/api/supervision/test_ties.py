"""A name in a report keeps it from all whom it may mean. A name that means no member keeps it from all members."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.oversight.supervision.ties import Meant, meant_by, titles
from chalicelib.policy.language.parts import Label
from chalicelib.tenants.people.membership import Membership, StoredGrant
from tests.api.supervision.reporting import OFFICE, WORDS, about, act, add, listed, operate, readers, report
from tests.api.supervision.test_independence import handlers_of, office, remove, send
from tests.api.supervision.test_names import calls
from tests.clauses.organisation import Organisation, first_sign_in

__all__ = ["office"]
NAMES_OF_WANG = [
    *("王督察", "王总", "王工", "姓王的监督", "督察组的王姐", "王小眀", "Wang X. M.", "W.X.M.", "ᴡᴀɴɢ xɪᴀᴏᴍɪɴɢ"),
    *("老王", "小明", "那个王", "汪督察", "Mr WANG", "Ｗａｎｇ", "wxm", "xiaoming", "王\u200b某", "Wаng"),
]
"""Of 王小明. 汪 sounds alike; the last one has a Cyrillic letter."""
NAMES_OF_NONE = ["胖子", "戴眼镜的那位", "工号 1024", "钱主任", "Mr Example"]
"""And the titles of no role."""
LABELS = {"supervisor": Label(zh="平台监督人员", en="Supervisor"), "screener": Label(zh="投诉审核员", en="Screener")}
TITLES = titles(LABELS, ["supervisor"])


def people(*names: str) -> list[Membership]:
    """`sub` is the name."""
    return [
        Membership(sub=name, email=f"p{n}@home.example", name=name, language="zh", grants=[StoredGrant(role(name))])
        for n, name in enumerate(names)
    ]


def role(name: str) -> str:
    return "screener" if name[-1] in "四五" else "supervisor"


def meant(name: str, *members: str) -> Meant:
    """All are supervisors but those named 四 and 五, who screen complaints."""
    found = people(*(members or ("王小明", "李娜", "张伟")))
    return meant_by([name], found, TITLES)


@pytest.mark.parametrize("name", NAMES_OF_WANG)
def test_a_part_of_a_name_may_mean_its_member(name: str) -> None:
    found = meant(name)

    assert (found.people, found.known) == ({"王小明"}, True)


@pytest.mark.parametrize("name", NAMES_OF_NONE)
def test_other_names_mean_no_member(name: str) -> None:
    assert not meant(name).known


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("李督察", {"王小明", "张伟", "李四"}),
        ("监督小李", {"王小明", "张伟", "李四"}),
        ("王督察", {"王小明", "王五"}),
        ("那个监督", {"王小明", "张伟"}),
        ("The supervisor", {"王小明", "张伟"}),
        ("审核员", {"李四", "王五"}),
        ("李审核", {"李四"}),
        ("Mr Li the screener", {"李四"}),
    ],
)
def test_a_title_may_mean_all_who_have_it_unless_one_has_the_surname(name: str, members: set[str]) -> None:
    found = meant(name, "王小明", "张伟", "李四", "王五")

    assert (found.people, found.known) == (members, True)


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("王督察", "Wang Xiaoming"),
        ("欧阳姐", "欧阳小明"),
        ("Garcia", "José García-López"),
        ("Mr Lopez", "José García-López"),
        ("王督察", "王小明（Michael）"),
        ("Michael", "王小明（Michael）"),
    ],
)
def test_names_of_other_forms(name: str, member: str) -> None:
    found = meant(name, member, "李娜")

    assert (found.people, found.known) == ({member}, True)


HALL = ("王小明", "欧阳锋", "Smith, John", "李娜", "张伟")
"""张伟 handles complaints in the reports of the tests below."""


@pytest.mark.parametrize(
    ("name", "member"),
    [
        *((name, "欧阳锋") for name in ("Ouyang", "Mr Ou Yang", "OuyangFeng", "ouyangf", "OYF", "欧阳姐")),
        *((name, "王小明") for name in ("wangxm", "WangSir", "xmwang", "SirWang", "Wang_xm", "wangxm1")),
        *((name, "Smith, John") for name in ("smithj", "JSmith", "Johnny", "JOHN SMITH")),
    ],
)
def test_a_word_that_begins_or_ends_with_a_surname_may_mean_its_member(name: str, member: str) -> None:
    found = meant(name, *HALL)

    assert (found.people, found.known) == ({member}, True)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("WangSir and Zhang", {"王小明", "张伟"}),
        ("wangxm who works with Zhang Wei", {"王小明", "张伟"}),
        ("Wang XM and JSmith", {"王小明", "Smith, John"}),
        ("王总和小张", {"王小明", "张伟"}),
        ("John Smith, Zhang", {"Smith, John", "张伟"}),
        ("p0@home.example, Zhang", {"王小明", "张伟"}),
        ("客服部的小张与王总", {"王小明", "张伟"}),
        ("欧阳 锋（张伟）", {"欧阳锋", "张伟"}),
    ],
)
def test_a_name_of_several_members_means_each(name: str, members: set[str]) -> None:
    found = meant(name, *HALL)

    assert (found.people, found.known) == (members, True)


NAMES_BESIDE_ZHANG = [
    *("Bob and Zhang Wei", "Bob Zhang", "boss of Zhang Wei", "Ouyang, boss of Zhang Wei", "the one beside Zhang"),
    *(
        "J.K., Zhang Wei",
        "1024, Zhang Wei",
        "Xiao and Zhang",
        "胖子和张伟",
        "张伟的上级",
        "钱主任 张伟",
        "钱处和张伟",
        "Zhang Wei (Иванов)",
        "محمد، Zhang",
    ),
]


@pytest.mark.parametrize("name", NAMES_BESIDE_ZHANG)
def test_a_word_that_may_be_another_person_makes_a_name_unknown(name: str) -> None:
    found = meant(name, *HALL)

    assert (found.people >= {"张伟"}, found.known) == (True, False)


def test_names_are_compared_with_thousands_of_members() -> None:
    members = people(*(f"{chr(0x4E00 + n)}小明" for n in range(1000)))
    meant_by(["王督察"], members, {})  # readings are looked up once

    assert calls(lambda: meant_by(["王督察"] * 20, members, {})) < 20 * 10 * len(members)


# ---- who gets the report ---------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("text", ["王总收了钱。", "W.X.M. 收了钱。", "办理人姓王。", "明天再说。"])
def test_parts_of_a_name_in_a_text_name_no_member(hall: Organisation, text: str) -> None:
    assert readers(hall, report(hall, text=text)) == {"王小明"}


@pytest.mark.parametrize(
    "text", ["王小明收了钱。", "ᴡᴀɴɢ xɪᴀᴏᴍɪɴɢ took it.", "王主任收了钱。", "Wаng Xiaoming took it."]
)
def test_a_whole_name_in_a_text_names_its_member(hall: Organisation, text: str) -> None:
    assert readers(hall, report(hall, text=text)) == {"owner"}


@pytest.mark.parametrize("named", [{"about": {"names": ["王总"]}}, {"text": "王大力收了钱。"}])
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
