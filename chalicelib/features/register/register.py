"""Reads the public register: published and withdrawn notices, by day of publication, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.casework.views.complaint_queries import ReaderRequest, load_reader
from chalicelib.features.register import notice
from chalicelib.features.register.notice_view import NoticeField, NoticeView
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.publicity import Audience
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Store
from chalicelib.store.stored_form import read_rows
from chalicelib.wiring import Wiring

MOST_READS = 10
"""Reads of one request and audience, so that a rare filter costs no more than a common one."""


PUBLIC: tuple[Audience, ...] = ("public",)
USERS: tuple[Audience, ...] = ("public", "users")


def audiences(wiring: Wiring, request: ReaderRequest) -> tuple[Audience, ...]:
    """Those for which the caller may read: without a credential, the public. Raises as `load_reader`."""
    if request.credential == Credential():
        return PUBLIC
    load_reader(wiring, request)
    return USERS


class RegisterFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`first`, `last`: days of publication. `values`: what fields must show, by name; `category`: of any category."""

    kind: str | None = None
    first: str = ""
    last: str | None = None
    category: str | None = None
    values: Mapping[str, str] = {}
    limit: int = 50

    def fits(self, view: NoticeView) -> bool:
        if self.kind not in (None, view.kind):
            return False
        fields = {field.name: field for field in view.fields}
        shown = all(name in fields and _shows(fields[name], value) for name, value in self.values.items())
        return shown and (
            self.category is None
            or any(one.kind == "category" and _shows(one, self.category) for one in fields.values())
        )


class RegisterPage(NamedTuple):
    notices: list[NoticeView]
    after: Mapping[str, str] | None


def page(
    store: Store,
    tenant: str,
    audiences: Sequence[Audience],
    criteria: RegisterFilter,
    after: Mapping[str, str] | None,
) -> RegisterPage:
    """A page of the notices for these audiences. It can have fewer than `limit` rows before the last page."""
    end = None if criteria.last is None else keys.through_day(criteria.last)
    before = after["before"] if after else end
    rows: list[NoticeView] = []
    for _ in range(MOST_READS):
        wanted = criteria.limit - len(rows)
        found = _newest(store, tenant, audiences, criteria.first, before, wanted)
        rows.extend(view for view in read_rows(found, NoticeView) if criteria.fits(view))
        if len(found) < wanted:
            return RegisterPage(rows, None)
        before = _place(found[-1])
        if len(rows) == criteria.limit:
            break
    return RegisterPage(rows, {"before": before or ""})


def find(store: Store, tenant: str, audiences: Sequence[Audience], notice_id: str) -> NoticeView:
    """Raises `Problem("not-found")`, also for a notice that is not published or is for another audience."""
    key = notice.find_key(store, tenant, notice_id)
    entry = None if key is None else reads.find(store, key)
    found = None if entry is None else notice.parse(entry)
    if found is None or found.public is None or found.audience not in audiences:
        raise Problem("not-found", "There is no such notice.")
    return found.public


def all_since(store: Store, tenant: str, day: str) -> Iterator[tuple[str, NoticeView]]:
    """The published notices for all audiences since a day, each with its complaint's number. Reads page by page."""
    for audience in get_args(Audience):
        for number, entry in notice.all_since(store, tenant, audience, day):
            yield from ((number, view) for view in read_rows([entry], NoticeView))


def _newest(
    store: Store, tenant: str, audiences: Sequence[Audience], first: str, before: str | None, limit: int
) -> list[Entry]:
    """The newest notices for these audiences together, before the place `before`."""
    each = (notice.newest(store, tenant, one, first, before, limit + 1) for one in audiences)
    found = [entry for entries in each for entry in entries if _place(entry) != before]
    return sorted(found, key=_place, reverse=True)[:limit]


def _place(entry: Entry) -> str:
    return "" if entry.listed is None else entry.listed.sk


def _shows(field: NoticeField, value: str) -> bool:
    return field.kind != "text" and (value in field.value if isinstance(field.value, list) else value == field.value)
