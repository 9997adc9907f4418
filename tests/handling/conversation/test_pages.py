"""The conversation on the page of a case and at the desk: written, shown in order, answered, without JavaScript."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.conversation.offices import CUSTOMER, HOSTILE, LATER, attached, shown, with_unit
from tests.handling.desk.desk import at_act, form_of, opened
from tests.handling.pages.shops import page_of
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import Browser


def form_at(browser: Browser) -> int:
    """The place of the act's form on a page of the complainant."""
    return next(at for at, form in enumerate(browser.page.forms) if "/acts/" in form.action)


def asked(browser: Browser, path: str) -> Answer:
    """The answer itself: it leads to the bucket, which this browser does not know."""
    cookies = "; ".join(f"{name.partition(' ')[0]}={value}" for name, (value, _) in browser.cookies.items())
    return browser.world.client.request("GET", path, None, headers={"Cookie": cookies})


def at_own_act(office: Organisation, number: str, act: str, language: str = "en") -> Browser:
    browser = page_of(office, number, language)
    browser.open(f"/t/{office.id}/case/{number}/acts/{act}")
    return browser


def said(browser: Browser) -> str:
    """The part of the page with the conversation."""
    title = next(
        one
        for one in ("Messages between you and the handlers", "Messages with the complainant", "与办理人员的留言往来")
        if one in browser.page.headings
    )
    below = browser.page.text.partition(f"\n{title}\n")[2]
    return below.partition("\nHow far it is")[0].partition("\n办到哪一步了")[0].partition("\nFiles\n")[0]


def test_the_complainant_writes_and_sees_it_at_once(council: Organisation) -> None:
    number = council.file()
    browser = at_own_act(council, number, "write")
    assert "moves no deadline" in browser.page.text

    browser.submit(form=form_at(browser), fact__message="The other lamp, too.")

    assert "told=done" in browser.path
    assert "The other lamp, too." in said(browser)
    assert shown(council, number, "clerk")["written"] == {"message": "The other lamp, too."}


def test_both_sides_stand_in_order_of_time_with_who_wrote(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "write", message="First of all.")
    council.act(number, "clerk", "inform", message="Second to that.", asks="yes")

    mine, desk = said(page_of(council, number)), said(opened(council, number, "clerk"))

    assert mine.index("First of all.") < mine.index("Second to that.")
    assert desk.index("First of all.") < desk.index("Second to that.")
    assert "You" in mine.splitlines()[0] + mine.splitlines()[1]
    assert "clerk" in desk
    assert "Please answer" in mine


@pytest.mark.parametrize(
    ("language", "none"),
    [
        ("zh", ("您和办理人员都还没有留言。", "还没有通知。")),
        ("en", ("Neither you nor the handlers", "There are no notices yet.")),
    ],
)
def test_an_empty_list_does_not_contradict_a_message_of_a_member(
    council: Organisation, language: str, none: tuple[str, str]
) -> None:
    number = council.file()
    before = page_of(council, number, language).page.text
    council.act(number, "clerk", "inform", message="Which lamp?")

    page = page_of(council, number, language).page

    assert [one in before for one in none] == [True, True]
    assert [one in page.text for one in none] == [False, True], "a list of notices has no messages of members"
    assert len(set(page.headings)) == len(page.headings)


def test_an_empty_correction_says_that_one_of_the_fields_is_enough(council: Organisation) -> None:
    browser = at_own_act(council, council.file(), "correct", "zh")

    browser.submit(form=form_at(browser))

    assert "请至少填写其中一项" in browser.page.text
    assert "请填写“" not in browser.page.text


def test_a_question_is_answered_by_its_button(council: Organisation) -> None:
    number = council.file()
    council.act(number, "clerk", "inform", message="Which lamp?", asks="yes")
    browser = page_of(council, number)

    browser.follow("Answer")
    browser.submit(form=form_at(browser), fact__message="The left one.")

    assert "The left one." in said(browser)
    assert "Answer" not in [words.strip() for _, words in browser.page.links]


def test_hostile_texts_are_text_and_no_links(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "write", message=HOSTILE)
    council.act(number, "clerk", "inform", message=HOSTILE)

    for browser in (page_of(council, number), opened(council, number, "clerk", "?show=complainant")):
        assert said(browser).count("https://evil.example/login?q=1") >= 2
        assert not [href for href, _ in browser.page.links if "evil.example" in href or "javascript" in href]
        assert "<script>alert" not in browser.answer.text
        assert "<img src=x" not in browser.answer.text


def test_the_complainant_opens_an_attachment_from_the_page(council: Organisation) -> None:
    number = council.file()
    file = attached(council, number)
    council.act(number, "clerk", "inform", message="See the plan.", files=[file])
    browser = page_of(council, number)
    [link, shown_in_files] = [href for href, _ in browser.page.links if file in href]

    answer = asked(browser, link)

    assert (answer.status, asked(browser, shown_in_files).status) == (303, 200)
    assert council.world.download(answer.headers["Location"]).startswith(b"%PDF")


def test_another_session_opens_no_attachment(council: Organisation) -> None:
    number, other = council.file(), council.file()
    file = attached(council, number)
    browser = page_of(council, other)

    browser.open(f"/t/{council.id}/case/{other}/files/{file}/copy")

    assert browser.answer.status == 404


def test_a_wrong_correction_stands_at_its_field(council: Organisation) -> None:
    browser = at_own_act(council, council.file(), "correct", "zh")

    browser.submit(form=form_at(browser), fact__complainant__email="no address")

    assert browser.answer.status == 422
    assert 'id="fact.complainant.email-fault"' in browser.answer.text


def test_the_complainant_corrects_an_address(council: Organisation) -> None:
    number = council.file()
    browser = at_own_act(council, number, "correct")
    assert "without the new one" in browser.page.text

    browser.submit(form=form_at(browser), fact__complainant__email=LATER)

    assert shown(council, number, "clerk")["corrected"] == {"complainant.email": LATER}
    assert "was replaced" in council.world.mail(CUSTOMER)


def test_a_demand_is_answered_with_having_no_such_evidence(council: Organisation) -> None:
    number = council.file()
    council.act(number, "clerk", "demand_evidence", wanted="A photo", of="complainant", kinds=["photo"])
    browser = page_of(council, number)

    browser.follow("I have no such evidence")
    assert "are told" in browser.page.text
    browser.submit(form=form_at(browser))

    assert council.complaint(number, "clerk")["demands"] == []


def test_a_withdrawal_is_asked_for_twice(council: Organisation) -> None:
    number = council.file()
    browser = at_own_act(council, number, "withdraw")
    assert "there will be no result" in browser.page.text

    browser.submit(form=form_at(browser))
    assert "are you sure?" in browser.page.text
    assert council.events(number, type_="withdrawn") == []
    browser.submit(form=form_at(browser), button="sure")

    assert "told=done" in browser.path
    assert council.complaint(number)["stage"] == "closed"


def test_a_withdrawal_after_the_decision_says_that_it_came_too_late(council: Organisation) -> None:
    number = council.file()
    browser = at_own_act(council, number, "withdraw")
    browser.submit(form=form_at(browser))
    council.act(number, "clerk", "decide")

    browser.submit(form=form_at(browser), button="sure")

    assert browser.answer.status == 409
    assert [one["type"] for one in council.events(number) if one["type"] in ("decided", "withdrawn")] == ["decided"]


def test_a_member_writes_at_the_desk_with_an_attachment(council: Organisation) -> None:
    number = council.file()
    file = attached(council, number)
    browser = at_act(council, number, "clerk", "inform")

    browser.submit(form=form_of(browser), button="check", fact__message="See the plan.", fact__files=[file])
    assert "tell" in browser.page.text
    browser.submit(form=form_of(browser), button="do")

    assert "See the plan." in said(browser)
    assert shown(council, number, "complainant")["informed"] == {"message": "See the plan.", "files": [file]}


def test_a_member_uploads_an_attachment_as_their_own_file(council: Organisation) -> None:
    number = council.file()
    browser = opened(council, number, "clerk")
    browser.follow("Upload an attachment")

    form = next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/files"))
    browser.submit(form=form, kind="message_attachment")

    [event] = council.events(number, type_="evidence_declared")
    assert (event["fields"]["kind"], event["actor"].get("on_behalf_of")) == ("message_attachment", None)


@pytest.mark.parametrize("who", ["archivist", "respondent"])
def test_the_desk_shows_the_conversation_to_no_other(council: Organisation, who: str) -> None:
    number, _ = with_unit(council)
    council.act(number, "complainant", "write", message="Between us.")

    browser = opened(council, number, who, "?show=complainant")

    assert browser.answer.status == 200
    assert "Messages with the complainant" not in browser.page.headings
    assert "Between us." not in browser.answer.text


def test_a_long_text_is_refused_with_what_was_typed(council: Organisation) -> None:
    number, text = council.file(), "x" * 4001
    browser = at_own_act(council, number, "write")
    assert "At most 4000 characters." in browser.page.text

    browser.submit(form=form_at(browser), fact__message=text)

    assert browser.answer.status == 422
    assert text in browser.answer.text


def test_a_complaint_that_has_ended_offers_no_conversation_and_promises_no_news(council: Organisation) -> None:
    number = council.file()
    council.act(number, "complainant", "withdraw")

    page = page_of(council, number).page

    assert "Messages between you and the handlers" not in page.headings
    assert "This complaint has ended." in page.text
    assert "when something happens" not in page.text
