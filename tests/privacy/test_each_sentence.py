"""Each sentence of the page on privacy has a test that shows that it is true, and a policy under which it is said."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.privacy.saying import names, page, says

HERE = Path(__file__).parent


def proven() -> set[str]:
    """The sentences that tests of this folder name."""
    modules = [import_module(f"tests.privacy.{path.stem}") for path in sorted(HERE.glob("test_*.py"))]
    tests = [one for module in modules for name, one in vars(module).items() if name.startswith("test_")]
    return {f"privacy.{name}" for test in tests for name in getattr(test, "proves", ())}


def test_each_sentence_has_a_test() -> None:
    assert names() - proven() == set()


def test_no_test_proves_a_sentence_that_is_gone() -> None:
    assert proven() - names() == set()


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_preset_has_a_page_in_both_languages(world: InProcess, preset: str, language: str) -> None:
    shown = page(sign_up(world, preset), language)

    assert len(shown.answer.text.encode()) < 14 * 1024
    assert "{" not in shown.page.text


def test_each_public_page_of_an_organisation_leads_to_it(world: InProcess) -> None:
    office = sign_up(world, "platform")
    for path in ("", "/file", "/case", "/register", "/report", "/lost-receipt"):
        browser = Browser(world)
        browser.open(f"/t/{office.id}{path}")
        links = [href for href, _ in browser.page.links]
        assert (f"/t/{office.id}/privacy" in links, "/accessibility" in links) == (True, True), path


def test_a_suspended_organisation_still_says_what_it_does(world: InProcess) -> None:
    office = sign_up(world, "platform")
    answer = world.operate("POST", f"/tenants/{office.id}/suspend", {"reason": "test"})
    assert answer.status == 200, answer.text

    assert says(office, "encrypted")


def test_an_unknown_organisation_has_no_page(world: InProcess) -> None:
    browser = Browser(world)
    browser.open("/t/no-such-office/privacy")

    assert browser.answer.status == 404
