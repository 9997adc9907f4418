"""Keys of the one table (design §6). No other module spells a key."""

from __future__ import annotations

import zlib

import msgspec

from chalicelib.instants import Instant, from_text, to_text
from chalicelib.store.port import Entry, IndexKey, Key

DUE_SHARDS = 32
"""Partitions of index `due`. More never hurt the sweep's answer, only its cost: one query per shard. Rows that fewer
shards were written under are found by more; fewer would need a walk over the rows (docs/scale.md has the formula)."""

NEVER = "9999"
"""Sorts behind every instant: a complaint without an unmet deadline."""


DIRECTORY_PREFIX = "DIR#"
PENDING_ACCOUNT = "A"
"""Of the organisation's partition: addresses that are being invited."""


def tenant_prefix(tenant: str) -> str:
    return f"T#{tenant}#"


def complaint(tenant: str, number: str) -> str:
    return f"T#{tenant}#C#{number}"


def unit(tenant: str, name: str) -> str:
    return f"T#{tenant}#U#{name}"


ORGANISATION = "ORG"
"""The organisation's own aggregate, whose record is no complaint's."""
UNIT = "U#"
"""Begins the number of a unit (`U#<unit>`); no complaint's number begins so."""


def aggregate_name(number: str) -> str:
    """`C#<number>` of a complaint; a unit's number, and the organisation's `ORG`, is its name already."""
    return number if number.startswith(UNIT) or number == ORGANISATION else f"C#{number}"


def aggregate(tenant: str, number: str) -> str:
    """The partition of a complaint or a unit, by its number."""
    return tenant_prefix(tenant) + aggregate_name(number)


def organisation(tenant: str) -> str:
    return tenant_prefix(tenant) + ORGANISATION


def snapshot(pk: str) -> Key:
    return Key(pk, "S")


def event(pk: str, seq: int) -> Key:
    return Key(pk, f"E#{seq:08d}")


def private(pk: str, seq: int, position: int) -> Key:
    return Key(pk, f"P#{seq:08d}#{position}")


def evidence(pk: str, evidence_id: str) -> Key:
    return Key(pk, f"V#{evidence_id}")


def evidence_bytes(pk: str, sha256: str) -> Key:
    """Which evidence has these bytes; it sorts before the evidence itself."""
    return Key(pk, f"V##{sha256}")


def membership(tenant: str, sub: str) -> Key:
    return Key(organisation(tenant), f"M#{sub}")


def policy(tenant: str, version: str) -> Key:
    return Key(organisation(tenant), f"POL#{version}")


def policy_row(tenant: str, version: str) -> Key:
    """What the list of versions shows of one: it sorts by number, and before the documents themselves."""
    return Key(organisation(tenant), f"POL##{int(version):08d}")


def policy_draft(tenant: str, part: str = "") -> Key:
    """The draft's head; its document is the part `#document`."""
    return Key(organisation(tenant), f"POL#draft{part}")


def policy_comment(tenant: str, draft: str, comment: str) -> Key:
    return Key(organisation(tenant), f"POL#comment#{draft}#{comment}")


def data_key(tenant: str) -> Key:
    return Key(organisation(tenant), "KEY")


def webhooks(tenant: str) -> Key:
    return Key(organisation(tenant), "HOOKS")


def job(tenant: str, name: str) -> Key:
    return Key(organisation(tenant), f"J#{name}")


def month_counter(tenant: str, month: str) -> Key:
    """`month` is `yyyymm` in the policy's zone."""
    return Key(organisation(tenant), f"N#{month}")


def pending_account(tenant: str, digest: str) -> Key:
    """Of an address."""
    return Key(organisation(tenant), f"{PENDING_ACCOUNT}#{digest}")


def evidence_counter(tenant: str) -> Key:
    """Bytes of all evidence that is declared or kept."""
    return Key(organisation(tenant), "N#evidence")


def requests_counter(tenant: str, minute: int) -> Key:
    """`minute` since the epoch, of real time."""
    return lookup(tenant, "requests", str(minute))


def filings_counter(tenant: str, place: str, day: int) -> Key:
    """`place` stands for an address; `day` since the epoch, of real time."""
    return lookup(tenant, "filings", "", f"{day}#{place}")


def message(tenant: str, reader: str, event_id: str) -> Key:
    """`reader` is a person's sub, or `C#<number>` for a complaint's complainant."""
    return Key(f"T#{tenant}#M#{reader}", event_id)


def effects(tenant: str, shelf: str) -> str:
    """`shelf`: the month in which its event was recorded (`yyyy-mm`), or `pending` or `failed` for all that are."""
    return f"T#{tenant}#F#{shelf}"


def effect(tenant: str, recorded_at: str, event_id: str, way: str, reader: str) -> Key:
    """One effect, in the order in which their events were recorded. `reader` as in `message`, or a webhook's id."""
    return Key(effects(tenant, recorded_at[:7]), f"{recorded_at}#{event_id}#{way}#{reader}")


def effect_by_sort_key(tenant: str, sk: str) -> Key:
    """By its sort key, which begins with the month."""
    return Key(effects(tenant, sk[:7]), sk)


def is_webhook_effect(effect: Key) -> bool:
    """Whether an effect's way is a webhook, whose id has no `#`."""
    return effect.sk.rpartition("#")[0].endswith("#webhook")


def read_log(tenant: str, number: str, at: str, read: str) -> Key:
    return Key(f"T#{tenant}#R#{number}", f"{at}#{read}" if at else "")


def work(tenant: str, owner: str, due_at: str, number: str, task: str) -> Key:
    return Key(f"T#{tenant}#W#{owner}", f"{due_at}#{number}#{task}")


def idempotency(tenant: str, digest: str) -> Key:
    return Key(f"T#{tenant}#I#{digest}", "I")


def lookup(tenant: str, kind: str, value: str, what: str = "X") -> Key:
    return Key(f"T#{tenant}#X#{kind}#{value}", what)


def receipt_lock(tenant: str, scope: str) -> Key:
    """Wrong receipts: the lock of an address (its keyed hash) or of `all`; beside it the counters, by window."""
    return Key(f"T#{tenant}#X#receipts#{scope}", "lock")


def deployment_receipt_lock() -> Key:
    """Under a name that no tenant can have."""
    return Key(f"{DIRECTORY_PREFIX}~receipts", "lock")


def directory(tenant: str) -> Key:
    return Key(f"{DIRECTORY_PREFIX}{tenant}", "D")


def sweep_position() -> Key:
    """No tenant's id is empty."""
    return Key(DIRECTORY_PREFIX, "SWEEP")


def ordered_walk() -> Key:
    """That an operator has every organisation walked for what the stream lost."""
    return Key(DIRECTORY_PREFIX, "WALK")


def quarantined(tenant: str = "", aggregate: str = "", sk: str = "") -> Key:
    """The list entry of one quarantined item. A month's effects, or an organisation's jobs, are one aggregate."""
    return Key(f"{DIRECTORY_PREFIX}#PARKED", f"{tenant}#{aggregate}#{sk}")


def quarantined_under(tenant: str = "", aggregate: str = "") -> Key:
    """The key prefix of all quarantined items, of one tenant's, or of one aggregate's."""
    begin = f"{tenant}#" if tenant else ""
    return Key(quarantined().pk, f"{begin}{aggregate}#" if aggregate else begin)


def membership_index_entry(sub: str, tenant: str) -> Key:
    """That a person belongs to a tenant: who belongs to none is forgotten at the identity provider. No tenant's id
    begins with a capital letter."""
    return Key(f"{DIRECTORY_PREFIX}P#{sub}", tenant)


def listed(tenant: str, shelf: str, due_at: str, number: str) -> IndexKey:
    """`shelf`: open, pending, supervision or archived; `due_at`: the earliest unmet deadline's text, or `NEVER`."""
    return IndexKey(f"T#{tenant}#L#{shelf}", f"{due_at}#{number}")


def inbox(tenant: str, reader: str) -> str:
    """In index `list`, where no shelf has such a name. `reader` as in `message`."""
    return f"T#{tenant}#L#M#{reader}"


def inbox_message(tenant: str, reader: str, written: Instant, at: str, event_id: str) -> IndexKey:
    """A message by when it was written. Those of one moment go by their events' time `at`, and by number and `seq`."""
    number, _, seq = event_id.rpartition("/")
    return IndexKey(inbox(tenant, reader), f"{to_text(written)}#{at}#{number}/{int(seq):08d}")


def shelf(tenant: str, name: str) -> str:
    return f"T#{tenant}#L#{name}"


def due(tenant: str, aggregate: str, wake_at: Instant) -> IndexKey:
    """`aggregate`: `C#<number>`, `U#<unit>`, `F#<month>`, `ORG` or `DIR`. The shard is a stable hash of it."""
    return IndexKey(due_partition(shard_of(tenant, aggregate)), f"{to_text(wake_at)}#{tenant}#{aggregate}")


def due_partition(shard: int) -> str:
    return f"DUE#{shard}"


def shard_of(tenant: str, aggregate: str) -> int:
    return zlib.crc32(f"{tenant}#{aggregate}".encode()) % DUE_SHARDS


class DueHit(msgspec.Struct, frozen=True):
    """An aggregate of `tenant` that is to wake at `wake_at`; its snapshot is at `key`."""

    tenant: str
    aggregate: str
    wake_at: Instant
    key: Key


class ForeignDueKey(msgspec.Struct, frozen=True):
    """A hit whose index key does not speak of its own table key. Dropped, and an alarm: leading-key conditions do
    not check index attributes, so one tenant's credentials could have written another tenant's name there."""

    key: Key
    due: IndexKey


def parse_due(entry: Entry) -> DueHit | ForeignDueKey:
    """Read an entry of index `due`. Raises ValueError where it has no `due` key."""
    if entry.due is None:
        raise ValueError("the entry is not of index `due`")
    wake_at, _, named = entry.due.sk.partition("#")
    tenant, _, aggregate = named.partition("#")
    own = directory(tenant).pk if aggregate == "DIR" else f"{tenant_prefix(tenant)}{aggregate}"
    if not aggregate or entry.key.pk != own:
        return ForeignDueKey(entry.key, entry.due)
    try:
        return DueHit(tenant, aggregate, from_text(wake_at), entry.key)
    except ValueError:
        return ForeignDueKey(entry.key, entry.due)
