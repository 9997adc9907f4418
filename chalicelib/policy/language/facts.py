"""Facts of a complaint and fields of acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from chalicelib.policy.language.conditions import REACHED, Condition
from chalicelib.policy.language.parts import Label, LanguagePart
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.fact_kinds import DocumentKind
from chalicelib.policy.language.vocabulary import YES_NO


class Choice(Label, frozen=True, kw_only=True):
    """One value of a choice. With `when`, the value is allowed only where the condition holds (P2.5)."""

    when: Condition = {}


class Band(LanguagePart, frozen=True, kw_only=True):
    """A range of a number, by which conditions ask for it. It begins above the `most` of the band before it."""

    name: str
    most: int | float | None = None
    """The largest number in the band. The last band has none."""


def band_name(bands: Sequence[Band], value: object) -> object:
    """The name of the first band whose `most` is not exceeded. A value that is no number is returned unchanged."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return next((band.name for band in bands if band.most is None or value <= band.most), None)


class RequiredWhen(LanguagePart, frozen=True, kw_only=True):
    """The cases in which a filing must give the fact, or an act the field."""

    when: Condition


LONGEST_TEXT = 4000
"""The maximum length of a text without `most`, in characters."""


class Fact(LanguagePart, frozen=True, kw_only=True):
    """A fact of a complaint or a field of an act. `fact_kinds` says which kinds are private.

    An `email` fact of the complainant is the address that notifications go to.
    """

    name: Label | None = None
    kind: DocumentKind = "text"
    required: list[str] | bool | RequiredWhen = False
    """True if always required, the channels that require it, or a condition on the rest of the filing. For the field of
    an act, only the condition has an effect: on the case and on the act's other fields."""
    choices: dict[str, Choice] = {}
    bands: list[Band] = []
    """For kind `number`: the ranges that conditions can ask for, in ascending order."""
    holder: Literal["complainant", "respondent", "content", "internal"] | None = None
    """The confidentiality class. By default the first word of the key, otherwise `content`."""
    most: int | float | None = None
    """The maximum length of a text in characters, by default `LONGEST_TEXT`; for a field that names people, the maximum
    number of people; for kind `number`, the largest number that is allowed."""
    tense: Literal["past", "future", "any"] = "any"
    """For kind `time`: where the time must lie, relative to the act."""
    least: int | float | None = None
    """For kind `number`: the smallest number that is allowed."""
    role: str | list[str] | None = None
    """For kind `people`: the role that each of them must have, or a list of which each must have one: a role of the
    policy, `routed`, or `field.<name>` for the role that this field names."""
    given_by: Literal["complainant", "staff", "time"] | None = None
    """Of a fact: `staff` if complainants are never asked for it. By default `complainant`. Of a field, only `time`: no
    person can give it, only a clock that performs the act (`missed: {act, fields}`)."""
    sum: Literal["money", "hours"] | None = None
    """For kind `number`: reports add the latest valid value of each complaint."""
    consent: Literal["complainant", "none"] | None = None
    """Whose consent the publication of this value needs. By default that of `publicity.notices`."""

    @property
    def is_always_given(self) -> bool:
        """True if every filing gives it, on each channel."""
        return self.required is True and self.given_by != "staff"

    @property
    def longest(self) -> int:
        """The maximum length of a text, or number of people."""
        return LONGEST_TEXT if self.most is None else int(self.most)

    @property
    def roles(self) -> list[str]:
        return [self.role] if isinstance(self.role, str) else self.role or []

    @property
    def possible_values(self) -> frozenset[str] | None:
        """All values, or items of a list, as conditions spell them. None if the checks cannot enumerate them."""
        values = fact_kinds.of(self.kind).values
        if values == "choices":
            return frozenset(self.choices)
        if values == "bands":
            return frozenset(band.name for band in self.bands) or None
        if values == "yes_no":
            return YES_NO & set(self.choices) or YES_NO
        return None


def is_public(kind: str, fact: Fact) -> bool:
    """False for a private or unregistered kind, and for a fact that the policy gives a `holder`."""
    return fact_kinds.of(kind).is_public and fact.holder is None


def is_public_time(fact: Fact) -> bool:
    """Whether it is a time or a date that events hold in the open."""
    return fact_kinds.of(fact.kind).is_time and is_public(fact.kind, fact)


_LATER = Fact(kind="time", tense="future")


SIGN, STRUCK = "sign", "struck"
"""The fields of `classify` with a sign of the class, and with the signs on record that no longer hold."""


BY = "by"
WAYS_OF_ATTEMPTS, REACHED_OR_NOT = ("phone", "letter", "visit"), ("yes", "no")
"""The choices of the fields `by` and `reached` of `attempt`."""


class BuiltInField(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    """A name of `fact_kinds`. If the kind has choices, `complaints.fields` derives them from the policy."""
    choices: tuple[str, ...] = ()
    """Those of a choice that is the same under every policy."""
    must_be_public: bool = False
    """True if the procedure depends on the value, so that a policy may give it no `holder`."""
    may_be_redefined: bool = False
    """True if a field of this name in the policy replaces it."""
    fact: Fact = Fact()
    label: Label
    """The name of the field where the policy gives it none."""
    labels: Mapping[str, Label] = {}
    """The names of `choices`."""


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


BUILT_IN_FIELDS = {
    "conditions": BuiltInField(
        kind="conditions", must_be_public=True, label=_label("受理条件", "Conditions of acceptance")
    ),
    "ground": BuiltInField(kind="choice", must_be_public=True, label=_label("不予受理的理由", "Ground for refusal")),
    "severity": BuiltInField(kind="choice", must_be_public=True, label=_label("投诉类别", "Class")),
    "sign": BuiltInField(kind="choice", label=_label("类别情形", "Sign of the class")),
    "struck": BuiltInField(
        kind="choices", may_be_redefined=True, label=_label("不再成立的情形", "Signs that no longer hold")
    ),
    "clock": BuiltInField(kind="choice", must_be_public=True, label=_label("期限", "Deadline")),
    "until": BuiltInField(
        kind="time", must_be_public=True, may_be_redefined=True, fact=_LATER, label=_label("截止时间", "Until")
    ),
    "kinds": BuiltInField(kind="choices", label=_label("证据种类", "Kinds of evidence")),
    "demand": BuiltInField(kind="reference", label=_label("对应的举证要求", "Demand that it answers")),
    "item": BuiltInField(kind="choice", label=_label("办理指引", "Line of the guidance")),
    BY: BuiltInField(
        kind="choice",
        choices=WAYS_OF_ATTEMPTS,
        may_be_redefined=True,
        label=_label("联系方式", "Way"),
        labels={
            "phone": _label("电话", "Telephone"),
            "letter": _label("信函", "Letter"),
            "visit": _label("上门", "Visit"),
        },
    ),
    REACHED: BuiltInField(
        kind="choice",
        choices=REACHED_OR_NOT,
        may_be_redefined=True,
        label=_label("是否联系上", "Reached"),
        labels={"yes": _label("是", "Yes"), "no": _label("否", "No")},
    ),
    "person": BuiltInField(
        kind="people", may_be_redefined=True, fact=Fact(most=1), label=_label("须回避的人员", "Person to be excluded")
    ),
}
"""The fields that the language defines, by name: acts can need and take them under every policy (docs/policy.md)."""
