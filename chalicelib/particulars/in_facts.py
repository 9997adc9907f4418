"""Parts of a case's facts by which people are recognised, found by their form, in the normal form of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.particulars.patterns import LOCAL_PART, NICKNAME

_ORDINARY = (
    "[未无没不已空请同]|退款|支付|付款|商家|卖家|买家|店铺|客服|订单|商品|产品|服务|质量|价格|发货|快递|物流|投诉|举报|赔偿|补偿|处理|解决|"
    "平台|公司|用户|顾客|消费|收费|维修|售后|换货|退货|发票|合同|骗|假|微信|正确|错误|名字|一样|什么|这个|那个"
)
_NAME_LIKE = (
    rf"(?!.{{0,20}}(?:{_ORDINARY}))(?:[\u3400-\u9fff]{{3,}}|[小阿老大][\u3400-\u9fff]|([\u3400-\u9fff])\1)"
    r"|[A-Z][A-Za-z]+|(?=.{0,20}[\d_.-])(?=.{0,20}[^\d_.-]).{2,}"
)
"""A nickname that is no ordinary word, such as `退款` or `wrong`: these would be found in every text."""
_BEFORE_STREET = "省市区县旗镇乡村在于住到"
_STREETS, _AMBIGUOUS_STREETS = "[路街弄]|小区|大厦|公寓", "[道巷里园苑]"
_NUMBERED = "[号弄栋幢楼室]"
_STREET = (
    rf"[^{_BEFORE_STREET},\u3002\s]{{1,8}}"
    rf"(?:(?:{_STREETS})\s*\d+\s*{_NUMBERED}?|{_AMBIGUOUS_STREETS}\s*\d+\s*{_NUMBERED})"
)
"""`屋里401` and `不知道一直` name no street."""
_OF_NO_PERSON = r"(?<!\d)(?:20\d\d[-/.]\d\d?[-/.]\d\d?|[48]00-?\d{3}-?\d{4})(?!\d)"
"""Days, and the numbers of services: they are in many texts."""
_LONG_NUMBER = r"\+?\d[\d\s()./-]{5,24}\d"
_WITH_CODES, _SUBSCRIBER = 10, 8
"""Digits of a phone number with a code, and of its end, which tells whose it is."""


def nicknames(text: str) -> Iterator[tuple[int, int]]:
    """The places of names that a text introduces as a nickname, without those that are ordinary words."""
    yield from (found.span(1) for found in re.finditer(NICKNAME, text) if re.fullmatch(_NAME_LIKE, found[1]))


def streets(text: str) -> Iterator[tuple[int, int]]:
    """The places of streets with their numbers, without the city and the district."""
    yield from (found.span() for found in re.finditer(_STREET, text))


def long_numbers(text: str) -> Iterator[str]:
    """Numbers of at least seven digits, such as of phones, orders and accounts, with their separators. Not of days."""
    yield from (found[0] for found in re.finditer(_LONG_NUMBER, re.sub(_OF_NO_PERSON, "、", text)))


def local_parts(text: str) -> list[str]:
    """What an e-mail address has before its `@`: people write the rest in words."""
    return re.findall(rf"({LOCAL_PART})\s*+@", text)


def shorter(number: str) -> Iterator[str]:
    """The number, and without the codes of its country and its area."""
    yield number
    if len(number) >= _WITH_CODES:
        yield number[-_SUBSCRIBER:]
    if landline := re.fullmatch(r"0(?:10|2\d|[3-9]\d\d)(\d{7,8})", number):
        yield landline[1]


def national(digits: str) -> str:
    """A phone number without the country's code."""
    found = re.fullmatch(r"(?:0{0,2}86)(1\d{10}|0?\d{9,11})", digits)
    return found[1] if found else digits
