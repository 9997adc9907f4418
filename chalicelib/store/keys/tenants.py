"""The organisation's items: people, policy versions, counters, look-ups and lists."""

from __future__ import annotations

from chalicelib.store.keys.aggregates import (
    UNIT,
    KeyRange,
    act_drafts,
    lookup,
    organisation,
    starting_with,
    tenant_prefix,
)
from chalicelib.store.port import IndexKey, Key

MEMBERSHIPS = starting_with("M#")
PENDING_ACCOUNTS = starting_with("A#")
COUNTERS = starting_with("N#")
MONTH_COUNTERS = KeyRange("N#0", "N#9~")
POLICIES = starting_with("POL#")
"""Versions, their sources and rows, the draft, and its comments."""
NEVER = "9999"
"""Due time of a complaint without an unmet deadline. Sorts after every instant."""
REPORT_AND_EVENTS = KeyRange("D", "H#~")
"""Of the partition of a report about the office, without its read log."""
_REPORTS = "S#"
REPORT_READS = starting_with("R#")


def membership(tenant: str, sub: str) -> Key:
    return Key(organisation(tenant), f"{MEMBERSHIPS.first}{sub}")


def member(key: Key) -> str:
    return key.sk.removeprefix(MEMBERSHIPS.first)


def pending_account(tenant: str, digest: str) -> Key:
    """`digest`: of the e-mail address."""
    return Key(organisation(tenant), f"{PENDING_ACCOUNTS.first}{digest}")


def policy(tenant: str, version: str) -> Key:
    return Key(organisation(tenant), f"{POLICIES.first}{version}")


def policy_version(sk: str) -> str:
    """The version of a `policy` key. Of another policy item: its name."""
    return sk.removeprefix(POLICIES.first)


def policy_row(tenant: str, version: str) -> Key:
    """A version's row in the list of versions. Rows sort by number, before the documents."""
    return policy(tenant, f"#{int(version):08d}")


def policy_source(tenant: str, version: str) -> Key:
    """The YAML text from which a version was published."""
    return policy(tenant, f"{version}#source")


def policy_draft(tenant: str) -> Key:
    return policy(tenant, "draft")


def policy_draft_document(tenant: str) -> Key:
    return policy(tenant, "draft#document")


def policy_comment(tenant: str, draft: str, comment: str) -> Key:
    return policy(tenant, f"comment#{draft}#{comment}")


def policy_comments(tenant: str, draft: str) -> KeyRange:
    """All comments on a draft, without their counters."""
    return starting_with(policy_comment(tenant, draft, "").sk)


def policy_comment_counter(tenant: str, draft: str, author_digest: str) -> Key:
    """Number of comments of one author on a draft."""
    return policy_comment(tenant, draft, f"~{author_digest}")


def data_key(tenant: str) -> Key:
    return Key(organisation(tenant), "KEY")


def webhooks(tenant: str) -> Key:
    return Key(organisation(tenant), "HOOKS")


def month_counter(tenant: str, month: str) -> Key:
    """Complaints of a month. `month`: `yyyymm` in the policy's time zone."""
    return Key(organisation(tenant), f"{COUNTERS.first}{month}")


def month_of(counter: Key) -> str:
    """The month (`yyyymm`) of a `month_counter`."""
    return counter.sk.removeprefix(COUNTERS.first)


def evidence_counter(tenant: str) -> Key:
    """Bytes of all evidence that is declared or stored."""
    return Key(organisation(tenant), f"{COUNTERS.first}evidence")


def idempotency(tenant: str, digest: str) -> Key:
    return Key(f"{tenant_prefix(tenant)}I#{digest}", "I")


def requests_counter(tenant: str, minute: int) -> Key:
    """`minute`: since the epoch, in real time."""
    return lookup(tenant, "requests", str(minute))


def filings_counter(tenant: str, place: str, day: int) -> Key:
    """`place`: the keyed hash of an IP address. `day`: since the epoch, in real time."""
    return lookup(tenant, "filings", "", f"{day}#{place}")


def uploads_counter(tenant: str, place: str, day: int) -> Key:
    """Bytes that an IP address declared in a day. Arguments as `filings_counter`."""
    return lookup(tenant, "uploads", "", f"{day}#{place}")


def change_mark(tenant: str, share: str, hour: str, number: str) -> Key:
    """The mark of a complaint that changed in an hour. `share`: the partition of the marks."""
    return lookup(tenant, "changed", share, f"{hour}#{number}")


def marked_number(mark: Key) -> str:
    return mark.sk.partition("#")[2]


def work_list(tenant: str, owner: str) -> str:
    """Partition of a work list. `owner`: a role, or `unit_list`."""
    return f"{tenant_prefix(tenant)}W#{owner}"


def unit_list(unit: str) -> str:
    """The owner name of a unit's list. The prefix separates units from roles of the same name."""
    return f"{UNIT}{unit}"


def queue_list(shelf: str, owner: str) -> str:
    """The owner name of a list of the complaints on a shelf. `owner`: the person to whom they are assigned, or
    `unit_list`."""
    return f"Q#{shelf}#{owner}"


def work(tenant: str, owner: str, due_at: str, number: str, task: str) -> Key:
    return Key(work_list(tenant, owner), f"{due_at}#{number}#{task}")


def shelf(tenant: str, name: str) -> str:
    return f"{tenant_prefix(tenant)}L#{name}"


def listed(tenant: str, name: str, due_at: str, number: str) -> IndexKey:
    """`name`: the shelf open, pending, supervision or archived. `due_at`: time of the earliest unmet deadline, or
    `NEVER`."""
    return IndexKey(shelf(tenant, name), f"{due_at}#{number}")


def parse_listed(sk: str) -> tuple[str, str]:
    """The time and the number of a sort key of `listed` or `work`."""
    due_at, number, *_ = sk.split("#")
    return due_at, number


def report(tenant: str, report_id: str) -> str:
    """Partition of a report about the office. Its events have another prefix than those of complaints: no stream
    consumer sees them."""
    return f"{tenant_prefix(tenant)}{_REPORTS}{report_id}"


def report_head(pk: str) -> Key:
    return Key(pk, REPORT_AND_EVENTS.first)


def report_event(pk: str, seq: int) -> Key:
    return Key(pk, f"H#{seq:08d}")


def report_read(pk: str, at: str, read: str) -> Key:
    return Key(pk, f"{REPORT_READS.first}{at}#{read}")


def reports(tenant: str) -> str:
    """Partition of the list of a tenant's reports. No report has this id."""
    return f"{tenant_prefix(tenant)}{_REPORTS}~"


def report_row(tenant: str, at: str, report_id: str) -> Key:
    return Key(reports(tenant), f"{at}#{report_id}")


def listed_report(row: Key) -> str:
    """The report's id, which has no `#`."""
    return row.sk.rpartition("#")[2]


_DAMAGED = "D#"
PENDING_TEXTS = starting_with("P#")


def search_items(tenant: str) -> str:
    """Partition of the manifest, the pending texts and the marks of damaged segments."""
    return search_manifest(tenant).pk


def search_manifest(tenant: str) -> Key:
    return lookup(tenant, "search", "", "HEAD")


def pending_text(tenant: str, number: str) -> Key:
    """What a complaint adds to the index, until the next merge."""
    return lookup(tenant, "search", "", f"{PENDING_TEXTS.first}{number}")


def pending_number(key: Key) -> str:
    return key.sk.removeprefix(PENDING_TEXTS.first)


def damaged_segment(tenant: str, block: str) -> Key:
    return lookup(tenant, "search", "", f"{_DAMAGED}{block}")


def is_damaged_segment(key: Key) -> bool:
    return key.sk.startswith(_DAMAGED)


def damaged_block(key: Key) -> str:
    return key.sk.removeprefix(_DAMAGED)


def erasure_mark(tenant: str, number: str) -> Key:
    """Beside the drafts of acts: the erasure of the organisation removes both. No sub is `erasure`."""
    return Key(act_drafts(tenant, number), "erasure")
