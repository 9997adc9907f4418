"""The hourly job's steps: each names those before it, and steps without an order between them can come in any order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from random import Random
from typing import Any

import pytest

from chalicelib.jobs.hourly import Hour, HourlyStep, order_of
from chalicelib.jobs.hourly import earlier as directly_earlier
from chalicelib.kit.instants import HOUR
from chalicelib.tenants.practice import LASTS
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.prepared import prepared
from tests.clauses.world import InProcess
from tests.kernel.jobs.busy_office import START, busy_office, outdated_office
from tests.leaving.test_leaving import leave
from tests.organisations.practice.practising import practice_of

Order = tuple[str, ...]
STEPS = {step.name: step for step in hourly.steps()}
ORDER = tuple(STEPS)
BEFORE = directly_earlier(hourly.steps())
OFFICES: dict[str, Callable[[InProcess], Organisation]] = {"busy": busy_office, "outdated": outdated_office}


def office(name: str) -> Organisation:
    return prepared(f"{name} office", START, lambda world: (OFFICES[name](world), ""))[0]


def world_of(office: Organisation) -> InProcess:
    assert isinstance(office.world, InProcess)
    return office.world


def state(office: Organisation) -> dict[str, Any]:
    """What is stored, sent and in queues, without random names and passwords. Messages in a queue have no order."""
    fakes = world_of(office).fakes
    return {
        **{str(entry.key): _without_random(entry) for entry in fakes.store.everything()},
        **{name: sorted(map(repr, getattr(fakes, name).waiting)) for name in ("effects", "hooks", "due")},
        "mails": sorted((mail.to, mail.subject) for mail in fakes.mailer.outbox),
        "accounts": {email: person.invited_at for email, person in fakes.identity.people.items()},
        "segments": _without_random(fakes.search.segments),
        "anchors": fakes.vault.written,
    }


def _without_random(value: object) -> str:
    """Segments of the search have names that end with eight random digits."""
    return re.sub(r"-[0-9a-f]{8}(?=[\"'])", "-random", repr(value))


def after_the_hour(name: str, order: Order) -> dict[str, Any]:
    found = office(name)
    hourly.run(world_of(found).fakes.wiring, found.id, world_of(found).now(), [STEPS[name] for name in order])
    return state(found)


def some_order(random: Random) -> Order:
    """One that keeps to `after`."""
    sorter, found, ready = TopologicalSorter(BEFORE), [], []
    sorter.prepare()
    while sorter.is_active():
        ready += sorter.get_ready()
        found.append(ready.pop(random.randrange(len(ready))))
        sorter.done(found[-1])
    return tuple(found)


def earlier(name: str) -> set[str]:
    """The steps that come before it in every order."""
    return BEFORE[name].union(*map(earlier, BEFORE[name]))


def orders() -> Iterator[Order]:
    """Orders in which each two steps without an order between them come in both."""
    random = Random(1)
    free = {(a, b) for a, b in combinations(STEPS, 2) if a not in earlier(b) and b not in earlier(a)}
    wanted = free | {(b, a) for a, b in free}
    while wanted:
        order = some_order(random)
        if new := wanted & set(combinations(order, 2)):
            wanted -= new
            yield order


@pytest.mark.slow
@pytest.mark.parametrize("name", OFFICES)
def test_steps_without_an_order_between_them_have_the_same_result_in_any(name: str) -> None:
    expected = after_the_hour(name, ORDER)
    for order in orders():
        found = after_the_hour(name, order)
        assert {key for key in expected | found if expected.get(key) != found.get(key)} == set(), order


def test_every_step_has_something_to_do_in_these_offices() -> None:
    """Otherwise the orders would show nothing."""
    changing = set[str]()
    for found in (*map(office, OFFICES), last_day_of_a_practice(), practice_of_an_office_that_leaves()):
        observed = [step._replace(run=_observed(found, step, changing)) for step in hourly.steps()]
        hourly.run(world_of(found).fakes.wiring, found.id, world_of(found).now(), observed)
    assert changing == STEPS.keys()


def last_day_of_a_practice() -> Organisation:
    practice = practice_of(sign_up(InProcess(START), "platform"))
    world_of(practice).fakes.clock.advance(LASTS - HOUR)
    return practice


def practice_of_an_office_that_leaves() -> Organisation:
    office = sign_up(InProcess(START), "platform")
    practice = practice_of(office)
    assert leave(office).status == 202
    return practice


def _observed(office: Organisation, step: HourlyStep, changing: set[str]) -> Callable[[Hour], None]:
    def observed(hour: Hour) -> None:
        before = state(office)
        step.run(hour)
        if state(office) != before:
            changing.add(step.name)

    return observed


def test_the_reconciliation_comes_before_every_step_that_can_fail() -> None:
    assert [name for name in STEPS if "reconciliation" not in earlier(name)] == ["reconciliation"]


def test_what_calls_the_identity_provider_and_the_mail_service_comes_after_everything_else() -> None:
    assert earlier("accounts") == STEPS.keys() - {"accounts", "invitations", "daily mails"}
    assert earlier("invitations") == STEPS.keys() - {"invitations", "daily mails"}
    assert earlier("daily mails") == STEPS.keys() - {"daily mails"}


def test_the_next_run_is_scheduled_only_when_the_records_are_anchored() -> None:
    assert "anchors" in earlier("next run")


def _step(name: str, *after: str, in_turn: str = "", last: bool = False) -> HourlyStep:
    return HourlyStep(name, lambda _hour: None, after, in_turn, last)


def _names(*steps: HourlyStep) -> list[str]:
    return [step.name for step in order_of(steps)]


def test_steps_are_run_after_those_that_they_name() -> None:
    assert _names(_step("c", "b"), _step("a"), _step("b", "a")) == ["a", "b", "c"]


def test_steps_that_write_the_same_are_run_in_the_order_of_their_rows() -> None:
    assert _names(_step("c", "a"), _step("b", in_turn="it"), _step("a", in_turn="it")) == ["b", "a", "c"]


def test_a_last_step_is_run_after_all_others() -> None:
    assert _names(_step("z", last=True), _step("b", "a"), _step("a")) == ["a", "b", "z"]


def test_a_circle_of_steps_is_an_error() -> None:
    with pytest.raises(CycleError) as caught:
        order_of([_step("a", "c"), _step("b", "a"), _step("c", "b")])
    assert set(caught.value.args[1]) == {"a", "b", "c"}


def test_a_step_that_names_an_unknown_one_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"\['anchor'\]"):
        order_of([_step("a", "anchor")])
