"""The erasure of an organisation whose policy has words of a later release. It asks no policy and erases everything."""

from __future__ import annotations

import pytest

from chalicelib.casework import fact_lookups
from chalicelib.instants import DAY
from chalicelib.store import keys
from tests.clauses.organisation import Organisation
from tests.fakes.secrets import FakeSecrets
from tests.record.exported import company
from tests.record.test_leaving import later as days_go_by
from tests.record.test_leaving import leave, mine, statement
from tests.searches import TIMES
from tests.stored import later
from tests.stored.shop import Change, publish_later, store_of, world_of

VALUES = ("subject", "phone", "email")
QUIET = 0 if TIMES > 1 else 27
"""Days of the 32 without a sweep: at night none. A sweep under a policy with unknown words takes a quarter second."""


def _lookups(made: Organisation) -> set[str]:
    found = {keys.lookup_name(entry.key) for entry in mine(made) if "#X#" in entry.key.pk}
    return found & {*VALUES}


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


def test_look_ups_with_an_earlier_server_key_are_erased() -> None:
    made = company()
    secrets = world_of(made).fakes.wiring.secrets
    assert isinstance(secrets, FakeSecrets)
    secrets.rotate(fact_lookups.PURPOSE)
    assert leave(made).status == 202
    days_go_by(made, 32)
    assert statement(made).status == 200
    assert _lookups(made) == set()
