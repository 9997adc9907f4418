"""Rows of the staff queue: their stored form, and the form of the API."""

from __future__ import annotations

import json

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.casework import queue_row, snapshot
from chalicelib.casework.due_days import Look
from chalicelib.casework.queue_row import NextDeadline, QueueRow, VoidRow, row_of
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.complaints.state import Complaint, PendingProposal
from chalicelib.features.worklists import staff_queue
from chalicelib.features.worklists.staff_queue import QueuedComplaint, QueueFilter
from chalicelib.kit.instants import from_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put
from chalicelib.store.stored_form import read_row
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people.membership import Membership, StoredGrant, write
from infra.memory_store.store import MemoryStore

STORED = (
    '{"number":"202611-000001","policy":"1","stage":"open","severity":null,"tier":1,"channel":"form",'
    '"category":{"kind":"billing"},"unit":"north","assigned":["a","b"],"registered_at":"2026-11-19T08:00:00.000Z",'
    '"receipt_with":null,"next":{"clock":"answer","due":"2026-11-26T08:00:00.000Z","state":"open"},"excluded":[]}'
)
FOR_THE_QUEUE_ONLY = {"excluded", "overseers", "undisclosed"}
VOID = '{"number":"202611-000002","void":"A reason.","at":"2026-11-19T08:00:00.000Z"}'


def entry(row: str) -> Entry:
    return Entry(key=Key("T#acme#C#1", "S"), kind="", row=row)


def columns(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)}


@pytest.mark.slow
def test_a_stored_row_keeps_its_bytes() -> None:
    row = next(snapshot.parse_rows([entry(STORED)]))
    assert row.next == NextDeadline(clock="answer", due="2026-11-26T08:00:00.000Z", state="open")
    assert msgspec.json.encode(row).decode() == STORED


def test_a_column_that_a_stored_row_lacks_has_its_default() -> None:
    row = next(snapshot.parse_rows([entry(STORED)]))
    lacking = [one for one in msgspec.structs.fields(QueueRow) if one.name not in json.loads(STORED)]
    assert [one.name for one in lacking] == ["recused", "marks", "overseers", "undisclosed"]
    assert [getattr(row, one.name) for one in lacking] == [(), (), [], False]


def test_a_stored_void_keeps_its_bytes() -> None:
    assert msgspec.json.encode(read_row(entry(VOID), queue_row.VoidRow)).decode() == VOID


def test_a_row_of_a_later_version_is_read() -> None:
    later = STORED.replace("{", '{"added":1,', 1)
    assert next(snapshot.parse_rows([entry(later)])) == next(snapshot.parse_rows([entry(STORED)]))


def test_the_api_shows_every_column_of_the_rows_but_whom_a_complaint_excludes() -> None:
    assert columns(QueuedComplaint) == (columns(QueueRow) - FOR_THE_QUEUE_ONLY) | columns(VoidRow)


@pytest.mark.parametrize(
    "stored",
    [next(snapshot.parse_rows([entry(STORED)])), read_row(entry(VOID), queue_row.VoidRow)],
    ids=["complaint", "void"],
)
def test_the_api_shows_the_stored_values_and_no_other_column(stored: QueueRow | VoidRow) -> None:
    shown = msgspec.convert(stored, QueuedComplaint, from_attributes=True)
    expected = {name: one for name, one in msgspec.to_builtins(stored).items() if name not in FOR_THE_QUEUE_ONLY}
    assert msgspec.to_builtins(shown) == expected


def test_a_row_without_an_open_deadline_has_no_next() -> None:
    complaint = Complaint(
        number="202611-000001", head="", policy="1", calendar="", assigned={"officer": ["b", "a"], "head": ["a"]}
    )
    row = row_of(complaint)
    assert (row.next, row.assigned, row.receipt_with) == (None, ["a", "b"], None)


def marked(**seen: int) -> tuple[str, ...]:
    return row_of(Complaint(number="202611-000001", head="", policy="1", calendar="", seen=seen)).marks


def test_a_row_marks_what_has_arrived_since_the_last_act() -> None:
    assert marked(registered=1, accepted=2, supplemented=3, evidence_sealed=4) == ("message", "file")
    assert marked(registered=1, supplemented=2, evidence_sealed=3, accepted=4) == ()


def test_a_warning_or_a_miss_takes_no_mark_away() -> None:
    assert marked(accepted=1, supplemented=2, warned=3, missed=4) == ("message",)


def test_a_row_marks_a_proposal_that_awaits_approval() -> None:
    waiting = PendingProposal(act="decide", by="officer", approvers=["head"])
    proposed = Complaint(number="202611-000001", head="", policy="1", calendar="", proposals={"3": waiting})
    assert row_of(proposed).marks == ("approval",)


EXCLUDING = Complaint(
    number="202611-000001",
    head="",
    policy="1",
    calendar="",
    registered_at=from_text("2026-11-27T01:00:00Z"),
    stage="open",
    severity="general",
    channel="form",
    category={"kind": "billing"},
    unit="north",
    assigned={"officer": ["a", "b"]},
    recused=[Doer("a")],
    receipt_with="b",
)


def as_shown_to(role: str) -> QueuedComplaint:
    [shown] = found_by(role, QueueFilter(shelf="open"))
    return shown


def found_by(role: str, criteria: QueueFilter) -> list[QueuedComplaint]:
    row = msgspec.json.encode(row_of(EXCLUDING)).decode()
    grants = [StoredGrant(role, "north")]
    acme = Organisation(id="acme", name="Acme", plan="standard", language="en", created=0, founder="m")
    person = Membership(sub="m", email="m@acme.example", name="", language="en", grants=grants)
    store = MemoryStore()
    with binding.tenant("acme"):
        key = keys.snapshot(keys.complaint("acme", EXCLUDING.number))
        listed = keys.listed("acme", "open", keys.NEVER, EXCLUDING.number)
        listed_row = Put(Entry(key=key, kind=snapshot.KIND, listed=listed, row=row))
        store.commit([organisation.new(acme), write("acme", person, None), listed_row])
        return staff_queue.queue(store, "acme", Look("m", 0, pytest.fail), criteria, None).rows


def filtered(**asked: object) -> QueueFilter:
    return msgspec.convert(asked, QueueFilter)


OWN = {"stage": "open", "severity": "general", "channel": "form", "unit": "north", "category": "billing", "person": "b"}


@pytest.mark.parametrize("name", OWN)
def test_a_filter_with_several_values_keeps_the_rows_with_one_of_them(name: str) -> None:
    found = [found_by("officer", filtered(**{name: values})) for values in (["x", OWN[name]], ["x", "y"])]
    assert [len(rows) for rows in found] == [1, 0]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"unassigned": True}, 0),
        ({"clock": ["another"]}, 0),
        ({"missed": True}, 0),
        ({"mark": ["message"]}, 0),
    ],
)
def test_a_filter_by_people_or_deadline_compares_with_the_row(asked: dict[str, object], kept: int) -> None:
    assert len(found_by("officer", filtered(**asked))) == kept


def test_no_filter_tells_a_respondent_who_is_assigned() -> None:
    asked = [filtered(person=["a"]), filtered(person=["z"])]
    assert [len(found_by(RESPONDENT, one)) for one in asked] == [0, 0]


@pytest.mark.parametrize(("role", "expected"), [("officer", (["a", "b"], ("a",), "b")), (RESPONDENT, ([], (), None))])
def test_a_respondents_row_names_no_people(role: str, expected: tuple[list[str], tuple[str, ...], str | None]) -> None:
    shown = as_shown_to(role)
    assert (shown.assigned, shown.recused, shown.receipt_with) == expected
