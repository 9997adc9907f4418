"""The erasure of an organisation whose policy has words of a later release. It asks no policy and erases everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.casework import fact_lookups
from chalicelib.features.leaving import blocking_holds
from chalicelib.kit.instants import DAY
from chalicelib.store import keys
from chalicelib.store.port import Key, Remove
from chalicelib.tenants import organisation
from chalicelib.tenants.people import accounts
from tests.across.stored import later
from tests.across.stored.shop import Change, publish_later, store_of, world_of
from tests.clauses.organisation import Organisation
from tests.exports.exported import company
from tests.helpers.fakes.faults import Breaker
from tests.helpers.fakes.secrets import FakeSecrets
from tests.helpers.searches import TIMES
from tests.leaving.test_leaving import erase, lean, leave, mine, statement
from tests.leaving.test_leaving import later as days_go_by

VALUES = ("subject", "phone", "email")
QUIET = 0 if TIMES > 1 else 27
"""Days of the 32 without a sweep: at night none. A sweep under a policy with unknown words takes a quarter second."""


def _lookups(made: Organisation) -> set[str]:
    found = {keys.lookup_name(entry.key) for entry in mine(made) if "#X#" in entry.key.pk}
    return found & {*VALUES}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda policy: policy["intake"].update({name: {"of": policy["intake"][name]} for name in VALUES}),
        lambda policy: policy.update(calendar={"moon": True}),
        lambda policy: policy.update(confidentiality={"complainant": {"any_of": []}}),
    ],
    ids=["other look-ups", "no calendar", "other readers"],
)
def test_everything_is_erased(change: Change) -> None:
    made = company()
    assert _lookups(made)
    assert leave(made).status == 202
    publish_later(made, change)
    clock = world_of(made).fakes.clock
    clock.move_to(clock() + QUIET * DAY)
    days_go_by(made, 32 - QUIET)
    assert statement(made).status == 200
    assert _lookups(made) == set()


def test_the_statement_says_that_the_look_ups_of_damaged_facts_may_stay() -> None:
    made = company()
    assert leave(made).status == 202
    victim = next(entry for entry in mine(made) if entry.kind == "private")
    later.damage(store_of(made), made.id, victim.key, "{")
    days_go_by(made, 38)
    assert "were damaged (complaints: 1)" in statement(made).json["statement"]["remains"][-1]
    assert _lookups(made)


FIRST = "202611-000001"


def _lose(made: Organisation, *victims: Key) -> None:
    with binding.tenant(made.id):
        store_of(made).commit(list(map(Remove, victims)))


def _partition(made: Organisation) -> str:
    return keys.complaint(made.id, FIRST)


def _filing(made: Organisation) -> Key:
    return keys.event(_partition(made), 1)


def _erased(made: Organisation) -> dict[str, Any]:
    """The statement of the erasure."""
    assert leave(made).status == 202
    days_go_by(made, 32)
    found: dict[str, Any] = statement(made).json["statement"]
    return found


def test_a_complaint_without_its_snapshot_is_erased_and_counted() -> None:
    made = company()
    _lose(made, keys.snapshot(_partition(made)))
    said = _erased(made)
    assert (said["erased"]["complaints"], len(said["remains"])) == (3, 3)
    assert mine(made) == []


def test_a_complaint_of_which_one_event_is_left_is_erased_and_counted() -> None:
    made = company()
    stays = keys.event(_partition(made), 2)
    _lose(made, *(one.key for one in mine(made) if one.key.pk == stays.pk and one.key != stays))
    said = _erased(made)
    assert (said["erased"]["complaints"], said["remains"][-1].endswith("(complaints: 1)")) == (3, True)
    assert {one.key.pk for one in mine(made)} == {one.key.pk for one in mine(made) if "#X#phone#" in one.key.pk}


@pytest.mark.parametrize(
    "lost", [_filing, lambda made: keys.private(_partition(made), 1, 0)], ids=["the filing", "a private value"]
)
def test_the_statement_counts_lost_facts(lost: Callable[[Organisation], Key]) -> None:
    made = company()
    _lose(made, lost(made))
    assert _erased(made)["remains"][-1].endswith("lost or were damaged (complaints: 1)")


def _hold(made: Organisation) -> Key:
    """The key of the event that puts the first complaint under a hold."""
    made.act(FIRST, "owner", "hold", reason="诉讼")
    return max(one.key for one in mine(made) if one.kind == "event" and one.key.pk == _partition(made))


@pytest.mark.parametrize("how", ["lost", "damaged", "empty"])
@pytest.mark.parametrize("hold", ["readable", "damaged", "lost"])
def test_a_hold_stops_the_leaving_without_a_snapshot(how: str, hold: str) -> None:
    made = company()
    snapshot, victim = keys.snapshot(_partition(made)), _hold(made)
    made.act(FIRST, "owner", "note", text="已通知法务。")
    if how == "lost":
        _lose(made, snapshot)
    else:
        later.damage(store_of(made), made.id, snapshot, "{" if how == "damaged" else "{}")
    if hold == "lost":
        _lose(made, victim)
    elif hold == "damaged":
        later.damage(store_of(made), made.id, victim, "{")
    refused = leave(made)
    assert (refused.status, refused.json["complaints"]) == (409, [FIRST])


def test_a_released_hold_stops_nothing_without_a_snapshot() -> None:
    made = company()
    victim = _hold(made)
    made.act(FIRST, "owner", "release", reason="撤诉")
    _lose(made, keys.snapshot(_partition(made)))
    later.damage(store_of(made), made.id, victim, "{")
    assert leave(made).status == 202


def test_a_hold_without_a_snapshot_stops_the_erasure() -> None:
    made = company()
    assert leave(made).status == 202
    before = store_of(made).everything()
    _lose(made, keys.snapshot(_partition(made)))
    later.damage(store_of(made), made.id, keys.event(_partition(made), 3), "{")
    days_go_by(made, 32)
    assert statement(made).status == 404
    assert {one.key for one in before if one.key.pk == _partition(made) and one.kind == "event"} <= {
        one.key for one in mine(made)
    }


def test_a_page_of_numbers_is_checked_with_one_read() -> None:
    made = company()
    calls = Breaker(10**6)
    with binding.tenant(made.id):
        assert blocking_holds.held_among(calls.wrap(store_of(made)), made.id, [FIRST, "202611-000003"]) == []
    assert calls.calls == 1


def _index(made: Organisation) -> set[Key]:
    return {one.key for one in store_of(made).everything() if one.kind == accounts.INDEX_KIND and one.key.sk == made.id}


@pytest.mark.parametrize("how", ["lost", "damaged"])
@pytest.mark.parametrize("who", ["agent", "owner"])
def test_a_person_without_a_membership_is_erased(who: str, how: str) -> None:
    made = company()
    assert leave(made).status == 202
    assert _index(made)
    victim = keys.membership(made.id, world_of(made).fakes.identity.people[made.emails[who]].sub)
    if how == "lost":
        _lose(made, victim)
    else:
        later.damage(store_of(made), made.id, victim, "{")
    days_go_by(made, 32)
    assert statement(made).status == 200
    assert _index(made) == set()
    assert made.emails[who] not in world_of(made).fakes.identity.people


def test_nothing_is_signed_without_the_organisations_own_item() -> None:
    """It names the units and roles whose items are to be erased."""
    made = lean()
    _lose(made, organisation.key(made.id))
    erase(made, world_of(made).fakes.wiring)
    assert statement(made).status == 404


def test_look_ups_with_an_earlier_server_key_are_erased() -> None:
    made = company()
    secrets = world_of(made).fakes.wiring.secrets
    assert isinstance(secrets, FakeSecrets)
    secrets.rotate(fact_lookups.PURPOSE)
    assert leave(made).status == 202
    days_go_by(made, 32)
    assert statement(made).status == 200
    assert _lookups(made) == set()
