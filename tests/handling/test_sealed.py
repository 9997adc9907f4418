"""Private texts are stored sealed: the table, the queue and the object keys do not contain them."""

from __future__ import annotations

import pytest
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.store import keys
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation
from tests.clauses.world import sha256
from tests.helpers.fakes.sealer import FakeKms, real_sealer
from tests.kernel.web.untouched import in_process, state

MARKERS = {"content": "标记甲", "complainant.phone": "13911112222"}
TEXT = "标记乙"
PHOTO = {"kind": "photo", "name": "标记丙.jpg", "size": 3, "media_type": "image/jpeg", "sha256": sha256(b"abc")}


@pytest.fixture
def number(company: Organisation) -> str:
    """A complaint with a private file, note and work order, stored with the real sealer."""
    fakes = in_process(company).fakes
    force_setattr(fakes.wiring, "sealer", real_sealer(fakes.store, FakeKms()))
    number = company.file(facts=MARKERS)
    path = f"{company.path}/complaints/{number}/evidence"
    assert company.world.call("POST", path, PHOTO, auth=company.auth("complainant", number)).status == 201
    company.act(number, "agent", "note", text=TEXT)
    company.act(number, "agent", "accept", **WORK_ORDER)
    return number


@pytest.mark.parametrize("marker", ["标记", "13911112222", "一组"])
def test_nothing_private_is_stored_in_plain_text(company: Organisation, number: str, marker: str) -> None:
    assert marker not in str(state(company))


def test_permitted_readers_read_the_texts(company: Organisation, number: str) -> None:
    assert company.complaint(number, "agent")["facts"]["content"] == "标记甲"
    assert TEXT in str(company.get(f"/complaints/{number}/record", "agent"))


def test_private_texts_are_unreadable_after_the_key_is_erased(company: Organisation, number: str) -> None:
    wiring = in_process(company).fakes.wiring
    with binding.tenant(company.id):
        wiring.sealer.erase_key(company.id)
        assert "wrapped" in wiring.store.get([keys.data_key(company.id)])[keys.data_key(company.id)].body
    answer = company.world.call("GET", f"{company.path}/complaints/{number}", auth=company.auth("agent"))
    assert (answer.status, answer.problem) == (404, "tenant-unknown")
    assert "标记" not in answer.text


def test_a_customer_is_found_by_phone_or_address(company: Organisation) -> None:
    number = company.file(facts={"complainant.email": "Marker@Home.example", "complainant.phone": "13911112222"})
    for given in ({"email": " marker@home.EXAMPLE "}, {"phone": "139-1111-2222"}):
        found = company.world.call("POST", f"{company.path}/complaints/search", given, auth=company.auth("agent"))
        assert [row["number"] for row in found.json["complaints"]] == [number]


@pytest.mark.parametrize(
    "given", [{}, {"phone": "12"}, {"email": "nobody"}, {"phone": "13911112222", "email": "a@b.c"}]
)
def test_a_search_takes_exactly_one_criterion(company: Organisation, given: dict[str, str]) -> None:
    answer = company.world.call("POST", f"{company.path}/complaints/search", given, auth=company.auth("agent"))
    assert (answer.status, answer.problem) == (422, "invalid")


def test_a_receipt_cannot_search(company: Organisation) -> None:
    auth = company.auth("complainant", company.file())
    answer = company.world.call("POST", f"{company.path}/complaints/search", {"phone": "13911112222"}, auth=auth)
    assert answer.status == 401
