"""A consultation at the desk: a draft is opened for its minimum time, and comments are read and answered."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import unit
from tests.clauses.organisation import Organisation, hire
from tests.organisations.practice.practising import form_of
from tests.policies.drafts.shop import COMMENTS, ask, commented, saved
from tests.policies.studio.consulting.offices import WEEK, at, deliberating, send

OPEN, TELL, ANSWER = "/draft/consultation", "/consultation/comments", "/consultation/answers"


@pytest.fixture
def office() -> Organisation:
    return deliberating(**WEEK)


def test_the_page_says_for_how_long_and_whom_it_tells(office: Organisation) -> None:
    said = at(office, "consultation").answer.text
    assert "for at least 7 calendar days" in said
    assert "the earliest end is" in said
    assert "the complainant of each open complaint gets a message" in said


def test_an_opened_draft_says_until_when_and_how_many_were_told(office: Organisation) -> None:
    office.file()
    said = send(at(office, "consultation"), OPEN)
    assert "The draft is open, and the groups are being told." in said
    assert "The time for comments lasts until" in said
    office.world.sweep()  # type: ignore[attr-defined]
    said = at(office, "consultation").answer.text
    assert "Complainants of open complaints that have been told: 1." in said


@pytest.mark.parametrize(
    ("until", "fault"),
    [
        ("2026-11-20T09:00", "The end must be in the future."),
        ("2026-11-28T09:00", "the version in force requires that it lasts until"),
        ("soon", "This is no time."),
    ],
)
def test_an_end_that_cannot_be_is_a_fault_at_its_input(office: Organisation, until: str, fault: str) -> None:
    browser = at(office, "consultation")
    said = send(browser, OPEN, until=until)
    assert fault in said
    assert f'value="{until}"' in said
    assert "This revision is not open." in said


def test_a_later_end_is_taken(office: Organisation) -> None:
    assert "20 Dec 2026" in send(at(office, "consultation"), OPEN, until="2026-12-20T12:00")


def test_a_draft_edited_while_open_is_closed_and_says_so(office: Organisation) -> None:
    send(at(office, "consultation"), OPEN)
    saved(office, name={"zh": "又改了", "en": "Changed again"}, amendment=WEEK)
    said = at(office, "consultation").answer.text
    assert "Revision 1 was open for comments, and the draft has been changed since." in said
    assert "It must be opened again, for the whole time." in said


def test_an_owner_who_looked_at_an_earlier_revision_opens_nothing(office: Organisation) -> None:
    browser = at(office, "consultation")
    saved(office, name={"zh": "又改了", "en": "Changed again"}, amendment=WEEK)
    said = send(browser, OPEN)
    assert "The draft has changed since you opened this page." in said
    assert "This revision is not open." in said


def test_an_owner_who_looked_at_a_revision_that_there_cannot_be_opens_nothing(office: Organisation) -> None:
    browser = at(office, "consultation")
    [version] = [value for name, value in browser.page.forms[form_of(browser, OPEN)].values() if name == "version"]
    browser.submit(form=form_of(browser, OPEN), version=f"{version.rpartition('-')[0]}-{'9' * 5000}")
    assert "The draft has changed since you opened this page." in browser.answer.text
    assert "This revision is not open." in browser.answer.text


def test_a_draft_with_faults_cannot_be_opened(office: Organisation) -> None:
    saved(office, stages={})
    said = at(office, "consultation").answer.text
    assert "Faults in the draft" in said
    assert "Open it and tell them" not in said


def test_a_member_comments_and_reads_the_answer(office: Organisation) -> None:
    # given
    send(at(office, "consultation"), OPEN)
    member = at(office, "consultation", "member")
    assert "Your comment has been sent." in send(member, TELL, text="The limit is too short.", place="clocks")

    # when
    said = send(at(office, "consultation"), ANSWER, text="We will make it longer.")

    # then
    assert "The answer has been sent." in said
    own = at(office, "consultation", "member").answer.text
    assert "The limit is too short." in own
    assert "deadlines" in own
    assert "We will make it longer." in own
    listed = ask(office, "GET", COMMENTS).json["comments"][0]
    assert (listed["place"], listed["answer"]["text"]) == ("/clocks", "We will make it longer.")


def test_a_complainant_s_comment_stands_without_a_name(office: Organisation) -> None:
    number = office.file()
    send(at(office, "consultation"), OPEN)
    assert commented(office, "complainant", number).status == 201
    said = at(office, "consultation").answer.text
    assert "A complainant on" in said
    assert "期限太短。" in said


@pytest.mark.slow
def test_an_answer_is_changed(office: Organisation) -> None:
    send(at(office, "consultation"), OPEN)
    assert commented(office, "member").status == 201
    send(at(office, "consultation"), ANSWER, text="First.")
    browser = at(office, "consultation")
    assert "Change the answer" in browser.answer.text
    said = send(browser, ANSWER, text="Second.")
    assert ("Second." in said, "First." in said) == (True, False)


def test_members_see_neither_a_draft_that_is_not_open_nor_comments_of_others(office: Organisation) -> None:
    assert "There is no draft that is open to you now." in at(office, "consultation", "member").answer.text
    send(at(office, "consultation"), OPEN)
    assert commented(office, "lead").status == 201
    said = at(office, "consultation", "member").answer.text
    assert ("期限太短。" in said, "Answer</summary>" in said) == (False, False)


def test_only_owners_answer(office: Organisation) -> None:
    send(at(office, "consultation"), OPEN)
    assert commented(office, "member").status == 201
    comment = ask(office, "GET", COMMENTS).json["comments"][0]
    member = at(office, "consultation", "member")
    given = [("draft", comment["draft"]), ("comment", comment["id"]), ("text", "Mine.")]
    path = member.path.partition("?")[0]
    assert member.ask(f"{path}/answers", given).status == 403
    assert "answer" not in ask(office, "GET", COMMENTS).json["comments"][0]


@pytest.mark.parametrize("comment", ["../1", "2026-11-27T01:00:00.000Z-0123456789abcdef", ""])
def test_a_comment_that_there_is_not_is_not_answered(office: Organisation, comment: str) -> None:
    browser = at(office, "consultation")
    given = [("draft", "3"), ("comment", comment), ("text", "Yes.")]
    assert browser.ask(f"{browser.path}/answers", given).status == 404


def test_a_comment_after_the_end_is_not_sent_and_is_kept(office: Organisation) -> None:
    send(at(office, "consultation"), OPEN, until="2026-12-20T12:00")
    member = at(office, "consultation", "member")
    office.world.move_to("2026-12-21T09:00:00+08:00")
    said = send(member, TELL, text="Too late, but true.")
    assert "no longer open for comments" in said
    assert ask(office, "GET", COMMENTS).json["comments"] == []


def test_the_page_is_chinese_for_chinese_readers(office: Organisation) -> None:
    said = at(office, "consultation", language="zh").answer.text
    assert "现行制度要求草案至少公开征求意见" in said
    assert "公开并通知" in said


def test_a_respondent_reads_no_names_of_the_office(office: Organisation) -> None:
    """As in the API, which tells them that an owner saved the draft."""
    unit(office, "shop")
    hire(office, "respondent", name="seller", unit="shop")
    send(at(office, "consultation"), OPEN)
    assert "by Unnamed member" in at(office, "consultation", "member").answer.text
    assert "by Owner" in at(office, "consultation", "seller").answer.text
