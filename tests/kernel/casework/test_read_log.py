"""The read log is written before private values are shown, once, although it is written without a transaction."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.casework.authorization import Credential
from chalicelib.casework.views import complaint_queries as complaint
from chalicelib.casework.views import read_log
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Unavailable
from infra.memory_store.store import MemoryStore, RecordedCall
from tests.across.faults.office import Office, opened
from tests.kernel.complaints.small_procedure import NUMBER, START, Case, policy


@pytest.fixture
def office() -> Office:
    return opened()


@pytest.fixture
def number(office: Office) -> str:
    return str(office.file(office.request("file")).body["number"])


def look(office: Office, number: str) -> complaint.ComplaintView:
    asked = complaint.ComplaintRequest(
        tenant=office.id,
        number=number,
        credential=Credential(sub=office.organisation.subs["agent"]),
        now=office.world.now(),
        route="GET",
    )
    with binding.tenant(office.id):
        return complaint.complaint(office.wiring, asked)


def reads(office: Office, number: str) -> int:
    with binding.tenant(office.id):
        return len(read_log.list_reads(office.store, CaseRef(office.id, number), 100, None).reads)


def test_a_look_is_logged_by_one_plain_write(office: Office, number: str) -> None:
    office.store.calls.clear()
    look(office, number)

    assert [call for call in office.store.calls if call.name == "commit"] == [RecordedCall("commit", 1)]
    assert reads(office, number) == 1


def test_an_entry_whose_response_was_lost_is_not_written_twice(office: Office, number: str) -> None:
    """botocore repeats the request, whose condition then fails because of the first one."""

    def refuse(call: RecordedCall) -> None:
        if call.name == "commit":
            office.store.after = None
            raise CommitConflict([0])

    office.store.after = refuse  # after the write, as the first request has arrived
    assert look(office, number).facts
    assert reads(office, number) == 1


def test_nothing_is_shown_if_the_entry_cannot_be_written(office: Office, number: str) -> None:
    def refuse(call: RecordedCall) -> None:
        if call.name == "commit":
            raise Unavailable("the table is throttled")

    office.store.before = refuse
    with pytest.raises(Unavailable):
        look(office, number)


def test_a_link_to_a_reader_without_the_content_names_the_role_that_covers_the_complaint() -> None:
    """The person who gave a file gets it back, although only managers may read the content."""
    store, ref = MemoryStore(), CaseRef("t-office", NUMBER)
    rules = policy({"intake": {"unit": "optional"}, "confidentiality": {"content": ["manager"]}})
    giver = Asker("staff", "sub-giver", (Grant("manager", "south"), Grant("agent", "north")))
    complaint = Case(rules, unit="north").complaint
    disclosure = read_log.Disclosure(rules, complaint, {"content"})

    with binding.tenant(ref.tenant):
        read_log.record_file_link(store, ref.tenant, read_log.ReadContext(giver, "GET", START, "e1"), disclosure)
        [read] = read_log.list_reads(store, ref, 100, None).reads

    assert (read.by, read.role, read.classes) == ("sub-giver", "agent", ["content"])
