"""The publication at the desk: not too early, by a second person, from a date."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, hire
from tests.policies.drafts.shop import OPEN, PUBLISH, ask, saved
from tests.policies.studio.consulting.offices import TWO, WEEK, at, deliberating, send

FORM = "/draft/publication"


@pytest.fixture
def two() -> Organisation:
    return deliberating(**TWO)


def test_a_draft_that_was_opened_to_no_group_is_not_published_yet() -> None:
    said = at(deliberating(**WEEK), "publication").answer.text
    assert "It is too early to publish it." in said
    assert "not been opened for comments to: Members of the organisation, Complainants." in said
    assert "Publish the draft</button>" not in said


def test_during_the_time_for_comments_the_page_says_when_it_ends() -> None:
    office = deliberating(**WEEK)
    assert ask(office, "POST", OPEN, {}).status == 200
    said = at(office, "publication").answer.text
    assert "The time for comments ends on" in said
    assert "4 Dec 2026" in said


def test_a_form_from_before_is_answered_with_the_reason() -> None:
    """The page was read when the draft could be published. Then it was opened for a week."""
    office = deliberating()
    browser = at(office, "publication")
    until = "2026-12-20T04:00:00.000Z"
    assert ask(office, "POST", OPEN, {"to": ["departments"], "until": until}).status == 200
    said = send(browser, FORM)
    assert "The time for comments ends on" in said
    assert ask(office, "GET", "/policy/versions").json["versions"][0]["version"] == "2"


def test_after_the_time_it_is_published() -> None:
    office = deliberating(**WEEK)
    assert ask(office, "POST", OPEN, {}).status == 200
    office.world.move_to("2026-12-05T00:00:00+08:00")
    said = send(at(office, "publication"), FORM)
    assert "The version is published." in said
    assert "Version 3, in force since" in said


def test_it_is_published_from_a_date() -> None:
    office = deliberating()
    said = send(at(office, "publication"), FORM, **{"from": "2026-12-24T08:00"})
    assert "Version 3, in force from" in said
    assert ask(office, "GET", "/policy/versions").json["versions"][0]["effective_at"] == "2026-12-24T00:00:00.000Z"


@pytest.mark.parametrize("begin", ["2026-11-01T08:00", "soon"])
def test_a_date_in_the_past_is_a_fault_at_its_input(begin: str) -> None:
    said = send(at(deliberating(), "publication"), FORM, **{"from": begin})
    assert "It must be a time, and not in the past." in said
    assert f'value="{begin}"' in said


def test_a_draft_that_has_changed_since_is_not_published() -> None:
    office = deliberating()
    browser = at(office, "publication")
    saved(office, name={"zh": "又改了", "en": "Changed again"})
    assert "The draft has changed since you opened this page." in send(browser, FORM)
    assert ask(office, "GET", "/policy/draft").json["revision"] == 2


def test_an_owner_asks_and_another_person_publishes(two: Organisation) -> None:
    said = send(at(two, "publication"), FORM, **{"from": "2026-12-24T08:00"})
    assert "You have asked for the publication" in said
    lead = at(two, "publication", "lead")
    assert "asked on" in lead.answer.text
    assert "24 Dec 2026" in lead.answer.text
    said = send(lead, FORM)
    assert "The version is published." in said
    assert ask(two, "GET", "/policy/versions").json["versions"][0]["effective_at"] == "2026-12-24T00:00:00.000Z"


def test_an_approver_who_wrote_the_draft_and_asked_does_not_publish_it(two: Organisation) -> None:
    hire(two, "owner", name="author", also=["team_lead"])
    author = at(two, "publication", "author")
    said = send(author, FORM)
    assert "You asked for it, so you cannot publish it yourself." in said
    assert "Approve and publish" not in said
    send(author, FORM)
    assert ask(two, "GET", "/policy/versions").json["versions"][0]["version"] == "2"


def test_members_who_may_not_publish_find_no_button(two: Organisation) -> None:
    assert ask(two, "POST", OPEN, {"to": ["departments"]}).status == 200
    assert ask(two, "POST", PUBLISH, {}).status == 202
    said = at(two, "publication", "member").answer.text
    assert "You may read the draft, but others publish it." in said
    assert '<button class="button"' not in said


def test_before_an_owner_asks_the_draft_is_not_open_to_the_second_person(two: Organisation) -> None:
    assert "There is no draft that is open to you now." in at(two, "publication", "lead").answer.text


def test_the_page_is_chinese_for_chinese_readers(two: Organisation) -> None:
    assert "提请发布" in at(two, "publication", language="zh").answer.text
