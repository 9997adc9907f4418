"""The directory of organisations, quarantined items, counters of callers, and index `due`."""

from __future__ import annotations

import zlib

from chalicelib.kit.instants import Instant, to_text
from chalicelib.store.keys.aggregates import KeyRange, starting_with, tenant_prefix
from chalicelib.store.port import IndexKey, Key

DUE_SHARDS = 32
"""Partitions of index `due`. The sweep makes one query per shard. The number may be increased: rows of fewer shards are
still found. To reduce it, all rows would have to be rewritten (docs/development/scale.md has the formula)."""

DUE_PREFIX = "DUE#"
"""Begins the partitions of index `due`."""
DIRECTORY_PREFIX = "DIR#"
HOURLY = "DIR"
"""The name of an organisation's hourly job in index `due`. Its item is the organisation's item of the directory."""
_QUARANTINE = f"{DIRECTORY_PREFIX}#PARKED"
_OPERATORS_REPORTS = f"{DIRECTORY_PREFIX}~supervision"
_ORGANISATIONS = f"{DIRECTORY_PREFIX}~organisations"


def directory(tenant: str) -> Key:
    return Key(f"{DIRECTORY_PREFIX}{tenant}", "D")


def organisations() -> str:
    """Partition of the list of all organisations of the directory. Its name is no valid tenant id."""
    return _ORGANISATIONS


def organisation_row(tenant: str) -> Key:
    """Its row in `organisations`."""
    return Key(organisations(), tenant)


def sweep_position() -> Key:
    """The empty name in its partition key is not a valid tenant id."""
    return Key(DIRECTORY_PREFIX, "SWEEP")


def ordered_reconciliation() -> Key:
    """An operator's order of a reconciliation of every organisation."""
    return Key(DIRECTORY_PREFIX, "WALK")


def membership_index_entry(sub: str, tenant: str) -> Key:
    """An item that exists while the person belongs to the tenant. An account without any such item is deleted.

    The capital `P` keeps it apart from tenant ids.
    """
    return Key(memberships_of(sub), tenant)


def quarantined(tenant: str = "", aggregate: str = "", sk: str = "") -> Key:
    """The key of one quarantined entry in the list. `aggregate`: as in index `due`, so also a month's effects."""
    return Key(_QUARANTINE, f"{tenant}#{aggregate}#{sk}")


def quarantined_under(tenant: str = "", aggregate: str = "") -> KeyRange:
    """All quarantined items, one tenant's, or one aggregate's, in the partition of `quarantined`."""
    begin = f"{tenant}#" if tenant else ""
    return starting_with(f"{begin}{aggregate}#" if aggregate else begin)


def wrong_receipts_counter(place: str, window: int) -> Key:
    """Wrong receipts of an IP address in a window of time, at all organisations. `place`: its keyed hash.

    The partition's name is not a valid tenant id.
    """
    return Key(f"{DIRECTORY_PREFIX}~receipts#{place}", f"{window}")


def recipient_counter(recipient: str, day: int) -> Key:
    """Mails of a day to one e-mail address, from all organisations. `recipient`: its keyed hash."""
    return Key(f"{DIRECTORY_PREFIX}~mails#{recipient}", f"{day}")


def source_counter(what: str, source: str, window: int) -> Key:
    """What one source has caused at all organisations in a window of time. `source`: the keyed hash of its network."""
    return Key(f"{DIRECTORY_PREFIX}~{what}#{source}", f"{window}")


def deployment_counter(what: str, window: int) -> Key:
    """What the whole deployment has done in a window of time. Each counter has a partition of its own: it is hot."""
    return Key(f"{DIRECTORY_PREFIX}~budget#{what}", f"{window}")


def returned_mail(recipient: str) -> Key:
    """A mail to this address bounced or was reported as spam. `recipient`: its keyed hash."""
    return Key(f"{DIRECTORY_PREFIX}~returned#{recipient}", "R")


def session(name: str) -> Key:
    """The session of a person who signed in on a page. `name`: a digest of the secret in its cookie."""
    return Key(f"{DIRECTORY_PREFIX}~session#{name}", "S")


def kept_form_without_tenant(form: str) -> Key:
    """A form of a page without an organisation that was sent and is shown again."""
    return Key(f"{DIRECTORY_PREFIX}~form#{form}", "F")


def used_sign_in(name: str) -> Key:
    """A sign-in that has come back from the issuer. `name`: a digest of its `state`."""
    return Key(f"{DIRECTORY_PREFIX}~sign-in#{name}", "U")


def memberships_of(sub: str) -> str:
    """Partition of a person's `membership_index_entry` items, whose sort keys are the organisations."""
    return f"{DIRECTORY_PREFIX}P#{sub}"


def operators_data_key() -> Key:
    """The data key of reports that the operators handle. None of these names is a valid tenant id."""
    return Key(f"{_OPERATORS_REPORTS}~key", "KEY")


def operators_report(tenant: str, report_id: str) -> str:
    """Partition of a report about an organisation's office that the operators handle. Its items as in `report`."""
    return f"{_OPERATORS_REPORTS}#{tenant}#{report_id}"


def operators_list() -> str:
    """Partition of the list of all such reports."""
    return _OPERATORS_REPORTS


def operators_report_row(tenant: str, at: str, report_id: str) -> Key:
    """Its row in `operators_list`."""
    return Key(operators_list(), f"{tenant}#{at}#{report_id}")


def operators_reports(tenant: str) -> KeyRange:
    """The rows of one organisation."""
    return starting_with(f"{tenant}#")


def row_tenant(row: Key) -> str:
    return row.sk.partition("#")[0]


def due(tenant: str, name: str, wake_at: Instant) -> IndexKey:
    """`name`: `C#<number>`, `U#<unit>`, `N#<number>` (its notices), `F#<month>`, `ORG` or `DIR`."""
    return IndexKey(due_partition(shard_of(tenant, name)), f"{to_text(wake_at)}#{tenant}#{name}")


def parse_due(key: IndexKey) -> tuple[str, str, str]:
    """The text of the time, the tenant and the name of a `due` key. Parts that a malformed key lacks are empty."""
    wake_at, _, named = key.sk.partition("#")
    tenant, _, name = named.partition("#")
    return wake_at, tenant, name


def due_item(tenant: str, name: str) -> str:
    """Partition of the item that index `due` lists under this name."""
    return directory(tenant).pk if name == HOURLY else tenant_prefix(tenant) + name


def due_partition(shard: int) -> str:
    return f"{DUE_PREFIX}{shard}"


def shard_of(tenant: str, name: str) -> int:
    """A stable hash, from 0 to `DUE_SHARDS` - 1."""
    return zlib.crc32(f"{tenant}#{name}".encode()) % DUE_SHARDS
