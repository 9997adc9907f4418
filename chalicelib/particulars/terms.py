"""What identifies the people of a case: the terms that no text for publication may contain.

Parts of a case's facts by which people are recognised are found by their form, in the normal form of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from chalicelib.particulars import english, name_forms, patterns, pinyin, surnames
from chalicelib.particulars.normal import Normal, NormalForm, normal
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


SHORTEST_VALUE = 3
"""Characters of a value that is no name. Shorter ones, such as `个人`, would be found in every text."""
SHORTEST_NUMBER = 7
"""Digits."""
SHORTEST_NAME = 2
SHORTEST_LOCAL_PART = 5
"""Letters and digits of an e-mail address before its `@`. A shorter one is an ordinary word."""
_NAME = r"name|nick|salutation|alias"
LONGEST_ADDRESS = 200
"""Characters. A longer value is a text, and each of its hundreds of places would begin a term of its own."""
_PLACE = r"[省市区县旗镇乡村路街道巷弄号栋幢楼室]"
_PLACE_END = r"(?<=[省市区县旗镇乡])"


class Terms(msgspec.Struct, frozen=True):
    """What is searched for in the normal form of a text. Each is in that form itself."""

    parts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    """Of Latin letters only: they count as whole words."""
    numbers: frozenset[str] = frozenset()
    """With digits for numerals: numbers, and what contains one, such as an address."""
    sounds: frozenset[str] = frozenset()
    """Chinese names, which are also written with other characters of the same sound."""
    named: frozenset[str] = frozenset()
    """Patterns of a name: its initials, and its surname with a title."""
    doubtful: frozenset[str] = frozenset()
    """Patterns of what may be the name and may be an ordinary word."""

    def __or__(self, other: Terms) -> Terms:
        mine, others = msgspec.structs.astuple(self), msgspec.structs.astuple(other)
        return Terms(*(one | two for one, two in zip(mine, others, strict=True)))


def of_value(name: str, value: str) -> Terms:
    """The terms of a party's fact, such as a name, a phone or an address. `name`: of the fact."""
    text = value.strip()
    is_name = len(text) <= name_forms.MOST and re.search(_NAME, name) is not None
    found = _terms([*([] if is_name else [text]), *_tails(text)], SHORTEST_VALUE)
    read = normal(text)
    numbers = frozenset(form for number in _numbers(read) for form in shorter(number))
    found |= _terms(local_parts(read.read.text), SHORTEST_LOCAL_PART)
    return found | Terms(numbers=numbers) | (_of_name(read.read.text) if is_name else Terms())


def of_free_text(text: str) -> Terms:
    """The terms in a sentence: numbers, addresses, plates and nicknames, which have a form of their own."""
    return of_person_in(text) | Terms(numbers=frozenset(_numbers(normal(text))))


def of_person_in(text: str) -> Terms:
    """As `of_free_text`, without numbers such as those of orders and times, which tell of a matter and of no person."""
    read = normal(text)
    digits = read.read_digits
    spans = [
        found.span(found.lastindex or 0)
        for _, pattern in patterns.OF_ANY_PERSON
        for found in re.finditer(pattern, digits.text)
    ]
    spans += streets(digits.text)
    own = [_original(read, digits, span) for span in spans]
    names = [found.span(1) for _, pattern in patterns.NAMES for found in re.finditer(pattern, read.read.text)]
    own += [_original(read, read.read, span) for span in [*names, *nicknames(read.read.text)]]
    return _terms(own, SHORTEST_NAME)


def of_file_name(name: str) -> Terms:
    """The whole name and, if it has a digit, the name without its ending: `照片` alone is an ordinary word."""
    stem = name.rpartition(".")[0]
    return _terms([name, *([stem] if re.search(r"\d", stem) else [])], SHORTEST_VALUE)


def _original(read: Normal, form: NormalForm, span: tuple[int, int]) -> str:
    start, end = form.place(*span)
    return read.original[start:end]


def _terms(values: Iterable[str], shortest: int) -> Terms:
    read = [normal(value) for value in values]
    found = {one.words.text for one in read}
    long_enough = {one for one in found if len(one) >= shortest}
    words = {one for one in long_enough if re.fullmatch("[a-z]+", one)}
    with_digits = {one.digits.text for one in read if one.digits.text != one.words.text}
    numbers = frozenset(filter(_is_telling, with_digits))
    return Terms(parts=frozenset(long_enough - words), words=frozenset(words), numbers=numbers)


def _is_telling(digits: str) -> bool:
    """Not a few digits only."""
    return len(digits) >= (SHORTEST_NUMBER if digits.isdecimal() else SHORTEST_VALUE)


def _of_name(name: str) -> Terms:
    name = surnames.own_name(name)
    own = re.sub(r"\s", "", name)
    _, given = name_forms.chinese_name(own) or ("", "")
    forms = [name, *([given] if len(given) > 1 else []), *pinyin.spellings(own), *pinyin.mixed(own)]
    found = _terms([*forms, *name_forms.latin_parts(name), *name_forms.reversed_name(name)], SHORTEST_NAME)
    named = [*filter(None, [name_forms.initials(name)]), *pinyin.patterns(own), *surnames.certain(own)]
    return Terms(
        names=found.parts,
        words=found.words,
        numbers=found.numbers,
        sounds=frozenset([own] if given else []),
        named=frozenset(named),
        doubtful=frozenset([*surnames.doubtful(own), *name_forms.ordinary_parts(name)]),
    )


def _tails(text: str) -> list[str]:
    """Parts of an address: without the province, the city and so on, or those of an English one."""
    if len(text) > LONGEST_ADDRESS:
        return []
    if not re.search(_PLACE, text):
        return list(english.parts_of_address(text))
    parts = re.split(_PLACE_END, text)
    tails = ("".join(parts[first:]) for first in range(1, len(parts)))
    return [tail for tail in tails if re.search(r"\d", normal(tail).read_digits.text)]


def _numbers(read: Normal) -> Iterator[str]:
    for number in [*long_numbers(read.read_digits.text), read.digits.text]:
        digits = re.sub(r"\D", "", number) if not number.isdecimal() else number
        if len(digits) >= SHORTEST_NUMBER and (number.isdecimal() or not re.search(r"[^\W\d]", number)):
            yield national(digits)
