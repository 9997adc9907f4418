"""Checks that the current binding may use a key. Both stores check before they read, write or send anything.

The leading-key conditions in IAM enforce the same for table keys. They do not see the index attributes of a write, so
this module checks those as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.access.binding import Unbound, current
from chalicelib.kit import observability
from chalicelib.store.keys import DIRECTORY_PREFIX, tenant_prefix
from chalicelib.store.port import Page, Put, Update, Write


def check_partitions(pks: Iterable[str]) -> None:
    """Raises `Unbound` unless every partition belongs to the bound tenant, or to the directory under `directory()`."""
    prefix = _prefix()
    for pk in pks:  # in place of `all`, whose generator takes longer than this for the one key of most calls
        if not pk.startswith(prefix):
            raise Unbound(f"a key is outside the {current().kind} binding")


def check_writes(writes: Sequence[Write]) -> None:
    """Check table keys and `list` keys. `due` keys are not checked: the sweep verifies each (`due_index.parse_due`)."""
    entries = [write.entry for write in writes if isinstance(write, Put | Update)]
    check_partitions(write.entry.key.pk if isinstance(write, Put | Update) else write.key.pk for write in writes)
    check_partitions(entry.listed.pk for entry in entries if entry.listed is not None)


def own_rows(page: Page) -> Page:
    """The page without rows of other tenants' items, each of which is logged and counted.

    IAM's conditions cover the table's keys. They do not cover attributes, so credentials of one tenant can write an
    item of this tenant whose `list` key names another one. No code does (`check_writes`).
    """
    prefix = _prefix()
    foreign = [entry for entry in page.entries if not entry.key.pk.startswith(prefix)]
    for entry in foreign:
        observability.error("A row of index `list` belongs to another tenant's item", complaint=entry.key.pk)
        observability.measure("ListForeign")
    return page if not foreign else Page([entry for entry in page.entries if entry not in foreign], page.after)


def check_sweep() -> None:
    """Raises `Unbound` unless `sweep()` is bound."""
    if current().kind != "sweep":
        raise Unbound("index `due` can be read only under the sweep binding")


def _prefix() -> str:
    binding = current()
    if binding.kind == "tenant":
        return tenant_prefix(binding.tenant)
    if binding.kind == "directory":
        return DIRECTORY_PREFIX
    raise Unbound(f"the {binding.kind} binding gives no access to items")
