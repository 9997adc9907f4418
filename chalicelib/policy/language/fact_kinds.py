"""The kinds of facts and fields: the readers of their values, and the uses of each kind.

A kind without an entry here is private, and its values are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, tzinfo
from typing import Annotated, Any, Literal

import msgspec

from chalicelib.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.instants import Instant, from_instant, from_text, to_text
from chalicelib.policy.language.facts import Fact
from chalicelib.problem import Text

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

MAX_NUMBER, MAX_PEOPLE = 10**12, 20
_DATE = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}"
_PHONE = r"\+?(?:[ ()./-]*[0-9]){5,20}[ )]*(?:(?:\u8f6c|\u5206\u673a|ext\.?|x|#|,) ?[0-9]{1,8})?"
_DECOMPOSED = 4
"""Characters that a composed one has at most before normalisation."""
_MOST_MARKS = 30
_LINE_BREAKS = "\n\r\t"
YES_NO = frozenset({"yes", "no"})


class InvalidFieldValue(Exception):
    """The value is invalid. `path` leads to the faulty part inside it."""

    def __init__(self, sentence: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.path = path


class ValueContext(msgspec.Struct, frozen=True):
    """The limits for a value. `since` is the complaint's registration: past times must not lie before it."""

    choices: tuple[str, ...]
    fact: Fact
    now: Instant
    since: Instant | None
    zone: tzinfo = UTC
    """In which a date is compared with the times."""

    def day(self, instant: Instant) -> date:
        return from_instant(instant).astimezone(self.zone).date()


class FactKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind. The defaults expose nothing: a new kind is private, and nothing else uses it."""

    read: Callable[[Any, ValueContext], Any]
    """Returns the value in its stored form. Raises `InvalidFieldValue`."""
    is_public: bool = False
    """True if events hold the value, unless the policy gives the fact a `holder`. Events never change."""
    values: Literal["any", "choices", "yes_no", "bands"] = "any"
    """The values that the checks can enumerate: the policy's `choices`, `yes` and `no`, or the names of `bands`."""
    is_list: bool = False
    """True if the value is a list. Triggers match a part of it; conditions compare single values only."""
    in_lookups: bool = False
    """True if complaints can be found by the value, which is a text (`casework.fact_lookups`)."""
    is_time: bool = False
    """True if due times can depend on the value."""
    is_email_address: bool = False
    """True if the value is an e-mail address, to which mails go."""

    def possible_values(self, fact: Fact) -> frozenset[str] | None:
        """All values, or items of a list, as conditions spell them. None if the checks cannot enumerate them."""
        if self.values == "choices":
            return frozenset(fact.choices)
        if self.values == "bands":
            return frozenset(band.name for band in fact.bands) or None
        if self.values == "yes_no":
            return YES_NO & set(fact.choices) or YES_NO
        return None


def of(kind: str) -> FactKind:
    return _KINDS.get(kind, _UNREGISTERED)


def is_public(kind: str, fact: Fact) -> bool:
    """False for a private or unregistered kind, and for a fact that the policy gives a `holder`."""
    return of(kind).is_public and fact.holder is None


def read(kind: str, value: Any, context: ValueContext) -> Any:
    """Returns the value in its stored form. Raises `InvalidFieldValue` for a value that the kind or fact refuses."""
    return of(kind).read(value, context)


def _text(value: Any, context: ValueContext) -> str:
    import unicodedata  # a megabyte of tables that read-only requests do not need

    if not isinstance(value, str):
        raise InvalidFieldValue("must be text")
    if len(value) > _DECOMPOSED * context.fact.most:
        raise InvalidFieldValue(Text("must be at most {most} characters", most=context.fact.most))
    if _has_long_run(value):
        raise InvalidFieldValue("has too many marks on one letter")
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise InvalidFieldValue("must not be empty")
    if len(text) > context.fact.most:
        raise InvalidFieldValue(Text("must be at most {most} characters", most=context.fact.most))
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in _LINE_BREAKS for sign in text):
        raise InvalidFieldValue("must not hold control characters")
    return text


def _has_long_run(value: str) -> bool:
    """True if more combining marks follow each other than any language needs (UAX 15, section 13).

    Normalisation needs quadratic time for them.
    """
    import unicodedata

    run = 0
    for sign in value:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > _MOST_MARKS:
            return True
    return False


def _email(value: Any, context: ValueContext) -> str:
    text = _text(value, context)
    if len(text) <= MAX_ADDRESS_LENGTH and re.match(EMAIL_PATTERN, text):
        return text
    raise InvalidFieldValue("must be an e-mail address")


def _phone(value: Any, context: ValueContext) -> str:
    import unicodedata  # as in `_text`

    text = _text(value, context)
    if re.fullmatch(_PHONE, unicodedata.normalize("NFKC", text), re.ASCII | re.IGNORECASE) is None:
        raise InvalidFieldValue("must be a telephone number, such as 010-12345678")
    return text


def _choice(value: Any, context: ValueContext) -> str:
    _refuse_without_choices(context)
    if not isinstance(value, str) or value not in context.choices:
        raise InvalidFieldValue(Text("must be one of: {known}", known=", ".join(context.choices)))
    return value


def _choices(value: Any, context: ValueContext) -> list[str]:
    _refuse_without_choices(context)
    chosen, known = value if isinstance(value, list) else [value], ", ".join(context.choices)
    if not chosen or len(chosen) > len(context.choices):
        raise InvalidFieldValue(Text("must name some of: {known}", known=known))
    for position, one in enumerate(chosen):
        if not isinstance(one, str) or one not in context.choices:
            raise InvalidFieldValue(Text("must be one of: {known}", known=known), (str(position),) * (chosen is value))
    return _each_once(chosen)


def _each_once(values: list[str]) -> list[str]:
    """The values in a fixed order. A repeated one is more likely a slip for another than meant."""
    for position, one in enumerate(values):
        if one in values[:position]:
            raise InvalidFieldValue("is named twice", (str(position),))
    return sorted(values)


def _refuse_without_choices(context: ValueContext) -> None:
    if not context.choices:
        raise InvalidFieldValue("is not possible in this case")


def _time(value: Any, context: ValueContext) -> str:
    if not isinstance(value, str):
        raise InvalidFieldValue("must be a time as text, such as 2026-11-27T17:45:00+08:00")
    try:
        instant = from_text(value)
    except ValueError as error:
        raise InvalidFieldValue(Text("is no time: {error}", error=error)) from error
    if context.fact.tense == "past" and instant > context.now:
        raise InvalidFieldValue("must not lie in the future")
    if context.fact.tense == "past" and context.since is not None and instant < context.since:
        raise InvalidFieldValue("must not lie before the complaint")
    if context.fact.tense == "future" and instant <= context.now:
        raise InvalidFieldValue("must lie in the future")
    return to_text(instant)


def _date(value: Any, context: ValueContext) -> str:
    if not isinstance(value, str) or re.fullmatch(_DATE, value, re.ASCII) is None:
        raise InvalidFieldValue("must be a date as text, such as 2026-11-27")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise InvalidFieldValue(Text("is no date: {error}", error=error)) from error
    today, tense = context.day(context.now), context.fact.tense
    if tense == "past" and day > today:
        raise InvalidFieldValue("must not lie in the future")
    if tense == "past" and context.since is not None and day < context.day(context.since):
        raise InvalidFieldValue("must not lie before the complaint")
    if tense == "future" and day < today:
        raise InvalidFieldValue("must not lie in the past")
    return day.isoformat()


def _number(value: Any, context: ValueContext) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidFieldValue("must be a number")
    if abs(value) > MAX_NUMBER:
        raise InvalidFieldValue(Text("must be at most {most}", most=MAX_NUMBER))
    if context.fact.least is not None and value < context.fact.least:
        raise InvalidFieldValue(Text("must be at least {least}", least=context.fact.least))
    return value


def _flag(value: Any, context: ValueContext) -> bool:
    if not isinstance(value, bool):
        raise InvalidFieldValue("must be true or false")
    allowed = YES_NO & set(context.choices)
    if YES_NO & context.fact.choices.keys() and ("yes" if value else "no") not in allowed:
        either = "must be false" if value else "must be true"
        raise InvalidFieldValue(either if allowed else "is not possible in this case")
    return value


def _reference(value: Any, _context: ValueContext) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 64 or not value.isascii() or not value.isprintable():
        raise InvalidFieldValue("must be an event's id, such as 202611-000001/7")
    return value


def _people(value: Any, context: ValueContext) -> list[str]:
    most = min(context.fact.most, MAX_PEOPLE)
    named = [value] if isinstance(value, str) else value
    if not isinstance(named, list) or not 1 <= len(named) <= most:
        several = Text("must name 1 to {most} people by their id", most=most)
        raise InvalidFieldValue("must name one person by their id" if most == 1 else several)
    for position, one in enumerate(named):
        if not isinstance(one, str) or not one or len(one) > 128:
            raise InvalidFieldValue("must be a person's id", (str(position),) * (named is value))
    return _each_once(named)


def _conditions(value: Any, context: ValueContext) -> dict[str, bool]:
    if not isinstance(value, dict):
        raise InvalidFieldValue(Text("must say true or false for each of: {known}", known=", ".join(context.choices)))
    for key, ticked in value.items():
        if key not in context.choices:
            raise InvalidFieldValue("is not one of the conditions", (str(key),))
        if not isinstance(ticked, bool):
            raise InvalidFieldValue("must be true or false", (str(key),))
    return dict(value)


def _refused(_value: Any, _context: ValueContext) -> None:
    raise InvalidFieldValue("is of a kind that this service cannot read")


_UNREGISTERED = FactKind(read=_refused)

OF_DOCUMENTS: dict[str, FactKind] = {
    "text": FactKind(read=_text, in_lookups=True),
    "email": FactKind(read=_email, in_lookups=True, is_email_address=True),
    "phone": FactKind(read=_phone, in_lookups=True),
    "choice": FactKind(read=_choice, is_public=True, values="choices", in_lookups=True),
    "choices": FactKind(read=_choices, is_public=True, values="choices", is_list=True),
    "time": FactKind(read=_time, is_public=True, in_lookups=True, is_time=True),
    "date": FactKind(read=_date, is_public=True, in_lookups=True, is_time=True),
    "number": FactKind(read=_number, is_public=True, values="bands"),
    "flag": FactKind(read=_flag, is_public=True, values="yes_no"),
    "people": FactKind(read=_people, is_public=True, is_list=True),
}
"""The kinds that a policy may give its facts and fields: those of `vocabulary.DocumentKind`."""
OF_BUILT_IN_FIELDS: dict[str, FactKind] = {
    "reference": FactKind(read=_reference, is_public=True),
    "conditions": FactKind(read=_conditions, is_public=True),
}
"""Further kinds, which only built-in fields have (`built_in_fields`)."""
_KINDS = {**OF_DOCUMENTS, **OF_BUILT_IN_FIELDS}
