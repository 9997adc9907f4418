"""A report as stored: its head, and the particulars that are encrypted in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from chalicelib.complaints.envelope import NO_HASH
from chalicelib.features.supervision.custody import Custody
from chalicelib.kit.decoding import RequestDocument, SeenText, StoredPart
from chalicelib.ports import Sealer
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Put, Store, Update
from chalicelib.store.stored_form import Form

KIND = "supervision-report"
MAX_NAMED = 20
"""People, and names, in one report."""
State = Literal["open", "taken", "closed"]
To = Literal["supervisors", "operators"]
"""Who shall read it, as the reporter chose: supervisors of the organisation, or the operators of the service."""
Finding = Literal["upheld", "not_upheld", "undecided"]
_Name = Annotated[SeenText, msgspec.Meta(max_length=100)]
_Names = Annotated[list[_Name], msgspec.Meta(max_length=MAX_NAMED)]


class About(RequestDocument, frozen=True, kw_only=True):
    """Whom the report is about. `people`: members' ids. `names`: names, titles or addresses as the reporter knows them.

    A member whom a part of a name may mean does not handle the report. If it may mean a supervisor, owners do not
    handle it either. If it means no member, the operators of the service handle it.
    """

    office: bool = False
    people: _Names = msgspec.field(default_factory=list)
    names: _Names = msgspec.field(default_factory=list)


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """What only the handlers may know. Everything here is encrypted."""

    about: About
    to: To
    complaint: str | None
    contact: str | None
    by: str | None
    """The member who reported while signed in."""
    body_hash: str
    roles: list[str]
    """The supervisors' roles at the time of filing."""
    titles: list[str] = []
    """By which people call those who have these roles."""
    supervisors: list[str]
    """People who may handle it: those who had the role when it was filed, or were admitted by a handler. None gets a
    report by a grant of later, since an involved owner could give it to a friend."""
    owners: list[str]
    excluded: list[str] = []
    """The people whom it names, so far."""


class Report(StoredPart, frozen=True, kw_only=True):
    """The stored head. `at` and `changed`: UTC text."""

    id: str
    at: str
    changed: str
    state: State = "open"
    finding: Finding | None = None
    seq: int = 0
    head: str = NO_HASH
    receipt: str
    """A keyed hash of the receipt."""
    moved: bool = False
    """True once it is to be with the operators. The copy with the organisation takes no event any more."""
    sealed: str = ""


FORM = Form(KIND, Report)


def entry_of(custody: Custody, report: Report) -> Entry:
    return FORM.entry(keys.report_head(custody.pk), report, version=report.seq)


def puts(custody: Custody, report: Report) -> list[Put]:
    """The writes of a new report. They fail if it exists."""
    return [Put(entry_of(custody, report)), custody.put_row(report.at)]


def change(custody: Custody, before: Report, after: Report) -> Update:
    return Update(entry_of(custody, after), before.seq)


def heads(store: Store, places: Sequence[Custody]) -> list[tuple[Custody, Report]]:
    """The reports in these places; damaged ones are left out. The caller binds them."""
    wanted = {keys.report_head(one.pk): one for one in places}
    found = reads.read_all(store, list(wanted))
    entries = {one: found[key] for key, one in wanted.items() if key in found}
    return [(one, report) for one, entry in entries.items() for report in FORM.read_each([entry])]


def particulars(sealer: Sealer, custody: Custody, report: Report) -> Particulars:
    return msgspec.json.decode(custody.open(sealer, report.sealed), type=Particulars)
