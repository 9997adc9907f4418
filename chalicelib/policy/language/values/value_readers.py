"""The readers of values, by name in the rows of `fact_kinds`: loaded with the first value that a request gives.

Each returns the value in its stored form, and raises `NotOfKind` or `InvalidFieldValue`.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from chalicelib.kit.decoding import UNSEEN, is_seen
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.kit.instants import from_text, to_text
from chalicelib.kit.problem import Text
from chalicelib.policy.language.values.value_context import InvalidFieldValue, NotOfKind, ValueContext
from chalicelib.policy.language.vocabulary import YES_NO

MAX_NUMBER = 10**12
MAX_REFERENCES = 100
LONGEST_NAME = 200
MAX_PEOPLE = 20
_DATE = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}"
_PHONE = r"\+?(?:[ ()./-]*[0-9]){5,20}[ )]*(?:(?:\u8f6c|\u5206\u673a|ext\.?|x|#|,) ?[0-9]{1,8})?"
_DECOMPOSED = 4
"""Characters that a composed one has at most before normalisation."""
_MOST_MARKS = 30
_LINE_BREAKS = "\n\r\t"


def read_text(value: Any, context: ValueContext) -> str:
    import unicodedata  # a megabyte of tables that read-only requests do not need

    if not isinstance(value, str):
        raise InvalidFieldValue("must be text")
    if len(value) > _DECOMPOSED * context.fact.longest:
        raise InvalidFieldValue(Text("must be at most {most} characters", most=context.fact.longest))
    if _has_long_run(value):
        raise InvalidFieldValue("has too many marks on one letter")
    text = unicodedata.normalize("NFC", value).strip()
    if len(text) > context.fact.longest:
        raise InvalidFieldValue(Text("must be at most {most} characters", most=context.fact.longest))
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in _LINE_BREAKS for sign in text):
        raise InvalidFieldValue("must not hold control characters")
    if not is_seen(text):
        raise InvalidFieldValue(UNSEEN)
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


def read_email(value: Any, context: ValueContext) -> str:
    text = read_text(value, context)
    if len(text) <= MAX_ADDRESS_LENGTH and re.match(EMAIL_PATTERN, text):
        return text
    raise NotOfKind


def read_phone(value: Any, context: ValueContext) -> str:
    import unicodedata  # as in `read_text`

    text = read_text(value, context)
    if re.fullmatch(_PHONE, unicodedata.normalize("NFKC", text), re.ASCII | re.IGNORECASE) is None:
        raise NotOfKind
    return text


def read_choice(value: Any, context: ValueContext) -> str:
    _refuse_without_choices(context)
    if not isinstance(value, str) or value not in context.choices:
        raise InvalidFieldValue(Text("must be one of: {known}", known=", ".join(context.choices)))
    return value


def read_choices(value: Any, context: ValueContext) -> list[str]:
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


def read_time(value: Any, context: ValueContext) -> str:
    if not isinstance(value, str):
        raise NotOfKind
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


def read_date(value: Any, context: ValueContext) -> str:
    if not isinstance(value, str) or re.fullmatch(_DATE, value, re.ASCII) is None:
        raise NotOfKind
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


def read_number(value: Any, context: ValueContext) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise NotOfKind
    if abs(value) > MAX_NUMBER:
        raise InvalidFieldValue(Text("must be at most {most}", most=MAX_NUMBER))
    if context.fact.least is not None and value < context.fact.least:
        raise InvalidFieldValue(Text("must be at least {least}", least=context.fact.least))
    if context.fact.most is not None and value > context.fact.most:
        raise InvalidFieldValue(Text("must be at most {most}", most=context.fact.most))
    return value


def read_flag(value: Any, context: ValueContext) -> bool:
    if not isinstance(value, bool):
        raise NotOfKind
    allowed = YES_NO & set(context.choices)
    if YES_NO & context.fact.choices.keys() and ("yes" if value else "no") not in allowed:
        either = "must be false" if value else "must be true"
        raise InvalidFieldValue(either if allowed else "is not possible in this case")
    return value


def read_reference(value: Any, _context: ValueContext) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 64 or not value.isascii() or not value.isprintable():
        raise NotOfKind
    return value


def read_references(value: Any, _context: ValueContext) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= LONGEST_NAME for one in value):
        raise NotOfKind
    if not 1 <= len(value) <= MAX_REFERENCES:
        raise InvalidFieldValue(Text("must have 1 to {most} entries", most=MAX_REFERENCES))
    return list(dict.fromkeys(value))


def read_people(value: Any, context: ValueContext) -> list[str]:
    most = min(context.fact.longest, MAX_PEOPLE)
    named = [value] if isinstance(value, str) else value
    if not isinstance(named, list) or not 1 <= len(named) <= most:
        several = Text("must name 1 to {most} people by their id", most=most)
        raise InvalidFieldValue("must name one person by their id" if most == 1 else several)
    for position, one in enumerate(named):
        if not isinstance(one, str) or not one or len(one) > 128:
            raise InvalidFieldValue("must be a person's id", (str(position),) * (named is value))
    return _each_once(named)


def read_conditions(value: Any, context: ValueContext) -> dict[str, bool]:
    if not isinstance(value, dict):
        raise InvalidFieldValue(Text("must say true or false for each of: {known}", known=", ".join(context.choices)))
    for key, ticked in value.items():
        if key not in context.choices:
            raise InvalidFieldValue("is not one of the conditions", (str(key),))
        if not isinstance(ticked, bool):
            raise InvalidFieldValue("must be true or false", (str(key),))
    return dict(value)
