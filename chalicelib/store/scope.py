"""Scope: which keys the current binding may touch. Both stores ask before anything is read, written or sent.

IAM's leading-key conditions say the same once tenants have credentials of their own; they do not see the index
attributes of a write, so those are looked at here as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chalicelib.access.binding import Unbound, current
from chalicelib.store.keys import DIRECTORY_PREFIX, tenant_prefix
from chalicelib.store.port import Change, Put, Write


def check_partitions(pks: Iterable[str]) -> None:
    """Raises `Unbound` unless every partition is the bound tenant's, or the directory's under `directory()`."""
    prefix = _prefix()
    if not all(pk.startswith(prefix) for pk in pks):
        raise Unbound(f"a key lies outside the {current().kind} binding")


def check_writes(writes: Sequence[Write]) -> None:
    """Table keys and `list` keys. `due` keys are free: the sweep distrusts each of them (`keys.parse_due`)."""
    entries = [write.entry for write in writes if isinstance(write, Put | Change)]
    check_partitions(write.entry.key.pk if isinstance(write, Put | Change) else write.key.pk for write in writes)
    check_partitions(entry.listed.pk for entry in entries if entry.listed is not None)


def check_sweep() -> None:
    """Raises `Unbound` unless `sweep()` is bound."""
    if current().kind != "sweep":
        raise Unbound("index `due` is read under the sweep binding only")


def _prefix() -> str:
    binding = current()
    if binding.kind == "tenant":
        return tenant_prefix(binding.tenant)
    if binding.kind == "directory":
        return DIRECTORY_PREFIX
    raise Unbound(f"the {binding.kind} binding touches no items")
