"""The filters of the register: how the query string names them, and the inputs with which a reader chooses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from chalicelib.features.register.register import RegisterFilter
from chalicelib.web.pages.faults import Fault
from chalicelib.web.pages.inputs import Option, options
from chalicelib.web.pages.organisation import Host
from chalicelib.web.pages.reader import PageQuery, Reader

ROWS = 20
"""Notices of one page."""
_KINDS = ("notice", "result")
_DAY = "20[0-9]{2}-[0-9]{2}-[0-9]{2}"


class RegisterQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """As the JSON route has them. An empty value is none, because forms send every input."""

    kind: str | None = None
    category: str | None = None
    outcome: str | None = None
    first: str | None = None
    last: str | None = None
    cursor: str | None = None

    def chosen(self) -> dict[str, str]:
        """The filters in use, by the name of their input."""
        named = {"kind": self.kind, "category": self.category, "outcome": self.outcome}
        named |= {"from": self.first, "to": self.last}
        return {name: value for name, value in named.items() if value}

    def criteria(self) -> RegisterFilter:
        return RegisterFilter(
            kind=self.kind or None,
            first=self.first or "",
            last=self.last or None,
            category=self.category or None,
            values={"outcome": self.outcome} if self.outcome else {},
            limit=ROWS,
        )


class Choice(msgspec.Struct, frozen=True):
    """A list from which the reader chooses one value, or none."""

    name: str
    label: str
    options: list[Option]


def choices(host: Host, reader: Reader) -> list[Choice]:
    """Those that can tell notices of this organisation apart."""
    found = [
        Choice("kind", reader.text("register.kind"), [Option(one, reader.text(f"register.{one}")) for one in _KINDS]),
        Choice("category", reader.text("file.category_label"), list(_categories(host, reader))),
        Choice("outcome", reader.text("register.outcome"), _outcomes(host, reader)),
    ]
    return [one for one in found if len(one.options) > 1]


def faults(query: RegisterQuery, reader: Reader) -> list[Fault]:
    """Days that are no days. Browsers without an input for days let people type them."""
    given = {"from": query.first, "to": query.last}
    return [Fault(name, reader.text("register.day")) for name, day in given.items() if day and not _is_day(day)]


def _is_day(text: str) -> bool:
    try:
        return re.fullmatch(_DAY, text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _categories(host: Host, reader: Reader) -> Iterator[Option]:
    for group in host.policy.document.intake.categories.values():
        yield from options(group, reader)


def _outcomes(host: Host, reader: Reader) -> list[Option]:
    fact = host.policy.document.definition("outcome")
    return [] if fact is None else options(fact.choices, reader)
