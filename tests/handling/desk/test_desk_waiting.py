"""On the desk's page of a complaint: what waits for whom, the checklist, and linked complaints."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import estate_in, handled
from tests.clauses.offices.workshop import reported
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.desk.desk import at_act, case_path, form_of, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START


@pytest.fixture
def estate() -> Organisation:
    return estate_in(InProcess(START))


@pytest.fixture
def workshop() -> Organisation:
    return sign_up(InProcess(START), "auto-repair-forms")


@pytest.fixture
def number(workshop: Organisation) -> str:
    """With two proposals to park it."""
    number = reported(workshop)
    for reason in ("quality", "no_time"):
        workshop.act(number, "customer_manager", "park", reason=reason, asked="done")
    return number


QUALITY, NO_TIME = "Quality problem whose liability could not be determined at once", "The customer has no time"


def test_a_task_says_for_whom_it_waits_and_leads_to_its_form(estate: Organisation) -> None:
    number = estate.file(severity="major")
    browser = opened(estate, number, "management_office")
    assert "Waiting for: Management office" in browser.page.text
    browser.follow("Do it")
    assert browser.path == f"{case_path(estate, number)}/acts/do_task?task=written_report"
    [task] = [one for one in browser.page.forms[form_of(browser)].controls if one.name == "fact.task"]
    assert (task.value, task.checked) == ("written_report", True)


def test_others_see_the_task_without_a_way_to_do_it(estate: Organisation) -> None:
    number = estate.file(severity="major")
    browser = opened(estate, number, "service_centre")
    assert "Waiting for: Management office" in browser.page.text
    assert not any("do_task" in href for href, _ in browser.page.links)


def test_a_proposal_says_who_proposed_what_and_who_approves_it(workshop: Organisation, number: str) -> None:
    text = opened(workshop, number, "customer_manager").page.text
    assert "Waiting for approval by: General manager" in text
    assert QUALITY in text


def test_the_approver_reads_the_proposal_before_deciding_on_it(workshop: Organisation, number: str) -> None:
    browser = opened(workshop, number, "general_manager")
    hrefs = [href for href, text in browser.page.links if text == "Read and decide"]
    assert len(hrefs) == 2
    browser.open(hrefs[0])
    assert QUALITY in browser.page.text
    assert NO_TIME in browser.page.text
    chosen = [
        one for one in browser.page.forms[form_of(browser)].controls if one.name == "fact.proposal" and one.checked
    ]
    assert [one.value for one in chosen] == [workshop.complaint(number, "general_manager")["awaiting_me"][0]]


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_the_last_page_before_the_decision_shows_the_chosen_proposal(
    workshop: Organisation, number: str, act: str
) -> None:
    proposal = workshop.complaint(number, "general_manager")["awaiting_me"][1]
    browser = at_act(workshop, number, "general_manager", act, f"?proposal={proposal}")
    browser.submit(form=form_of(browser), button="check")
    assert browser.answer.status == 200
    assert NO_TIME in browser.page.text
    assert QUALITY not in browser.page.text


def test_who_may_not_approve_has_no_way_to_decide(workshop: Organisation, number: str) -> None:
    browser = opened(workshop, number, "customer_manager")
    assert not any(text == "Read and decide" for _, text in browser.page.links)


def test_the_content_that_an_approver_reads_is_in_the_read_log(estate: Organisation) -> None:
    number = handled(estate, channel="email")
    estate.act(number, "management_office", "reply", text="灯已换好。")
    before = len(estate.get(f"/complaints/{number}/reads", "owner")["reads"])
    browser = at_act(estate, number, "service_centre", "approve")
    assert "灯已换好。" in browser.page.text
    assert len(estate.get(f"/complaints/{number}/reads", "owner")["reads"]) > before


def ticking(browser: Browser) -> int:
    return next(at for at, form in enumerate(browser.page.forms) if form.action.partition("?")[0].endswith("/tick"))


TICKER = "customer_service"


def ticked(garage: Organisation, number: str) -> list[bool]:
    return [one["ticked"] for one in garage.complaint(number, TICKER)["guidance"]]


@pytest.fixture
def garage() -> Organisation:
    return sign_up(InProcess(START), "auto-repair")


def test_a_line_of_the_checklist_is_ticked_off_with_one_click(garage: Organisation) -> None:
    number = garage.file()
    untouched = ticked(garage, number)
    browser = opened(garage, number, TICKER)
    browser.submit(form=ticking(browser))
    assert browser.path == f"{case_path(garage, number)}?told=ticked"
    assert "Ticked off." in browser.page.text
    assert ticked(garage, number) == [True, *untouched[1:]]


def test_a_second_click_ticks_nothing_twice(garage: Organisation) -> None:
    number = garage.file()
    browser, second = opened(garage, number, TICKER), Browser(garage.world, "en")  # type: ignore[arg-type]
    second.continue_from(browser)
    browser.submit(form=ticking(browser))
    second.submit(form=ticking(second))
    assert second.answer.status == 200
    assert len(garage.events(number, type_="ticked")) == 1


@pytest.mark.parametrize("item", ["99", "", "<b>"])
def test_a_line_that_does_not_exist_changes_nothing(garage: Organisation, item: str) -> None:
    number = garage.file()
    browser = opened(garage, number, TICKER)
    browser.submit(form=ticking(browser), item=item)
    assert "The complaint has changed. Look at it again." in browser.page.text
    assert garage.events(number, type_="ticked") == []


def test_the_language_that_was_chosen_stays(garage: Organisation) -> None:
    browser = opened(garage, garage.file(), TICKER, "?lang=zh")
    browser.submit(form=ticking(browser))
    assert "已勾选。" in browser.page.text


def test_who_may_not_tick_sees_the_checklist_without_buttons(garage: Organisation) -> None:
    number = garage.file()
    browser = opened(garage, number, "owner")
    assert "Checklist of this stage" in browser.page.text
    assert not any("/tick" in form.action for form in browser.page.forms)
    assert browser.ask(f"{case_path(garage, number)}/tick", [("item", "1")]).status == 403
    assert garage.events(number, type_="ticked") == []


def test_a_duplicate_leads_to_the_complaint_that_it_follows() -> None:
    office = sign_up(InProcess(START), "platform")
    first, second = office.file(), office.file()
    office.act(second, "screener", "link", to=first)
    browser = opened(office, second, "screener")
    assert "Duplicate of" in browser.page.text
    browser.follow(first)
    assert browser.path == case_path(office, first)
