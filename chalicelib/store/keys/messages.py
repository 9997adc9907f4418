"""What follows from events: messages, inboxes and other effects, and notices for the register."""

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


_NOTICES = "N#"
_REGISTER = "notices-"


def notices_name(number: str) -> str:
    """The name of a complaint's notices in index `due`."""
    return f"{_NOTICES}{number}"


def is_notices_name(name: str) -> bool:
    return name.startswith(_NOTICES)


def noticed_number(name: str) -> str:
    """The number of the complaint whose notices have this name."""
    return name.removeprefix(_NOTICES)


def notices_of(tenant: str, number: str) -> str:
    """Partition of a complaint's notices."""
    return tenant_prefix(tenant) + notices_name(number)


def notice(tenant: str, number: str, cause: int, kind: str) -> Key:
    """`cause`: the number of the event after which the notice was prepared. `kind`: `notice` or `result`."""
    return Key(notices_of(tenant, number), f"{cause:08d}#{kind}")


def notice_place(number: str, notice: Key) -> str:
    """The body of `notice_lookup`: where the notice of the complaint is."""
    return f"{number}#{notice.sk}"


def notice_at(tenant: str, place: str) -> Key:
    """The notice at a `notice_place`."""
    number, _, sk = place.partition("#")
    return Key(notices_of(tenant, number), sk)


def notice_lookup(tenant: str, notice_id: str) -> Key:
    """The item that tells which complaint's notice has this id."""
    return lookup(tenant, "notice", "", notice_id)


def register(tenant: str, audience: str) -> str:
    """Partition of the published notices in index `list`. No shelf of complaints has such a name."""
    return shelf(tenant, f"{_REGISTER}{audience}")


def through_day(day: str) -> str:
    """The end of a range of registered notices. `$` sorts just behind `#`, so behind every notice of the day."""
    return f"{day}$"


def registered_notice(tenant: str, audience: str, day: str, notice_id: str) -> IndexKey:
    """`day`: of the publication (`yyyy-mm-dd`). The order within a day is random, because the id is."""
    return IndexKey(register(tenant, audience), f"{day}#{notice_id}")


def waiting_notices(tenant: str) -> str:
    """Partition of the notices in index `list` that are prepared and not decided."""
    return shelf(tenant, f"{_REGISTER}waiting")


def waiting_notice(tenant: str, made_at: str, notice_id: str) -> IndexKey:
    """`made_at`: when it was prepared, so the oldest comes first."""
    return IndexKey(waiting_notices(tenant), f"{made_at}#{notice_id}")
