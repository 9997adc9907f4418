"""Operators' routes: they need AWS Signature Version 4, accept no tokens, and log each call."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import msgspec
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from chalice.deploy.models import RestAPI
from chalice.deploy.swagger import CFNSwaggerGenerator

from chalicelib.access import binding
from chalicelib.casework import due_events
from chalicelib.features.deadlines import batch, quarantine, redrive
from chalicelib.features.organisations.change_plan import PlanChange, change_plan
from chalicelib.limits.plans import PLANS
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.store.due_index import DueHit, parse_due
from chalicelib.tenants.directory import Directory
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer, Client
from tests.helpers.fakes.faults import Breaker, Crash
from tests.kernel.web.serving import app_on

OPERATOR = "arn:aws:iam::123456789012:user/ann"


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")


def ask(shop: Organisation, method: str, path: str, body: Any = None, operator: str | None = OPERATOR) -> Answer:
    """A signed request, as API Gateway passes it on. Then a minute passes, until other processes notice it."""
    answer = ask_here(shop, method, path, body, operator)
    assert isinstance(shop.world, InProcess)
    shop.world.fakes.real_clock.advance(61_000)
    return answer


def ask_here(shop: Organisation, method: str, path: str, body: Any = None, operator: str | None = OPERATOR) -> Answer:
    """The same request, but no time passes."""
    world = shop.world
    assert isinstance(world, InProcess)
    api = app_on(world.fakes.wiring)
    client = Client(api)
    event = client._event(method, "/v1/ops" + path, body, {"Content-Type": "application/json"})
    event["requestContext"]["identity"] = {"sourceIp": "192.0.2.1", "userArn": operator}
    answer = api(event, None)
    return Answer(answer["statusCode"], answer.get("headers", {}), answer["body"])


def test_a_suspended_organisation_is_read_only_and_gets_the_reason(shop: Organisation) -> None:
    number = shop.file()
    shown = ask(shop, "POST", f"/tenants/{shop.id}/suspend", {"reason": "The bill of October is open."}).json
    assert (shown["state"], shown["reason"]) == ("suspended", "The bill of October is open.")
    refused = shop.try_file()
    assert (refused.status, refused.problem, refused.json["detail"]) == (403, "tenant-suspended", shown["reason"])
    assert shop.complaint(number)["number"] == number


def test_suspending_and_resuming_take_effect_at_once_in_the_same_process(shop: Organisation) -> None:
    shop.file()
    ask_here(shop, "POST", f"/tenants/{shop.id}/suspend", {"reason": "x"})
    suspended = shop.try_file().status
    ask_here(shop, "POST", f"/tenants/{shop.id}/resume")
    assert (suspended, shop.try_file().status) == (403, 201)


@pytest.mark.parametrize(
    ("path", "body"),
    [("/complaints/search", {"phone": "00000000000"}), ("/policy/check", {"policy": presets.text("platform")})],
)
def test_reads_are_possible_while_suspended(shop: Organisation, path: str, body: Any) -> None:
    before = shop.world.call("POST", shop.path + path, body, auth=shop.auth("owner"))
    ask_here(shop, "POST", f"/tenants/{shop.id}/suspend", {"reason": "x"})
    after = shop.world.call("POST", shop.path + path, body, auth=shop.auth("owner"))
    assert before.status == 200
    assert (after.status, after.json) == (before.status, before.json)


def test_head_is_a_read_and_possible_while_suspended(shop: Organisation) -> None:
    path = f"{shop.path}/complaints/{shop.file()}"
    ask_here(shop, "POST", f"/tenants/{shop.id}/suspend", {"reason": "x"})
    assert shop.world.call("HEAD", path, auth=shop.auth("owner")).status == 200


def test_a_resumed_organisation_can_be_written_again(shop: Organisation) -> None:
    ask(shop, "POST", f"/tenants/{shop.id}/suspend", {"reason": "x"})
    assert ask(shop, "POST", f"/tenants/{shop.id}/resume").json["state"] == "active"
    assert shop.try_file().status == 201


def test_an_operator_sees_directory_data_and_no_stored_content(shop: Organisation) -> None:
    shown = ask(shop, "GET", f"/tenants/{shop.id}").json
    assert set(shown) == {"id", "name", "state", "confirmed", "open", "reason", "plan", "created_at", "leaves_at"}
    assert ask(shop, "GET", "/tenants/nobody-here").status == 404
    assert ask(shop, "GET", "/tenants/No-Id").status == 404


def test_another_plan_counts_at_once_and_is_on_the_organisations_record(shop: Organisation) -> None:
    shown = ask_here(shop, "PUT", f"/tenants/{shop.id}/plan", {"plan": "large"})
    assert (shown.status, shown.json["plan"]) == (200, "large")
    found = shop.get("/usage", "owner")
    assert (found["plan"], found["limits"]["people"]["most"]) == ("large", PLANS["large"].people)
    last = organisation_events(shop)[-1]
    said = {name: last[name] for name in ("type", "actor", "fields")}
    actor = {"kind": "system", "id": "operator"}
    assert said == {"type": "plan_changed", "actor": actor, "fields": {"plan": "large", "before": "starter"}}


def test_the_same_plan_again_changes_nothing(shop: Organisation) -> None:
    before = organisation_events(shop)
    assert ask_here(shop, "PUT", f"/tenants/{shop.id}/plan", {"plan": "starter"}).status == 200
    assert organisation_events(shop) == before


def test_items_beyond_a_smaller_plan_stay_but_no_new_ones_are_accepted(shop: Organisation) -> None:
    ask_here(shop, "PUT", f"/tenants/{shop.id}/plan", {"plan": "large"})
    most = PLANS["starter"].units
    for number in range(most + 1):
        add_unit(shop, f"u{number}")
    ask_here(shop, "PUT", f"/tenants/{shop.id}/plan", {"plan": "starter"})
    refused = add_unit(shop, "another")
    assert (refused.status, refused.problem, refused.json["most"]) == (402, "quota-exceeded", most)
    assert len(shop.get("/units", "owner")["units"]) == most + 1


def test_an_interrupted_change_of_plan_is_completed_by_its_repeat(shop: Organisation) -> None:
    assert isinstance(shop.world, InProcess)
    fakes, wanted = shop.world.fakes, PlanChange(plan="large")
    with pytest.raises(Crash):  # dies at the write of the directory, after the organisation
        change_plan(fakes.breaking(Breaker(at=4)), shop.id, wanted, fakes.clock())
    directory = Directory(fakes.store, fakes.real_clock)
    assert plan_listed(directory, shop.id) == "starter"
    change_plan(fakes.wiring, shop.id, wanted, fakes.clock())
    assert plan_listed(directory, shop.id) == "large"
    assert [event["type"] for event in organisation_events(shop)].count("plan_changed") == 1


@pytest.mark.parametrize("plan", ["huge", "", None])
def test_an_unknown_plan_is_refused(shop: Organisation, plan: str | None) -> None:
    assert ask_here(shop, "PUT", f"/tenants/{shop.id}/plan", {"plan": plan}).status == 422


def test_an_unknown_organisation_gets_no_plan(shop: Organisation) -> None:
    assert ask_here(shop, "PUT", "/tenants/nobody-here/plan", {"plan": "large"}).status == 404


def plan_listed(directory: Directory, tenant: str) -> str:
    found = directory.find(tenant)
    assert found is not None
    return found.listing.plan


def organisation_events(shop: Organisation) -> list[dict[str, Any]]:
    assert isinstance(shop.world, InProcess)
    with binding.tenant(shop.id):
        found = shop.world.fakes.store.query(keys.organisation(shop.id), first="E#", last="E#~").entries
    return [msgspec.json.decode(entry.body) for entry in found]


def add_unit(shop: Organisation, unit: str) -> Answer:
    return shop.world.call("POST", f"{shop.path}/units", {"id": unit, "name": "区"}, auth=shop.auth("owner"))


@pytest.mark.parametrize(("command", "body"), [("suspend", {"reason": "x"}), ("resume", None)])
def test_a_leaving_organisation_is_neither_suspended_nor_resumed(
    shop: Organisation, command: str, body: dict[str, str] | None
) -> None:
    shop.world.call("POST", f"{shop.path}/leave", {"id": shop.id}, auth=shop.auth("owner"))
    assert ask(shop, "POST", f"/tenants/{shop.id}/{command}", body).status == 409
    assert ask(shop, "GET", f"/tenants/{shop.id}").json["state"] == "leaving"


def test_an_empty_quarantine_and_an_unknown_item(shop: Organisation) -> None:
    assert ask(shop, "GET", "/parked").json == {"parked": [], "cursor": None}
    assert ask(shop, "POST", f"/parked/{shop.id}/ORG/redrive").status == 404


def test_one_command_redrives_the_whole_quarantine(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """For any number of items: each response has the number left and where the next call begins."""
    monkeypatch.setattr(redrive, "MAX_ITEMS", 2)
    numbers = [shop.file() for _ in range(3)]
    for number in numbers:
        give_up(shop, number)
    assert len(ask(shop, "GET", "/parked").json["parked"]) == 3

    first = ask(shop, "POST", "/parked/redrive").json
    second = ask(shop, "POST", f"/parked/redrive?cursor={first['cursor']}").json

    assert (first["redriven"], first["failed"], first["left"]) == (2, 0, 1)
    assert second == {"redriven": 1, "failed": 0, "left": 0, "cursor": None}
    assert ask(shop, "GET", "/parked").json["parked"] == []


def test_the_items_of_one_organisation_or_complaint_are_redriven(shop: Organisation) -> None:
    numbers = [shop.file() for _ in range(2)]
    for number in numbers:
        give_up(shop, number)

    one = ask(shop, "POST", f"/parked/{shop.id}/C%23{numbers[0]}/redrive").json
    rest = ask(shop, "POST", f"/parked/{shop.id}/redrive").json
    again = ask(shop, "POST", f"/parked/{shop.id}/redrive").json

    assert [each["redriven"] for each in (one, rest, again)] == [1, 1, 0]


def test_the_list_tells_why_an_entry_is_not_tried_again(shop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_events, "WAKE_STEPS", 10)
    number = shop.file()

    shop.world.move_to("2026-12-31T09:00:00+08:00")

    row = next(one for one in ask(shop, "GET", "/parked").json["parked"] if one["aggregate"] == f"C#{number}")
    assert row["reason"] == "The complaint's deadlines need too much work to calculate."


def test_an_entry_that_failed_repeatedly_has_no_reason(shop: Organisation) -> None:
    give_up(shop, shop.file())

    [row] = ask(shop, "GET", "/parked").json["parked"]
    assert "reason" not in row


def give_up(shop: Organisation, number: str) -> None:
    """Quarantines the complaint by a message from the dead-letter queue of the due queue."""
    assert isinstance(shop.world, InProcess)
    key = keys.snapshot(keys.complaint(shop.id, number))
    with binding.tenant(shop.id):
        hit = parse_due(shop.world.fakes.store.get([key])[key])
    assert isinstance(hit, DueHit)
    quarantine.quarantine_batch(
        shop.world.fakes.wiring, batch.DueBatch(shop.id, [batch.Hit(hit.aggregate, *hit.key, hit.wake_at)])
    )


REDRIVES = ("/walk", "/walk/{}", "/parked/redrive", "/parked/{}/redrive", "/parked/{}/ORG/redrive")


@pytest.mark.parametrize("path", REDRIVES)
def test_a_persons_token_cannot_redrive(shop: Organisation, path: str) -> None:
    answer = shop.world.call("POST", "/v1/ops" + path.format(shop.id), auth=shop.auth("owner"))
    assert (answer.status, answer.problem) == (401, "unauthenticated")


@pytest.mark.parametrize("who", ["owner", "agent"])
def test_a_persons_token_opens_no_operators_route(shop: Organisation, who: str) -> None:
    bodies = {"/suspend": {"reason": "x"}, "/plan": {"plan": "large"}}
    for method, path in (("GET", ""), ("GET", "/usage"), ("POST", "/suspend"), ("POST", "/resume"), ("PUT", "/plan")):
        body = bodies.get(path)
        answer = shop.world.call(method, f"/v1/ops/tenants/{shop.id}{path}", body, auth=shop.auth(who))
        assert (answer.status, answer.problem) == (401, "unauthenticated")


def test_each_call_is_logged_with_its_operator(shop: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        ask(shop, "GET", f"/tenants/{shop.id}")
        ask(shop, "GET", "/tenants/nobody-here")
    said = [vars(record) for record in caplog.records if record.getMessage() == "Operator request"]
    assert [(one["operator"], one["tenant"]) for one in said] == [(OPERATOR, shop.id), (OPERATOR, "nobody-here")]


def test_the_packaged_api_gateway_verifies_the_signature() -> None:
    from app import app

    app.load_routes()
    swagger = CFNSwaggerGenerator().generate_swagger(app, RestAPI)  # type: ignore[arg-type]
    signed = {
        path
        for path, methods in swagger["paths"].items()
        for method in methods.values()
        if method.get("security") == [{"sigv4": []}]
    }
    assert signed == {path for path in swagger["paths"] if path.startswith("/v1/ops/")}


def over_http(stack: LocalStack, path: str, secret: str | None) -> int:
    request = AWSRequest("GET", stack.url + path)
    if secret is not None:
        SigV4Auth(Credentials("local-operator", secret), "execute-api", "eu-central-1").add_auth(request)
    sent = urllib.request.Request(stack.url + path, headers=dict(request.headers.items()))
    try:
        with urllib.request.urlopen(sent, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_local_gateway_accepts_only_the_operators_signature(stack: LocalStack) -> None:
    assert over_http(stack, "/v1/ops/parked", "local-operator") == 200
    assert [over_http(stack, "/v1/ops/parked", secret) for secret in (None, "guessed")] == [404, 404]
