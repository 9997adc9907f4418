"""More readers than one transaction holds."""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.store.sizes import MAX_KEYS, MAX_WRITES
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership, StoredGrant
from tests.across.faults.mails import deliveries
from tests.across.faults.office import Office
from tests.clauses.world import advance
from tests.messages.webhooks.hooks import added, listed, poster

MANY = 60
MORE_THAN_ONE_READ = MAX_KEYS + 5


def appointed(office: Office, role: str, count: int = MANY) -> set[str]:
    """More members with the role. Returns their subs."""
    people = [
        Membership(
            sub=f"many-{place}",
            email=f"many-{place}@people.example",
            name="多",
            language="zh",
            grants=[StoredGrant(role)],
            told=True,
        )
        for place in range(count)
    ]
    puts = [membership.write(office.id, person, None) for person in people]
    with binding.tenant(office.id):
        for first in range(0, count, MAX_WRITES):
            office.store.commit(puts[first : first + MAX_WRITES])
    return {person.sub for person in people}


def test_each_of_many_readers_gets_the_message_and_a_mail(office: Office) -> None:
    people = appointed(office, "agent", MORE_THAN_ONE_READ)

    office.file(office.request("file"))
    office.world.settle()

    for way in ("in_app", "email"):
        sent = [one.reader for one in deliveries(office, way) if one.reader in people and one.state == "sent"]
        assert sorted(sent) == sorted(people)


def test_of_many_owners_as_many_as_the_transaction_holds_hear_of_a_disabled_webhook(office: Office) -> None:
    """Each takes a message, a delivery for it, and one for the mail with its row in the list of effects."""
    appointed(office, OWNER)
    added(office.organisation, events=["registered"])
    poster(office.organisation).status = 410

    office.file(office.request("file"))
    office.world.settle()
    advance(office.world, "6 minutes")

    assert [one["disabled_because"] for one in listed(office.organisation)] == ["gone"]
    told = [one.reader for one in deliveries(office, "in_app") if one.event.startswith("ORG")]
    assert len(set(told)) == len(told) == (MAX_WRITES - 3) // 4
