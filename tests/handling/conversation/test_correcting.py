"""Contact details are corrected: mails go to the new address, pending ones too, and the old one learns no other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.handling.conversation.offices import CUSTOMER, LATER, recorded, shown
from tests.helpers.fakes.mailer import FakeMailer

EMAIL, CONTACT, ADDRESS = "complainant.email", "complainant.contact", "complainant.address"


def mailer(council: Organisation) -> FakeMailer:
    assert isinstance(council.world, InProcess)
    return council.world.fakes.mailer


def mails_to(council: Organisation, address: str) -> list[str]:
    council.world.settle()
    return [sent.text for sent in mailer(council).outbox if sent.to == address]


def test_staff_see_the_old_and_the_new_address_in_the_record(council: Organisation) -> None:
    number = council.file()

    council.act(number, "complainant", "correct", **{EMAIL: LATER, ADDRESS: "1 Lamp Street"})

    seen = shown(council, number, "clerk")
    assert seen["registered"][EMAIL] == CUSTOMER
    assert seen["corrected"] == {EMAIL: LATER, ADDRESS: "1 Lamp Street"}


def test_messages_go_to_the_new_address_from_then_on(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "correct", **{EMAIL: LATER})
    before = len(mails_to(council, CUSTOMER))

    council.act(number, "clerk", "inform", message="The lamp is mended.")

    assert "The lamp is mended." in mails_to(council, LATER)[-1]
    assert len(mails_to(council, CUSTOMER)) == before


def test_the_former_address_is_told_without_the_new_one(council: Organisation) -> None:
    number = council.file()

    council.act(number, "complainant", "correct", **{EMAIL: LATER})

    told = mails_to(council, CUSTOMER)[-1]
    assert told.startswith(f"The e-mail address of complaint {number} was replaced.")
    assert LATER not in told
    assert not any("was replaced" in one for one in mails_to(council, LATER))


def test_a_pending_message_goes_to_the_new_address(council: Organisation) -> None:
    number = council.file()
    council.world.settle()
    mailer(council).down = True
    council.act(number, "clerk", "inform", message="Please call us.")
    council.world.settle()
    council.act(number, "complainant", "correct", **{EMAIL: LATER})
    council.world.settle()
    mailer(council).down = False

    advance(council.world, "13 hours")

    assert any("Please call us." in one for one in mails_to(council, LATER))
    assert not any("Please call us." in one for one in mails_to(council, CUSTOMER))


def test_a_number_in_place_of_the_address_ends_the_mails(council: Organisation) -> None:
    number = council.file(facts={EMAIL: None, CONTACT: CUSTOMER})
    council.act(number, "complainant", "correct", **{CONTACT: "00000000000"})
    before = len(mails_to(council, CUSTOMER))

    council.act(number, "clerk", "inform", message="The lamp is mended.")

    assert "was replaced" in mails_to(council, CUSTOMER)[-1]
    assert len(mails_to(council, CUSTOMER)) == before


def test_a_number_beside_the_address_leaves_the_mails(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "correct", **{CONTACT: "00000000000"})

    council.act(number, "clerk", "inform", message="The lamp is mended.")

    assert "The lamp is mended." in mails_to(council, CUSTOMER)[-1]
    assert not any("was replaced" in one for one in mails_to(council, CUSTOMER))


def test_the_same_address_again_replaces_nothing(council: Organisation) -> None:
    number = council.file()

    council.act(number, "complainant", "correct", **{EMAIL: CUSTOMER})

    assert not any("was replaced" in one for one in mails_to(council, CUSTOMER))


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [({}, f"/fields/{ADDRESS}"), ({EMAIL: "no address"}, f"/fields/{EMAIL}"), ({CONTACT: "?"}, f"/fields/{CONTACT}")],
)
def test_what_is_no_correction_is_refused(council: Organisation, fields: dict[str, Any], pointer: str) -> None:
    number = council.file()

    answer = council.try_act(number, "complainant", "correct", **fields)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert council.events(number, type_="corrected") == []


def test_another_complaints_receipt_corrects_nothing(council: Organisation) -> None:
    number, other = council.file(), council.file()
    path = f"{council.path}/complaints/{number}/acts/correct"

    answer = council.world.call("POST", path, {"fields": {EMAIL: LATER}}, auth=council.auth("complainant", other))

    assert answer.status == 404
    assert mails_to(council, LATER) == []


def test_a_member_records_a_correction_and_both_addresses_are_told(council: Organisation) -> None:
    number = council.file()

    answer = recorded(council, number, "clerk", "correct", **{EMAIL: LATER})

    assert answer.status == 200, answer.text
    assert "recorded this on your behalf" in mails_to(council, LATER)[-1]
    assert "was replaced" in mails_to(council, CUSTOMER)[-1]
