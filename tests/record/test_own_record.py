"""The organisation's own record over HTTP: export events, permissions, and verification (X.4)."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.complaints.envelope import NO_HASH
from chalicelib.kit import canonical
from chalicelib.policy import presets
from chalicelib.store import keys
from chalicelib.store.port import Put, Remove
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import START, hour, start, world_of
from tests.record.test_anchoring import entry


@pytest.fixture
def made() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def record(made: Organisation, query: str = "") -> Any:
    return made.get(f"/record{query}", "owner")


def verified(made: Organisation) -> Any:
    return made.get("/record/verify", "owner")


def test_an_export_is_listed_with_who_asked_and_when(made: Organisation) -> None:
    export = start(made).json["id"]
    newest = record(made, "?limit=1")["events"][0]
    owner = made.get("/people/me", "owner")["sub"]
    told = (newest["type"], newest["fields"], newest["actor"]["id"], newest["at"])
    assert told == ("export_started", {"job": export}, owner, "2026-11-27T01:10:00.000Z")


def test_the_record_is_paged_from_the_latest_event_to_the_founding(made: Organisation) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = record(made, f"?limit=3{cursor and f'&cursor={cursor}'}")
        seen += [event["seq"] for event in page["events"]]
        cursor = page["cursor"]
    assert seen == list(range(len(seen), 0, -1))
    assert len(seen) == 1 + len(made.subs), "founded, and an invitation each"


@pytest.mark.parametrize("path", ["/record", "/record/verify"])
def test_other_members_may_not_read_the_record(made: Organisation, path: str) -> None:
    assert made.world.call("GET", made.path + path, auth=made.auth("agent")).status == 403


@pytest.mark.parametrize("path", ["/record", "/record/verify"])
def test_the_policys_auditors_may_read_the_record(path: str) -> None:
    document: dict[str, Any] = copy.deepcopy(dict(presets.document("corporate-standard")))
    document["confidentiality"] = {**(document.get("confidentiality") or {}), "auditors": ["agent"]}
    made = sign_up(InProcess(START), "corporate-standard")
    answer = made.world.call("POST", f"{made.path}/policy/publish", {"policy": document}, auth=made.auth("owner"))
    assert answer.status == 201, answer.text
    assert made.world.call("GET", made.path + path, auth=made.auth("agent")).status == 200


def test_the_record_is_verified_against_the_anchors(made: Organisation) -> None:
    assert (verified(made)["intact"], verified(made)["anchor"]) == (True, None)
    hour(made)
    found = verified(made)
    assert (found["number"], found["intact"], found["anchor"]["agrees"]) == ("ORG", True, True)
    start(made)
    assert verified(made)["intact"] is True


def forge(made: Organisation, leave_out: str) -> None:
    """Rewrites the events without those of a type, and the state. Deletes the last-anchor item."""
    pk, prev, writes = keys.organisation(made.id), NO_HASH, list[Any]()
    kept = [event for event in reversed(record(made)["events"]) if event["type"] != leave_out]
    for seq, event in enumerate(kept, start=1):
        body = {name: value for name, value in event.items() if name != "hash"} | {"seq": seq, "prev": prev}
        prev = canonical.digest(body)
        found = entry(made, keys.event(pk, seq))
        writes.append(Put(replace(found, body=msgspec.json.encode({**body, "hash": prev}).decode()), False))
    gone = range(len(kept) + 1, len(record(made)["events"]) + 1)
    state = entry(made, keys.snapshot(pk))
    told = msgspec.json.decode(state.body) | {"seq": len(kept), "head": prev}
    writes.append(Put(replace(state, body=msgspec.json.encode(told).decode()), False))
    with binding.tenant(made.id):
        world_of(made).fakes.store.commit([*writes, *(Remove(keys.event(pk, seq)) for seq in gone)])


def test_a_removed_export_event_is_detected(made: Organisation) -> None:
    start(made)
    hour(made)
    forge(made, "export_started")
    found = verified(made)
    assert (found["broken_at"], found["cut_off"], found["intact"]) == (None, True, False)
