"""A name in a report keeps it from all whom it may mean. A name that means no member keeps it from all members."""

from __future__ import annotations

import pytest

from chalicelib.features.supervision.people.ties import Meant, meant_by, titles
from chalicelib.policy.language.parts import Label
from chalicelib.tenants.people.membership import Membership, StoredGrant
from tests.supervision.test_names import calls

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


@pytest.mark.parametrize(
    "name",
    [
        *("张伟领导", "张伟上级", "张伟老板", "张伟还有他师父", "张伟师父", "小张师父", "张太太", "张伟组", "张三"),
        *(
            "王小明老婆",
            "王总秘书",
            "王督察助理",
            "王督察他老婆",
            "王小明那组",
            "王小明夫妇",
            "王小明李四",
            "钱副处、张伟",
        ),
        *("李娜她男朋友", "王小明还有另外一个人", "王小明手下的小张", "小明他们", "王小明收了钱", "Wang Xiaoming老婆"),
    ],
)
def test_characters_beside_a_name_that_are_no_ordinary_word_make_it_unknown(name: str) -> None:
    assert not meant(name).known


@pytest.mark.parametrize(
    "name",
    [
        *(
            "张伟主任",
            "张伟先生",
            "姓张的",
            "一个姓张的",
            "那位张科长",
            "张姓监督员",
            "张督察员",
            "投诉科张科长",
            "张老板",
            "张副主任",
            "張偉",
            "章伟",
        ),
        *("找张伟", "张某", "张伟本人", "投诉审核员张伟", "zhang先生", "@张伟", "张伟🙂", "伟 张", "张 伟", "张wei"),
    ],
)
def test_ordinary_words_beside_a_name_mean_no_other_person(name: str) -> None:
    found = meant(name, "王小明", "李娜", "张伟")

    assert (found.people, found.known) == ({"张伟"}, True)


def test_names_are_compared_with_thousands_of_members() -> None:
    members = people(*(f"{chr(0x4E00 + n)}小明" for n in range(1000)))
    meant_by(["王督察"], members, {})  # readings are looked up once

    assert calls(lambda: meant_by(["王督察"] * 20, members, {})) < 20 * 10 * len(members)
