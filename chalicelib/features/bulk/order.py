"""What a bulk is asked for with, and how its job keeps this. What is typed is encrypted, until the job has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from chalicelib.casework import queue_row
from chalicelib.complaints.rights.permits import MOST_TEXT_BLOCKS, UsedTextBlock
from chalicelib.features.worklists.desk_queue import Tab
from chalicelib.features.worklists.staff_queue import QueueFilter
from chalicelib.jobs.job import Job
from chalicelib.kit.decoding import CaseNumber, RequestDocument, extended_by
from chalicelib.kit.instants import DAY
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.ports import Sealer
from chalicelib.tenants.people.membership import Membership

JOB_KIND, TRIAL_KIND = "bulk", "bulk-check"
MOST = 10_000
"""Complaints of one bulk."""
MOST_NUMBERS = 1_000
"""Complaints that a request names."""
FRESH = DAY
"""Time after the end of a dry run in which it can be done."""
KEPT_TRIAL = 2 * DAY
"""Real time for which a dry run is kept, with what was typed for it."""
KEPT = 30 * DAY
"""Real time for which the list of a bulk is kept."""
Shelf = Annotated[str, msgspec.Meta(pattern="^(open|pending|supervision|archived)$")]


@extended_by(queue_row.parameters())
class BulkFilter(RequestDocument, frozen=True, kw_only=True):
    """All complaints that a view of the queue shows to the caller: its shelf, its tab, and its filters."""

    shelf: Shelf = "open"
    tab: Tab = "all"

    @property
    def criteria(self) -> QueueFilter:
        return msgspec.convert(self, QueueFilter, from_attributes=True)


class BulkOrder(RequestDocument, frozen=True, kw_only=True):
    """`numbers` or `filter`: the complaints. `fields`: of the act, the same for all. `text_blocks`: from which its
    texts were made, of one language; each complaint fills the placeholders that are left in the texts."""

    act: str
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
    numbers: Annotated[list[CaseNumber], msgspec.Meta(min_length=1, max_length=MOST_NUMBERS)] | None = None
    filter: BulkFilter | None = None
    text_blocks: Annotated[list[UsedTextBlock], msgspec.Meta(max_length=MOST_TEXT_BLOCKS)] = []

    def __repr__(self) -> str:
        return f"BulkOrder(act={self.act!r})"  # a log must not contain the fields


Reasons = dict[str, tuple[str, int]]
"""By the English text: the Chinese one, and the number of complaints."""


class KeptOrder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a bulk takes over from its dry run as it is (`BulkCursor.to_do`). `grants`: those of the person when they
    asked. `language`: of the text blocks, in which each complaint fills them. `key`: with which a program account
    asked; empty for a person."""

    grants: list[tuple[str, str | None]] = []
    text_blocks: list[UsedTextBlock] = []
    language: str = ""
    key: str = ""


class BulkCursor(KeptOrder, frozen=True, kw_only=True, omit_defaults=True):
    """How far a bulk or its dry run has come. What a member of this class says begins anew with the bulk.

    `sealed`: the fields, empty once the job has ended and nothing can be done with them. `numbers`: that the request
    names. `collected`: whether all `slices` are there; `after`: the place on the shelf so far. `slice`: the next one to
    work on. `checked`: the dry run that is done. `stopped`: why the rest is only listed. `first`: the complaint that a
    dry run first found possible."""

    sealed: str = ""
    numbers: list[str] = []
    collected: bool = False
    after: dict[str, str] | None = None
    slices: int = 0
    slice: int = 0
    checked: str = ""
    stopped: str = ""
    first: str = ""
    reasons: Reasons = {}

    def to_do(self, trial: str, sealed: str, key: str) -> BulkCursor:
        """Of the bulk that does what this dry run, the job `trial`, found possible. `sealed`: its fields. `key`: that
        of the program account now."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in KeptOrder.__struct_fields__} | {"key": key}
        return BulkCursor(**kept, sealed=sealed, collected=True, slices=self.slices, checked=trial)


def context(job: str) -> str:
    """Of the encryption, in place of a complaint's number, which has no `/`."""
    return f"bulk/{job}"


def sealed_fields(sealer: Sealer, tenant: str, job: str, fields: dict[str, Any]) -> str:
    return sealer.seal(tenant, context(job), msgspec.json.encode(fields))


def fields_of(sealer: Sealer, tenant: str, job: Job) -> dict[str, Any]:
    sealed = job.at(BulkCursor).sealed
    found: dict[str, Any] = msgspec.json.decode(sealer.open(tenant, context(job.id), sealed))
    return found


def grants_of(person: Membership) -> list[tuple[str, str | None]]:
    return [(one.role, one.unit) for one in person.grants] if person.active else []


def has_kept(person: Membership, grants: Sequence[tuple[str, str | None]]) -> bool:
    """Whether the person still has all that they had."""
    return person.active and set(grants) <= set(grants_of(person))
