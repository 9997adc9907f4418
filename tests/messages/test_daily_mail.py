"""Members choose when they are mailed: at once, once a day in one mail that lists what came, or not at all."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.features.messages.mail import daily
from chalicelib.tenants.people import daily_readers
from chalicelib.workers import hourly
from tests.clauses.offices.bureau import assigned, bureau_in
from tests.clauses.offices.company import recorded
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.mailer import Mail
from tests.leaving.test_leaving import later, leave, statement
from tests.sign_in.door import START

SATURDAY = "2026-11-28T08:10:00+08:00"
LATER_THAT_DAY = "2026-11-28T09:10:00+08:00"
SUNDAY = "2026-11-29T08:10:00+08:00"
"""The companies of these tests begin on Friday at 9:00."""


def choose(company: Organisation, who: str, **settings: object) -> None:
    path = f"{company.path}/people/me/settings"
    assert company.world.call("PATCH", path, settings, auth=company.auth(who)).status == 200


def mails(company: Organisation, who: str) -> list[Mail]:
    assert isinstance(company.world, InProcess)
    return company.world.fakes.mailer.to(company.emails[who])


def new_mails(company: Organisation, who: str, *, at: str) -> list[Mail]:
    """Those of the hourly job of this time."""
    before, world = len(mails(company, who)), company.world
    assert isinstance(world, InProcess)
    world.jump_to(at)
    hourly.run(world.fakes.wiring, company.id, world.now(), [daily.HOURLY])
    return mails(company, who)[before:]


def told_at_once(company: Organisation, who: str) -> int:
    """How many mails of their own a new work order brings the person."""
    before = len(mails(company, who))
    recorded(company)
    return len(mails(company, who)) - before


def test_a_member_is_mailed_at_once_unless_they_choose_otherwise(company: Organisation) -> None:
    assert told_at_once(company, "team_lead") > 0


@pytest.mark.parametrize("chosen", ["daily", "none"])
def test_who_wants_no_mail_at_once_gets_the_messages_alone(company: Organisation, chosen: str) -> None:
    choose(company, "team_lead", mails=chosen)

    assert told_at_once(company, "team_lead") == 0
    assert company.get("/messages", "team_lead")["messages"]


def test_a_respondent_is_mailed_at_once_whatever_they_chose() -> None:
    """The time to answer runs from the mail."""
    marketplace = marketplace_in(InProcess(START))
    choose(marketplace, "seller", mails="none")
    number = demanded(marketplace)
    assert [mail for mail in mails(marketplace, "seller") if number in mail.subject]


def test_one_mail_of_the_next_day_lists_each_complaint_with_its_topics(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily", language="en")
    first, second = recorded(company), recorded(company)
    count = len(company.get("/messages", "team_lead")["messages"])

    [mail] = new_mails(company, "team_lead", at=SATURDAY)

    assert mail.subject == f"Daily mail: {count} notices"
    lines = [line for line in mail.text.splitlines() if line.startswith("·")]
    assert [line.partition(":")[0] for line in lines] == [f"· {first}", f"· {second}"]
    assert f"/t/{company.id}/desk/my-work" in mail.text


def test_the_mail_has_no_text_of_a_message_and_no_name(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    recorded(company)
    texts = [one["text"]["zh"] for one in company.get("/messages", "team_lead")["messages"]]

    [mail] = new_mails(company, "team_lead", at=SATURDAY)

    assert texts
    assert not [text for text in texts if text in mail.text]
    assert company.example()["facts"]["complainant.phone"] not in mail.text


def test_a_repeated_hour_and_the_same_day_send_nothing_more(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    recorded(company)
    assert len(new_mails(company, "team_lead", at=SATURDAY)) == 1

    recorded(company)

    assert new_mails(company, "team_lead", at=SATURDAY) == []
    assert new_mails(company, "team_lead", at=LATER_THAT_DAY) == []
    [next_day] = new_mails(company, "team_lead", at=SUNDAY)
    assert next_day.text.count("·") == 1


def test_a_day_without_news_brings_no_mail(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    assert new_mails(company, "team_lead", at=SATURDAY) == []


def test_no_mail_goes_out_before_the_morning(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    recorded(company)
    assert new_mails(company, "team_lead", at="2026-11-28T07:59:00+08:00") == []
    assert len(new_mails(company, "team_lead", at=SATURDAY)) == 1


def test_a_mail_that_was_not_taken_is_sent_in_a_later_hour_under_the_same_key(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    recorded(company)
    assert isinstance(company.world, InProcess)
    fakes = company.world.fakes
    fakes.mailer.untaken.add(company.emails["team_lead"])
    assert new_mails(company, "team_lead", at=SATURDAY) == []
    assert new_mails(company, "team_lead", at=LATER_THAT_DAY) == []  # the lease of the hour before is not over

    fakes.mailer.untaken.clear()
    fakes.real_clock.move_to(fakes.real_clock() + daily.LEASE)

    assert len(new_mails(company, "team_lead", at=LATER_THAT_DAY)) == 1
    assert fakes.mailer.keys[-1] == f"{company.id}/daily/{company.subs['team_lead']}/2026-11-28"


def test_what_came_before_is_still_told_to_who_wants_mails_at_once_again(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    number = recorded(company)
    choose(company, "team_lead", mails="at_once")

    [mail] = new_mails(company, "team_lead", at=SATURDAY)

    assert number in mail.text
    assert _readers(company) == []


def test_who_wants_none_any_more_or_has_left_gets_no_last_mail(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    choose(company, "agent", mails="daily")
    recorded(company)
    choose(company, "team_lead", mails="none")
    removed = company.world.call("DELETE", f"{company.path}/people/{company.subs['agent']}", auth=company.auth("owner"))
    assert removed.status == 204

    assert new_mails(company, "team_lead", at=SATURDAY) == []
    assert mails(company, "agent") == [one for one in mails(company, "agent") if "·" not in one.text]
    assert _readers(company) == []


def test_a_complaint_that_excludes_the_reader_is_not_named() -> None:
    bureau = bureau_in(InProcess(START))
    choose(bureau, "officer", mails="daily")
    hidden, seen = assigned(bureau), assigned(bureau)
    assert {one["number"] for one in bureau.get("/messages", "officer")["messages"]} == {hidden, seen}
    bureau.act(hidden, "officer", "recuse", reason="被投诉者是亲属。")

    [mail] = new_mails(bureau, "officer", at=SATURDAY)

    assert seen in mail.text
    assert hidden not in mail.text


def test_erasure_leaves_no_reader(company: Organisation) -> None:
    choose(company, "team_lead", mails="daily")
    assert leave(company).status == 202
    later(company, 32)
    assert statement(company).status == 200
    assert _readers(company) == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"rows": 0}, "/rows"),
        ({"rows": 1000}, "/rows"),
        ({"language": "fr"}, "/language"),
        ({"mails": "hourly"}, "/mails"),
        ({"shortcuts": "off"}, "/shortcuts"),
        ({"theme": "dark"}, "/theme"),
    ],
)
def test_settings_that_do_not_exist_are_refused_at_their_place(
    company: Organisation, body: dict[str, object], pointer: str
) -> None:
    path = f"{company.path}/people/me/settings"
    refused = company.world.call("PATCH", path, body, auth=company.auth("agent"))

    assert (refused.status, [one["pointer"] for one in refused.json["errors"]]) == (422, [pointer])
    assert company.get("/people/me/settings", "agent") == {
        "mails": "at_once",
        "language": "browser",
        "shortcuts": True,
        "rows": 50,
    }


def test_what_is_left_out_stays(company: Organisation) -> None:
    choose(company, "agent", rows=20, language="en")
    choose(company, "agent", mails="none")
    found = company.get("/people/me/settings", "agent")
    assert found == {"mails": "none", "language": "en", "shortcuts": True, "rows": 20}


def _readers(company: Organisation) -> list[str]:
    assert isinstance(company.world, InProcess)
    with binding.tenant(company.id):
        return [one.key.sk for one in daily_readers.every(company.world.fakes.store, company.id)]
