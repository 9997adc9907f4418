"""Messages, inboxes, and the other effects of events."""

from __future__ import annotations

from chalicelib.kit.instants import Instant, to_text
from chalicelib.store.keys.aggregates import COMPLAINT, lookup, tenant_prefix
from chalicelib.store.keys.tenants import shelf
from chalicelib.store.port import IndexKey, Key

_EFFECTS = "F#"


def complainant(number: str) -> str:
    """The reader who is the complainant of a complaint. Other readers are people's subs."""
    return f"{COMPLAINT}{number}"


def is_complainant(reader: str) -> bool:
    return reader.startswith(COMPLAINT)


def messages_of(tenant: str, reader: str) -> str:
    """Partition of a reader's messages. `reader`: a person's sub, or `complainant`."""
    return f"{tenant_prefix(tenant)}M#{reader}"


def message(tenant: str, reader: str, event_id: str) -> Key:
    return Key(messages_of(tenant, reader), event_id)


def inbox(tenant: str, reader: str) -> str:
    """Partition of a reader's inbox in index `list`, which also has the shelves: no shelf has a name with `#`.

    `reader`: as in `messages_of`.
    """
    return shelf(tenant, f"M#{reader}")


def inbox_message(tenant: str, reader: str, listed_at: Instant, at: str, event_id: str) -> IndexKey:
    """A message in an inbox. Messages sort by this time, then by their event's time `at`, number and `seq`."""
    number, _, seq = event_id.rpartition("/")
    return IndexKey(inbox(tenant, reader), f"{to_text(listed_at)}#{at}#{number}/{int(seq):08d}")


def effects(tenant: str, part: str) -> str:
    """`part`: the month in which the event was recorded (`yyyy-mm`), or the state `pending` or `failed`."""
    return f"{tenant_prefix(tenant)}{_EFFECTS}{part}"


def effects_name(recorded_at: str) -> str:
    """The name of a month's effects in index `due`."""
    return f"{_EFFECTS}{_month(recorded_at)}"


def is_effects_name(name: str) -> bool:
    return name.startswith(_EFFECTS)


def effect(tenant: str, recorded_at: str, event_id: str, way: str, reader: str) -> Key:
    """One effect. Effects sort by the time at which their events were recorded.

    `reader`: as in `messages_of`, or a webhook's id.
    """
    return effect_by_sort_key(tenant, f"{recorded_at}#{event_id}#{way}#{reader}")


def effect_by_sort_key(tenant: str, sk: str) -> Key:
    """`sk`: the effect's sort key, which begins with the month."""
    return Key(effects(tenant, _month(sk)), sk)


def effect_in_state(tenant: str, state: str, effect: Key) -> Key:
    """The item that lists the effect as `pending` or `failed`."""
    return Key(effects(tenant, state), effect.sk)


def is_effect_in(effect: Key, way: str) -> bool:
    return f"#{way}#" in effect.sk


def _month(text: str) -> str:
    return text[:7]


def mails_counter(tenant: str, kind: str, day: int) -> Key:
    """Mails of a day. `kind`: `mails`, or `invitations`, which also count as mails. `day`: as in `filings_counter`."""
    return lookup(tenant, "mails", "", f"{day}#{kind}")
