"""The search over the API with segments in SQLite files, encrypted under the organisation's real data key."""

from __future__ import annotations

import base64

import pytest
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.features.search.index.sqlite_index import SqliteIndex
from chalicelib.store import keys
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.sealer import FakeKms, real_sealer
from tests.helpers.fakes.search import FakeSegmentObjects
from tests.kernel.web.untouched import in_process
from tests.search.offices import ask, file, found, manifest_of, merge, pending_numbers


@pytest.fixture
def objects() -> FakeSegmentObjects:
    return FakeSegmentObjects()


@pytest.fixture
def company(objects: FakeSegmentObjects) -> Organisation:
    made = company_in(InProcess("2026-11-27T09:00:00+08:00"))
    fakes = in_process(made).fakes
    sealer = real_sealer(fakes.store, FakeKms())
    force_setattr(fakes.wiring, "sealer", sealer)
    force_setattr(fakes.wiring, "search", SqliteIndex(objects, sealer))
    return made


def test_texts_are_found_pending_merged_and_rebuilt(company: Organisation, objects: FakeSegmentObjects) -> None:
    first = file(company, "空调漏水，三天没有人来修。")
    assert found(company, "agent", words="漏水 三天") == [first]
    merge(company)
    second = file(company, "屋顶漏水")
    assert found(company, "agent", words="漏水") == [second, first]
    merge(company)
    assert (found(company, "agent", words="漏水"), pending_numbers(company)) == ([second, first], [])

    objects.stored.clear()
    force_setattr(
        in_process(company).fakes.wiring, "search", SqliteIndex(objects, in_process(company).fakes.wiring.sealer)
    )
    assert ask(company, "agent", words="漏水").json == {"complaints": [], "cursor": None, "incomplete": True}
    merge(company)

    assert found(company, "agent", words="漏水") == [second, first]
    assert manifest_of(company).missing == []


def test_neither_items_nor_objects_show_a_word(company: Organisation, objects: FakeSegmentObjects) -> None:
    file(company, "空调漏水")
    merge(company)
    number = file(company, "空调漏水")
    store, key = in_process(company).fakes.store, keys.pending_text(company.id, number)

    with binding.tenant(company.id):
        shown = str(store.everything()).encode() + b"".join(objects.stored.values())
        assert len(store.get([key])[key].body) < 400

    assert "漏水".encode() not in shown
    assert b"SQLite" not in shown


def test_equal_texts_of_two_complaints_have_different_items(company: Organisation) -> None:
    """So that the table does not show which complaints are alike."""
    numbers = [file(company, "空调漏水") for _ in range(2)]

    with binding.tenant(company.id):
        wanted = [keys.pending_text(company.id, number) for number in numbers]
        first, second = (entry.body for entry in in_process(company).fakes.store.get(wanted).values())

    assert first[:24] != second[:24]


def test_a_cursor_does_not_show_its_position(company: Organisation) -> None:
    numbers = [file(company, f"漏水{sign}") for sign in "甲乙"]
    cursor = ask(company, "agent", words="漏水", limit=1).json["cursor"]

    payload = base64.urlsafe_b64decode(cursor.partition(".")[0] + "==")
    assert numbers[1].encode() not in payload
    assert found(company, "agent", words="漏水", limit=1, cursor=cursor) == numbers[:1]
