"""Members write to the complainant in their own words, with sealed files, by the usual ways."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared, given
from tests.clauses.organisation import Organisation
from tests.handling.conversation.offices import CUSTOMER, HOSTILE, attached, shown

TEXT = "Please tell us which lamp it is."


def test_the_complainant_reads_the_text_in_inbox_and_mail(council: Organisation) -> None:
    number = council.file()

    council.act(number, "clerk", "inform", message=TEXT)

    assert council.told("complainant", number, "en")[0].startswith("The people who handle your complaint")
    newest = council.get(f"/messages?complaint={number}", "complainant", number)["messages"][0]
    assert [(one["label"]["en"], one["text"]["en"]) for one in newest["enclosed"]] == [("Message", TEXT)]
    assert TEXT in council.world.mail(CUSTOMER)


def test_a_question_says_that_an_answer_is_wanted(council: Organisation) -> None:
    number = council.file()

    council.act(number, "clerk", "inform", message=TEXT, asks="yes")

    assert "ask you to answer" in council.told("complainant", number, "en")[0]
    [event] = council.events(number, type_="informed")
    assert event["fields"]["asks"] == "yes"


def test_a_mail_leaves_out_web_addresses_and_keeps_the_rest(council: Organisation) -> None:
    number = council.file()

    council.act(number, "clerk", "inform", message=HOSTILE)

    mail = council.world.mail(CUSTOMER)
    assert "https://evil.example" not in mail
    assert "你好" in mail
    assert shown(council, number, "complainant")["informed"]["message"] == HOSTILE.strip()


def test_the_complainant_opens_an_attachment(council: Organisation) -> None:
    number = council.file()
    file = attached(council, number)

    council.act(number, "clerk", "inform", message=TEXT, files=[file])

    assert shown(council, number, "complainant")["informed"]["files"] == [file]
    found = council.get(f"/complaints/{number}/evidence/{file}", "complainant", number)
    assert (found["state"], "original" in found["copies"]) == ("sealed", True)
    assert "They attached files (1)" in council.told("complainant", number, "en")[0]


def test_only_sealed_files_of_the_complaint_are_attached(council: Organisation) -> None:
    number, other = council.file(), council.file()
    waiting = declared(council, number, "message_attachment", auth=council.auth("clerk")).json["id"]
    elsewhere = attached(council, other)

    answer = council.try_act(number, "clerk", "inform", message=TEXT, files=[waiting, elsewhere, "../x", "0" * 32])

    pointers = [one["pointer"] for one in answer.json["errors"]]
    assert (answer.status, pointers) == (
        422,
        ["/fields/files/0", "/fields/files/1", "/fields/files/2", "/fields/files/3"],
    )
    assert council.events(number, type_="informed") == []


def test_a_refused_file_is_not_attached(council: Organisation) -> None:
    number = council.file()
    refused = given(council, number, "message_attachment", b"no pdf at all", auth=council.auth("clerk"))
    assert refused["state"] == "refused"

    answer = council.try_act(number, "clerk", "inform", message=TEXT, files=[refused["id"]])

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/files/0")


def test_only_members_give_attachments_to_messages(council: Organisation) -> None:
    number = council.file()

    answer = declared(council, number, "message_attachment")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/kind")


@pytest.mark.parametrize("who", ["archivist", "complainant"])
def test_who_may_not_see_the_complainant_does_not_write_to_them(council: Organisation, who: str) -> None:
    number = council.file()

    answer = council.try_act(number, who, "inform", message=TEXT)

    assert answer.status == 403
    assert council.events(number, type_="informed") == []


def test_a_message_needs_a_text(council: Organisation) -> None:
    number = council.file()

    answer = council.try_act(number, "clerk", "inform", asks="yes")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/message")
