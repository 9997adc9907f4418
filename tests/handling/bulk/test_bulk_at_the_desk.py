"""Bulks at the desk, without JavaScript: ticked on the queue, checked, done, listed."""

from __future__ import annotations

import re

import pytest

from chalicelib.composition import FEATURES
from chalicelib.features.bulk import step
from chalicelib.features.organisations.job_list import label_of
from chalicelib.policy import presets
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import NOTE, noted, read, start
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


def asked(office: Organisation, query: str, who: str = "handler") -> Browser:
    browser = at_the_desk(office, who)
    browser.open(f"{desk(office)}/bulk?{query}")
    return browser


def form_of(browser: Browser, action: str) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if action in one.action)


def test_the_queue_has_a_box_for_each_complaint(office: Organisation) -> None:
    browser = at_the_desk(office, "handler")
    ticks = re.findall(r'form="several" name="number" value="([^"]+)"', browser.answer.text)
    assert set(ticks) == set(office.filed)


def test_acts_are_offered_that_the_first_complaint_has(office: Organisation) -> None:
    browser = asked(office, f"number={list(office.filed)[2]}")
    offered = re.findall(r"[?&;]act=(\w+)", browser.answer.text)
    assert {"note", "inform"} <= set(offered) <= {"note", "inform", "assign", "classify"}
    assert "act=switch" in asked(office, f"number={list(office.filed)[2]}", "owner").answer.text


def test_an_act_is_checked_and_then_done_on_what_was_ticked(office: Organisation) -> None:
    first, second, third = office.filed
    browser = asked(office, f"act=note&number={first}&number={second}")
    browser.submit(form=form_of(browser, "/bulk?"), **{"fact.text": "等待供应商回复"})
    assert "/bulk/bulk-" in browser.path
    office.world.settle()
    browser.open(browser.path)
    assert "Do it now (complaints: 2)" in browser.answer.text

    browser.submit(form=form_of(browser, "/bulk/bulk-"))
    office.world.settle()
    browser.open(browser.path)
    assert "Done" in browser.answer.text
    assert [noted(office, number) for number in (first, second, third)] == [1, 1, 0]
    browser.open(browser.path + "/list.csv")
    assert f"{first},Done," in browser.answer.text


def test_all_that_match_follow_the_view_of_the_queue(office: Organisation) -> None:
    browser = asked(office, "act=note&every=true&tab=unassigned")
    browser.submit(form=form_of(browser, "/bulk?"), **{"fact.text": "等待供应商回复"})
    office.world.settle()
    browser.open(browser.path)
    first, second, accepted = office.filed
    assert [number in browser.answer.text for number in (first, second, accepted)] == [True, True, False]


def test_a_wrong_field_is_shown_at_its_input_before_any_job(office: Organisation) -> None:
    browser = asked(office, f"act=note&number={next(iter(office.filed))}")
    browser.submit(form=form_of(browser, "/bulk?"), **{"fact.text": ""})
    assert browser.answer.status == 422


def test_a_view_without_complaints_says_so(office: Organisation) -> None:
    assert "No complaint matches" in asked(office, "every=true&stage=nowhere").answer.text


def test_the_page_of_jobs_names_the_kind_and_who_started_each(office: Organisation) -> None:
    browser = asked(office, f"act=note&number={next(iter(office.filed))}")
    browser.submit(form=form_of(browser, "/bulk?"), **{"fact.text": "等待供应商回复"})
    job = browser.path
    browser.open(f"{desk(office)}/jobs")
    assert f'href="{job}"' in browser.answer.text
    assert "Check of a bulk act" in browser.answer.text
    assert (desk(office), "‹ Complaints") in [(href, words) for href, words in browser.page.links]

    owner = at_the_desk(office, "owner")
    owner.open(f"{desk(office)}/jobs")
    assert "Check of a bulk act" in owner.answer.text
    assert f'href="{job}"' not in owner.answer.text


def test_every_kind_of_job_has_a_name_in_both_languages() -> None:
    kinds = [kind for feature in FEATURES for kind in feature.jobs]
    assert not [kind for kind in kinds if label_of(kind)["en"] == kind or label_of(kind)["zh"] == kind]


def test_the_reason_of_a_stopped_job_is_told_in_the_readers_language(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "MOST", 2)
    job = read(office, start(office, **NOTE, filter={}).json["id"])["bulk"]["id"]
    browser = at_the_desk(office, "handler", language="zh")
    for path in (f"/bulk/{job}", "/jobs"):
        browser.open(desk(office) + path)
        assert "请缩小筛选范围" in browser.answer.text


def test_people_who_only_answer_for_a_unit_have_no_boxes_and_are_told_that_they_have_no_act() -> None:
    marketplace = marketplace_in(InProcess(START))
    number = accepted(marketplace)
    browser = at_the_desk(marketplace, "seller")
    assert number in browser.answer.text
    assert 'name="number"' not in browser.answer.text
    browser.open(f"{desk(marketplace)}/bulk?number={number}")
    assert "You have no act for these complaints" in browser.answer.text


@pytest.mark.parametrize("preset", presets.names())
def test_every_role_of_each_procedure_has_its_work_and_acts_on_many_or_no_boxes(preset: str) -> None:
    found = sign_up(InProcess(START), preset)
    number = found.file()
    for who in found.emails:
        browser = at_the_desk(found, who)
        has_boxes = f'name="number" value="{number}"' in browser.answer.text
        browser.open(f"{desk(found)}/bulk?number={number}")
        assert has_boxes == ("act=note" in browser.answer.text), who
        browser.open(f"{desk(found)}/my-work")
        assert browser.answer.status == 200, who
