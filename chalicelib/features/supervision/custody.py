"""Where a report is kept: with the organisation, or with the operators of the deployment. Each has a list of reports.

The operators' reports are outside the partitions of the organisation, under a data key that no tenant's session can
unwrap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.casework.composing.erased import Erased
from chalicelib.crypto.data_keys import OPERATORS
from chalicelib.kit import observability
from chalicelib.ports import Sealer
from chalicelib.store import erasing, keys, reads
from chalicelib.store.port import Entry, Key, Put, Store
from chalicelib.wiring import Wiring

ROW_KIND = "supervision-row"


class Custody(msgspec.Struct, frozen=True):
    """The place of one report. `operators`: True if it is with the operators."""

    tenant: str
    report: str
    operators: bool = False

    @property
    def pk(self) -> str:
        name = keys.operators_report if self.operators else keys.report
        return name(self.tenant, self.report)

    def row(self, filed_at: str) -> Key:
        """The key of its row in the list."""
        name = keys.operators_report_row if self.operators else keys.report_row
        return name(self.tenant, filed_at, self.report)

    def put_row(self, filed_at: str) -> Put:
        return Put(Entry(key=self.row(filed_at), kind=ROW_KIND))

    def bound(self) -> AbstractContextManager[Any]:
        """The binding for its items. With the organisation, the caller has bound the tenant."""
        return binding.directory() if self.operators else nullcontext()

    def tell_operators(self) -> None:
        """Raises their alarm if the report is with them. A report has no other message to them."""
        if self.operators:
            observability.measure("ReportToOperators")

    def seal(self, sealer: Sealer, plain: msgspec.Struct) -> str:
        with self.bound():
            return sealer.seal(self._owner, self._context, msgspec.json.encode(plain))

    def open(self, sealer: Sealer, sealed: str) -> bytes:
        with self.bound():
            return sealer.open(self._owner, self._context, sealed)

    @property
    def _owner(self) -> str:
        return OPERATORS if self.operators else self.tenant

    @property
    def _context(self) -> str:
        """Takes the place of the complaint's number in the encryption context."""
        return f"supervision/{self.tenant}/{self.report}"


def of_organisation(store: Store, tenant: str) -> list[Custody]:
    """All reports with the organisation, also those that have moved on."""
    return _listed(tenant, reads.items(store, keys.reports(tenant)))


def newest(store: Store, tenant: str, page_size: int, after: Mapping[str, str] | None) -> Iterator[list[Custody]]:
    """The reports of `of_organisation`, page by page, newest first."""
    fetch = partial(store.query, keys.reports(tenant), limit=page_size, newest_first=True)
    return (_listed(tenant, page.entries) for page in reads.pages(fetch, after))


def with_operators(
    store: Store, limit: int, after: Mapping[str, str] | None
) -> tuple[list[Custody], Mapping[str, str] | None]:
    """A page of the operators' reports, and where the next one starts. The caller binds the directory."""
    page = store.query(keys.operators_list(), limit=limit, after=after)
    return [one for row in page.entries for one in _listed(keys.row_tenant(row.key), [row], operators=True)], page.after


def _erase(wiring: Wiring, tenant: str) -> None:
    """Removes all reports about an organisation's office. The rows of the lists go last, since the reports are found by
    them."""
    store = wiring.store
    for custody in of_organisation(store, tenant):
        erasing.clear(store, custody.pk)
    erasing.clear(store, keys.reports(tenant))
    with binding.directory():
        rows = list(reads.items(store, keys.operators_list(), keys.operators_reports(tenant)))
        for custody in _listed(tenant, rows, operators=True):
            erasing.clear(store, custody.pk)
        erasing.remove(store, [row.key for row in rows])


def _listed(tenant: str, rows: Iterable[Entry], *, operators: bool = False) -> list[Custody]:
    return [Custody(tenant, keys.listed_report(row.key), operators) for row in rows]


ERASED = Erased(remove_of_organisation=_erase)
