"""Anchors: hourly, write-once, over changed records; and the verification of a record against them (X.4)."""

from __future__ import annotations

import itertools
from typing import Any, cast

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import anchor_marks
from chalicelib.complaints.envelope import NO_HASH, break_in_chain
from chalicelib.features.record import anchor, anchoring, verification
from chalicelib.features.record.anchor import Anchor
from chalicelib.kit import canonical
from chalicelib.kit.instants import HOUR, MINUTE
from chalicelib.ports import Vault
from chalicelib.store import keys, object_keys
from chalicelib.store.port import Key, Put, Remove, Unavailable
from chalicelib.workers import entries
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.audit_paths import root_by
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.nonempty import nonempty

START = "2026-11-27T09:10:00+08:00"


@pytest.fixture
def company() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")


def world_of(company: Organisation) -> InProcess:
    return cast(InProcess, company.world)


def hour(company: Organisation) -> None:
    """Lets an hour pass, then runs the sweep."""
    clock = world_of(company).fakes.clock
    clock.move_to(clock() + HOUR)
    world_of(company).sweep()


def anchors(company: Organisation) -> list[Anchor]:
    return [anchor.parse(body) for body in bodies(company)]


def bodies(company: Organisation) -> list[bytes]:
    written = world_of(company).fakes.vault.written
    return [written[key][0] for key in sorted(written) if "/anchors/" in key]


def verified(company: Organisation, number: str) -> dict[str, Any]:
    return cast(dict[str, Any], company.get(f"/complaints/{number}/record/verify", "complainant", number))


def entry(company: Organisation, key: Key) -> Any:
    return next(one for one in world_of(company).fakes.store.everything() if one.key == key)


def test_an_hour_with_changes_makes_a_write_once_anchor_of_their_heads(company: Organisation) -> None:
    numbers = [company.file(), company.file()]
    hour(company)
    (made,) = anchors(company)
    heads = {number: company.events(number)[-1]["hash"] for number in numbers}
    assert {head.aggregate: head.hash for head in made.heads if head.aggregate in heads} == heads
    assert world_of(company).fakes.vault.once == {object_keys.anchor(company.id, 1)}


def test_an_hour_without_changes_makes_no_anchor(company: Organisation) -> None:
    company.file()
    hour(company)
    hour(company)
    assert len(anchors(company)) == 1


def test_an_anchor_has_only_changed_records_and_the_previous_digest(company: Organisation) -> None:
    first, second = company.file(), company.file()
    hour(company)
    company.act(second, "agent", "accept", **WORK_ORDER)
    hour(company)
    assert [head.aggregate for head in anchors(company)[1].heads] == [second]
    before, after = bodies(company)
    assert anchor.follows(anchor.parse(after), before)
    assert first in {head.aggregate for head in anchors(company)[0].heads}


def test_the_organisations_own_record_is_anchored_too(company: Organisation) -> None:
    hour(company)
    assert [head.aggregate for head in anchors(company)[0].heads] == [keys.ORGANISATION]


def test_changes_are_anchored_after_the_end_of_their_hour(company: Organisation) -> None:
    hour(company)
    number = company.file()
    with binding.tenant(company.id):
        wiring = world_of(company).fakes.wiring
        anchoring.anchor_changes(wiring.store, wiring.vault, company.id, company.world.now() + MINUTE)
    assert all(number not in {head.aggregate for head in one.heads} for one in nonempty(anchors(company)))


def test_more_changes_make_more_anchors(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "MOST_HEADS", 2)
    monkeypatch.setattr(anchoring, "_READ_BATCH", 2)
    numbers = {company.file() for _ in range(5)}
    hour(company)
    assert max(len(one.heads) for one in anchors(company)) < 5
    assert numbers <= {head.aggregate for one in anchors(company) for head in one.heads}


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_call_loses_no_head(after: bool) -> None:
    at = 0
    while True:
        at += 1
        company = sign_up(InProcess(START), "corporate-standard")
        number = company.file()
        world = world_of(company)
        world.fakes.clock.move_to(world.now() + HOUR)
        with binding.tenant(company.id):
            try:
                breaking = world.fakes.breaking(Breaker(at, after=after))
                anchoring.anchor_changes(breaking.store, breaking.vault, company.id, world.now())
            except Crash:
                anchoring.anchor_changes(world.fakes.wiring.store, world.fakes.wiring.vault, company.id, world.now())
                assert verified(company, number)["anchor"]["agrees"], at
                assert not {one.key.pk for one in world.fakes.store.everything()} & set(
                    anchor_marks.partitions(company.id)
                )
                chain = [None, *bodies(company)]
                pairs = nonempty(itertools.pairwise(chain))
                assert [two for one, two in pairs if not anchor.follows(anchor.parse(two or b""), one)] == []
                continue
        break
    assert at > 8


def test_an_unavailable_bucket_leaves_the_hourly_job_due(company: Organisation) -> None:
    number = company.file()
    world = world_of(company)

    class Away:
        def __getattr__(self, name: str) -> Any:
            raise Unavailable

    world.fakes.clock.move_to(world.now() + HOUR)
    entries.sweep(replace(world.fakes.wiring, vault=cast(Vault, Away())))
    assert verified(company, number)["anchor"] is None
    world.sweep()
    assert verified(company, number)["anchor"]["agrees"]


# ---- verification ------------------------------------------------------------------------------------------------


def test_before_its_first_hour_a_record_has_no_anchor(company: Organisation) -> None:
    assert verified(company, company.file())["anchor"] is None


def test_verification_shows_the_last_anchor_with_an_audit_path(company: Organisation) -> None:
    number = company.file()
    company.file()
    hour(company)
    found = verified(company, number)
    heads = anchors(company)[0].heads
    position, head = next((at, one) for at, one in enumerate(heads) if one.aggregate == number)
    assert (found["intact"], found["anchor"]["n"], found["anchor"]["seq"]) == (True, 1, head.seq)
    path = found["anchor"]["path"]
    assert root_by(head.leaf(), position, len(heads), path) == found["anchor"]["root"]


def test_a_cut_off_tail_with_a_matching_snapshot_is_detected(company: Organisation) -> None:
    number = company.file()
    company.act(number, "agent", "accept", **WORK_ORDER)
    hour(company)
    events = company.events(number)
    cut_off_after(company, number, 1, events[0]["hash"])
    found = verified(company, number)
    assert (found["broken_at"], found["cut_off"], found["intact"]) == (None, True, False)


def cut_off_after(company: Organisation, number: str, seq: int, head: str) -> None:
    """As an attacker with write access to the table would: the chain stays intact, and the snapshot matches."""
    pk = keys.complaint(company.id, number)
    last = len(company.events(number))
    snapshot = entry(company, keys.snapshot(pk))
    body = msgspec.json.decode(snapshot.body) | {"seq": seq, "head": head}
    forged = replace(snapshot, body=msgspec.json.encode(body).decode(), version=seq, seq=seq)
    gone = [Remove(keys.event(pk, each)) for each in range(seq + 1, last + 1)]
    with binding.tenant(company.id):
        world_of(company).fakes.store.commit([Put(forged, False), *gone])


def test_a_rewritten_record_with_an_intact_chain_is_detected(company: Organisation) -> None:
    number = company.file()
    hour(company)
    pk, prev, forged = keys.complaint(company.id, number), NO_HASH, []
    for event in company.events(number):
        body = {**event, "fields": {**event["fields"], "channel": "letter"}, "prev": prev}
        del body["hash"]
        prev = canonical.digest(body)
        forged.append({**body, "hash": prev})
    assert break_in_chain(forged) is None
    snapshot = entry(company, keys.snapshot(pk))
    text = msgspec.json.encode(msgspec.json.decode(snapshot.body) | {"head": prev}).decode()
    puts = [
        Put(replace(entry(company, keys.event(pk, one["seq"])), body=msgspec.json.encode(one).decode()), False)
        for one in forged
    ]
    with binding.tenant(company.id):
        world_of(company).fakes.store.commit([Put(replace(snapshot, body=text), False), *puts])

    found = verified(company, number)
    assert (found["broken_at"], found["anchor"]["agrees"], found["intact"]) == (None, False, False)


@pytest.mark.parametrize("body", [b"", b"{", b'{"v":1}'])
def test_a_missing_or_forged_anchor_does_not_agree(company: Organisation, body: bytes) -> None:
    number = company.file()
    hour(company)
    world_of(company).fakes.vault.written[object_keys.anchor(company.id, 1)] = [body]
    found = verified(company, number)
    assert (found["anchor"]["agrees"], found["intact"]) == (False, False)


def test_a_later_version_of_the_anchors_object_is_ignored(company: Organisation) -> None:
    number = company.file()
    hour(company)
    world_of(company).fakes.vault.written[object_keys.anchor(company.id, 1)].append(b"{}")
    assert verified(company, number)["intact"] is True


def test_a_cut_off_tail_is_detected_if_the_table_names_an_older_anchor(company: Organisation) -> None:
    number = company.file()
    hour(company)
    company.act(number, "agent", "accept", **WORK_ORDER)
    hour(company)
    head = anchors(company)[0].head_of(number)
    assert head is not None
    cut_off_after(company, number, head[1].seq, head[1].hash)
    noted = entry(company, anchoring.last_anchor_key(company.id, number))
    older = msgspec.json.encode({"n": 1, "seq": head[1].seq}).decode()
    with binding.tenant(company.id):
        world_of(company).fakes.store.commit([Put(replace(noted, body=older), False)])
    found = verified(company, number)
    assert (found["anchor"]["n"], found["cut_off"], found["intact"]) == (2, True, False)


def test_a_record_missing_from_later_anchors_is_not_intact(company: Organisation) -> None:
    number = company.file()
    hour(company)
    for _ in range(verification.NEWEST):
        company.file()
        hour(company)
    assert (verified(company, number)["overdue"], verified(company, number)["intact"]) == (False, True)
    with binding.tenant(company.id):
        world_of(company).fakes.store.commit([Remove(anchoring.last_anchor_key(company.id, number))])
    found = verified(company, number)
    assert (found["anchor"], found["overdue"], found["intact"]) == (None, True, False)


def test_missing_private_values_are_reported(company: Organisation) -> None:
    number = company.file()
    pk = keys.complaint(company.id, number)
    with binding.tenant(company.id):
        world_of(company).fakes.store.commit([Remove(keys.private(pk, 1, 0))])
    found = verified(company, number)
    assert (found["missing"], found["altered"], found["intact"]) == ([f"{number}/1"], [], False)
