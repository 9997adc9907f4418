"""Each act that a member records on a complainant's behalf is told to the complainant, by its name."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {en: A council}
calendar: {timezone: Europe/London, hours: {mon-fri: ["09:00-17:00"]}}
people: {clerk: {en: Clerk}, head: {en: Head}}
intake:
  channels: {web: {en: Web}}
  facts: {content: {en: What happened, required: true}, complainant.email: {en: E-mail, kind: email}}
  email: complainant.email
fields: {statement: {en: Statement}}
stages:
  registered:
    offer: {by: clerk, to: offered}
    close: {by: clerk, to: closed}
  offered:
    supplement: {by: complainant, needs: [statement]}
    dispute: {by: complainant, approval: {by: head}}
    agree: {by: {role: complainant, not: offered}, to: closed, tells: head}
    close: {by: clerk, to: closed}
  closed: {name: {en: Closed}}
sample: {channel: web, facts: {content: The lamp is broken.}}
"""
CUSTOMER = "customer@mail.example"
CONTRADICT = "If you did not say so, please tell us."


@pytest.fixture
def council() -> Organisation:
    council = sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), POLICY)
    council.always = {"facts": {"complainant.email": CUSTOMER}}
    return council


def offered(council: Organisation) -> str:
    number = council.file()
    council.act(number, "clerk", "offer")
    return number


def record(council: Organisation, number: str, who: str, act: str, **fields: str) -> int:
    path = f"{council.path}/complaints/{number}/acts/{act}"
    body = {"fields": fields, "on_behalf_of": "complainant"}
    return council.world.call("POST", path, body, auth=council.auth(who)).status


def text(number: str, event: str) -> str:
    return f"Your complaint {number}: we have recorded this on your behalf: {event}. {CONTRADICT}"


@pytest.mark.parametrize(
    ("act", "fields", "event"),
    [
        ("agree", {}, "agreed"),
        ("supplement", {"statement": "It still is."}, "supplemented"),
        ("dispute", {}, "disputed"),
    ],
)
def test_the_complainant_is_told_which_act_was_recorded(
    council: Organisation, act: str, fields: dict[str, str], event: str
) -> None:
    number = offered(council)

    assert record(council, number, "head", act, **fields) == 200

    assert council.told("complainant", number, "en")[0] == text(number, event)
    assert council.world.mail(CUSTOMER).startswith(text(number, event))


def test_the_text_names_the_act_in_chinese(council: Organisation) -> None:
    number = offered(council)

    record(council, number, "head", "agree")

    expected = f"您的投诉 {number}：我们已代您登记“接受处理意见”。如非您的本意，请您尽快与我们联系。"
    assert council.told("complainant", number)[0] == expected


def test_the_message_is_about_the_recorded_event(council: Organisation) -> None:
    number = offered(council)

    record(council, number, "head", "agree")

    [agreed] = council.events(number, type_="agreed")
    assert [
        one["fields"]["to"]
        for one in council.events(number, type_="notified")
        if one["fields"]["about"] == agreed["id"]
    ] == [["head"], ["complainant"]]


def test_the_complainants_own_act_is_not_told_to_them(council: Organisation) -> None:
    number = offered(council)
    before = council.told("complainant", number)

    council.act(number, "complainant", "agree")

    assert council.told("complainant", number) == before


def test_a_refused_record_tells_nothing(council: Organisation) -> None:
    number = offered(council)
    before = council.told("complainant", number)

    assert record(council, number, "clerk", "agree") == 403

    assert council.told("complainant", number) == before
    assert council.events(number, type_="agreed") == []


@pytest.mark.parametrize(
    ("who", "acts"), [("clerk", ["dispute", "supplement"]), ("head", ["agree", "dispute", "supplement"])]
)
def test_a_member_sees_which_acts_they_may_record(council: Organisation, who: str, acts: list[str]) -> None:
    assert council.complaint(offered(council), who)["complainant_acts"] == acts
