"""The organisation's effects: what was to leave, what has, and what has not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from chalicelib.messages.delivery import SHELVED, Delivery, held_in
from chalicelib.store import keys
from chalicelib.store.port import Entry
from chalicelib.wiring import Wiring


class EffectFilter(msgspec.Struct, frozen=True, kw_only=True):
    month: str
    """`yyyy-mm`, of those that are asked for whatever their state, or as sent."""
    state: str | None = None
    way: str | None = None
    reader: str | None = None


class Effects(msgspec.Struct, frozen=True):
    effects: list[Delivery]
    after: Mapping[str, str] | None


def effects(wiring: Wiring, tenant: str, wanted: EffectFilter, limit: int, after: Mapping[str, str] | None) -> Effects:
    """The newest first; a page may be short, for what does not fit is left out of it. The tenant is bound."""
    shelf = wanted.state if wanted.state in ("pending", "failed") else wanted.month
    page = wiring.store.query(keys.effects(tenant, shelf), limit=limit, after=after, newest_first=True)
    found = [held.delivery for entry in _whole(wiring, tenant, page.entries) if (held := held_in(entry))]
    return Effects([one for one in found if _fits(one, wanted)], page.after)


def _whole(wiring: Wiring, tenant: str, entries: list[Entry]) -> Iterable[Entry]:
    """Rows of a shelf stand for the effects themselves, whose month their key begins with."""
    if not entries or entries[0].kind != SHELVED:
        return entries
    wanted = [keys.effect_by_sort_key(tenant, entry.key.sk) for entry in entries]
    found = wiring.store.get(wanted)
    return [found[key] for key in wanted if key in found]


def _fits(delivery: Delivery, wanted: EffectFilter) -> bool:
    return (
        wanted.state in (None, delivery.state)
        and wanted.way in (None, delivery.way)
        and wanted.reader in (None, delivery.reader)
    )
