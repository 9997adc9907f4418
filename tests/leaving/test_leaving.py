"""Leaving: a period in which it can be cancelled, then an erasure with a signed statement."""

from __future__ import annotations

import base64
import json
from typing import Any, cast

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.leaving import erase_step, erasure
from chalicelib.jobs import driver
from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, HOUR, SECOND
from chalicelib.store import keys, object_keys
from chalicelib.store.port import Entry, Put
from chalicelib.wiring import Wiring
from chalicelib.workers import entries, hourly
from tests.clauses.offices import estate as at_estate
from tests.clauses.organisation import Organisation, first_sign_in, sign_up
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess
from tests.exports.exported import CONTENT, START, add_evidence, company, estate, start, world_of
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.vault import FakeVault
from tests.helpers.searches import every


def ask(made: Organisation, method: str, body: Any = None, who: str = "owner") -> Answer:
    return made.world.call(method, f"{made.path}/leave", body, auth=made.auth(who))


def leave(made: Organisation) -> Answer:
    return ask(made, "POST", {"id": made.id})


def later(made: Organisation, days: int) -> None:
    """Days go by in which the sweep comes each hour; people sign in again."""
    world = world_of(made)
    for _ in range(days):
        world.fakes.clock.move_to(world.fakes.clock() + DAY)
        world.sweep()


def mine(made: Organisation) -> list[Entry]:
    """The tenant's items, but for the kept answers, which end by themselves."""
    prefix = keys.tenant_prefix(made.id)
    every = world_of(made).fakes.store.everything()
    return [one for one in every if one.key.pk.startswith(prefix) and "#I#" not in one.key.pk]


def statement(made: Organisation) -> Answer:
    return made.world.call("GET", f"/v1/erasures/{made.id}")


@pytest.fixture(scope="module")
def gone() -> Organisation:
    """Erased; another organisation with a person of the same address stays."""
    made = company()
    other = sign_up(made.world, "corporate-standard")
    body = {"email": made.emails["agent"], "name": "王", "grants": [{"role": "agent"}]}
    assert made.world.call("POST", f"{other.path}/people", body, auth=other.auth("owner")).status == 201
    made.emails["other"] = other.id
    start(made)
    assert leave(made).status == 202
    later(made, 31)
    return made


def test_leaving_returns_the_time_until_which_it_can_be_cancelled() -> None:
    made = company()
    answer = leave(made)
    assert (answer.status, answer.json["state"], answer.json["until"]) == (202, "leaving", "2026-12-27T03:10:00.000Z")
    assert ask(made, "GET").json == answer.json


def test_a_leaving_organisation_is_read_only() -> None:
    made = company()
    leave(made)
    world_of(made).fakes.real_clock.advance(61_000)  # other processes hear of it within a minute
    assert made.complaint("202611-000001")["number"] == "202611-000001"
    refused = made.try_file()
    assert (refused.status, refused.problem) == (403, "tenant-suspended")


def test_a_leaving_organisation_can_be_exported() -> None:
    made = company()
    leave(made)
    assert start(made).status == 202


def test_leaving_can_be_cancelled() -> None:
    made = company()
    leave(made)
    later(made, 29)
    assert ask(made, "DELETE").json == {"state": "active", "until": None, "holds": []}
    later(made, 5)
    assert made.try_file().status == 201


def test_leaving_twice_changes_nothing() -> None:
    made = company()
    first = leave(made).json
    later(made, 1)
    assert leave(made).json == first


def test_leaving_needs_the_organisations_id_and_an_owner() -> None:
    made = company()
    wrong = ask(made, "POST", {"id": "another"})
    assert ([error["pointer"] for error in wrong.json["errors"]], wrong.status) == (["/id"], 422)
    assert ask(made, "POST", {"id": made.id}, "agent").status == 403
    assert ask(made, "DELETE", who="agent").status == 403
    assert ask(made, "GET", who="agent").status == 403


def hold(made: Organisation, number: str, event: str | None) -> None:
    key = keys.snapshot(keys.complaint(made.id, number))
    store = world_of(made).fakes.store
    entry = next(one for one in store.everything() if one.key == key)
    body = json.dumps({**json.loads(entry.body), "held": event})
    with binding.tenant(made.id):
        store.commit([Put(replace(entry, body=body, due=None), False)])


def test_a_legal_hold_blocks_leaving_and_is_named() -> None:
    made = company()
    hold(made, "202611-000002", "202611-000002/3")
    answer = leave(made)
    assert (answer.status, answer.problem, answer.json["complaints"]) == (409, "on-hold", ["202611-000002"])
    assert ask(made, "GET").json["state"] == "active"


def test_a_later_hold_stops_the_erasure_before_anything_is_deleted() -> None:
    made = company()
    leave(made)
    later(made, 29)
    hold(made, "202611-000002", "202611-000002/3")
    before = {one.key for one in mine(made) if one.key.pk.startswith(keys.tenant_prefix(made.id) + "C#")}
    later(made, 2)
    assert before <= {one.key for one in mine(made)}
    token = world_of(made).fakes.identity.token_of(made.emails["owner"])
    shown = made.world.call("GET", f"{made.path}/leave", auth=f"Bearer {token}").json
    assert (shown["state"], shown["holds"]) == ("leaving", ["202611-000002"])

    hold(made, "202611-000002", None)
    later(made, 3)
    assert statement(made).status == 200


def test_no_item_is_left_except_the_mark_of_the_erased_key(gone: Organisation) -> None:
    assert [one.key for one in mine(gone)] == []


def test_no_object_is_left(gone: Organisation) -> None:
    vault = world_of(gone).fakes.vault
    assert [key for key in [*vault.written, *world_of(gone).fakes.objects.stored] if f"/{gone.id}/" in key] == []


def test_accounts_without_another_organisation_are_deleted(gone: Organisation) -> None:
    known = world_of(gone).fakes.identity.people
    assert gone.emails["owner"] not in known
    assert gone.emails["agent"] in known


def test_other_organisations_do_not_change(gone: Organisation) -> None:
    other = gone.emails["other"]
    assert any(one.key.pk == keys.organisation(other) for one in world_of(gone).fakes.store.everything())


def test_the_statement_counts_what_was_erased(gone: Organisation) -> None:
    said = statement(gone).json["statement"]
    assert (said["tenant"], said["data_key"], said["erased"]["complaints"]) == (gone.id, "deleted", 3)
    assert said["erased"]["people"] == len(gone.subs) + 1
    assert said["erased"].keys() == {"complaints", "people", "objects"}, "who is known elsewhere is nobody's business"


def test_its_signature_can_be_checked_with_the_public_key(gone: Organisation) -> None:
    said = statement(gone).json
    pem = gone.world.call("GET", "/v1/erasures/key").json["pem"]
    key = cast(ec.EllipticCurvePublicKey, load_pem_public_key(pem.encode()))
    signature = base64.b64decode(said["signature"])
    key.verify(signature, canonical.encode(said["statement"]), ec.ECDSA(hashes.SHA256()))
    forged = {**said["statement"], "tenant": "another"}
    with pytest.raises(InvalidSignature):
        key.verify(signature, canonical.encode(forged), ec.ECDSA(hashes.SHA256()))


def test_its_routes_and_its_id_are_gone_for_good(gone: Organisation) -> None:
    world_of(gone).fakes.real_clock.advance(2 * 60_000)
    assert gone.world.call("GET", f"{gone.path}/complaints").status in (401, 404)
    body = {"id": gone.id, "name": "另一家", "email": "x@another.example", "preset": "platform"}
    again = gone.world.call("POST", "/v1/tenants", body)
    assert (again.status, again.problem) == (409, "tenant-taken")


def test_without_an_erasure_there_is_no_statement() -> None:
    made = company()
    assert statement(made).status == 404
    assert made.world.call("GET", "/v1/erasures/No-Such").status == 404


def test_objects_locked_in_compliance_mode_stay_and_are_reported() -> None:
    made = company()
    vault: FakeVault = world_of(made).fakes.vault
    anchor = object_keys.anchor(made.id, 1)
    vault.locked[anchor] = "2036-11-24T00:00:00.000Z"
    leave(made)
    later(made, 31)
    assert statement(made).json["statement"]["locked_until"] == "2036-11-24T00:00:00.000Z"
    assert [key for key in vault.written if f"/{made.id}/" in key] == [anchor]


# ---- crashes -----------------------------------------------------------------------------------------------------


def lean() -> Organisation:
    """Small, since each crash needs an organisation of its own."""
    return prepared("lean", START, lambda world: (_lean(world), ""))[0]


def _lean(world: InProcess) -> Organisation:
    made = Organisation(world, "crash-shop", "corporate-standard")
    email = "owner@crash-shop.example"
    made.world.call("POST", "/v1/tenants", {"id": made.id, "name": "店", "email": email, "preset": made.preset})
    made.tokens["owner"], made.emails["owner"] = first_sign_in(made.world, email), email
    made.get("/people/me", "owner")
    add_evidence(made, made.file(), CONTENT)
    clock = world_of(made).fakes.clock
    clock.move_to(clock() + HOUR)
    world_of(made).sweep()
    leave(made)
    clock.move_to(clock() + 31 * DAY)
    return made


def erase(made: Organisation, wiring: Wiring) -> None:
    """What a worker does when the time has come."""
    hourly.run(wiring, made.id, wiring.clock())
    with binding.tenant(made.id):
        driver.run_steps(wiring, made.id, erasure.NAME, wiring.clock(), entries.JOBS, SECOND)


def test_the_statement_says_until_when_backups_hold_what_was_erased() -> None:
    """Thirty-five days of real time: backups do not follow the domain clock."""
    made = lean()
    fakes = world_of(made).fakes
    fakes.real_clock.move_to(fakes.clock() + HOUR)
    erase(made, fakes.wiring)
    said = statement(made).json["statement"]
    assert (said["erased_at"], said["backups_until"]) == ("2026-12-28T02:10:00.000Z", "2027-02-01T03:10:00.000Z")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", every(4))
def test_a_crash_at_any_call_leads_to_the_same_end(monkeypatch: pytest.MonkeyPatch, after: bool, step: int) -> None:
    monkeypatch.setattr(erase_step, "PEOPLE", 1)
    at = 1 - step
    while True:
        at += step
        made = lean()
        world = world_of(made)
        try:
            erase(made, world.fakes.breaking(Breaker(at, after=after)))
        except Crash:
            pass
        else:
            break
        for _ in range(3):
            world.fakes.clock.move_to(world.fakes.clock() + HOUR)
            world.sweep()
        assert mine(made) == [], at
        said, remains = (statement(made).json["statement"][name] for name in ("erased", "remains"))
        assert (said["complaints"], said["people"], world.fakes.identity.people) == (1, 1, {}), at
        assert len(remains) == 3, "no facts were lost before they were used"
    assert at > 50


@pytest.mark.slow
def test_no_item_of_a_unit_is_left() -> None:
    made = estate()
    at_estate.decided(made, unit="north", severity="important")
    assert made.world.call("GET", f"{made.path}/units/north/record", auth=made.auth("service_centre")).status == 200
    leave(made)
    later(made, 31)
    assert statement(made).status == 200
    assert [one.key for one in mine(made) if one.key != keys.data_key(made.id)] == []
