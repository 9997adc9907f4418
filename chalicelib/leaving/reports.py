"""The erasure of the reports about an organisation's office, also of those that the operators keep."""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.leaving import partitions
from chalicelib.oversight.supervision import report
from chalicelib.oversight.supervision.custody import Custody
from chalicelib.store import keys, paging
from chalicelib.store.port import Store


def erase(store: Store, tenant: str) -> None:
    """The rows of the lists go last, since the reports are found by them. The caller binds the tenant."""
    for custody in report.every(store, tenant):
        partitions.clear(store, custody.pk)
    partitions.clear(store, keys.reports(tenant))
    with binding.directory():
        rows = [row.key for row in paging.items(store, keys.operators_list(), keys.operators_reports(tenant))]
        for key in rows:
            partitions.clear(store, Custody(tenant, keys.listed_report(key), operators=True).pk)
        partitions.remove_items(store, rows)
