"""The read log (`T#t#R#<number>`): who was shown private values of a complaint. It is written before they are shown.

Entries are only added, with a condition that there is none yet. No use case changes or removes one.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec

from chalicelib.casework.authorization import restrict_to_case
from chalicelib.complaints.rights.confidentiality import grants_by_class, rules_of
from chalicelib.complaints.rights.permits import Asker, Grant, covers, role_grant
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Put, Store, Write
from chalicelib.store.sizes import MAX_WRITES
from chalicelib.store.stored_form import Form
from chalicelib.tenants.names import OWNER

KIND = "read"


class StoredRead(msgspec.Struct, frozen=True, kw_only=True):
    """A read of private values as stored. `ReadView` is the API's form."""

    id: str
    at: str
    by: str
    role: str
    on_behalf_of: str | None
    classes: list[str]
    route: str
    evidence: str | None = None
    form: str | msgspec.UnsetType = msgspec.UNSET


FORM = Form(KIND, StoredRead, keeps=False)


class ReadContext(msgspec.Struct, frozen=True):
    """The reader, the route (method and path template), the time, and the file or printed form if one is given."""

    asker: Asker
    route: str
    now: Instant
    evidence: str | None = None
    form: str | msgspec.UnsetType = msgspec.UNSET


class Disclosure(msgspec.Struct, frozen=True):
    """A complaint, and the confidentiality classes that are shown of it."""

    policy: Policy
    complaint: Complaint
    classes: Collection[str]


class Export(msgspec.Struct, frozen=True):
    """The job, the owner who started it, when, and the route by which they did."""

    id: str
    by: str
    started: Instant
    route: str


def record_reads(store: Store, tenant: str, context: ReadContext, disclosures: Iterable[Disclosure]) -> None:
    """Record reads before the values are shown. If the store raises an error, nothing may be shown.

    Policies choose whether reads are logged. Reads by the complainant are not logged.
    """
    if context.asker.kind == "complainant":
        return
    writes = [
        write
        for disclosure in disclosures
        if rules_of(disclosure.policy).reads == "logged"
        for write in _writes(tenant, context, disclosure)
    ]
    for first in range(0, len(writes), MAX_WRITES):
        _commit(store, writes[first : first + MAX_WRITES])


def record_file_link(store: Store, tenant: str, context: ReadContext, disclosure: Disclosure) -> None:
    """Record a link to a file before it is given, for every caller and under every policy."""
    _commit(store, _writes(tenant, context, disclosure))


def record_export(store: Store, tenant: str, export: Export, classes: Mapping[str, Collection[str]]) -> None:
    """Record an export's read, under every policy: one entry for each number, with the confidentiality classes.

    The same again adds nothing. Raises `CommitConflict` if another process has just written one of the entries.
    """
    entries = [_export_entry(tenant, number, export, shown) for number, shown in classes.items() if shown]
    for first in range(0, len(entries), MAX_WRITES):
        writes = reads.missing(store, [Put(entry, plain=True) for entry in entries[first : first + MAX_WRITES]])
        if writes:
            store.commit(writes)


def _export_entry(tenant: str, number: str, export: Export, classes: Collection[str]) -> Entry:
    read = StoredRead(
        id=export.id,
        at=to_text(export.started),
        by=export.by,
        role=OWNER,
        on_behalf_of=None,
        classes=sorted(classes),
        route=export.route,
    )
    return _to_entry(tenant, number, read)


def _commit(store: Store, writes: Sequence[Write]) -> None:
    """The entries have random names: one that exists was written by the same commit, whose response was lost."""
    with suppress(CommitConflict):
        store.commit(writes)


def _writes(tenant: str, context: ReadContext, disclosure: Disclosure) -> list[Write]:
    """One entry for each grant that permits some of these confidentiality classes: an entry names one role."""
    complaint = disclosure.complaint
    reader = restrict_to_case(context.asker, complaint) or context.asker
    grant_of_class = grants_by_class(disclosure.policy, complaint, reader)
    other = next((grant for grant in reader.grants if covers(grant, complaint.unit)), Grant(reader.kind))
    classes_by_grant: dict[Grant, list[str]] = {}
    for name in disclosure.classes:
        classes_by_grant.setdefault(grant_of_class.get(name, other), []).append(name)
    return [
        Put(_entry(tenant, complaint, grant, classes, context), plain=True)
        for grant, classes in classes_by_grant.items()
    ]


def _entry(tenant: str, complaint: Complaint, grant: Grant, classes: Collection[str], context: ReadContext) -> Entry:
    read = StoredRead(
        id=uuid.uuid4().hex,
        at=to_text(context.now),
        by=context.asker.id,
        role=grant.role,
        on_behalf_of=grant.lent_by,
        classes=sorted(classes),
        route=context.route,
        evidence=context.evidence,
        form=context.form,
    )
    return _to_entry(tenant, complaint.number, read)


def _to_entry(tenant: str, number: str, read: StoredRead) -> Entry:
    key = keys.read_log(tenant, number, read.at, read.id)
    return FORM.entry(key, read)


class ReadView(msgspec.Struct, frozen=True, kw_only=True):
    """One read of private values.

    `by`: the reader's `sub`. `role`: the role that permitted the read. `on_behalf_of`: the absent person whose grant
    the reader used. `classes`: complainant, respondent, content, internal. `route`: method and path template.
    `evidence`: the file that the reader was given a link to. `form`: the printed form that they were given.
    """

    id: str
    at: str
    by: str
    role: str
    on_behalf_of: str | None
    classes: list[str]
    route: str
    evidence: str | None
    form: str | msgspec.UnsetType = msgspec.UNSET


class ReadsView(msgspec.Struct, frozen=True, kw_only=True):
    reads: list[ReadView]
    cursor: str | None


class ReadsPage(msgspec.Struct, frozen=True):
    reads: list[ReadView]
    after: Mapping[str, str] | None


def check_auditor(policy: Policy, complaint: Complaint, asker: Asker) -> None:
    """Raises `Problem("forbidden")` unless the caller `is_auditor`."""
    if not is_auditor(policy, complaint, asker):
        raise Problem("forbidden", "Only owners and the policy's auditors may see the read log.")


def is_auditor(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    """Whether the caller is an owner or one of the policy's auditors."""
    roles = [OWNER, *rules_of(policy).auditors]
    return asker.kind == "staff" and role_grant(asker, roles, complaint.unit) is not None


def entries(store: Store, ref: CaseRef, page_size: int) -> Iterator[Entry]:
    """All of a complaint's or a unit's reads, oldest first."""
    return reads.items(store, keys.reads_of(*ref), page_size=page_size)


def list_reads(store: Store, ref: CaseRef, limit: int, after: Mapping[str, str] | None) -> ReadsPage:
    """A page of a complaint's or a unit's reads, newest first. The caller has passed `check_auditor`."""
    pk = keys.reads_of(ref.tenant, ref.number)
    page = store.query(pk, limit=limit, after=after, newest_first=True)
    return ReadsPage(_views(page.entries), page.after)


def _views(entries: Iterable[Entry]) -> list[ReadView]:
    return msgspec.convert(msgspec.to_builtins(list(FORM.read_each(entries))), list[ReadView])


def record_of_report(store: Store, pk: str, read: StoredRead) -> None:
    """The read of a report about the office, which keeps its reads in its own partition."""
    store.commit([Put(FORM.entry(keys.report_read(pk, read.at, read.id), read))])


def reads_of_report(store: Store, pk: str) -> list[ReadView]:
    """All of them, oldest first."""
    return _views(reads.items(store, pk, keys.REPORT_READS))
