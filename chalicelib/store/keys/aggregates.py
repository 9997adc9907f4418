"""Complaints, units and the organisation: their partitions, and the items of each record."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import msgspec

from chalicelib.kit.decoding import CASE_NUMBER
from chalicelib.store.port import Key


class KeyRange(NamedTuple):
    """Sort keys of one kind of item in a partition, both ends included."""

    first: str
    last: str


def starting_with(text: str) -> KeyRange:
    """All sort keys that start with the text. They hold no character after `~`."""
    return KeyRange(text, f"{text}~")


EVENTS = starting_with("E#")
PRIVATE_VALUES = starting_with("P#")
EVIDENCE = KeyRange("V#0", "V#~")
"""Without the items of `evidence_bytes`."""
EVENTS_AND_PRIVATE_VALUES = KeyRange(EVENTS.first, PRIVATE_VALUES.last)
EVENTS_TO_EVIDENCE = KeyRange(EVENTS.first, EVIDENCE.last)
"""Events, private values, the snapshot and evidence, in this order."""

ORGANISATION = "ORG"
"""Number of the organisation's own aggregate."""
UNIT = "U#"
"""Prefix of a unit's number (`U#<unit>`). No complaint number has it."""
WHOLE = "*"
"""The name, among those of units, of the organisation as a whole. No unit can have it."""
COMPLAINT = "C#"
LOOKUP_KIND = "lookup"
"""The kind of the items under `lookup`, unless the look-up's owner gives them a kind of their own."""
Split = Literal["whole", "record", "value", "listed", "head", "expires"]
LOOKUPS: dict[str, Split] = {
    **dict.fromkeys(("anchor", "notice", "search", "statistics", "figures", "improvements"), "whole"),
    "text-blocks": "whole",
    **dict.fromkeys(("inspections", "inspection-documents", "ledgers", "ledger-documents"), "whole"),
    **dict.fromkeys(("filings", "uploads", "mails", "copies", "practice"), "whole"),
    **dict.fromkeys(("work", "follows", "scored", "anchored"), "record"),
    **dict.fromkeys(("signatures", "similar", "changed"), "listed"),
    **dict.fromkeys(("subject", "phone", "email"), "value"),
    "relayed": "head",
    "requests": "expires",
}
"""By name: for what a look-up has a partition, so that an erasure finds all (`store.erasing`). `whole`: one.
`record`: for each complaint, unit and the organisation, by number. `value`: for the hash of a value, which the erasure
of the complaint derives from its facts. `listed`, `head`: as its package says (`casework.composing.erased`), among the
organisation's partitions or with the snapshot of its record. `expires`: DynamoDB removes its items within days."""
_TENANT = "T#"
_EVIDENCE = "V#"


def tenant_prefix(tenant: str) -> str:
    return f"{_TENANT}{tenant}#"


def lookup(tenant: str, name: str, value: str, what: str = "X") -> Key:
    """`name`: one of `LOOKUPS`, which is not the item's kind. `what`: the sort key."""
    if name not in LOOKUPS:
        raise ValueError(f"no erasure would find the look-up {name}")
    return Key(f"{tenant_prefix(tenant)}X#{name}#{value}", what)


def copies_counter(tenant: str, number: str, hour: int) -> Key:
    """Copies of a complaint for its complainant. `hour`: since the epoch, in real time."""
    return lookup(tenant, "copies", "", f"{hour}#{number}")


def lookup_name(key: Key) -> str:
    """The name of the look-up that an item belongs to. Raises IndexError for a key of another item."""
    return key.pk.split("#")[3]


def complaint(tenant: str, number: str) -> str:
    return f"{tenant_prefix(tenant)}{COMPLAINT}{number}"


def unit(tenant: str, name: str) -> str:
    return f"{tenant_prefix(tenant)}{UNIT}{name}"


def organisation(tenant: str) -> str:
    return tenant_prefix(tenant) + ORGANISATION


def aggregate(tenant: str, number: str) -> str:
    """Partition of a complaint, a unit or the organisation, by its number."""
    return tenant_prefix(tenant) + aggregate_name(number)


def aggregate_name(number: str) -> str:
    """`C#<number>` for a complaint. The number of a unit or of the organisation (`ORG`) is its name already."""
    return number if is_unit(number) or number == ORGANISATION else f"{COMPLAINT}{number}"


def number_of(name: str) -> str:
    """The number of the aggregate with this name (`aggregate_name`)."""
    return name.removeprefix(COMPLAINT)


def is_case_number(number: str) -> bool:
    """True for the number of a complaint (`202611-000001`), and for nothing else that a message can be about."""
    return re.fullmatch(CASE_NUMBER, number) is not None


def is_unit(number: str) -> bool:
    """`number`: also a unit's event id, which starts with its number."""
    return number.startswith(UNIT)


def unit_number(unit: str | None) -> str:
    """The number of a unit or, for None, of the organisation as a whole."""
    return f"{UNIT}{unit or WHOLE}"


def unit_name(number: str) -> str:
    return number.removeprefix(UNIT)


def has_deadlines(name: str) -> bool:
    """True for the name of a complaint or a unit."""
    return name.startswith((COMPLAINT, UNIT))


def parse_record(pk: str) -> tuple[str, str] | None:
    """Tenant and number of a complaint's or a unit's partition; None for another one.

    Raises ValueError for a tenant's partition without a name.
    """
    if not pk.startswith(_TENANT):
        return None
    tenant, name = pk.removeprefix(_TENANT).split("#", 1)
    return (tenant, number_of(name)) if has_deadlines(name) else None


def record_number(pk: str) -> str:
    """The number of a complaint's or a unit's partition. Raises ValueError for another one."""
    record = parse_record(pk)
    if record is None:
        raise ValueError("the partition is no complaint's or unit's")
    return record[1]


def snapshot(pk: str) -> Key:
    return Key(pk, "S")


def event(pk: str, seq: int) -> Key:
    return Key(pk, f"{EVENTS.first}{seq:08d}")


def events(first: int, last: int) -> KeyRange:
    """The events with these numbers, both included."""
    return KeyRange(event("", first).sk, event("", last).sk)


def is_event(key: Key) -> bool:
    return key.sk.startswith(EVENTS.first)


def event_seq(key: Key) -> int:
    """Raises ValueError for a malformed key."""
    return int(key.sk.removeprefix(EVENTS.first))


def private(pk: str, seq: int, position: int) -> Key:
    return Key(pk, f"{PRIVATE_VALUES.first}{seq:08d}#{position}")


def is_private(key: Key) -> bool:
    return key.sk.startswith(PRIVATE_VALUES.first)


def private_place(key: Key) -> tuple[int, int]:
    """The event's number, and the value's position in the event's `private`."""
    _, seq, position = key.sk.split("#")
    return int(seq), int(position)


def written_seq(key: Key) -> str:
    """The number in the key of an event or of one of its private values, as it is written. Empty for other keys.

    As texts, such numbers have the order of the events. That of a malformed key is any text.
    """
    return key.sk.split("#")[1] if is_event(key) or is_private(key) else ""


def evidence(pk: str, evidence_id: str) -> Key:
    return Key(pk, f"{_EVIDENCE}{evidence_id}")


def evidence_bytes(pk: str, sha256: str) -> Key:
    """The item that tells which evidence has these bytes. It sorts before all evidence."""
    return Key(pk, f"{_EVIDENCE}#{sha256}")


def is_evidence(key: Key) -> bool:
    return key.sk.startswith(_EVIDENCE)


def evidence_id(key: Key) -> str:
    return key.sk.removeprefix(_EVIDENCE)


def reads_of(tenant: str, number: str) -> str:
    """Partition of a complaint's or a unit's read log."""
    return f"{tenant_prefix(tenant)}R#{number}"


def read_log(tenant: str, number: str, at: str, read: str) -> Key:
    return Key(reads_of(tenant, number), f"{at}#{read}")


def filing_draft(tenant: str, draft: str) -> Key:
    return Key(filing_drafts(tenant), draft)


def filing_drafts(tenant: str) -> str:
    """The partition of all drafts of filings."""
    return f"{tenant_prefix(tenant)}DRAFTS"


def kept_form(tenant: str, form: str) -> Key:
    return Key(kept_forms(tenant), form)


def kept_forms(tenant: str) -> str:
    """The partition of forms that were sent and are shown again."""
    return f"{tenant_prefix(tenant)}FORMS"


def act_drafts(tenant: str, number: str) -> str:
    """The partition of what members have typed for acts on a complaint, and not sent."""
    return f"{tenant_prefix(tenant)}D#{number}"


def act_drafts_of(tenant: str, number: str, sub: str) -> Key:
    return Key(act_drafts(tenant, number), sub)


def queue_views(tenant: str) -> str:
    """Partition of the named views of the queue."""
    return f"{tenant_prefix(tenant)}VIEWS"


def queue_views_of(tenant: str, owner: str) -> Key:
    """`owner`: a member's sub, or `shared`."""
    return Key(queue_views(tenant), owner)


def own_decisions(tenant: str) -> str:
    """Partition of the members' lists of their newest decisions."""
    return f"{tenant_prefix(tenant)}DECIDED"


def own_decisions_of(tenant: str, sub: str) -> Key:
    return Key(own_decisions(tenant), sub)


def daily_mails(tenant: str) -> str:
    """Partition of the members who get one mail a day."""
    return f"{tenant_prefix(tenant)}DAILY"


def daily_mails_of(tenant: str, sub: str) -> Key:
    return Key(daily_mails(tenant), sub)


class CaseRef(NamedTuple):
    """A tenant's complaint (`202611-000001`), unit (`U#<unit>`) or the organisation itself (`ORG`)."""

    tenant: str
    number: str

    @property
    def pk(self) -> str:
        """The partition of its items."""
        return aggregate(self.tenant, self.number)


class InCase(msgspec.Struct, frozen=True):
    """Base of requests and messages that concern one complaint or unit. `number`: as in `CaseRef`."""

    tenant: str
    number: str

    @property
    def ref(self) -> CaseRef:
        return CaseRef(self.tenant, self.number)
