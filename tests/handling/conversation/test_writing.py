"""While the case is open the complainant writes to its handlers, whom the record and a message tell."""

from __future__ import annotations

import pytest
from msgspec.structs import force_setattr

from chalicelib.limits.budgets import MESSAGES, Allowance, Budgets
from tests.clauses.organisation import Organisation
from tests.handling.conversation.offices import HOSTILE, recorded, shown

TEXT = "The lamp on the other side is broken, too."


def test_a_message_goes_on_record_and_changes_neither_stage_nor_deadlines(council: Organisation) -> None:
    number = council.file()
    before, due = council.complaint(number), council.deadline(number, "answer")

    after = council.act(number, "complainant", "write", message=TEXT)

    assert [one["type"] for one in after["events"]] == ["written", "notified"]
    assert (after["stage"], after["acts"], after["flags"]) == (before["stage"], before["acts"], before["flags"])
    assert council.deadline(number, "answer") == due
    assert shown(council, number, "clerk")["written"] == {"message": TEXT}


def test_the_tier_is_told_where_no_one_is_assigned(council: Organisation) -> None:
    number = council.file()

    council.act(number, "complainant", "write", message=TEXT)

    newest = council.told("clerk", number, "en")[0]
    assert newest == f"The complainant has written about complaint {number}. Please read it and answer."
    assert council.told("head", number, "en") == []


def test_the_queue_marks_a_new_message_until_staff_act(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "write", message=TEXT)

    [row] = council.get("/complaints?mark=message", "clerk")["complaints"]
    council.act(number, "clerk", "inform", message="Thank you.")

    assert (row["number"], row["marks"]) == (number, ["message"])
    assert council.get("/complaints?mark=message", "clerk")["complaints"] == []


def test_further_acts_of_the_complainant_are_listed_apart_with_their_forms(council: Organisation) -> None:
    number = council.file()

    seen = council.complaint(number)

    assert (seen["acts"], seen["further_acts"]) == (["withdraw"], ["write", "correct"])
    names = [field["name"] for field in seen["further_forms"]["correct"]]
    assert names == ["complainant.address", "complainant.contact", "complainant.email"]
    assert "inform" in council.complaint(number, "clerk")["office_acts"]


@pytest.mark.parametrize(
    "text", ["", "  ", "\n", "\u200b" * 9, "\u202e \u2066", "\ufeff\u00ad", "\u3164", "\u0301"], ids=ascii
)
def test_a_message_of_which_nothing_is_seen_is_empty(council: Organisation, text: str) -> None:
    number = council.file()

    answer = council.try_act(number, "complainant", "write", message=text)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/message")
    assert council.events(number, type_="written") == []


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "\u202eok", "。", "\u0967"], ids=ascii)
def test_one_sign_that_is_seen_is_a_message(council: Organisation, text: str) -> None:
    number = council.file()

    council.act(number, "complainant", "write", message=text)

    assert shown(council, number, "clerk")["written"] == {"message": text}


@pytest.mark.parametrize(("text", "status"), [("😀" * 4000, 200), ("😀" * 4001, 422), ("a\n" * 2000, 200)])
def test_characters_are_counted_and_not_their_bytes(council: Organisation, text: str, status: int) -> None:
    assert council.try_act(council.file(), "complainant", "write", message=text).status == status


def test_four_thousand_hostile_characters_are_kept_as_they_are(council: Organisation) -> None:
    number, text = council.file(), (HOSTILE * 40)[:4000]

    council.act(number, "complainant", "write", message=text)

    assert len(text) == 4000
    assert shown(council, number, "clerk")["written"]["message"] == text.strip()


def test_a_longer_text_is_refused_and_none_is_cut(council: Organisation) -> None:
    number = council.file()

    answer = council.try_act(number, "complainant", "write", message="x" * 4001)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/fields/message")
    assert council.events(number, type_="written") == []


def test_no_one_writes_once_the_case_has_ended(council: Organisation) -> None:
    number = council.file()
    council.act(number, "clerk", "close")

    refused = [
        council.try_act(number, "complainant", "write", message=TEXT).json["type"],
        council.try_act(number, "clerk", "inform", message=TEXT).json["type"],
    ]

    assert [one.rpartition("/")[2] for one in refused] == ["act-not-open", "act-not-open"]
    assert council.complaint(number)["further_acts"] == []


def test_a_member_records_what_the_complainant_said(council: Organisation) -> None:
    number = council.file()

    answer = recorded(council, number, "clerk", "write", message=TEXT)

    assert answer.status == 200, answer.text
    [event] = council.events(number, type_="written")
    assert (event["actor"]["kind"], event["actor"]["on_behalf_of"]) == ("staff", "complainant")
    assert "we have recorded this on your behalf" in council.told("complainant", number, "en")[0]


def test_another_complaints_receipt_writes_nothing(council: Organisation) -> None:
    number, other = council.file(), council.file()
    path = f"{council.path}/complaints/{number}/acts/write"

    answer = council.world.call("POST", path, {"fields": {"message": TEXT}}, auth=council.auth("complainant", other))

    assert answer.status == 404
    assert council.events(number, type_="written") == []


def test_one_source_writes_so_often_in_an_hour(council: Organisation) -> None:
    wiring, number = council.world.fakes.wiring, council.file()
    force_setattr(wiring, "budgets", Budgets(wiring.secrets, wiring.real_clock, Allowance(500, 50_000)))
    for position in range(MESSAGES):
        council.act(number, "complainant", "write", message=f"Message {position}")

    answer = council.try_act(number, "complainant", "correct", **{"complainant.address": "1 Lamp Street"})

    assert (answer.status, answer.json["limit"], answer.json["most"]) == (429, "messages_from_an_address", MESSAGES)
    assert council.events(number, type_="corrected") == []
    assert council.try_act(number, "clerk", "inform", message="We have read it.").status == 200


def test_a_wrong_receipt_uses_up_no_messages_of_the_same_source(council: Organisation) -> None:
    wiring, number, other = council.world.fakes.wiring, council.file(), council.file()
    force_setattr(wiring, "budgets", Budgets(wiring.secrets, wiring.real_clock, Allowance(500, 50_000)))
    path, wrong = f"{council.path}/complaints/{number}/acts/write", council.auth("complainant", other)
    for position in range(MESSAGES - 1):
        council.act(number, "complainant", "write", message=f"Message {position}")

    refused = [council.world.call("POST", path, {"fields": {"message": TEXT}}, auth=wrong).status for _ in range(3)]

    assert refused == [404] * 3
    assert council.try_act(number, "complainant", "write", message=TEXT).status == 200
    assert council.try_act(number, "complainant", "write", message=TEXT).status == 429


def test_an_idempotency_key_writes_once(council: Organisation) -> None:
    number, key = council.file(), {"Idempotency-Key": "5f0c7f5e-3f35-4bd7-8a53-000000000001"}

    council.try_act(number, "complainant", "write", key, message=TEXT)
    again = council.try_act(number, "complainant", "write", key, message=TEXT)

    assert again.status == 200
    assert len(council.events(number, type_="written")) == 1
