"""The normal form of a text, before all patterns: without what people vary when they write a name or a number.

Numerals of Chinese, such as `三百零一`, are read as the numbers that they write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, compress

import msgspec

from chalicelib.particulars.alike import LOOK_LIKE_DIGITS, ROMAN, plain, value_of

_CHINESE = (
    "〇零㐅㒃㠪㭍一二三四五六七八九十百千仟佰拾阡亖仨伍兩两俩六卄卅卌廾廿叁参參叄壱壹幺弌弍弎弐捌柒玖肆貮貳贰陆陸"
)
"""Those with a value of Unicode below ten thousand, without two that are frequent words; and the three for two."""
_TWO = "两兩俩"
RUN = f"[0-9{_CHINESE}]+"
_UNITS = (10, 100, 1000)
_SIGNS = 9
"""Signs of a number below ten thousand, as in `九千零九十九`, and some more."""


@lru_cache(maxsize=256)
def value(sign: str) -> int:
    """`sign`: of a `RUN`."""
    return 2 if sign in _TWO else int(unicodedata.numeric(sign))


def number_of(run: str) -> str | None:
    """The number that the run writes with tens, hundreds and thousands; None if it is digits one by one."""
    values = [value(sign) for sign in run[: _SIGNS + 1]]
    if len(run) > _SIGNS or {*_UNITS}.isdisjoint(values):
        return None
    total, digit, above = 0, 0, _UNITS[-1] * 10
    for one in values:
        if one in _UNITS:
            if one >= above:
                return None
            total, digit, above = total + (digit or 1) * one, 0, one
        elif digit or one > 9:
            return None
        else:
            digit = one
    return str(total + digit)


class NormalForm(msgspec.Struct, frozen=True):
    """`starts`, `ends`: for each sign of `text`, the indexes of what it stands for in the original text."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The indexes in the original text of a part that is not empty."""
        return self.starts[start], self.ends[end - 1]


class Normal:
    """`read` keeps capital letters, spaces and punctuation. The other forms are made of it when they are needed."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.read = _each(NormalForm(text, range(len(text)), range(1, len(text) + 1)), plain)

    @cached_property
    def read_digits(self) -> NormalForm:
        """With digits for numerals: `三零一室` and `三百零一室` are `301室`."""
        return _with_digits(self.read)

    @cached_property
    def read_values(self) -> NormalForm:
        """`read_digits` with digits also for Roman numerals."""
        return self.read_digits if self._values is self.read else _with_digits(self._values)

    @cached_property
    def read_lookalikes(self) -> NormalForm:
        """With digits also for what is written in their place, such as the letters of `l38OO`."""
        return _lookalikes(self.read_values)

    @cached_property
    def words(self) -> NormalForm:
        """Letters and digits only, without case."""
        return _squeezed(self.read)

    @cached_property
    def digits(self) -> NormalForm:
        return _with_digits(self.words)

    @cached_property
    def lookalikes(self) -> NormalForm:
        values = self._values
        return _lookalikes(self.digits if values is self.read else _with_digits(_squeezed(values)))

    @cached_property
    def letters(self) -> NormalForm:
        """The words without digits, such as those that give the tones of `wang2 xiao3 ming2`."""
        return _without_digits(self.words)

    @cached_property
    def _values(self) -> NormalForm:
        """`read` with the values of Roman numerals, which are also letters."""
        text = self.original
        if not re.search(ROMAN, text):
            return self.read
        return _each(NormalForm(text, range(len(text)), range(1, len(text) + 1)), value_of)


def normal(text: str) -> Normal:
    """Linear in the length of the text."""
    return Normal(text)


def _each(form: NormalForm, change: Callable[[str], str]) -> NormalForm:
    """The form with each sign changed into any number of signs, which keep its place."""
    parts = [change(sign) for sign in form.text]
    text = "".join(parts)
    if len(text) == len(parts) and all(parts):
        return NormalForm(text, form.starts, form.ends)
    return NormalForm(text, _repeated(form.starts, parts), _repeated(form.ends, parts))


def _repeated(places: Sequence[int], parts: Iterable[str]) -> list[int]:
    return [place for place, part in zip(places, parts, strict=True) for _ in part]


def _squeezed(form: NormalForm) -> NormalForm:
    folded = form.text.casefold()
    if len(folded) != len(form.text):
        form = _each(form, str.casefold)
        folded = form.text
    kept = [*map(str.isalnum, folded)]
    return NormalForm("".join(compress(folded, kept)), [*compress(form.starts, kept)], [*compress(form.ends, kept)])


def _lookalikes(form: NormalForm) -> NormalForm:
    return _each(form, _as_digit)


@lru_cache(maxsize=4096)
def _as_digit(sign: str) -> str:
    return sign.casefold().translate(LOOK_LIKE_DIGITS)


def _with_digits(form: NormalForm) -> NormalForm:
    """A run with tens or hundreds is one number; the digits of others stand one by one."""
    texts: list[str] = []
    starts: list[Sequence[int]] = []
    ends: list[Sequence[int]] = []
    behind = 0
    for found in re.finditer(RUN, form.text):
        if found[0].isascii():
            continue
        first, last = found.span()
        number = number_of(found[0])
        digits = [str(value(sign)) for sign in found[0]] if number is None else [number]
        texts += [form.text[behind:first], *digits]
        if number is None:
            starts += [form.starts[behind:first], _repeated(form.starts[first:last], digits)]
            ends += [form.ends[behind:first], _repeated(form.ends[first:last], digits)]
        else:
            starts += [form.starts[behind:first], [form.starts[first]] * len(number)]
            ends += [form.ends[behind:first], [form.ends[last - 1]] * len(number)]
        behind = last
    if not texts:
        return form
    text = "".join([*texts, form.text[behind:]])
    return NormalForm(text, [*chain(*starts, form.starts[behind:])], [*chain(*ends, form.ends[behind:])])


def _without_digits(form: NormalForm) -> NormalForm:
    """A digit belongs to the letter before it."""
    kept = [at for at, sign in enumerate(form.text) if not sign.isdecimal()]
    if len(kept) == len(form.text) or not kept:
        return form
    ends = [form.ends[at - 1] for at in [*kept[1:], len(form.text)]]
    return NormalForm("".join(form.text[at] for at in kept), [form.starts[at] for at in kept], ends)
