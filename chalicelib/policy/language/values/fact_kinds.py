"""The kinds of facts and fields: one row for each, which says everything that the program does with its values.

No other module lists kinds. A kind without a row here, such as one of a later version, is private, its values are
refused, and pages neither ask for it nor show it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from chalicelib.kit.email_address import MAX_ADDRESS_LENGTH
from chalicelib.kit.problem import InBoth, Text
from chalicelib.policy.language.values.value_context import InvalidFieldValue, NotOfKind, ValueContext

FieldValue = Annotated[
    Any,
    msgspec.Meta(
        description="A value of a fact or a field. The policy defines its kind: text, time, choice or reference as a "
        "string; number; flag; people or choices as a list; conditions as an object of flags.",
        extra_json_schema={
            "anyOf": [
                *({"type": name} for name in ("string", "number", "boolean")),
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": "boolean"}},
            ]
        },
    ),
]
"""Decodes any JSON value: `read` checks it, with a place and a reason for each fault."""


class FactKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind. The defaults expose nothing: a new kind is private, and its value is a line of text."""

    read: Callable[[Any, ValueContext], Any]
    """Returns the value in its stored form. Raises `NotOfKind` or `InvalidFieldValue`."""
    expected: InBoth
    """What a value must be, after "must be" in faults of requests and of policies."""
    described: str = ""
    """What the guide for authors says of a value, where it says more than `expected`."""
    is_public: bool = False
    """True if events hold the value, unless the policy gives the fact a `holder`. Events never change."""
    input: Literal["text", "email", "tel", "number", "date", "datetime-local", "choices"] | None = "text"
    """How pages ask for the value: the type of an HTML input, or `choices` of its possible values. They show what they
    ask for. None if they do neither."""
    autocomplete: str = ""
    """The token of HTML, for a fact of the complainant (WCAG 2.2, 1.3.5)."""
    inputmode: Literal["", "decimal"] = ""
    """The keyboard of a telephone, where `input` does not say it."""
    size: int = 0
    """Characters of the input, as usual values have; 0 for the width that the browser or the style gives it."""
    longest: int = 0
    """Characters that an input takes; 0 for as many as the policy allows."""
    values: Literal["any", "choices", "yes_no", "bands"] = "any"
    """The values that the checks can enumerate: the policy's `choices`, `yes` and `no`, or the names of `bands`."""
    is_list: bool = False
    """True if the value is a list. Triggers match a part of it; conditions compare single values only."""
    is_free_text: bool = False
    """True for text in the writer's own words: it may have several lines and languages, it is compared with that of
    other complaints, and notices can show it."""
    in_lookups: bool = False
    """True if complaints can be found by the value, which is a text (`casework.fact_lookups`)."""
    moment: Literal["instant", "day"] | None = None
    """The stored form of a point in time: an instant, or a day (`2026-11-27`). Due times can depend on it."""
    is_email_address: bool = False
    """True if the value is an e-mail address, to which mails go."""
    is_telephone_number: bool = False
    """True if the value is a number at which the complainant can be called."""
    names_people: bool = False
    """True if the value is a list of members, by their ids. A policy cannot state it."""
    sample: str | bool | None = None
    """A possible value, for kinds of which neither the policy nor the complaint has one."""
    ignores: tuple[str, ...] = ()
    """Keys of `Fact` without effect on this kind, which the check points out."""

    @property
    def has_length(self) -> bool:
        """True if the value is a text whose length the policy can limit."""
        return self.values == "any" and not (self.is_time or self.is_list)

    @property
    def is_time(self) -> bool:
        return self.moment is not None

    @property
    def is_choice(self) -> bool:
        """True for one of the policy's choices."""
        return self.values == "choices" and not self.is_list

    @property
    def is_counted(self) -> bool:
        """True if statistics count the answers (`answer.<field>`)."""
        return self.values in ("choices", "yes_no")


def of(kind: str) -> FactKind:
    return OF_DOCUMENTS.get(kind) or OF_BUILT_IN_FIELDS.get(kind) or _UNREGISTERED


def read(kind: str, value: Any, context: ValueContext) -> Any:
    """Returns the value in its stored form. Raises `InvalidFieldValue` for a value that the kind or fact refuses."""
    row = of(kind)
    try:
        return row.read(value, context)
    except NotOfKind:
        raise InvalidFieldValue(Text("must be {expected}", expected=row.expected)) from None


def _reader(name: str) -> Callable[[Any, ValueContext], Any]:
    """A function of `value_readers`. Requests that only read do not load them."""

    def read(value: Any, context: ValueContext) -> Any:
        from chalicelib.policy.language.values import value_readers

        return getattr(value_readers, name)(value, context)

    return read


def _refused(_value: Any, _context: ValueContext) -> None:
    raise InvalidFieldValue("is of a kind that this service cannot read")


OF_DOCUMENTS: dict[str, FactKind] = {
    "text": FactKind(
        read=_reader("read_text"),
        expected=InBoth("a text, or `{zh: …, en: …}`, of the allowed length", "长度允许的文字，或 `{zh: …, en: …}`"),
        described="text",
        is_free_text=True,
        in_lookups=True,
    ),
    "email": FactKind(
        read=_reader("read_email"),
        expected=InBoth("an e-mail address", "电子邮件地址"),
        described="an e-mail address; notifications to the complainant go to the first such fact "
        "of class `complainant` that has a value",
        input="email",
        autocomplete="email",
        sample="li@customer.example",
        size=32,
        longest=MAX_ADDRESS_LENGTH,
        in_lookups=True,
        is_email_address=True,
    ),
    "phone": FactKind(
        read=_reader("read_phone"),
        expected=InBoth("a telephone number, such as 010-12345678", "电话号码，例如 010-12345678"),
        described="a telephone number: 5 to 20 digits with spaces and marks, and perhaps an extension",
        input="tel",
        autocomplete="tel",
        sample="010-12345678",
        size=20,
        longest=60,
        in_lookups=True,
        is_telephone_number=True,
    ),
    "choice": FactKind(
        read=_reader("read_choice"),
        expected=InBoth("one of the choices", "以下选项之一"),
        described="one of its `choices`",
        is_public=True,
        input="choices",
        values="choices",
        in_lookups=True,
        ignores=("most",),
    ),
    "choices": FactKind(
        read=_reader("read_choices"),
        expected=InBoth("a list of choices", "选项的列表"),
        described="some of its `choices`, each once",
        is_public=True,
        input="choices",
        values="choices",
        is_list=True,
        ignores=("most",),
    ),
    "time": FactKind(
        read=_reader("read_time"),
        expected=InBoth(
            "a time as text, such as 2026-11-27T17:45:00+08:00", "文本形式的时间，例如 2026-11-27T17:45:00+08:00"
        ),
        described="a time",
        is_public=True,
        input="datetime-local",
        in_lookups=True,
        moment="instant",
        sample="2026-11-27T17:45:00+08:00",
        ignores=("most",),
    ),
    "date": FactKind(
        read=_reader("read_date"),
        expected=InBoth("a date as text, such as 2026-11-27", "文本形式的日期，例如 2026-11-27"),
        described="a date in the calendar's time zone; as a due time, the end of that day",
        is_public=True,
        input="date",
        in_lookups=True,
        moment="day",
        sample="2026-11-27",
        ignores=("most", "choices"),
    ),
    "number": FactKind(
        read=_reader("read_number"),
        expected=InBoth("a number", "数字"),
        is_public=True,
        input="number",
        inputmode="decimal",
        values="bands",
    ),
    "flag": FactKind(
        read=_reader("read_flag"),
        expected=InBoth("true or false", "true 或 false"),
        described="`true` or `false`",
        is_public=True,
        input="choices",
        values="yes_no",
        sample=True,
        ignores=("most",),
    ),
    "people": FactKind(
        read=_reader("read_people"),
        expected=InBoth("the ids of people", "人员的标识"),
        described="ids of members, each once, at most `most` (20); only for fields of acts",
        is_public=True,
        input=None,
        is_list=True,
        names_people=True,
    ),
}
"""The kinds that a policy may give its facts and fields."""
OF_BUILT_IN_FIELDS: dict[str, FactKind] = {
    "reference": FactKind(
        read=_reader("read_reference"),
        expected=InBoth("an event's id, such as 202611-000001/7", "事件编号，例如 202611-000001/7"),
        sample="202611-000001/7",
        is_public=True,
        input=None,
    ),
    "references": FactKind(
        read=_reader("read_references"),
        expected=InBoth("a list of ids", "编号的列表"),
        is_public=True,
        is_list=True,
        input=None,
    ),
    "conditions": FactKind(
        read=_reader("read_conditions"),
        expected=InBoth("true or false for each condition", "逐项填写 true 或 false"),
        is_public=True,
        input=None,
    ),
}
"""Further kinds, which only built-in fields have (`facts.BUILT_IN_FIELDS`)."""
_UNREGISTERED = FactKind(read=_refused, expected=InBoth("of a known kind", "已知类型的值"), input=None)
DocumentKind = Annotated[str, msgspec.Meta(extra_json_schema={"enum": sorted(OF_DOCUMENTS)})]
"""A name of `OF_DOCUMENTS`. Parsing refuses any other; a stored policy of a later version may have one."""
