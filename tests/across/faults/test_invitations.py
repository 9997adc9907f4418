"""The mail service rejects one invitation, or hangs: the hourly job mails the others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit.instants import SECOND
from chalicelib.kit.mail import Mail
from chalicelib.ports import NO_TAGS, DeliveryFailed
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.invitation_mail import LEASE, send_missing_invitations
from tests.across.faults.office import Office

PEOPLE = 4


@pytest.fixture
def invited(office: Office) -> list[str]:
    """Addresses of people invited while no mail could be sent, in the order of the hourly job."""
    office.world.fakes.mailer.down = True
    for number in range(PEOPLE):
        body = {"email": f"p{number}@shop.example", "name": "王", "grants": [{"role": "agent"}]}
        path = f"{office.organisation.path}/people"
        office.world.call("POST", path, body, auth=office.organisation.auth("owner"))
    office.world.fakes.mailer.down = False
    office.world.fakes.real_clock.advance(LEASE)
    with binding.tenant(office.id):
        found = [one.email for one in queries.all_people(office.store, office.id) if not one.told]
    assert len(found) == PEOPLE
    return found


def test_a_rejected_address_does_not_stop_the_next_invitations(office: Office, invited: list[str]) -> None:
    mailer = office.world.fakes.mailer
    mailer.untaken = {invited[0]}

    with binding.tenant(office.id), pytest.raises(DeliveryFailed, match="MessageRejected"):
        send_missing_invitations(office.wiring, office.id, office.world.now())

    assert [len(mailer.to(address)) for address in invited] == [0, 1, 1, 1]


def test_a_hanging_service_is_not_called_for_every_invitation(office: Office, invited: list[str]) -> None:
    hanging = Hangs(office)
    wiring = replace(office.wiring, mailer=hanging)

    with binding.tenant(office.id), pytest.raises(DeliveryFailed):
        send_missing_invitations(wiring, office.id, office.world.now())

    assert hanging.asked == 2 < len(invited)


class Hangs:
    """`ports.Mailer`: each mail takes half of the job's time limit and fails."""

    def __init__(self, office: Office) -> None:
        self._clock = office.world.fakes.real_clock
        self.asked = 0

    def send(self, to: str, mail: Mail, *, key: str | None = None, tags: Mapping[str, str] = NO_TAGS) -> None:
        self.asked += 1
        self._clock.advance(max(5 * SECOND, SECOND))
        raise DeliveryFailed("no answer in time")
