"""What the reader's device keeps, as the page says."""

from __future__ import annotations

import re

import pytest

from chalicelib.web.pages import assets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed, to_check
from tests.privacy.saying import proves, says


@pytest.fixture
def walked(world: InProcess) -> tuple[Organisation, Browser, str]:
    """A complainant has filed, and has opened the complaint."""
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    number, receipt = filed(browser, office)
    browser.open(f"/t/{office.id}/case")
    browser.submit(number=number, receipt=receipt)
    assert browser.answer.status == 200
    return office, browser, receipt


def cookies(browser: Browser) -> dict[str, str]:
    """The attributes of each cookie that was set and not ended, by its name without the draft's id."""
    found = [one for one in browser.set_cookies if "Max-Age=0" not in one]
    return {one.partition("=")[0].partition("-")[0]: one for one in found}


@proves("cookie_of_case")
def test_the_cookie_of_a_complaint_ends_after_the_minutes_that_the_page_names(
    walked: tuple[Organisation, Browser, str],
) -> None:
    office, browser, receipt = walked
    minutes = int(str(says(office, "cookie_of_case")))

    given = cookies(browser)["case"]
    assert f"Max-Age={minutes * 60};" in given
    assert receipt not in given


@proves("cookie_of_draft")
def test_the_cookie_of_a_draft_lives_for_a_day(world: InProcess) -> None:
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    to_check(browser, office)

    assert says(office, "cookie_of_draft")
    assert "Max-Age=86400;" in cookies(browser)["draft"]


@proves("no_other_cookies")
def test_no_other_cookies_are_set(walked: tuple[Organisation, Browser, str]) -> None:
    office, browser, _ = walked

    assert says(office, "no_other_cookies")
    assert set(cookies(browser)) == {"case", "draft"}


def module(name: str) -> str:
    """The module as browsers get it."""
    found = assets.find(assets.path(name).rpartition("/")[2])
    assert found is not None
    return found[0] if isinstance(found[0], str) else found[0].decode()


@proves("answers_on_device")
def test_a_copy_of_the_answers_is_kept_only_when_asked_for(world: InProcess) -> None:
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    page = browser.open(f"/t/{office.id}/file")
    boxes = [given for tag, given in page.tags if tag == "input" and given.get("id") == "keep"]
    code = module("draft.js")

    assert says(office, "answers_on_device")
    assert [("checked" in one) for one in boxes] == [False]
    writes = [line for line in code.splitlines() if "localStorage.setItem" in line]
    assert len(writes) == 1, "in `keep`, which runs only where the box is ticked"
    calls = [line for line in code.splitlines() if re.search(r"(?<!function )\bkeep\(\)", line)]
    assert all("box.checked" in line for line in nonempty(calls))
    assert "found.at > Date.now() - DAY ? found : forget()" in code


@proves("files_on_device")
def test_files_are_kept_until_they_are_sent_and_at_most_a_day(world: InProcess) -> None:
    office = sign_up(world, "telecom-regulator")
    code = module("kept.js")

    assert says(office, "files_on_device")
    assert "const DAY = 24 * 60 * 60 * 1000;" in code
    assert "file.at < Date.now() - DAY" in code
    assert 'await forget(file.key);\n    line.close("arrived");' in module("transfers.js")
