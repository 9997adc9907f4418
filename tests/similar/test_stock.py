"""Stock sentences: complaints are not alike because many begin or end with the same words."""

from __future__ import annotations

import random

import pytest

from chalicelib.access import binding
from chalicelib.features.similar import stock
from chalicelib.features.similar.stock import of_texts
from chalicelib.store.keys import similar as keys
from tests.analysis.test_groups import groups
from tests.clauses.offices import helpdesk
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.untouched import in_process
from tests.leaving.test_leaving import later, leave
from tests.similar.test_backfill import pass_an_hour
from tests.similar.test_similar import AGAIN, LEAK, START, file, numbers, similar

STOCK = "本人对贵公司此次的处理结果非常不满意，特此向贵公司提出投诉，希望贵公司能够重视并且尽快给我一个合理的解释。"
OWN = (
    "门前的路灯坏了两个星期，晚上看不清台阶，老人摔了一跤",
    "快递员把包裹扔在雨里，里面的书全部湿透，客服说与他们无关",
    "空调装好之后一直滴水，师傅来过一次，说要等配件到货",
    "退回去的鞋子已经签收半个月，货款到现在还没有到账",
    "健身房突然关门，办的年卡还剩下九个月，没有人接电话",
    "楼上住户半夜装修，电钻声音很大，孩子睡不着觉",
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """Six complaints with the same first sentence, of an organisation that needs no more to have stock sentences."""
    monkeypatch.setattr(stock, "FEWEST", len(OWN))
    desk = helpdesk.helpdesk_in(InProcess(START))
    for own in OWN:
        file(desk, f"{STOCK}{own}。")
    return desk


def test_groups_around_a_stock_sentence_vanish(desk: Organisation) -> None:
    assert groups(desk) != []

    for _ in range(2):  # the first hour says that all complaints are signed
        pass_an_hour(desk)

    assert groups(desk) == []


def test_a_stock_sentence_makes_no_complaint_similar(desk: Organisation) -> None:
    number = next(iter(desk.filed))
    assert numbers(desk, number) != []

    for _ in range(2):
        pass_an_hour(desk)

    assert numbers(desk, number) == []


def test_a_repeated_complaint_with_a_stock_sentence_is_found(desk: Organisation) -> None:
    earlier = file(desk, f"{STOCK}{LEAK}")
    for _ in range(2):
        pass_an_hour(desk)

    [row] = similar(desk, file(desk, f"{STOCK}{AGAIN}"))["complaints"]

    assert row["number"] == earlier
    assert 0.3 <= row["likeness"] < 1


def test_the_item_has_no_text_and_is_written_again_when_a_tenth_more_was_filed(desk: Organisation) -> None:
    for _ in range(2):
        pass_an_hour(desk)
    before = item(desk)
    pass_an_hour(desk)
    assert (item(desk), "贵公司" in before) == (before, False)

    file(desk, LEAK)
    pass_an_hour(desk)

    assert item(desk) != before


@pytest.mark.slow
def test_an_organisation_that_leaves_leaves_no_stock_sentences(desk: Organisation) -> None:
    for _ in range(2):
        pass_an_hour(desk)
    assert item(desk)

    assert leave(desk).status == 202
    later(desk, 32)

    assert not any(one.key == keys.stock(desk.id) for one in in_process(desk).fakes.store.everything())


def item(desk: Organisation) -> str:
    with binding.tenant(desk.id):
        key = keys.stock(desk.id)
        return in_process(desk).fakes.store.get([key])[key].body


def text(*sentences: str) -> list[str]:
    return list(sentences)


def test_a_sentence_in_more_than_one_of_a_hundred_texts_is_stock() -> None:
    texts = {
        str(n): text(f"own {n}", *(["hello"] if n < 11 else []), *(["bye"] if n < 10 else [])) for n in range(1000)
    }

    assert of_texts(texts) == {"hello": "0"}


def test_four_texts_make_no_stock_sentence() -> None:
    texts = {str(n): text(f"own {n}", "hello") for n in range(4)}

    assert of_texts(texts) == {}


def test_many_complaints_of_one_matter_with_the_same_words_are_no_stock_sentences() -> None:
    """Each changes one of five sentences."""
    rng = random.Random(3)
    words = ["a", "b", "c", "d", "e"]
    matter = {f"m{n}": [f"{one} {n}" if one == words[rng.randrange(5)] else one for one in words] for n in range(40)}
    others = {f"o{n}": text(f"own {n}", f"more {n}") for n in range(400)}

    assert of_texts(matter | others) == {}


def test_a_template_of_two_sentences_is_stock() -> None:
    template = {f"t{n}": text("hello", f"own {n}", f"more {n}", "bye") for n in range(40)}
    others = {f"o{n}": text(f"other {n}") for n in range(400)}

    assert set(of_texts(template | others)) == {"hello", "bye"}
