"""What will happen to open complaints, at the desk: the terms, a dry run, and the same for good."""

from __future__ import annotations

import pytest

from tests.clauses.offices.company import of_class
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import at_the_desk, desk
from tests.switching.shop import ask, publish, switched, world_of

TERMS = "/procedure/open-complaints"


def at_terms(shop: Organisation, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(shop, who, language=language)
    browser.open(desk(shop) + TERMS)
    return browser


def tried(shop: Organisation, **terms: str) -> Browser:
    """The page of a dry run that is done."""
    at = at_terms(shop)
    at.submit(form=form_of(at, TERMS), **terms)
    return ended(shop, at)


def ended(shop: Organisation, browser: Browser) -> Browser:
    world_of(shop).sweep()
    browser.open(browser.path)
    assert browser.answer.status == 200, browser.answer.text
    return browser


def done(shop: Organisation, browser: Browser) -> Browser:
    browser.submit(form=form_of(browser, browser.path.partition("?")[0]))
    return ended(shop, browser)


def test_the_modes_are_explained_where_they_are_chosen(shop: Organisation) -> None:
    said = at_terms(shop).answer.text
    assert "due times stay or get earlier, never later" in said
    assert 'value="switch_if_favourable" aria-describedby="mode-switch_if_favourable-hint" checked' in said


def test_a_dry_run_says_what_would_happen_and_changes_nothing(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    said = tried(shop).answer.text
    assert "1 would move to the version in force." in said
    assert "earlier: 1" in said
    assert (shop.complaint(number)["policy"], switched(shop, number)) == ("1", [])


@pytest.mark.parametrize(("mode", "moved"), [("switch_if_favourable", ["1", "2"]), ("switch", ["2", "2"])])
def test_the_dry_run_equals_the_result(shop: Organisation, mode: str, moved: list[str]) -> None:
    numbers = [shop.file(severity="general"), shop.file(**of_class("major"))]
    publish(shop, general="48 hours")
    trial = tried(shop, mode=mode)
    kept = "1 would keep their version" in trial.answer.text
    said = done(shop, trial).answer.text
    assert "The result is that of the dry run." in said
    assert ("1 have kept their version" in said, kept) == (mode != "switch",) * 2
    assert [shop.complaint(number)["policy"] for number in numbers] == moved


def test_a_result_that_differs_from_the_dry_run_says_so(shop: Organisation) -> None:
    shop.file(severity="general")
    late = shop.file(severity="general")
    publish(shop)
    trial = tried(shop)
    path = f"/complaints/{late}/acts/switch"
    assert ask(shop, "POST", path, {"fields": {}}).status == 200
    assert "The result differs from the dry run" in done(shop, trial).answer.text


def test_what_would_be_late_at_once_is_named_and_does_not_move(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    shop.world.move_to("2026-11-27T22:00:00+08:00")
    said = tried(shop).answer.text
    assert f'/complaints/{number}">{number}</a> Its due time under the version in force has passed.' in said
    assert "1 cannot move" in said
    assert "for good</button>" not in said


def test_an_old_dry_run_moves_nothing(shop: Organisation) -> None:
    number = shop.file(severity="general")
    publish(shop)
    trial = tried(shop)
    shop.world.move_to("2026-11-28T09:01:00+08:00")
    trial.submit(form=form_of(trial, trial.path.partition("?")[0]))
    assert "The dry run no longer holds" in trial.answer.text
    assert shop.complaint(number)["policy"] == "1"


def test_a_stage_that_is_gone_moves_to_the_one_that_is_chosen(shop: Organisation) -> None:
    number = shop.file(severity="general")
    stage = shop.complaint(number)["stage"]
    publish(shop, stages={stage: "renamed"})
    said = tried(shop).answer.text
    assert "1 cannot move" in said
    said = tried(shop, **{f"stage.{stage}": "renamed"}).answer.text
    assert "1 would move to the version in force." in said


def test_only_owners_see_it(shop: Organisation) -> None:
    assert at_terms(shop, "agent").answer.status == 403


def test_a_job_of_another_kind_has_no_such_page(shop: Organisation) -> None:
    browser = at_terms(shop)
    browser.open(f"{browser.path}/backtest-1")
    assert browser.answer.status == 404


def test_the_list_of_jobs_leads_to_the_page(shop: Organisation) -> None:
    path = tried(shop).path
    browser = at_terms(shop)
    browser.open(f"{desk(shop)}/jobs")
    assert f'href="{path}"' in browser.answer.text


def test_the_page_is_chinese_for_chinese_readers(shop: Organisation) -> None:
    assert "只改对投诉人有利的" in at_terms(shop, language="zh").answer.text
