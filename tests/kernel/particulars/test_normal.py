"""The normal form has one sign for all shapes of it, and the way back to the original text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.particulars.normal import normal
from tests.helpers.searches import searching


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("１٣८𝟡", "1389"),
        ("①❷㊂⑷⒌⓿", "123450"),
        ("〡〣〨", "138"),
        ("⑩❿🔟㉑", "10101021"),
        ("1️⃣3️⃣", "13"),
        ("Ⅻ½", "XII1⁄2"),
        ("Ｗáｎɢ🆆Ⓦ🅆🇼", "WanGWWWW"),
        ("Jоhn", "John"),
        ("張⼩⺒", "张小巳"),
        ("a\u200b\u00ad\u3164b", "ab"),
        ("（：，＠）—－", "(:,@)--"),
        ("a\u3000\t\u2028b", "a  \nb"),
    ],
)
def test_what_is_read(written: str, read: str) -> None:
    assert normal(written).read.text == read


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("一三八零零", "13800"),
        ("壹贰叁肆伍陆柒捌玖〇", "1234567890"),
        ("幺两俩", "122"),
        ("一百", "100"),
        ("三百零一室", "301室"),
        ("十五天", "15天"),
        ("二十", "20"),
        ("一千零一十", "1010"),
        ("九千九百九十九", "9999"),
        ("廿一", "201"),
        ("二〇二六年", "2026年"),
        ("十百", "10100"),
        ("为什么", "为什么"),
        ("一万", "1万"),
    ],
)
def test_numerals_as_digits(written: str, digits: str) -> None:
    assert normal(written).read_digits.text == digits


def test_the_place_of_a_number_is_that_of_its_numerals() -> None:
    text = "文三路一百零一号"
    form = normal(text).digits
    start = form.text.index("101")

    assert form.text == "文3路101号"
    assert text[slice(*form.place(start, start + 3))] == "一百零一"


def test_the_place_of_a_letter_has_its_tone() -> None:
    form = normal("wang2 xiao3").letters

    assert form.text == "wangxiao"
    assert form.place(0, 4) == (0, 5)


@searching(200)
@example("\u3021\u302a\u3030\u3038")  # numerals of Suzhou, and signs between them that are no numbers
@given(st.text(st.characters() | st.sampled_from("一百十零两①⑩İßé\u0301王"), max_size=30))
def test_each_sign_has_a_place_in_the_original(text: str) -> None:
    found = normal(text)

    for form in (found.read, found.read_digits, found.read_lookalikes, found.words, found.digits, found.letters):
        assert len(form.text) == len(form.starts) == len(form.ends)
        assert [*form.starts] == sorted(form.starts)
        assert all(0 <= start < end <= len(text) for start, end in zip(form.starts, form.ends, strict=True))
