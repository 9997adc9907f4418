"""Rows that no registry has: fact kinds with the row of another under a name of their own, and one of defaults."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from chalicelib.kit.problem import InBoth
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS, FactKind
from chalicelib.policy.language.values.value_context import NotOfKind, ValueContext
from chalicelib.policy.language.values.value_readers import read_text

PLAIN = "plain"
"""Stands for a row that says no more than it must."""


class Values(NamedTuple):
    """`given`: what requests give. `typed`: what people type. `compared`: that value and another, as conditions do."""

    given: Any
    typed: str | list[str]
    compared: tuple[str, str] | None = None
    more: dict[str, Any] | None = None
    """Further keys of the fact."""


CHOICES = {"small": {"en": "Small one"}, "large": {"en": "Large one"}}
BANDS = [{"name": "few", "most": 9}, {"name": "many"}]
VALUES = {
    "text": Values("Words of a text.", "Words of a text."),
    "email": Values("a@shop.example", "a@shop.example"),
    "phone": Values("00000000000", "00000000000"),
    "choice": Values("large", "large", ("large", "small"), {"choices": CHOICES}),
    "choices": Values(["large", "small"], ["large", "small"], ("large", "small"), {"choices": CHOICES}),
    "time": Values("2026-11-26T10:30:00Z", "2026-11-26T10:30"),
    "date": Values("2026-11-26", "2026-11-26"),
    "number": Values(7, "7", ("few", "many"), {"bands": BANDS}),
    "flag": Values(True, "yes", ("yes", "no")),
    PLAIN: Values("IBAN 00", "IBAN 00"),
}
"""By kind of a fact. People are named in acts only."""


def read_iban(value: Any, context: ValueContext) -> str:
    text = read_text(value, context)
    if re.fullmatch("IBAN [0-9]{2}", text) is None:
        raise NotOfKind
    return text


def row_like(kind: str) -> FactKind:
    """The row of this kind, or one of defaults."""
    return OF_DOCUMENTS.get(kind) or FactKind(read=read_iban, expected=InBoth("an IBAN", "国际银行账号"))


def name_like(kind: str) -> str:
    """A name of the same length that no row has."""
    return f"{kind[:-1]}0"
