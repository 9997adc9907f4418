"""An organisation that was never used lapses 14 days after its sign-up, and its id becomes free."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.features.leaving.lapse import CLOSED_FOR, LAPSES_AFTER
from chalicelib.features.organisations import id_reservation
from chalicelib.kit.instants import DAY, HOUR, MINUTE
from chalicelib.kit.problem import Problem
from chalicelib.tenants.directory import KIND, Directory
from chalicelib.tenants.people import accounts
from chalicelib.workers import hourly
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.prepares_once import PreparesOnce
from tests.helpers.fakes.wiring import Fakes, fakes
from tests.kernel.tenants.signing import OWNER, opened, request, signed_up


@pytest.fixture
def world() -> Fakes:
    made = fakes(policies=PreparesOnce())
    signed_up(made.wiring)
    return made


def hour(world: Fakes, real: int = HOUR, breaker: Breaker | None = None) -> None:
    """Advances real time and runs the hourly job."""
    world.clock.advance(HOUR)
    world.real_clock.advance(real)
    hourly.run(world.wiring if breaker is None else world.breaking(breaker), "shop", world.clock())


def state(world: Fakes) -> tuple[str, bool]:
    found = Directory(world.store, world.real_clock).find("shop")
    assert found is not None
    return found.listing.state, found.listing.confirmed


def kept(world: Fakes) -> list[str]:
    """Without answers to requests and counters of sign-ups and mails, which expire by themselves."""
    found = [entry.key.pk for entry in world.store.everything()]
    return sorted(pk for pk in found if "#I#" not in pk and not pk.startswith("DIR#~"))


def lapsed(world: Fakes) -> None:
    hour(world, LAPSES_AFTER)
    hour(world, CLOSED_FOR)


def test_a_new_organisation_is_unconfirmed(world: Fakes) -> None:
    hour(world)
    assert state(world) == ("active", False)


@pytest.mark.parametrize("opens", ["at_sign_in", "by_owner"])
def test_the_founders_first_request_keeps_the_organisation_for_good(opens: str) -> None:
    world = fakes(policies=PreparesOnce())
    signed_up(world.wiring, opens=opens)
    opened(world.wiring)
    for _ in range(3):
        hour(world, LAPSES_AFTER)
    assert state(world) == ("active", True)


def test_just_before_fourteen_days_it_still_exists(world: Fakes) -> None:
    hour(world, LAPSES_AFTER - 1)
    assert state(world) == ("active", False)


def test_after_fourteen_days_the_id_is_closed_and_then_everything_is_deleted(world: Fakes) -> None:
    hour(world, LAPSES_AFTER)
    assert state(world) == ("lapsing", False)
    hour(world, CLOSED_FOR - 1)
    assert state(world) == ("lapsing", False)
    hour(world, 1)
    assert state(world) == ("pending", False)
    assert (kept(world), world.identity.people) == (["DIR#shop"], {})


def test_a_sign_in_without_a_request_keeps_nothing(world: Fakes) -> None:
    password = world.mailer.to(OWNER)[-1].line("Password")
    assert world.identity.token(OWNER, password or "")
    lapsed(world)
    assert state(world) == ("pending", False)


def test_a_request_at_the_last_moment_keeps_the_organisation(world: Fakes) -> None:
    """Between the job's read and its write."""

    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit":
            world.store.before = None
            opened(world.wiring)

    world.store.before = meanwhile
    lapsed(world)
    assert state(world) == ("active", True)


def test_a_request_after_the_fortnight_is_too_late(world: Fakes) -> None:
    hour(world, LAPSES_AFTER)
    opened(world.wiring)
    assert state(world) == ("lapsing", False)
    hour(world, CLOSED_FOR)
    assert state(world) == ("pending", False)


def test_another_sign_up_can_claim_the_id_a_day_later(world: Fakes) -> None:
    lapsed(world)
    world.real_clock.advance(id_reservation.LAPSES - 1)
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring, request("second"), email="other@shop.example")
    world.real_clock.advance(1)
    assert signed_up(world.wiring, request("second"), email="other@shop.example").status == 201
    assert state(world) == ("active", False)


def test_the_founder_can_claim_the_id_again(world: Fakes) -> None:
    hour(world, LAPSES_AFTER)
    with pytest.raises(Problem, match="tenant-taken"):
        signed_up(world.wiring)
    hour(world, CLOSED_FOR)
    world.real_clock.advance(id_reservation.LAPSES)
    assert signed_up(world.wiring).status == 201
    assert world.mailer.to(OWNER)[-1].line("Password") == world.identity.people[OWNER].password


def test_a_founder_with_another_organisation_keeps_the_account(world: Fakes) -> None:
    accounts.add_to_index(world.store, world.identity.people[OWNER].sub, "elsewhere")
    lapsed(world)
    assert list(world.identity.people) == [OWNER]


def calls_of_the_end() -> int:
    made = fakes(policies=PreparesOnce())
    signed_up(made.wiring)
    hour(made, LAPSES_AFTER)
    breaker = Breaker(at=0)
    hour(made, CLOSED_FOR, breaker)
    return breaker.calls


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, calls_of_the_end() + 1))
def test_a_crashed_deletion_is_completed(world: Fakes, at: int, after: bool) -> None:
    hour(world, LAPSES_AFTER)
    with pytest.raises(Crash):
        hour(world, CLOSED_FOR, Breaker(at, after=after))
    hour(world, MINUTE)
    assert state(world) == ("pending", False)
    assert (kept(world), world.identity.people) == (["DIR#shop"], {})


@pytest.mark.parametrize("at", range(12, 18))
def test_an_interrupted_sign_up_lapses_too(at: int) -> None:
    world = fakes(policies=PreparesOnce())
    with pytest.raises(Crash):
        signed_up(world.breaking(Breaker(at)))
    assert [entry.due is None for entry in world.store.everything() if entry.kind == KIND] == [False]
    lapsed(world)
    assert (kept(world), world.identity.people) == (["DIR#shop"], {})
    world.real_clock.advance(DAY)
    assert signed_up(world.wiring, request("second")).status == 201


def test_a_suspended_organisation_does_not_lapse(world: Fakes) -> None:
    directory = Directory(world.store, world.real_clock)
    found = directory.find("shop")
    assert found is not None
    directory.change("shop", replace(found.listing, state="suspended"), found.version, found.due)
    lapsed(world)
    assert state(world) == ("suspended", False)
