"""The search for particulars takes linear time, also where a text or a fact of the case was made to be slow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.features.supervision.people.naming import named_in
from chalicelib.particulars.search import doubts, find
from chalicelib.particulars.terms import of_file_name, of_free_text, of_value
from chalicelib.tenants.people.membership import Membership
from tests.across.patterns.growth import grows
from tests.helpers.searches import TIMES

PUMPS = [
    *("微信 ", "微信", "微信a ", "QQ 1 ", "市", "1市", "市路1", "路1", "号", "京A12345 ", "王小明", "张三 "),
    *(
        "弄1",
        "1栋",
        "1单元",
        "村1",
        "@a",
        "a at ",
        "a点",
        "加v",
        "vx",
        "京A",
        "一十",
        "王总",
        "王某",
        "wang2 ",
        "a.b/",
        "0571",
        "13 ",
        "昵称:",
        "nick is ",
        "电话1",
        "姓名:王",
        "栋1",
        "庄1",
        "路 ",
        "Ⅰ",
        "X",
    ),
    *(
        "1 A ",
        "1 Elm Grove ",
        "Flat 1, ",
        "Mr A ",
        "+1 ",
        "07",
        "phone number ",
        "Insta: a",
        "name: A ",
        "AB1 ",
        "1 a, ",
    ),
    *("a", "A B ", "Wang ", "a@b.c ", "@", ".", "13800138000 ", "1", "1-", "(1)", "一二", "①", "İ", "é", "\u200b"),
]
READERS: dict[str, Callable[[str], object]] = {
    "name": lambda text: of_value("name", text),
    "address": lambda text: of_value("address", text),
    "free text": of_free_text,
    "file name": of_file_name,
    "text for publication": lambda text: doubts(text, of_value("name", "王小明")),
    "text with the terms of itself": lambda text: find(text, of_value("address", text) | of_free_text(text)),
    "report about the office": lambda text: named_in([text], PEOPLE),
}
PEOPLE = [
    Membership(sub="1", email="w@acme.example", name="王小明", language="zh", grants=[]),
    Membership(sub="2", email="a@acme.example", name="Ana Dee", language="en", grants=[]),
]


ONE_IN = 1 if TIMES > 1 else 3
"""By day a text is repeated for one reader in three, at night for all of them."""


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_a_text_is_read_in_linear_time(reader: str) -> None:
    pumps = PUMPS[list(READERS).index(reader) % ONE_IN :: ONE_IN]

    slow = [pump for pump in pumps if grows(READERS[reader], lambda length, pump=pump: pump * (length // len(pump)))]  # type: ignore[misc]

    assert slow == []


def test_an_address_is_found_without_its_city() -> None:
    text = "家住西湖区文三路100号。"

    assert [(one.start, one.end) for one in find(text, of_value("contact", "浙江省杭州市西湖区文三路100号"))] == [
        (2, 12)
    ]
