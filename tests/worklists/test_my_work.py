"""The page of one's own work: what waits, what was told, figures, absence and settings. The API has the same."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.worklists import own_decisions
from chalicelib.workers.reactions import run_reactions
from tests.clauses.offices.bureau import assigned, bureau_in
from tests.clauses.offices.company import company_in, recorded
from tests.clauses.offices.estate import estate_in, handled
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def company() -> Organisation:
    return company_in(InProcess(START))


def my_work(office: Organisation, who: str, language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/my-work")
    assert browser.answer.status == 200, browser.answer.text
    return browser


def form_of(browser: Browser, end: str) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if one.action.partition("?")[0].endswith(end))


def figures(office: Organisation, who: str) -> dict[str, Any]:
    found: dict[str, Any] = office.get("/people/me/figures", who)
    return found


def forwarded(company: Organisation) -> str:
    """A complaint that is assigned to the business unit, which has to solve it."""
    number = recorded(company)
    company.act(number, "team_lead", "confirm")
    company.act(number, "team_lead", "forward", to="business_unit")
    company.act(number, "business_unit", "assign", responsible=[company.subs["business_unit"]])
    return number


def decided(company: Organisation) -> str:
    number = forwarded(company)
    company.act(number, "business_unit", "inspect", findings="送货晚了三天。", truthful=True)
    company.act(number, "business_unit", "decide", solution="退还运费。", outcome="compensated")
    return number


def test_tasks_and_approvals_that_wait_for_the_member_lead_to_their_forms() -> None:
    estate = estate_in(InProcess(START))
    owed = estate.file(severity="major")
    proposed = handled(estate, channel="email")
    estate.act(proposed, "management_office", "reply", text="灯已换好。")

    links = [href for href, _ in my_work(estate, "management_office").page.links]
    assert f"{desk(estate)}/complaints/{owed}/acts/do_task" in links
    links = [href for href, _ in my_work(estate, "service_centre").page.links]
    assert f"{desk(estate)}/complaints/{proposed}/acts/approve" in links


def test_notices_to_the_member_are_listed_the_newest_first_and_older_ones_follow(company: Organisation) -> None:
    numbers = [recorded(company) for _ in range(11)]
    browser = my_work(company, "team_lead")
    assert browser.page.text.index(numbers[-1]) < browser.page.text.index(numbers[-2])
    assert numbers[0] not in browser.page.text

    older = next(href for href, words in browser.page.links if words == "Older notices")
    browser.open(older.partition("#")[0])

    assert numbers[0] in browser.page.text
    assert "Newest notices" in browser.page.text


def test_the_figures_count_the_members_own_complaints(company: Organisation) -> None:
    forwarded(company)
    recorded(company)

    own = figures(company, "business_unit")["assigned"]

    assert own == {"open": 1, "due_this_week": 1, "overdue": 0, "new_messages": 0, "more": False}
    assert figures(company, "agent")["assigned"]["open"] == 0


def test_a_deadline_that_has_passed_is_overdue_and_no_more_due_this_week(company: Organisation) -> None:
    forwarded(company)
    assert isinstance(company.world, InProcess)
    company.world.jump_to("2026-12-04T09:00:00+08:00")

    own = figures(company, "business_unit")["assigned"]

    assert (own["due_this_week"], own["overdue"]) == (0, 1)


def test_decisions_of_the_last_30_days_count_once_for_the_member_who_made_them(company: Organisation) -> None:
    number = decided(company)
    assert (figures(company, "business_unit")["decided"], figures(company, "agent")["decided"]) == (1, 0)

    _repeat(company, number)
    assert figures(company, "business_unit")["decided"] == 1
    assert isinstance(company.world, InProcess)
    company.world.jump_to("2026-12-28T09:00:00+08:00")
    assert figures(company, "business_unit")["decided"] == 0


def test_a_complaint_that_excludes_the_member_is_not_counted() -> None:
    bureau = bureau_in(InProcess(START))
    hidden, _ = assigned(bureau), assigned(bureau)
    assert figures(bureau, "officer")["assigned"]["open"] == 2
    bureau.act(hidden, "officer", "recuse", reason="被投诉者是亲属。")
    assert figures(bureau, "officer")["assigned"]["open"] == 1


def test_people_of_a_unit_see_their_units_figures_and_no_others() -> None:
    marketplace = marketplace_in(InProcess(START))
    accepted(marketplace)
    marketplace.file()

    browser = my_work(marketplace, "seller")

    assert figures(marketplace, "seller")["units"]["open"] == 1
    assert "Complaints of my unit" in browser.page.text
    assert "Complaints assigned to me" not in browser.page.text
    assert not [one for form in browser.page.forms for one in form.controls if one.name == "mails"]


def test_a_member_appoints_a_deputy_for_days_and_ends_the_absence(company: Organisation) -> None:
    browser = my_work(company, "agent")
    browser.follow("Appoint a deputy")
    appoint(browser, company, "team_lead", "2026-11-30", "2026-12-04")
    assert "will stand in for you from Mon 30 Nov 2026" in browser.page.text
    assert company.get("/people/me/deputy", "agent") == {
        "sub": company.subs["team_lead"],
        "from": "2026-11-29T16:00:00.000Z",
        "until": "2026-12-04T16:00:00.000Z",
    }

    browser.submit(form=form_of(browser, "/absence/end"))

    assert "You have no deputy" in browser.page.text
    assert company.get("/people/me/deputy", "agent")["sub"] is None


def appoint(browser: Browser, company: Organisation, who: str, first: str, last: str) -> None:
    sent = [("sub", company.subs[who]), ("from", first), ("until", last)]
    answer = browser.ask(f"{desk(company)}/my-work/absence", sent)
    assert "Your deputy is appointed" in answer.text
    browser.open(f"{desk(company)}/my-work")


@pytest.mark.parametrize(
    ("who", "first", "last", "said"),
    [
        ("agent", "2026-11-30", "2026-12-04", "must be another person"),
        ("team_lead", "2026-11-01", "2026-11-26", "in the past"),
        ("team_lead", "2026-12-04", "2026-11-30", "must not be before the first"),
        ("team_lead", "2026-11-30", "2028-01-01", "at most 366 days"),
        ("team_lead", "2026-11-30", "", "Enter a day"),
        ("team_lead", "2026-11-30", "9999-12-31", "Enter a day"),
        ("", "2026-11-30", "2026-12-04", "Choose a deputy"),
        ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "2026-11-30", "2026-12-04", "is not a member"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_what_was_typed(
    company: Organisation, who: str, first: str, last: str, said: str
) -> None:
    browser = at_the_desk(company, "agent")
    browser.open(f"{desk(company)}/my-work/absence")
    sent = [("sub", company.subs.get(who, who)), ("from", first), ("until", last)]

    answer = browser.ask(f"{desk(company)}/my-work/absence", sent)

    assert answer.status == 422
    assert said in answer.text
    assert f'value="{first}"' in answer.text
    assert company.get("/people/me/deputy", "agent")["sub"] is None


def test_a_deputy_who_is_absent_too_is_pointed_out(company: Organisation) -> None:
    for who, deputy in (("agent", "team_lead"), ("team_lead", "sales_unit")):
        browser = at_the_desk(company, who)
        browser.open(f"{desk(company)}/my-work/absence")
        appoint(browser, company, deputy, "2026-11-27", "2026-12-04")
        assert "is absent for a part of that time too" not in browser.page.text

    assert "is absent for a part of that time too" in my_work(company, "agent").page.text


def test_settings_count_on_the_next_page(company: Organisation) -> None:
    browser = my_work(company, "agent")
    browser.submit(
        form=form_of(browser, "/my-work/settings"), mails="daily", language="zh", shortcuts="false", rows="20"
    )

    assert browser.page.headings[0] == "我的工作"
    found = company.get("/people/me/settings", "agent")
    assert found == {"mails": "daily", "language": "zh", "shortcuts": False, "rows": 20}
    assert "keys." not in browser.answer.text
    browser.open(f"{desk(company)}?lang=en")
    assert browser.page.headings[0] == "Complaints"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("rows", "0", "from 10 to 100"),
        ("rows", "1000", "from 10 to 100"),
        ("rows", "many", "from 10 to 100"),
        ("language", "fr", "one of the listed languages"),
    ],
)
def test_settings_that_do_not_exist_are_refused_and_kept(
    company: Organisation, name: str, value: str, said: str
) -> None:
    browser = my_work(company, "agent")

    answer = browser.ask(f"{desk(company)}/my-work/settings", [("mails", "daily"), (name, value)])

    assert answer.status == 422
    assert said in answer.text
    assert company.get("/people/me/settings", "agent")["mails"] == "at_once"


def test_an_empty_page_says_so_in_chinese(company: Organisation) -> None:
    text = my_work(company, "agent", "zh").page.text
    assert "没有待办的任务、审批或改进措施" in text
    assert re.search(r"办理中\s*0", text)


def _repeat(company: Organisation, number: str) -> None:
    """The stream relays the decision again."""
    assert isinstance(company.world, InProcess)
    seq = company.events(number, type_="decided")[0]["seq"]
    run_reactions(company.world.fakes.wiring, RelayedEvent(company.id, number, seq, again=True))
    with binding.tenant(company.id):
        [entry] = company.world.fakes.store.get([own_decisions.key(company.id, company.subs["business_unit"])]).values()
    assert list(own_decisions.FORM.read(entry).decided) == [f"{number}/{seq}"]
