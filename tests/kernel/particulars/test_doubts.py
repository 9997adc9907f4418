"""Places that may name a person, and may be ordinary words, are marked and not found as particulars."""

from __future__ import annotations

import pytest

from chalicelib.particulars.search import doubts, find
from chalicelib.particulars.terms import of_value


@pytest.mark.parametrize(
    ("name", "text", "doubt"),
    [
        ("高明", "经查高工未到场", "高工"),
        ("方圆", "对方总是推脱", None),
        ("方圆", "对方工说明情况", "方工"),
        ("王芳", "王方未到场", "王方"),
        ("王芳", "王某投诉成立", "王某"),
        ("高明", "经查高业主未到场", "高业主"),
        ("高明", "提高客户满意度", None),
        ("Will Smith", "Will was refunded", "Will"),
        ("王芳", "赵先生投诉成立", "赵先生"),
        ("王芳", "姓赵的顾客", "姓赵"),
        ("王芳", "欧阳先生投诉成立", "欧阳先生"),
        ("王芳", "网名是大白兔", "大白兔"),
        ("王芳", "单号 174208675", "174208675"),
        ("王芳", "另有139，0000，1111", "139，0000，1111"),
        ("王芳", "见 shop.example", "shop.example"),
        ("王芳", "金额35000000元，电话400-800-8820", None),
        ("王芳", "2026-11-27 公示", None),
    ],
)
def test_a_doubt(name: str, text: str, doubt: str | None) -> None:
    terms = of_value("complainant.name", name)

    assert find(text, terms) == []
    assert [text[one.start : one.end] for one in doubts(text, terms)] == ([] if doubt is None else [doubt])


def test_what_is_certain_is_no_doubt() -> None:
    text = "王总（13800138000）与赵先生"

    assert [text[one.start : one.end] for one in doubts(text, of_value("complainant.name", "王芳"))] == ["赵先生"]
