"""Acts at the desk: the form, what the act would do, and the act, once."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import answered, unit
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.handling.desk.desk import at_act, case_path, form_of, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def accepting(office: Organisation, number: str) -> Browser:
    return at_act(office, number, "screener", "accept")


def press(browser: Browser, go: str, **values: str | list[str]) -> None:
    browser.submit(form=form_of(browser), button=go, **values)


def responsible(office: Organisation) -> dict[str, str | list[str]]:
    return {"fact__responsible": [office.subs["handler"]]}


def test_before_the_last_click_the_page_says_what_the_act_will_do(office: Organisation) -> None:
    number = office.file()
    browser = accepting(office, number)
    press(browser, "check", **responsible(office))

    assert browser.answer.status == 200
    assert "This will" in browser.page.text
    assert "move it to" in browser.page.text
    assert office.events(number, type_="accepted") == []


def test_the_act_is_done_and_the_page_of_the_complaint_says_so(office: Organisation) -> None:
    number = office.file()
    browser = accepting(office, number)
    press(browser, "check", **responsible(office))
    press(browser, "do")

    assert browser.path == f"{case_path(office, number)}?told=done"
    assert len(office.events(number, type_="accepted")) == 1


def test_the_form_shows_what_was_filed_and_not_who_complains(office: Organisation) -> None:
    facts = office.example()["facts"]
    read = accepting(office, office.file()).page.text
    assert (facts["reason"] in read, facts["complainant.name"] in read) == (True, False)


def test_a_form_with_a_fault_shows_nothing_of_what_was_filed(office: Organisation) -> None:
    browser = accepting(office, office.file())
    press(browser, "check")
    assert office.example()["facts"]["reason"] not in browser.page.text


def test_a_double_click_acts_once(office: Organisation) -> None:
    number = office.file()
    browser, second = accepting(office, number), Browser(office.world, "en")  # type: ignore[arg-type]
    press(browser, "check", **responsible(office))
    second.continue_from(browser)
    press(browser, "do")
    press(second, "do")

    assert second.answer.status == 200
    assert len(office.events(number, type_="accepted")) == 1


def test_a_fault_stands_at_its_field_and_keeps_what_was_typed(office: Organisation) -> None:
    browser = accepting(office, office.file())
    press(browser, "check")
    assert browser.answer.status == 422
    assert "fact.responsible" in browser.answer.text


def test_a_changed_complaint_keeps_what_was_typed_and_says_what_changed(office: Organisation) -> None:
    number = office.file()
    browser = at_act(office, number, "screener", "note")
    office.act(number, "director", "note", text="Look at the photo.")
    press(browser, "check", fact__text="Telephoned the buyer.")

    assert browser.answer.status == 412
    assert "has changed since you opened this page" in browser.page.text
    assert "Note director" in browser.page.text
    assert "Telephoned the buyer." in browser.answer.text

    press(browser, "check")
    press(browser, "do")
    assert browser.path.endswith("?told=done")


def test_a_field_that_another_answer_makes_necessary_is_not_called_optional(office: Organisation) -> None:
    hire(office, "respondent", name="seller", unit=unit(office, "seller"))
    text = at_act(office, answered(office), "handler", "decide").page.text
    assert "Sanctions — Needed if “Outcome” is Upheld." in text


def test_changing_what_was_entered_keeps_it(office: Organisation) -> None:
    browser = at_act(office, office.file(), "screener", "note")
    press(browser, "check", fact__text="Telephoned the buyer.")
    press(browser, "change")
    assert "Telephoned the buyer." in browser.answer.text
    assert any(one.name == "go" and one.value == "check" for one in browser.page.forms[form_of(browser)].controls)


def test_an_act_that_is_no_longer_open_keeps_what_was_typed(office: Organisation) -> None:
    number = office.file()
    browser = at_act(office, number, "screener", "refuse")
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    press(browser, "check", fact__reason="Not a matter of this platform.")

    assert browser.answer.status == 409
    assert "Not a matter of this platform." in browser.answer.text


def test_an_act_that_does_not_exist_for_the_member_leads_back(office: Organisation) -> None:
    number = office.file()
    assert at_act(office, number, "screener", "no_such_act").path == f"{case_path(office, number)}?told=changed"


def test_a_form_of_another_site_is_refused(office: Organisation) -> None:
    browser = accepting(office, office.file())
    browser.submit(form=form_of(browser), button="check", origin="https://evil.example", **responsible(office))
    assert browser.answer.status == 403


@pytest.mark.parametrize("who", ["screener", "handler", "director", "archivist", "owner"])
def test_every_act_of_the_api_has_its_form(office: Organisation, who: str) -> None:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    view = office.complaint(number, who)
    browser = opened(office, number, who)

    for act in (*view["acts"], *view["office_acts"]):
        browser.open(f"{case_path(office, number)}/acts/{act}")
        assert (act, browser.answer.status, "/acts/" in browser.path) == (act, 200, True)
    for act in view["complainant_acts"]:
        browser.open(f"{case_path(office, number)}/acts/{act}?on_behalf_of=complainant")
        assert (act, browser.answer.status, "/acts/" in browser.path) == (act, 200, True)


def test_hostile_text_is_shown_as_text(office: Organisation) -> None:
    browser = at_act(office, office.file(), "screener", "note")
    press(browser, "check", fact__text="<script>alert(1)</script>")
    assert "<script>alert" not in browser.answer.text
    assert "&lt;script&gt;" in browser.answer.text
