"""Forms of stored items: what the body of a kind of item is, and the version of this form.

A module that defines a stored item has its form, and makes and reads its entries with it. `docs/data-model.md` has the
rules and lists the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypedDict, TypeVar, Unpack

import msgspec

from chalicelib import observability
from chalicelib.decoding import LATER, Later
from chalicelib.problem import LaterRelease, Text
from chalicelib.store.port import Entry, IndexKey, Key

_MARK = f'"{LATER}":'.encode()
Stored = TypeVar("Stored")
_Part = TypeVar("_Part")


class Damaged(Exception):
    """An item whose body no release has written. Its text names the item, without its content."""


class Attributes(TypedDict, total=False):
    """The attributes of an `Entry` besides its key, its kind and its body."""

    version: int | None
    seq: int | None
    expires: int | None
    due: IndexKey | None
    listed: IndexKey | None
    row: str | None


class Form(Generic[Stored]):
    """The form of a kind of item. Modules define them as constants."""

    def __init__(self, kind: str, body: type[Stored], *, version: int = 1, of: str = "") -> None:
        """`body`: the type of the body as JSON; `str` for plain text. `of`: what tells apart the forms of one kind."""
        self.kind, self.body, self.version = kind, body, version
        self.name = f"{kind} {of}".rstrip()
        FORMS[self.name] = self

    def entry(self, key: Key, value: Stored, **attributes: Unpack[Attributes]) -> Entry:
        """Raises `LaterRelease` if the value has words of a later release, which has to change it."""
        if isinstance(value, str):
            return Entry(key=key, kind=self.kind, body=value, form=self.version, **attributes)
        body = msgspec.json.encode(value)
        if _MARK not in body:
            return Entry(key=key, kind=self.kind, body=body.decode(), form=self.version, **attributes)
        from chalicelib import later_parts  # only during an update

        text, later = later_parts.encode(value)
        if later.words:
            raise self._refusal(later)
        return Entry(key=key, kind=self.kind, body=text, form=max(self.version, later.version), **attributes)

    def read(self, entry: Entry) -> Stored:
        """Raises `Damaged`."""
        return self.read_part(entry, self.body)

    def read_part(self, entry: Entry, part: type[_Part]) -> _Part:
        """A part of the body, for readers that do not write it. Raises `Damaged`."""
        if part is str:
            return entry.body  # type: ignore[return-value]
        try:
            if entry.form is not None and entry.form > self.version:
                from chalicelib import later_parts  # only during an update

                return later_parts.decode_later(entry.body, part, entry.form)
            return msgspec.json.decode(entry.body, type=part)
        except msgspec.DecodeError:
            observability.error("An item is damaged", item=f"{entry.kind} {entry.key.pk} {entry.key.sk}")
            observability.measure("ItemDamaged")
            raise Damaged(f"{entry.kind} {entry.key.pk} {entry.key.sk}") from None

    def read_each(self, entries: Iterable[Entry]) -> Iterator[Stored]:
        """For lists: leaves out damaged items, which are logged and counted."""
        for entry in entries:
            try:
                yield self.read(entry)
            except Damaged:
                continue

    def _refusal(self, later: Later) -> LaterRelease:
        observability.error("A later release has written what would be changed", item=self.name)
        observability.measure("LaterRelease")
        return LaterRelease(
            Text(
                "A later release of the service has written this ({kind}: {words}). This release can only read it.",
                kind=self.kind,
                words=", ".join(later.words),
            )
        )


FORMS: dict[str, Form[Any]] = {}
"""The forms of all modules that were imported, by name."""
