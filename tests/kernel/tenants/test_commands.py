"""Owners' commands under repeats, races and lost answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from chalicelib.access import binding
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.features.people import remove
from chalicelib.features.people.invite import Invite, invite
from chalicelib.features.people.set_grants import Grants, set_grants
from chalicelib.features.policies.publish import MAX_UPCOMING, Publish, publish
from chalicelib.features.units.add_unit import NewUnit, add_unit
from chalicelib.kit.instants import DAY, to_text
from chalicelib.kit.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Update
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.invitation_mail import LEASE
from chalicelib.tenants.people.membership import StoredGrant
from chalicelib.wiring import Wiring
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.wiring import Fakes, fakes
from tests.kernel.tenants.signing import OWNER, command, opened, signed_up

SECOND_OWNER = Invite(email="second@shop.example", name="王", grants=[StoredGrant("owner")])
AGENT = Invite(email="agent@shop.example", name="林", grants=[StoredGrant("agent")])


@pytest.fixture
def world() -> Iterator[Fakes]:
    made = fakes()
    signed_up(made.wiring)
    opened(made.wiring)
    with binding.tenant("shop"):
        yield made


def _sub(world: Fakes, email: str = OWNER) -> str:
    return world.identity.people[email].sub


def _organisation(world: Fakes) -> Organisation:
    key = keys.snapshot(keys.organisation("shop"))
    return organisation.parse(world.store.get([key])[key])


def _before_next_commit(world: Fakes, act: Callable[[], object], times: int = 1) -> None:
    """Run `act` between the read and the commit of a command, `times` times: a race."""
    left = [times]

    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit" and binding.current().kind == "tenant" and left[0]:
            left[0] -= 1
            world.store.before, hook = None, world.store.before
            act()
            world.store.before = hook

    world.store.before = meanwhile


def test_concurrent_changes_both_succeed(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world))
    _before_next_commit(
        world, lambda: add_unit(world.wiring.store, world.wiring.real_clock, asked, NewUnit(id="west", name="西区"))
    )
    add_unit(world.wiring.store, world.wiring.real_clock, asked, NewUnit(id="east", name="东区"))
    assert sorted(_organisation(world).units) == ["east", "west"]


def test_a_change_with_repeated_conflicts_is_a_conflict(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world))
    names = iter("abcdef")
    _before_next_commit(
        world,
        lambda: add_unit(world.wiring.store, world.wiring.real_clock, asked, NewUnit(id=next(names), name="区")),
        times=5,
    )
    with pytest.raises(Problem, match="conflict"):
        add_unit(world.wiring.store, world.wiring.real_clock, asked, NewUnit(id="east", name="东区"))


def test_two_owners_cannot_remove_each_other_at_once(world: Fakes) -> None:
    first = command(world.wiring, _sub(world))
    invite(world.wiring, first, SECOND_OWNER)
    second = command(world.wiring, _sub(world, SECOND_OWNER.email))
    _before_next_commit(world, lambda: remove.start(world.wiring, second, first.sub, None))
    with pytest.raises(Problem, match="forbidden"):  # the loser reads again, and is no owner any more
        remove.start(world.wiring, first, second.sub, None)
    assert _organisation(world).owners == 1


def test_two_owners_cannot_step_down_at_once(world: Fakes) -> None:
    first = command(world.wiring, _sub(world))
    invite(world.wiring, first, SECOND_OWNER)
    second = command(world.wiring, _sub(world, SECOND_OWNER.email))
    down = Grants(grants=[StoredGrant("agent")])
    _before_next_commit(world, lambda: set_grants(world.wiring, second, second.sub, down))
    with pytest.raises(Problem, match="last-owner"):
        set_grants(world.wiring, first, first.sub, down)


def test_one_of_two_concurrent_invitations_exceeds_the_quota(world: Fakes) -> None:
    full = _organisation(world)
    almost = msgspec.structs.replace(full, people=full.limits.people - 1, seq=full.seq + 1)
    world.store.commit([Update(organisation.entry_of(almost), full.seq)])
    asked = command(world.wiring, _sub(world))
    _before_next_commit(world, lambda: invite(world.wiring, asked, SECOND_OWNER))
    with pytest.raises(Problem, match="quota-exceeded") as caught:
        invite(world.wiring, asked, AGENT)
    assert caught.value.extra == {"limit": "people", "most": full.limits.people, "until": None}
    assert _organisation(world).people == full.limits.people


def _full(world: Fakes) -> None:
    now = _organisation(world)
    full = msgspec.structs.replace(now, people=now.limits.people, seq=now.seq + 1)
    world.store.commit([Update(organisation.entry_of(full), now.seq)])


def test_an_invitation_beyond_the_quota_creates_nothing(world: Fakes) -> None:
    _full(world)
    people, before = dict(world.identity.people), world.store.everything()
    with pytest.raises(Problem, match="quota-exceeded"):
        invite(world.wiring, command(world.wiring, _sub(world)), AGENT)
    assert (world.identity.people, world.store.everything()) == (people, before)


def test_a_member_can_be_invited_again_when_the_quota_is_used_up(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world))
    first = invite(world.wiring, asked, AGENT)
    _full(world)
    assert invite(world.wiring, asked, AGENT).body == first.body


def test_a_request_repeated_with_its_key_changes_once(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world), key="k")
    answers = [publish(world.wiring, asked, Publish(policy={"people": {"x": "某"}})) for _ in range(2)]
    assert [answer.body["version"] for answer in answers] == ["2", "2"]
    assert [answer.replayed for answer in answers] == [False, True]


def test_a_concurrent_repeat_gets_the_first_answer(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world), key="k")
    wanted = Publish(policy={"people": {"x": "某"}})
    _before_next_commit(world, lambda: publish(world.wiring, asked, wanted))
    assert publish(world.wiring, asked, wanted).replayed
    assert _organisation(world).latest == 2


def test_an_expired_record_is_ignored_although_it_still_exists(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world), key="k")
    wanted = Publish(policy={"people": {"x": "某"}})
    publish(world.wiring, asked, wanted)
    world.real_clock.advance(DAY)
    assert publish(world.wiring, asked, wanted).body["version"] == "3"


def test_a_key_used_for_another_request_is_rejected(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world), key="k")
    add_unit(world.wiring.store, world.wiring.real_clock, asked, NewUnit(id="east", name="东区"))
    assert asked.request is not None
    other = msgspec.structs.replace(asked, request=msgspec.structs.replace(asked.request, body_hash="other"))
    with pytest.raises(Problem, match="idempotency-key-reused"):
        add_unit(world.wiring.store, world.wiring.real_clock, other, NewUnit(id="west", name="西区"))


def _calls_of_an_invitation() -> int:
    made = fakes()
    signed_up(made.wiring)
    opened(made.wiring)
    breaker = Breaker(at=0)
    with binding.tenant("shop"):
        invite(made.breaking(breaker), command(made.wiring, _sub(made), key="k"), AGENT)
    return breaker.calls


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 23))
def test_an_interrupted_invitation_is_completed_by_its_repeat(world: Fakes, at: int, after: bool) -> None:
    asked = command(world.wiring, _sub(world), key="k")
    with pytest.raises(Crash):
        invite(world.breaking(Breaker(at, after=after)), asked, AGENT)
    world.real_clock.advance(LEASE)
    invite(world.wiring, asked, AGENT)
    password = world.mailer.to(AGENT.email)[-1].line("Password")
    assert password
    assert world.identity.token(AGENT.email, password)
    assert _organisation(world).people == 2


def test_an_invitation_makes_the_expected_number_of_calls() -> None:
    assert _calls_of_an_invitation() == 22


def test_a_replayed_invitation_keeps_the_mailed_password(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world), key="k")
    invite(world.wiring, asked, AGENT)
    password = world.identity.people[AGENT.email].password
    invite(world.wiring, asked, AGENT)
    assert world.identity.people[AGENT.email].password == password


def test_the_last_mail_of_concurrent_invitations_has_the_password(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world))
    _before_next_commit(world, lambda: invite(world.wiring, asked, AGENT))
    invite(world.wiring, asked, AGENT)
    assert world.mailer.to(AGENT.email)[-1].line("Password") == world.identity.people[AGENT.email].password


def test_an_event_is_never_earlier_than_the_one_before(world: Fakes) -> None:
    world.clock.advance(-DAY)  # another instance's clock, behind
    add_unit(
        world.wiring.store, world.wiring.real_clock, command(world.wiring, _sub(world)), NewUnit(id="east", name="东区")
    )
    assert _organisation(world).at == world.clock() + DAY


def test_the_number_of_upcoming_versions_is_limited(world: Fakes) -> None:
    asked = command(world.wiring, _sub(world))
    later = Publish(policy={"people": {"agent": "坐席"}}, effective_at=to_text(asked.now + DAY))
    for _ in range(MAX_UPCOMING):
        publish(world.wiring, asked, later)
    with pytest.raises(Problem, match="limit-reached"):
        publish(world.wiring, asked, later)


def _busy(wiring: Wiring, sub: str) -> None:
    asked = command(wiring, sub)
    add_unit(wiring.store, wiring.real_clock, asked, NewUnit(id="east", name="东区"))
    person = invite(wiring, asked, AGENT).body["sub"]
    set_grants(wiring, asked, person, Grants(grants=[StoredGrant("agent", "east")]))
    publish(wiring, asked, Publish(policy={"people": {"agent": "坐席"}}))
    remove.start(wiring, asked, person, None)


def test_the_organisations_events_are_one_chain(world: Fakes) -> None:
    _busy(world.wiring, _sub(world))
    entries = world.store.query(keys.organisation("shop"), first="E#", last="E#~").entries
    events = [msgspec.json.decode(entry.body) for entry in entries]
    assert [event["type"] for event in events] == [
        "founded",
        "unit_added",
        "invited",
        "granted",
        "policy_published",
        "removed",
    ]
    assert break_in_chain(events) is None
    assert _organisation(world).head == events[-1]["hash"]


def test_no_event_holds_an_address_or_a_name(world: Fakes) -> None:
    _busy(world.wiring, _sub(world))
    entries = world.store.query(keys.organisation("shop"), first="E#", last="E#~").entries
    bodies = "".join(entry.body for entry in entries)
    assert [text for text in (OWNER, AGENT.email, AGENT.name, "东区", "小店") if text in bodies] == []


def test_the_counts_agree_with_the_people(world: Fakes) -> None:
    _busy(world.wiring, _sub(world))
    invite(world.wiring, command(world.wiring, _sub(world)), SECOND_OWNER)
    entries = world.store.query(keys.organisation("shop"), first="M#", last="M#~").entries
    people = [membership.stored(entry) for entry in entries]
    after = _organisation(world)
    assert (after.people, after.owners) == (sum(p.active for p in people), sum(p.owner for p in people))


def test_each_command_is_one_commit(world: Fakes) -> None:
    world.store.calls.clear()
    add_unit(
        world.wiring.store, world.wiring.real_clock, command(world.wiring, _sub(world)), NewUnit(id="east", name="东区")
    )
    assert [call.name for call in world.store.calls] == ["get", "commit"]
