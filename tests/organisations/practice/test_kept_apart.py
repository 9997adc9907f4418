"""What happens in a practice organisation is nowhere in the real one, and a practice never becomes a real one."""

from __future__ import annotations

import pytest

import app
from chalicelib.kit.instants import HOUR
from chalicelib.tenants.practice import LASTS
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.leaving.test_leaving import mine
from tests.organisations.practice.practising import practice_of, world_of
from tests.organisations.practice.test_ending import passes
from tests.sign_in.door import START

UNNAMED = sorted(
    one.path
    for one in app.app.all_contracts
    if one.method == "GET" and not one.tenanted and "public" in one.allow and "{" not in one.path
)
"""What is public and of no organisation, such as the entrance of the service and the sign-in."""
_API = "/v1/t/{tenant}"
_PRACTICES = f"{_API}/practice"
OWN = sorted(
    one.path.removeprefix(_API)
    for one in app.app.all_contracts
    if one.method == "GET" and one.path.startswith(_API) and one.path.count("{") == 1 and one.path != _PRACTICES
)
"""What an organisation reads about itself over the API, without further names: lists, records, analyses."""


def filed_in(practice: Organisation, filer: str = "") -> str:
    practice.filer = filer
    return practice.file()


def seen(office: Organisation, path: str) -> tuple[int, object]:
    answer = office.world.call("GET", office.path + path, auth=office.auth("owner"))
    said = answer.json if answer.headers["Content-Type"].endswith("json") else answer.text
    if isinstance(said, dict):
        said.pop("correlation_id", None)
    return answer.status, said


def ops(practice: Organisation, method: str, path: str, body: object = None) -> int:
    return practice.world.operate(method, f"/tenants/{practice.id}{path}", body).status


@pytest.mark.parametrize("path", UNNAMED)
def test_no_public_page_of_the_service_names_it(practice: Organisation, path: str) -> None:
    answer = practice.world.call("GET", path)
    assert answer.status < 500
    assert practice.id not in answer.text


def test_there_are_public_pages_of_the_service() -> None:
    assert {"/", "/sign-in", "/v1/health"} <= {*UNNAMED}


@pytest.mark.parametrize("path", OWN)
def test_nothing_of_it_is_among_what_the_organisation_reads(
    office: Organisation, practice: Organisation, path: str
) -> None:
    before = seen(office, path)
    filed_in(practice)
    practice.world.settle()
    assert seen(office, path) == before


def test_its_complaints_are_in_no_report_of_the_organisation() -> None:
    office = sign_up(InProcess(START), "customer-service")
    office.file()
    practice = practice_of(office, "agent")
    path = "/reports/inflow?measure=received&by=category.kind&from=2026-11-01&to=2026-11-30"
    before = office.get(path, "manager")["rows"]
    filed_in(practice, "owner")
    passes(practice, 2 * HOUR)
    assert len(before) == 1
    assert office.get(path, "manager")["rows"] == before


def test_its_complaints_take_no_number_of_the_organisation(office: Organisation, practice: Organisation) -> None:
    first = office.file()
    filed_in(practice)
    assert int(office.file()[-6:]) == int(first[-6:]) + 1


def test_a_receipt_of_it_opens_nothing_at_the_organisation(office: Organisation, practice: Organisation) -> None:
    number = filed_in(practice)
    answer = office.world.call("GET", f"{office.path}/complaints/{number}", auth=practice.auth("complainant", number))
    assert answer.problem == "complaint-unknown"


def test_its_register_has_no_feed(office: Organisation, practice: Organisation) -> None:
    found = [made.world.call("GET", f"{made.path}/notices.atom") for made in (office, practice)]
    assert [one.status for one in found] == [200, 403]
    assert found[1].problem == "practice"


def test_no_operator_makes_it_a_real_one(practice: Organisation) -> None:
    acts: list[tuple[str, str, object]] = [
        ("POST", "/suspend", {"reason": "Overdue."}),
        ("POST", "/resume", None),
        ("PUT", "/plan", {"plan": "standard"}),
    ]
    assert [ops(practice, *act) for act in acts] == [200, 200, 200]
    passes(practice, LASTS + 3 * HOUR)
    assert mine(practice) == []


def test_no_owner_makes_it_a_real_one(practice: Organisation) -> None:
    policy = practice.get("/policy", "owner")["policy"]
    for method, path, body in (("POST", "/open", None), ("POST", "/policy/publish", {"policy": policy})):
        practice.world.call(method, practice.path + path, body, auth=practice.auth("owner"))
    filed_in(practice)
    passes(practice, LASTS + 3 * HOUR)
    assert mine(practice) == []
    assert [one for one in world_of(practice).fakes.mailer.outbox if practice.id in one.text] == []


def test_its_founder_hands_it_to_nobody(office: Organisation, practice: Organisation) -> None:
    """A person of the real organisation who is named as its owner could keep it when the founder leaves."""
    grants = {"grants": [{"role": "owner"}]}
    path = f"{practice.path}/people/{office.subs['screener']}"
    assert practice.world.call("PUT", path, grants, auth=practice.auth("owner")).problem == "not-found"
