"""The desk's page of a record: every event, what it changed, and whether the record is intact."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.features.handling.desk import record
from chalicelib.kit.instants import HOUR
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.handling.desk.desk import case_path
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return sign_up(world, "platform")


@pytest.fixture
def number(office: Organisation) -> str:
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    return number


def at_record(
    office: Organisation, number: str, who: str = "screener", query: str = "", language: str = "en"
) -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{case_path(office, number)}/record{query}")
    assert browser.answer.status == 200
    return browser


def test_the_page_of_the_complaint_leads_to_it_with_the_number_of_events(office: Organisation, number: str) -> None:
    browser = at_the_desk(office, "screener")
    page = browser.open(case_path(office, number))
    assert f"Whole record {len(office.events(number))}" in page.text
    browser.follow("Whole record")
    assert browser.path == f"{case_path(office, number)}/record"


def test_it_lists_every_event_the_newest_first(office: Organisation, number: str) -> None:
    browser = at_record(office, number)
    seqs = [int(given["value"]) for tag, given in browser.page.tags if tag == "li" and "value" in given]
    assert seqs == list(range(len(office.events(number)), 0, -1))


def test_it_says_to_which_stage_an_event_moved_the_complaint(office: Organisation, number: str) -> None:
    stage = office.complaint(number, "screener")["stage_name"]["en"]
    assert f"Moved to: {stage}" in at_record(office, number).page.text


def test_it_says_which_deadlines_an_event_began_and_met(office: Organisation, number: str) -> None:
    text = at_record(office, number).page.text
    assert "Deadline begins: " in text
    assert "Deadline met: " in text


def test_it_says_which_deadline_was_missed(office: Organisation) -> None:
    number = office.file()
    advance(office.world, "20 days")
    assert "Deadline missed: " in at_record(office, number).page.text


def test_who_complains_is_shown_on_demand(office: Organisation, number: str) -> None:
    name = office.example()["facts"]["complainant.name"]
    browser = at_record(office, number)
    assert name not in browser.answer.text
    browser.follow("Show who complains")
    assert name in browser.answer.text


def test_one_sentence_says_that_the_record_is_intact_and_not_anchored_yet(office: Organisation, number: str) -> None:
    count = len(office.events(number))
    text = at_record(office, number).page.text
    assert (
        f"The record is intact: its {count} events are linked without a change or a gap. It has no anchor yet" in text
    )


def test_one_sentence_names_the_anchor_with_which_it_agrees(
    world: InProcess, office: Organisation, number: str
) -> None:
    for _ in range(2):
        world.fakes.clock.move_to(world.fakes.clock() + HOUR)
        world.sweep()
    assert "and agree with the anchor of Fri 27 Nov 2026" in at_record(office, number).page.text


def test_a_removed_value_is_said_at_its_event_and_in_the_sentence(
    world: InProcess, office: Organisation, number: str
) -> None:
    with binding.tenant(office.id):
        partition = keys.complaint(office.id, number)
        store = world.fakes.store
        kept = [one.key for one in store.everything() if one.key.pk == partition and one.kind == "private"]
        store.commit([Remove(key) for key in kept])
    text = at_record(office, number).page.text
    assert "Private values of this event are erased." in text
    assert "The record has a fault: values are missing. Tell an owner of the organisation." in text


def test_a_long_record_is_paged(office: Organisation, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "PAGE", 2)
    count = len(office.events(number))
    browser = at_record(office, number)
    assert f"Page 1 of {-(-count // 2)}" in browser.page.text
    browser.follow("Older ›")
    assert f"Page 2 of {-(-count // 2)}" in browser.page.text
    browser.follow("‹ Newer")
    assert "Page 1 of" in browser.page.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999", "\u0661"])
def test_a_page_that_does_not_exist_is_the_nearest(office: Organisation, number: str, page: str) -> None:
    browser = at_the_desk(office, "screener")
    browser.open(f"{case_path(office, number)}/record?page={page}")
    assert (browser.answer.status, "Registered" in browser.page.text) == (200, True)


def test_a_member_whom_the_complaint_excludes_sees_no_record(world: InProcess) -> None:
    bureau = sign_up(world, "food-drug-administration")
    number = bureau.file()
    bureau.act(number, "officer", "recuse", reason="被投诉者是亲属。")
    browser = at_the_desk(bureau, "officer")
    for page in ("record", "reads", "history", "similar", "files"):
        browser.open(f"{case_path(bureau, number)}/{page}")
        assert (page, browser.answer.status) == (page, 403)


def test_hostile_text_is_shown_as_text(office: Organisation, number: str) -> None:
    office.act(number, "screener", "note", text="<script>alert(1)</script>")
    browser = at_record(office, number)
    assert "<script>alert" not in browser.answer.text
    assert "&lt;script&gt;" in browser.answer.text


def test_it_speaks_chinese(office: Organisation, number: str) -> None:
    text = at_record(office, number, language="zh").page.text
    assert "记录完整：" in text
    assert "期限开始：" in text
