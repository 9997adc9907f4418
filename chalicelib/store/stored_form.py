"""Forms of stored items: what the body of a kind of item is, and the version of this form.

A module that defines a stored item has its form, and makes and reads its entries with it. `docs/data-model.md` has the
rules and lists the forms.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Generic, TypedDict, TypeVar, Unpack

import msgspec

from chalicelib.kit import observability
from chalicelib.kit.decoding import LATER_MARK, Later
from chalicelib.kit.problem import LaterRelease, Text
from chalicelib.store.port import Entry, IndexKey, Key, Put, Update
from chalicelib.store.sizes import PACKED_KINDS

Stored = TypeVar("Stored")
_Part = TypeVar("_Part")


class Damaged(Exception):
    """An item whose body no release has written. Its text names the item, without its content. `kind`: of the item."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.kind} {entry.key.pk} {entry.key.sk}".strip())
        self.kind = entry.kind


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

    def __init__(
        self, kind: str, body: type[Stored], *, version: int = 1, of: str = "", keeps: bool = True, packs: bool = False
    ) -> None:
        """`body`: the type of the body as JSON; `str` for text that other modules read; `bytes` for a document that is
        stored compressed, as base64 of zlib. `of`: tells apart the forms of one kind. `keeps`: False if what a later
        release has added need not stay, since the item is written once, or anew from others. `packs`: True for items
        that each act writes, if they get smaller: encrypted ones do not."""
        self.kind, self.body, self.version, self.keeps = kind, body, version, keeps and body not in (str, bytes)
        self.name = f"{kind} {of}".rstrip()
        FORMS[self.name] = self
        if packs:
            PACKED_KINDS.add(kind)

    def entry(self, key: Key, value: Stored, **attributes: Unpack[Attributes]) -> Entry:
        """Raises `LaterRelease` if the value has words of a later release, which has to change it."""
        if isinstance(value, str):
            return self.of_text(key, value, **attributes)
        if isinstance(value, bytes):
            return self.of_text(key, b64encode(zlib.compress(value)).decode(), **attributes)
        body = msgspec.json.encode(value)
        if LATER_MARK not in body:
            return self.of_text(key, body.decode(), **attributes)
        from chalicelib.kit import later_parts  # only during an update

        if not self.keeps:
            return self.of_text(key, later_parts.without_kept(body).decode(), **attributes)
        text, later = later_parts.encode(value)
        if later.words:
            raise self._refusal(later)
        return Entry(key=key, kind=self.kind, body=text, form=max(self.version, later.version), **attributes)

    def write(
        self, key: Key, value: Stored, before: Entry | int | None, *, plain: bool = False, **more: Unpack[Attributes]
    ) -> Put | Update:
        """The write of an item's next version. `before`: the item as it was read, or its version; None or 0: there is
        none."""
        version = before.version if isinstance(before, Entry) else before
        more["version"] = (version or 0) + 1
        entry = self.entry(key, value, **more)
        return Update(entry, version, plain) if version else Put(entry, plain=plain)

    def of_text(self, key: Key, body: str, **attributes: Unpack[Attributes]) -> Entry:
        """`body`: as it is stored, such as canonical JSON."""
        return Entry(key=key, kind=self.kind, body=body, form=self.version, **attributes)

    def of_row(self, key: Key, value: Stored, listed: IndexKey) -> Entry:
        """An item without a body, which is its row."""
        return self.of_text(key, "", listed=listed, row=msgspec.json.encode(value).decode())

    def read(self, entry: Entry) -> Stored:
        """Raises `Damaged`."""
        return self.read_part(entry, self.body)

    def read_part(self, entry: Entry, part: type[_Part]) -> _Part:
        """A part of the body, for readers that do not write it; of a document, its JSON. Raises `Damaged`."""
        if part is str:
            return entry.body  # type: ignore[return-value]
        with _DamageNamed(entry):
            body = _decompressed(entry.body) if self.body is bytes else entry.body
            if part is bytes:
                return body  # type: ignore[return-value]
            if entry.form is not None and entry.form > self.version:
                from chalicelib.kit import later_parts  # only during an update

                return later_parts.decode_later(body, part, entry.form)
            return msgspec.json.decode(body, type=part)

    def read_each(self, entries: Iterable[Entry]) -> Iterator[Stored]:
        """For lists: leaves out damaged items, which are logged and counted."""
        for entry in entries:
            with suppress(Damaged):
                yield self.read(entry)

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


def read_row(entry: Entry, row: type[_Part]) -> _Part:
    """The row of an entry of index `list`. Members that a later release has added are left out, as rows are never
    written back. Unknown values of an enumeration are read as they are: the index does not have the version.

    Raises `Damaged`.
    """
    with _DamageNamed(entry):
        try:
            return msgspec.json.decode(entry.row or "", type=row)
        except msgspec.ValidationError:
            from chalicelib.kit import later_parts  # only during an update

            return later_parts.decode_words(entry.row or "", row)


def read_rows(entries: Iterable[Entry], row: type[_Part]) -> Iterator[_Part]:
    """As `Form.read_each`."""
    for entry in entries:
        with suppress(Damaged):
            yield read_row(entry, row)


def read_json(entry: Entry) -> Any:
    """The body with all that is stored, for copies of it; None if there is none. Raises `Damaged`."""
    with _DamageNamed(entry):
        return msgspec.json.decode(entry.body) if entry.body else None


class _DamageNamed:
    """A class, because each item is read inside one, and a generator takes longer."""

    __slots__ = ("_entry",)

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, failure: BaseException | None, _trace: object) -> None:
        if isinstance(failure, msgspec.DecodeError):
            raise found_damaged(self._entry) from None


def found_damaged(entry: Entry) -> Damaged:
    """To be raised by a reader that knows more of the item than its form. Counted and alarmed."""
    damaged = Damaged(entry)
    observability.error("An item is damaged", item=str(damaged))
    observability.measure("ItemDamaged")
    return damaged


def _decompressed(body: str) -> bytes:
    """Raises `msgspec.DecodeError`, as for a body that is no JSON."""
    try:
        return zlib.decompress(b64decode(body))
    except (ValueError, zlib.error):
        raise msgspec.DecodeError from None


FORMS: dict[str, Form[Any]] = {}
"""The forms of all modules that were imported, by name."""
