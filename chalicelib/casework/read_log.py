"""The read log (`T#t#R#<number>`): who was shown what is private of a complaint, written before it is shown.

Its items are only ever put where there is none; no use case changes or removes one.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping

import msgspec

from chalicelib.casework.authorization import known_as
from chalicelib.complaints.confidentiality import grants_by_class, rules_of
from chalicelib.complaints.permits import Asker, Grant, covers, role_grant
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put, Write
from chalicelib.store.sizes import MAX_WRITES
from chalicelib.tenants.names import OWNER
from chalicelib.wiring import Wiring

KIND = "read"


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """`by`: a person's `sub`; `role`: the one that let them see these classes; `on_behalf_of`: the absent person
    whose grant it is.

    `classes`: complainant, respondent, content, internal. `route`: method and path template.
    """

    id: str
    at: str
    by: str
    role: str
    on_behalf_of: str | None
    classes: list[str]
    route: str
    evidence: str | None = None
    """The file that they were given a link to."""


class Looked(msgspec.Struct, frozen=True):
    """A reader, by which route, and when."""

    asker: Asker
    route: str
    now: Instant
    evidence: str | None = None


def note(
    wiring: Wiring, tenant: str, looked: Looked, shown: Iterable[tuple[Policy, Complaint, Collection[str]]]
) -> None:
    """Record what is about to be shown of each complaint. Raises what the store raises: then nothing may be shown. The
    complainant's own looks are no reads of something confidential."""
    if looked.asker.kind == "complainant":
        return
    writes = [
        write
        for policy, complaint, classes in shown
        if rules_of(policy).reads == "logged"
        for write in _writes(tenant, looked, policy, complaint, classes)
    ]
    for first in range(0, len(writes), MAX_WRITES):
        wiring.store.commit(writes[first : first + MAX_WRITES])


def given_out(
    wiring: Wiring, tenant: str, looked: Looked, policy: Policy, complaint: Complaint, classes: Collection[str]
) -> None:
    """Record that a link to a file is about to be given, whoever asks and whatever the policy says of reads."""
    wiring.store.commit(_writes(tenant, looked, policy, complaint, classes))


def _writes(tenant: str, looked: Looked, policy: Policy, complaint: Complaint, classes: Collection[str]) -> list[Write]:
    """An entry for each grant that shows some of the classes, so that it names the role that let them look."""
    who = known_as(looked.asker, complaint.unit) or looked.asker
    lets = grants_by_class(policy, complaint, who)
    other = next((grant for grant in who.grants if covers(grant, complaint.unit)), Grant(who.kind))
    found: dict[Grant, list[str]] = {}
    for name in classes:
        found.setdefault(lets.get(name, other), []).append(name)
    return [Put(_entry(tenant, complaint, grant, seen, looked)) for grant, seen in found.items()]


def _entry(tenant: str, complaint: Complaint, grant: Grant, classes: Collection[str], looked: Looked) -> Entry:
    read = Read(
        id=uuid.uuid4().hex,
        at=to_text(looked.now),
        by=looked.asker.id,
        role=grant.role,
        on_behalf_of=grant.lent_by,
        classes=sorted(classes),
        route=looked.route,
        evidence=looked.evidence,
    )
    key = keys.read_log(tenant, complaint.number, read.at, read.id)
    return Entry(key=key, kind=KIND, body=msgspec.json.encode(read).decode())


class ReadsPage(msgspec.Struct, frozen=True):
    reads: list[Read]
    after: Mapping[str, str] | None


def listed(
    wiring: Wiring,
    tenant: str,
    policy: Policy,
    complaint: Complaint,
    asker: Asker,
    limit: int,
    after: Mapping[str, str] | None,
) -> ReadsPage:
    """The newest first, for owners and the policy's auditors. Raises `Problem("forbidden")`."""
    lets = [OWNER, *rules_of(policy).auditors]
    if asker.kind != "staff" or role_grant(asker, lets, complaint.unit) is None:
        raise Problem("forbidden", "The read log is for the owner, and for whom the policy names as auditors.")
    pk = keys.read_log(tenant, complaint.number, "", "").pk
    page = wiring.store.query(pk, limit=limit, after=after, newest_first=True)
    return ReadsPage([msgspec.json.decode(entry.body, type=Read) for entry in page.entries], page.after)
