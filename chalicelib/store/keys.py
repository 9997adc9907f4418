"""Keys of the table. No other module builds a key."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from chalicelib.instants import Instant, to_text
from chalicelib.store.port import IndexKey, Key

DUE_SHARDS = 32
"""Partitions of index `due`. The sweep makes one query per shard. The number may be increased: rows of fewer shards are
still found. To reduce it, all rows would have to be rewritten (docs/scale.md has the formula)."""

NEVER = "9999"
"""Due time of a complaint without an unmet deadline. Sorts after every instant."""


DIRECTORY_PREFIX = "DIR#"


class KeyRange(NamedTuple):
    """Sort keys of one kind of item in a partition, both ends included."""

    first: str
    last: str


EVENTS = KeyRange("E#", "E#~")
PRIVATE_VALUES = KeyRange("P#", "P#~")
EVENTS_AND_PRIVATE_VALUES = KeyRange(EVENTS.first, PRIVATE_VALUES.last)
EVENTS_TO_EVIDENCE = KeyRange(EVENTS.first, "V#~")
"""Events, private values, the snapshot and evidence, in this order."""
COUNTERS = KeyRange("N#", "N#~")
MONTH_COUNTERS = KeyRange("N#0", "N#9~")
MEMBERSHIPS = KeyRange("M#", "M#~")
PENDING_ACCOUNTS = KeyRange("A#", "A#~")


def tenant_prefix(tenant: str) -> str:
    return f"T#{tenant}#"


def complaint(tenant: str, number: str) -> str:
    return f"T#{tenant}#C#{number}"


def unit(tenant: str, name: str) -> str:
    return f"T#{tenant}#U#{name}"


ORGANISATION = "ORG"
"""Number of the organisation's own aggregate."""
UNIT = "U#"
"""Prefix of a unit's number (`U#<unit>`). No complaint number has it."""


def aggregate_name(number: str) -> str:
    """`C#<number>` for a complaint. The number of a unit or of the organisation (`ORG`) is its name already."""
    return number if number.startswith(UNIT) or number == ORGANISATION else f"C#{number}"


def aggregate(tenant: str, number: str) -> str:
    """Partition of a complaint, a unit or the organisation, by its number."""
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
    """The item that tells which evidence has these bytes. It sorts before all evidence."""
    return Key(pk, f"V##{sha256}")


def membership(tenant: str, sub: str) -> Key:
    return Key(organisation(tenant), f"M#{sub}")


def policy(tenant: str, version: str) -> Key:
    return Key(organisation(tenant), f"POL#{version}")


def policy_row(tenant: str, version: str) -> Key:
    """A version's row in the list of versions. Rows sort by number, before the documents."""
    return Key(organisation(tenant), f"POL##{int(version):08d}")


def policy_source(tenant: str, version: str) -> Key:
    """The YAML text from which a version was published."""
    return policy(tenant, f"{version}#source")


def policy_draft(tenant: str) -> Key:
    return Key(organisation(tenant), "POL#draft")


def policy_draft_document(tenant: str) -> Key:
    return Key(organisation(tenant), "POL#draft#document")


def policy_comment(tenant: str, draft: str, comment: str) -> Key:
    return Key(organisation(tenant), f"POL#comment#{draft}#{comment}")


def policy_comments(tenant: str, draft: str) -> KeyRange:
    """All comments on a draft, without their counters."""
    return KeyRange(policy_comment(tenant, draft, "").sk, policy_comment(tenant, draft, "~").sk)


def policy_comment_counter(tenant: str, draft: str, author_digest: str) -> Key:
    """Number of comments of one author on a draft."""
    return policy_comment(tenant, draft, f"~{author_digest}")


def data_key(tenant: str) -> Key:
    return Key(organisation(tenant), "KEY")


def webhooks(tenant: str) -> Key:
    return Key(organisation(tenant), "HOOKS")


def job(tenant: str, name: str) -> Key:
    return Key(organisation(tenant), f"J#{name}")


def month_counter(tenant: str, month: str) -> Key:
    """Complaints of a month. `month`: `yyyymm` in the policy's time zone."""
    return Key(organisation(tenant), f"N#{month}")


def pending_account(tenant: str, digest: str) -> Key:
    """`digest`: of the e-mail address."""
    return Key(organisation(tenant), PENDING_ACCOUNTS.first + digest)


def evidence_counter(tenant: str) -> Key:
    """Bytes of all evidence that is declared or stored."""
    return Key(organisation(tenant), "N#evidence")


def requests_counter(tenant: str, minute: int) -> Key:
    """`minute`: since the epoch, in real time."""
    return lookup(tenant, "requests", str(minute))


def filings_counter(tenant: str, place: str, day: int) -> Key:
    """`place`: the keyed hash of an IP address. `day`: since the epoch, in real time."""
    return lookup(tenant, "filings", "", f"{day}#{place}")


def message(tenant: str, reader: str, event_id: str) -> Key:
    """`reader`: a person's sub, or `C#<number>` for the complainant of a complaint."""
    return Key(f"T#{tenant}#M#{reader}", event_id)


def effects(tenant: str, shelf: str) -> str:
    """`shelf`: the month in which the event was recorded (`yyyy-mm`), or the state `pending` or `failed`."""
    return f"T#{tenant}#F#{shelf}"


def effect(tenant: str, recorded_at: str, event_id: str, way: str, reader: str) -> Key:
    """One effect. Effects sort by the time at which their events were recorded.

    `reader`: as in `message`, or a webhook's id.
    """
    return Key(effects(tenant, recorded_at[:7]), f"{recorded_at}#{event_id}#{way}#{reader}")


def effect_by_sort_key(tenant: str, sk: str) -> Key:
    """`sk`: the effect's sort key, which begins with the month."""
    return Key(effects(tenant, sk[:7]), sk)


def is_webhook_effect(effect: Key) -> bool:
    """True if the effect is delivered to a webhook. A webhook's id has no `#`."""
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
    """Lock after wrong receipts. `scope`: the keyed hash of an IP address, or `all`. The partition also holds the
    counters, by window."""
    return Key(f"T#{tenant}#X#receipts#{scope}", "lock")


def deployment_receipt_lock() -> Key:
    """The partition's name is not a valid tenant id."""
    return Key(f"{DIRECTORY_PREFIX}~receipts", "lock")


def receipt_counter(lock: Key, window: int) -> Key:
    """Wrong receipts in a window of time, in the partition of their lock."""
    return Key(lock.pk, f"{window}")


def directory(tenant: str) -> Key:
    return Key(f"{DIRECTORY_PREFIX}{tenant}", "D")


def sweep_position() -> Key:
    """The empty name in its partition key is not a valid tenant id."""
    return Key(DIRECTORY_PREFIX, "SWEEP")


def ordered_walk() -> Key:
    """An operator's order to search every organisation for events that the stream lost."""
    return Key(DIRECTORY_PREFIX, "WALK")


def quarantined(tenant: str = "", aggregate: str = "", sk: str = "") -> Key:
    """The list entry of one quarantined item. A month's effects, or an organisation's jobs, are one aggregate."""
    return Key(f"{DIRECTORY_PREFIX}#PARKED", f"{tenant}#{aggregate}#{sk}")


def quarantined_under(tenant: str = "", aggregate: str = "") -> Key:
    """The key prefix of all quarantined items, of one tenant's, or of one aggregate's."""
    begin = f"{tenant}#" if tenant else ""
    return Key(quarantined().pk, f"{begin}{aggregate}#" if aggregate else begin)


def membership_index_entry(sub: str, tenant: str) -> Key:
    """An item that exists while the person belongs to the tenant. An account without any such item is deleted.

    The capital `P` keeps it apart from tenant ids.
    """
    return Key(f"{DIRECTORY_PREFIX}P#{sub}", tenant)


def listed(tenant: str, shelf: str, due_at: str, number: str) -> IndexKey:
    """`shelf`: open, pending, supervision or archived. `due_at`: time of the earliest unmet deadline, or `NEVER`."""
    return IndexKey(f"T#{tenant}#L#{shelf}", f"{due_at}#{number}")


def inbox(tenant: str, reader: str) -> str:
    """Partition in index `list`. No shelf has this name. `reader`: as in `message`."""
    return f"T#{tenant}#L#M#{reader}"


def inbox_message(tenant: str, reader: str, written: Instant, at: str, event_id: str) -> IndexKey:
    """A message in an inbox. Messages sort by the time written, then by their event's time `at`, number and `seq`."""
    number, _, seq = event_id.rpartition("/")
    return IndexKey(inbox(tenant, reader), f"{to_text(written)}#{at}#{number}/{int(seq):08d}")


def shelf(tenant: str, name: str) -> str:
    return f"T#{tenant}#L#{name}"


def due(tenant: str, aggregate: str, wake_at: Instant) -> IndexKey:
    """`aggregate`: `C#<number>`, `U#<unit>`, `F#<month>`, `ORG` or `DIR`."""
    return IndexKey(due_partition(shard_of(tenant, aggregate)), f"{to_text(wake_at)}#{tenant}#{aggregate}")


def due_partition(shard: int) -> str:
    return f"DUE#{shard}"


def shard_of(tenant: str, aggregate: str) -> int:
    """A stable hash, from 0 to `DUE_SHARDS` - 1."""
    return zlib.crc32(f"{tenant}#{aggregate}".encode()) % DUE_SHARDS
