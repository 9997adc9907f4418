"""A bounce for good or a spam report stops all further mail to the mailbox, until an owner or an operator lifts it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.kit.instants import SECOND, to_text
from chalicelib.limits.returned_mail import BOUNCE_KEPT, KIND
from chalicelib.tenants.people.invitation_mail import LEASE
from tests.across.faults.mails import deliveries
from tests.across.faults.office import PRESET, Office
from tests.across.faults.test_returned_mails import bounce, complaint, mailer, replayed, returned, tags, transformed
from tests.clauses.organisation import Organisation, sign_up
from tests.helpers.fakes.client import Answer


@pytest.fixture
def mailed(office: Office) -> Office:
    file(office)
    return office


def file(office: Office) -> None:
    office.file(office.request("file"))
    office.world.settle()


def agent(office: Office) -> str:
    return office.organisation.emails["agent"]


def mails(office: Office, to: str | None = None) -> int:
    return len(mailer(office).to(to or agent(office)))


def person(office: Office, who: str = "owner", organisation: Organisation | None = None) -> dict[str, Any]:
    organisation = organisation or office.organisation
    sub = office.world.fakes.identity.people[agent(office)].sub
    [found] = [one for one in organisation.get("/people", who)["people"] if one["sub"] == sub]
    return dict(found)


def invite(office: Office, organisation: Organisation, email: str) -> Answer:
    body = {"email": email, "name": "Lin", "grants": [{"role": "agent"}]}
    path = f"{organisation.path}/people"
    office.world.fakes.real_clock.advance(LEASE)
    return office.world.call("POST", path, body, auth=organisation.auth("owner"))


def lift(office: Office, email: str) -> Any:
    answer = office.world.operate("POST", "/mail-stops/lift", {"email": email})
    assert answer.status == 200, answer.text
    return answer.json["lifted"]


def stops(office: Office) -> list[Any]:
    return [one for one in office.store.everything() if one.kind == KIND]


@pytest.mark.parametrize("said", ["bounced", "complained"])
def test_no_further_mail_is_sent_to_the_address(mailed: Office, said: str) -> None:
    returned(mailed, bounce(mailed) if said == "bounced" else complaint(mailed))
    sent = mails(mailed)

    file(mailed)

    assert mails(mailed) == sent
    assert [(one.state, one.mail) for one in deliveries(mailed)] == [("failed", said)] * 2


@pytest.mark.parametrize("said", ["bounced", "complained"])
def test_owners_see_it_at_the_mails_and_at_the_person(mailed: Office, said: str) -> None:
    returned(mailed, bounce(mailed) if said == "bounced" else complaint(mailed))
    file(mailed)

    effects = mailed.organisation.get("/effects?state=failed", "owner")["effects"]

    assert [one["mail"] for one in effects] == [said] * 2
    assert person(mailed)["mail"] == said


def test_colleagues_do_not_see_it_and_the_person_does(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    assert "mail" not in person(mailed, "team_lead")
    assert mailed.organisation.get("/people/me", "agent")["mail"] == "bounced"


@pytest.mark.parametrize("kind", ["Transient", "Undetermined"])
def test_a_soft_bounce_stops_no_further_mail(mailed: Office, kind: str) -> None:
    returned(mailed, bounce(mailed, kind))
    sent = mails(mailed)

    file(mailed)

    assert mails(mailed) == sent + 1
    assert "mail" not in person(mailed)


def test_the_stop_holds_for_all_spellings_and_all_organisations(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    other = sign_up(mailed.world, PRESET)
    name, _, domain = agent(mailed).partition("@")

    answer = invite(mailed, other, f"{name.upper()}+tag@{domain}")

    assert (answer.status, answer.pointer) == (422, "/email")


def test_another_organisation_does_not_learn_why(mailed: Office) -> None:
    returned(mailed, complaint(mailed))
    other = sign_up(mailed.world, PRESET)

    invite(mailed, other, agent(mailed))

    assert person(mailed, organisation=other)["mail"] == "stopped"


def test_the_stop_holds_a_keyed_hash_and_a_bounce_ends_after_a_year(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    [stop] = stops(mailed)
    assert agent(mailed) not in str(stop)
    assert stop.expires * SECOND == mailed.world.fakes.real_clock() // SECOND * SECOND + BOUNCE_KEPT

    mailed.world.fakes.real_clock.advance(BOUNCE_KEPT)
    sent = mails(mailed)
    file(mailed)

    assert mails(mailed) == sent + 1
    mailed.organisation.tokens["owner"] = mailed.world.fakes.identity.token_of(mailed.organisation.emails["owner"])
    assert "mail" not in person(mailed)


def test_a_spam_report_does_not_end(mailed: Office) -> None:
    returned(mailed, complaint(mailed))
    [stop] = stops(mailed)
    assert stop.expires is None


def test_a_bounce_does_not_replace_a_spam_report(mailed: Office) -> None:
    file(mailed)
    first, second = (complaint(mailed), bounce(mailed))
    returned(mailed, first)
    returned(mailed, second)
    assert [one.expires for one in stops(mailed)] == [None]


def test_an_owner_who_sends_again_lifts_a_bounce(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    sent = mails(mailed)

    replayed(mailed)
    mailed.world.move_to(to_text(mailed.world.now() + 60 * SECOND))
    file(mailed)

    assert mails(mailed) == sent + 2
    assert (stops(mailed), "mail" in person(mailed)) == ([], False)


def test_an_owner_who_sends_again_does_not_lift_a_spam_report(mailed: Office) -> None:
    returned(mailed, complaint(mailed))
    sent = mails(mailed)

    replayed(mailed)
    mailed.world.move_to(to_text(mailed.world.now() + 60 * SECOND))

    assert mails(mailed) == sent
    assert [one.mail for one in deliveries(mailed)] == ["complained"]


def test_a_repeated_bounce_of_an_earlier_mail_does_not_stop_mails_again(mailed: Office) -> None:
    first = bounce(mailed)
    returned(mailed, first)
    replayed(mailed)
    mailed.world.move_to(to_text(mailed.world.now() + 60 * SECOND))

    returned(mailed, first)

    assert stops(mailed) == []


def test_a_late_spam_report_stops_mails(mailed: Office) -> None:
    first, report = bounce(mailed), complaint(mailed)
    returned(mailed, first)
    replayed(mailed)
    mailed.world.move_to(to_text(mailed.world.now() + 60 * SECOND))

    returned(mailed, report)

    assert len(stops(mailed)) == 1


@pytest.mark.parametrize("said", ["bounced", "complained"])
def test_an_operator_lifts_either(mailed: Office, said: str) -> None:
    returned(mailed, bounce(mailed) if said == "bounced" else complaint(mailed))
    sent = mails(mailed)

    assert (lift(mailed, agent(mailed).upper()), lift(mailed, agent(mailed))) == ([said], [])
    file(mailed)

    assert mails(mailed) == sent + 1
    assert "mail" not in person(mailed)


def test_a_bounced_invitation_stops_mails_and_owners_see_it(office: Office) -> None:
    assert invite(office, office.organisation, "new@shop.example").status == 201

    returned(office, bounce(office))

    [found] = [one for one in office.organisation.get("/people", "owner")["people"] if "mail" in one]
    assert (found["email"], found["mail"], len(stops(office))) == ("new@shop.example", "bounced", 1)


def test_an_owner_who_invites_again_lifts_a_bounce(office: Office) -> None:
    invite(office, office.organisation, "new@shop.example")
    returned(office, bounce(office))

    assert invite(office, office.organisation, "new@shop.example").status == 201

    assert (mails(office, "new@shop.example"), stops(office)) == (2, [])
    assert not [one for one in office.organisation.get("/people", "owner")["people"] if "mail" in one]


def test_an_owner_who_invites_again_does_not_lift_a_spam_report(office: Office) -> None:
    invite(office, office.organisation, "new@shop.example")
    returned(office, complaint(office))

    assert invite(office, office.organisation, "new@shop.example").status == 422
    assert mails(office, "new@shop.example") == 1


def test_a_repeated_bounce_of_the_first_invitation_does_not_stop_the_second(office: Office) -> None:
    invite(office, office.organisation, "new@shop.example")
    first = bounce(office)
    returned(office, first)
    invite(office, office.organisation, "new@shop.example")

    returned(office, first)

    assert stops(office) == []


def reported(office: Office, said: str, **kept: list[str]) -> None:
    """Feedback on the newest mail with these tags and that of the mailbox only."""
    said_of = {"recipient": tags(office)["recipient"], **kept}
    detail = {"mail": {"tags": said_of}, "bounce": {"bounceType": "Permanent"}}
    returned(office, transformed("MailBounced" if said == "bounced" else "MailComplained", detail))


@pytest.mark.parametrize("said", ["bounced", "complained"])
@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"tenant": ["acme"]},
        {"tenant": ["acme"], "effect": ["bm90aGluZw"], "since": ["1"]},
        {"tenant": ["acme"], "person": ["gone"], "since": ["1"]},
    ],
    ids=["nothing", "only the organisation", "a delivery that is gone", "a person that is gone"],
)
def test_the_tag_of_the_mailbox_alone_stops_mails(mailed: Office, said: str, kept: dict[str, list[str]]) -> None:
    sent = mails(mailed)

    reported(mailed, said, **kept)
    file(mailed)

    assert (len(stops(mailed)), mails(mailed)) == (1, sent)


def test_a_report_of_a_person_who_was_removed_stops_mails(office: Office) -> None:
    sub = invite(office, office.organisation, "new@shop.example").json["sub"]
    path = f"{office.organisation.path}/people/{sub}"
    assert office.world.call("DELETE", path, auth=office.organisation.auth("owner")).status == 204

    returned(office, complaint(office))

    assert invite(office, office.organisation, "new@shop.example").status == 422


def test_strangers_cannot_sign_up_with_a_stopped_address(office: Office) -> None:
    invite(office, office.organisation, "new@shop.example")
    returned(office, complaint(office))
    body = {"id": "another-shop", "name": "示例", "email": "new+1@shop.example", "preset": PRESET}

    answer = office.world.call("POST", "/v1/tenants", body)

    assert (answer.status, answer.pointer) == (422, "/email")
    assert mails(office, "new+1@shop.example") == 0
