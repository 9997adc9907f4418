"""Looking at a complaint: its state, its deadlines with their reasons, its record.

Nothing is written but the read log, and that before anything private is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.casework import catch_up, private_values, read_log, views
from chalicelib.casework.authorization import Credential, member, party
from chalicelib.casework.case import Case, case_in, read
from chalicelib.casework.deadline_views import views_by_version
from chalicelib.casework.read_log import Looked, ReadsPage
from chalicelib.complaints import confidentiality
from chalicelib.complaints.envelope import Event, PrivateValue
from chalicelib.complaints.permits import Asker
from chalicelib.complaints.runs import Run, from_json
from chalicelib.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry
from chalicelib.wiring import Wiring

_PAGE = 200
_BEFORE_EFFECT = frozenset({"proposed", "approved", "rejected"})


class ComplaintRequest(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    number: str
    credential: Credential
    now: Instant
    route: str
    """Method and path template, as the read log names it."""


class VisibleComplaint(msgspec.Struct, frozen=True):
    case: Case
    asker: Asker

    @property
    def classes(self) -> frozenset[str]:
        """Of private values, those that the caller sees."""
        return confidentiality.visible_classes(self.case.policy, self.case.complaint, self.asker)


def complaint(wiring: Wiring, look: ComplaintRequest) -> tuple[dict[str, Any], int]:
    """The complaint as it is now for this caller, with the facts as they were given; and its version."""
    facts_at = private_values.keys_of_event(look.tenant, look.number, 1)
    seen = open_complaint(wiring, look, [*facts_at])
    flow = catch_up.present(seen.case, look.now)
    sealed = [seen.case.entries[key] for key in facts_at if key in seen.case.entries]
    opened = [private_values.opened(wiring, look.tenant, look.number, entry) for entry in sealed]
    values = [value for value in opened if value is not None]
    shown = views.state(flow.policy, flow.complaint, seen.asker)
    shown["version"] = str(seen.case.version)
    shown["facts"] = {**flow.complaint.facts, **private_values.visible(values, seen.classes)}
    shown["damaged"] = len(values) < len(sealed)
    _note(wiring, look.tenant, seen, Looked(seen.asker, look.route, look.now), values)
    return shown, seen.case.version


def deadlines(wiring: Wiring, look: ComplaintRequest) -> list[dict[str, Any]]:
    """Every run of every clock, ended ones included."""
    seen = open_complaint(wiring, look, [])
    runs: dict[tuple[str, int], tuple[Run, str]] = {}
    for entry in partition(wiring, look, keys.EVENTS.first):
        event = msgspec.json.decode(entry.body, type=Event)
        _collect(runs, event.result.get("clocks", []), event.policy)
    for draft in catch_up.present(seen.case, look.now).drafts:
        _collect(runs, draft.result.clocks, seen.case.policy.version)
    return views_by_version(wiring, look.tenant, runs.values(), look.number)


def _collect(runs: dict[tuple[str, int], tuple[Run, str]], clocks: list[Any], version: str) -> None:
    """Each run as it was last changed, with the policy version that explains it."""
    for raw in clocks:
        run = from_json(raw)
        runs[(run.clock, run.n)] = run, run.under or version


def record(wiring: Wiring, look: ComplaintRequest) -> dict[str, Any]:
    """The events as they were committed, and by event id the private values that the caller may see.

    A private value that is gone shows as erased: its digest stays in the event.
    """
    seen = open_complaint(wiring, look, [])
    return record_of(wiring, look.tenant, look.number, seen, Looked(seen.asker, look.route, look.now))


def record_of(wiring: Wiring, tenant: str, number: str, seen: VisibleComplaint, looked: Looked) -> dict[str, Any]:
    """The record of a complaint or a unit, for a caller who may look at it."""
    events = [msgspec.json.decode(entry.body, type=Event) for entry in items(wiring, tenant, number, keys.EVENTS.first)]
    by_seq, damaged = _values(wiring, tenant, number)
    readable = [event for event in events if _may_read(event, seen.asker)]
    values = {event.id: private_values.visible(by_seq.get(event.seq, []), seen.classes) for event in readable}
    _note(wiring, tenant, seen, looked, [value for event in readable for value in by_seq.get(event.seq, [])])
    there = {seq: len(values) + damaged[seq] for seq, values in by_seq.items()}
    erased = [event.id for event in events if len(event.private) > there.get(event.seq, 0)]
    return {
        "number": number,
        "events": events,
        "values": {key: value for key, value in values.items() if value},
        "erased": erased,
        "damaged": [event.id for event in events if damaged[event.seq]],
    }


def _values(wiring: Wiring, tenant: str, number: str) -> tuple[dict[int, list[PrivateValue]], Counter[int]]:
    """By event number: the private values that open, and how many do not."""
    by_seq: dict[int, list[PrivateValue]] = {}
    damaged: Counter[int] = Counter()
    for entry in items(wiring, tenant, number, keys.PRIVATE_VALUES.first):
        seq = int(entry.key.sk.split("#")[1])
        value = private_values.opened(wiring, tenant, number, entry)
        by_seq.setdefault(seq, []).extend([] if value is None else [value])
        damaged[seq] += value is None
    return by_seq, damaged


def _note(wiring: Wiring, tenant: str, seen: VisibleComplaint, looked: Looked, values: list[PrivateValue]) -> None:
    shown = private_values.held(values, seen.classes)
    read_log.note(wiring, tenant, looked, [(seen.case.policy, seen.case.complaint, shown)])


def reads_of(wiring: Wiring, look: ComplaintRequest, limit: int, after: Mapping[str, str] | None) -> ReadsPage:
    """Who was shown what is private of it. Raises `Problem("forbidden")`."""
    seen = open_complaint(wiring, look, [])
    return read_log.listed(wiring, look.tenant, seen.case.policy, seen.case.complaint, seen.asker, limit, after)


def _may_read(event: Event, asker: Asker) -> bool:
    """What awaits approval is the staff's and the proposer's until it takes effect, as an event of its own (P7.8)."""
    proposers = (event.actor["kind"], event.actor.get("on_behalf_of"))
    return asker.kind in ("staff", *proposers) or event.type not in _BEFORE_EFFECT


def admit(wiring: Wiring, look: ComplaintRequest) -> None:
    """Raises `Problem` unless the caller may look at the complaint."""
    open_complaint(wiring, look, [])


def open_complaint(wiring: Wiring, look: ComplaintRequest, also: list[Any]) -> VisibleComplaint:
    """The case and who looks, in one read with `also`. Raises `Problem` unless the caller may look."""
    entries = read(wiring, look.tenant, look.number, [*look.credential.keys(look.tenant), *also])
    asker = member(wiring, look.credential, look.tenant, entries, look.now)
    case = case_in(wiring, look.tenant, look.number, entries)
    return VisibleComplaint(case, party(wiring, look.tenant, case, look.credential, asker))


def partition(wiring: Wiring, look: ComplaintRequest, prefix: str) -> list[Entry]:
    """All of the complaint's items of one kind: `E#` events, `P#` private values."""
    return items(wiring, look.tenant, look.number, prefix)


def items(wiring: Wiring, tenant: str, number: str, prefix: str) -> list[Entry]:
    """The same of a complaint or a unit, by its number."""
    pk = keys.aggregate(tenant, number)
    found: list[Entry] = []
    after = None
    while True:
        page = wiring.store.query(pk, first=prefix, last=prefix + "~", limit=_PAGE, after=after)
        found.extend(page.entries)
        if page.after is None:
            return found
        after = page.after
