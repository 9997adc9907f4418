"""A sign-up continues after an interruption at any point, and an id never belongs to two organisations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access import binding
from chalicelib.kit.instants import DAY, HOUR
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Remove
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.invitation_mail import LEASE, send_missing_invitations
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.wiring import Fakes, fakes
from tests.helpers.searches import searching
from tests.kernel.tenants.signing import OWNER, request, signed_up

CALLS = 27
"""Calls of a whole sign-up at the ports; `test_a_sign_up_makes_the_expected_number_of_calls` keeps it true."""


@pytest.fixture
def world() -> Fakes:
    return fakes()


def _cut_off(world: Fakes, at: int, *, after: bool) -> None:
    with pytest.raises(Crash):
        signed_up(world.breaking(Breaker(at, after=after)))


def _items(world: Fakes) -> list[Entry]:
    with binding.tenant("shop"):
        return world.store.query(keys.organisation("shop")).entries


def _state(world: Fakes) -> str | None:
    return Directory(world.store, world.real_clock).state("shop")


def test_a_sign_up_makes_the_expected_number_of_calls(world: Fakes) -> None:
    breaker = Breaker(at=0)
    signed_up(world.breaking(breaker))
    assert breaker.calls == CALLS


cut_anywhere = pytest.mark.parametrize(
    ("at", "after"), [(at, after) for at in range(1, CALLS + 1) for after in (False, True)]
)


@cut_anywhere
def test_the_same_key_completes_an_interrupted_sign_up(world: Fakes, at: int, after: bool) -> None:
    _cut_off(world, at, after=after)
    answer = signed_up(world.wiring)
    assert (answer.status, answer.body["id"]) == (201, "shop")
    assert _state(world) == "active"


@cut_anywhere
def test_an_interrupted_sign_up_ends_with_a_valid_password(world: Fakes, at: int, after: bool) -> None:
    _cut_off(world, at, after=after)
    world.real_clock.advance(LEASE)
    signed_up(world.wiring)
    password = world.mailer.to(OWNER)[-1].line("Password")
    assert password
    assert world.identity.token(OWNER, password)


@cut_anywhere
def test_a_repeat_creates_nothing_twice(world: Fakes, at: int, after: bool) -> None:
    _cut_off(world, at, after=after)
    signed_up(world.wiring)
    assert [entry.key.sk.split("#")[0] for entry in _items(world)] == ["E", "M", "POL", "POL", "S"]


@cut_anywhere
def test_nothing_is_half_written(world: Fakes, at: int, after: bool) -> None:
    _cut_off(world, at, after=after)
    assert [entry.key.sk[0] for entry in _items(world)] in ([], ["A"], ["E", "M", "P", "P", "S"])


@cut_anywhere
def test_another_key_never_gets_the_id(world: Fakes, at: int, after: bool) -> None:
    _cut_off(world, at, after=after)
    signed_up(world.wiring)
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring, request("second"))


@given(st.lists(st.tuples(st.integers(1, CALLS + 3), st.booleans()), max_size=4))
@searching(150)
def test_repeated_interruptions_end_in_a_complete_sign_up(cuts: list[tuple[int, bool]]) -> None:
    world = fakes()
    for at, after in cuts:
        with suppress(Crash):
            signed_up(world.breaking(Breaker(at, after=after)))
        world.real_clock.advance(LEASE)
    signed_up(world.wiring)
    assert world.mailer.to(OWNER)[-1].line("Password") == world.identity.people[OWNER].password
    assert [entry.key.sk.split("#")[0] for entry in _items(world)] == ["E", "M", "POL", "POL", "S"]
    assert _state(world) == "active"


def _cut_before_commit(world: Fakes) -> None:
    """Interrupted after the reservation, before the organisation is committed."""
    _cut_off(world, 13, after=False)
    assert (_state(world), _items(world)) == ("pending", [])


def test_a_pending_id_is_reserved_for_a_day(world: Fakes) -> None:
    _cut_before_commit(world)
    world.real_clock.advance(DAY - 1)
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring, request("second"))


def test_a_pending_sign_up_continues_only_with_the_same_body(world: Fakes) -> None:
    _cut_before_commit(world)
    with pytest.raises(Problem, match="idempotency-key-reused"):
        signed_up(world.wiring, request(body_hash="other"))


def test_a_pending_id_lapses_after_a_day(world: Fakes) -> None:
    _cut_before_commit(world)
    world.real_clock.advance(DAY)
    assert signed_up(world.wiring, request("second")).status == 201


def test_the_first_key_cannot_continue_after_another_took_the_id(world: Fakes) -> None:
    _cut_before_commit(world)
    world.real_clock.advance(DAY)
    signed_up(world.wiring, request("second"))
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring)


def test_the_first_key_may_continue_after_a_day_if_the_id_is_free(world: Fakes) -> None:
    _cut_before_commit(world)
    world.real_clock.advance(2 * DAY)
    assert signed_up(world.wiring).status == 201


def test_continuing_extends_the_reservation(world: Fakes) -> None:
    _cut_before_commit(world)
    world.real_clock.advance(DAY - HOUR)
    _cut_off(world, 3, after=False)  # a second attempt, cut off after it had touched the claim
    world.real_clock.advance(2 * HOUR)
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring, request("second"))


def _cut_before_active(world: Fakes) -> None:
    """Interrupted after the organisation is committed, before the directory is updated."""
    _cut_off(world, 17, after=False)
    assert (_state(world), len(_items(world))) == ("pending", 5)


def test_a_committed_organisation_never_lapses(world: Fakes) -> None:
    _cut_before_active(world)
    world.real_clock.advance(30 * DAY)
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring, request("second"))


def test_a_committed_organisation_is_completed_at_any_time(world: Fakes) -> None:
    _cut_before_active(world)
    world.real_clock.advance(30 * DAY)
    assert signed_up(world.wiring).body["id"] == "shop"
    assert _state(world) == "active"


def test_a_repeat_within_a_day_gets_the_first_answer_after_changes(world: Fakes) -> None:
    first = signed_up(world.wiring)
    world.clock.advance(HOUR)
    assert signed_up(world.wiring).body == first.body


def test_concurrent_repeats_create_one_organisation(world: Fakes) -> None:
    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit" and getattr(call, "keys", 0) > 1:
            world.store.before = None
            signed_up(world.wiring)

    world.store.before = meanwhile
    assert signed_up(world.wiring).status == 201
    assert [entry.key.sk.split("#")[0] for entry in _items(world)] == ["E", "M", "POL", "POL", "S"]


@cut_anywhere
def test_the_hourly_job_sends_missing_invitations(world: Fakes, at: int, after: bool) -> None:
    _cut_off(world, at, after=after)
    signed_up(world.wiring)  # at once: the one that was cut off may be about to mail, as far as this one can see
    world.real_clock.advance(LEASE)
    with binding.tenant("shop"):
        send_missing_invitations(world.wiring, "shop", world.clock())
    assert world.mailer.to(OWNER)[-1].line("Password") == world.identity.people[OWNER].password


def test_the_hourly_job_sends_no_invitation_twice(world: Fakes) -> None:
    signed_up(world.wiring)
    world.real_clock.advance(HOUR)
    with binding.tenant("shop"):
        send_missing_invitations(world.wiring, "shop", world.clock())
    assert len(world.mailer.to(OWNER)) == 1


def test_six_concurrent_runs_send_one_mail(world: Fakes) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: signed_up(world.wiring), range(6)))
    assert {answer.status for answer in answers} == {201}
    assert len(world.mailer.to(OWNER)) == 1
    assert world.mailer.to(OWNER)[0].line("Password") == world.identity.people[OWNER].password


@pytest.mark.parametrize("moment", range(1, CALLS + 1))
def test_one_of_two_concurrent_runs_sends_the_mail(world: Fakes, moment: int) -> None:
    """The second run takes place completely after call number `moment` of the first run."""

    class Meanwhile(Breaker):
        def reached(self) -> None:
            signed_up(world.wiring)

    signed_up(world.breaking(Meanwhile(moment, after=True)))
    (mail,) = world.mailer.to(OWNER)
    assert mail.line("Password") == world.identity.people[OWNER].password


def test_concurrent_requests_with_two_keys_create_one_organisation(world: Fakes) -> None:
    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit":
            world.store.before = None
            signed_up(world.wiring, request("second"))

    world.store.before = meanwhile
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring)


def test_the_founder_is_the_only_owner(world: Fakes) -> None:
    signed_up(world.wiring)
    items = {entry.kind: entry for entry in _items(world)}
    owner = membership.stored(items["membership"])
    assert (owner.owner, owner.email, owner.told) == (True, OWNER, True)
    assert organisation.parse(items["organisation"]).founder == owner.sub


def test_events_name_people_only_by_sub(world: Fakes) -> None:
    signed_up(world.wiring)
    (event,) = [entry.body for entry in _items(world) if entry.kind == "event"]
    assert OWNER not in event
    assert "小店" not in event


@pytest.mark.parametrize("state", ["leaving", "erasing", "erased"])
def test_the_founder_cannot_take_an_erased_id_again(world: Fakes, state: str) -> None:
    signed_up(world.wiring)
    directory = Directory(world.store, world.real_clock)
    found = directory.find("shop")
    assert found is not None
    directory.change("shop", msgspec.structs.replace(found.listing, state=state), found.version)
    with binding.tenant("shop"):
        world.store.commit([Remove(entry.key) for entry in _items(world)])
    people = dict(world.identity.people)
    before = world.store.everything()

    with pytest.raises(Problem) as refused:
        signed_up(world.wiring)

    assert refused.value.kind == "tenant-taken"
    assert (world.store.everything(), world.identity.people) == (before, people)
