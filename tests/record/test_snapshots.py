"""A snapshot that its events do not give is found: the verification names the first attribute that differs."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import loading, replay, snapshot
from chalicelib.store import event_log, keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Put
from tests.across.recorded import files
from tests.across.recorded.playing import played
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
PRIVATE = "13900000000"


@pytest.fixture
def shop() -> Organisation:
    made = sign_up(InProcess(START), "corporate-standard")
    made.file()
    return made


def overwrite(made: Organisation, **changes: Any) -> None:
    """Changes attributes in the stored state of the first complaint."""
    store, key = made.world.fakes.store, keys.snapshot(keys.complaint(made.id, "202611-000001"))
    with binding.tenant(made.id):
        entry = store.get([key])[key]
        body = msgspec.json.encode({**msgspec.json.decode(entry.body), **changes}).decode()
        store.commit([Put(replace(entry, body=body), if_absent=False)])


def verified(made: Organisation) -> Any:
    return made.get("/complaints/202611-000001/record/verify", "owner")


def test_a_snapshot_as_its_events_give_it_is_intact(shop: Organisation) -> None:
    assert (verified(shop)["intact"], verified(shop)["altered"]) == (True, [])


def test_the_first_attribute_that_differs_is_named_without_its_value(shop: Organisation) -> None:
    overwrite(shop, receipt_with=PRIVATE, severity="x", tier=2)

    found = verified(shop)

    assert (found["intact"], found["altered"], found["cut_off"]) == (False, ["state:tier"], False)
    assert PRIVATE not in str(found)


def test_a_snapshot_of_other_events_is_reported_once_as_cut_off(shop: Organisation) -> None:
    overwrite(shop, head="0" * 64, tier=2)

    found = verified(shop)

    assert (found["intact"], found["altered"], found["cut_off"]) == (False, [], True)


def test_the_printed_case_file_names_the_attribute(shop: Organisation) -> None:
    overwrite(shop, tier=2)

    page = shop.world.call(
        "GET",
        f"{shop.path}/complaints/202611-000001/case-file",
        auth=shop.auth("agent"),
        headers={"Accept-Language": "en"},
    )

    assert "The stored state differs from the events: tier" in page.text
    assert "Private values of these events were changed" not in page.text


@pytest.mark.parametrize("name", files.stories())
def test_each_snapshot_of_a_story_follows_from_its_events(name: str) -> None:
    made = played(name)
    store, compiled = made.world.fakes.store, made.world.fakes.wiring.compiled
    found = [each for each in store.everything() if each.kind in ("complaint", "unit")]
    with binding.tenant(made.organisation.id):
        for entry in found:
            ref = CaseRef(made.organisation.id, keys.record_number(entry.key.pk))
            policy_of = partial(compiled.get, ref.tenant)
            state = replay.state_of(ref.number, list(event_log.read(store, ref.pk)), policy_of)
            policy = loading.policy_of(compiled, ref.tenant, state)
            assert snapshot.entry(ref.tenant, state, policy) == entry
    assert len(found) >= 3
