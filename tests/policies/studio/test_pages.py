"""The pages of a procedure at the desk: overview, versions, draft."""

from __future__ import annotations

import gzip
import html

import pytest

from chalicelib.policy import presets
from chalicelib.web.pages import assets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.searches import some_by_day
from tests.kernel.web.pages.browser import Browser
from tests.policies.drafts.shop import DRAFT, OPEN, PUBLISH, ask
from tests.policies.studio.documents import LANGUAGES, TEXTS, policy, words
from tests.sign_in.door import at_the_desk, desk

START = "2026-11-27T09:00:00+08:00"
KB = 1_000
PRESET = "corporate-standard"
TEXT = presets.text(PRESET)
CHANGED = TEXT.replace("name: {zh: ", "name: {zh: 新", 1)


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), PRESET)


def opened(office: Organisation, below: str = "", who: str = "owner", language: str = "zh") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/procedure{below}")
    return browser


def shown(browser: Browser) -> str:
    assert browser.answer.status == 200, browser.answer.text
    return html.unescape(browser.answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", some_by_day(presets.names(), one_in=3))
def test_the_page_of_a_preset_says_each_deadline_and_stays_small(preset: str, language: str) -> None:
    browser = opened(sign_up(InProcess(START), preset), language=language)
    text, own = shown(browser), words(preset, language)
    assert [name for name in policy(preset).clocks if own.deadline(name) not in text] == []
    assert [name for name in own.document.stages if f"<h3>{own.stage(name)}" not in text] == []
    styles = "".join(assets.find(assets.path(name).rpartition("/")[2])[0] for name in ("studio.css",))  # type: ignore[index]
    assert len(gzip.compress((browser.answer.text + styles).encode())) < 30 * KB


def test_every_member_has_it_in_the_menu(office: Organisation) -> None:
    browser = at_the_desk(office, "agent", language="en")
    browser.follow("Procedure")
    assert browser.path == f"{desk(office)}/procedure"
    assert "Version 1, in force since" in shown(browser)


def test_the_tabs_lead_to_the_versions_and_the_draft(office: Organisation) -> None:
    browser = opened(office, language="en")
    browser.follow("Versions")
    assert browser.path == f"{desk(office)}/procedure/versions"
    browser.follow("Draft")
    assert "There is no draft now." in shown(browser)


def test_the_versions_say_since_when_by_whom_and_what_changed(office: Organisation) -> None:
    # given
    assert ask(office, "POST", PUBLISH, {"policy": CHANGED}).status == 201
    assert ask(office, "POST", PUBLISH, {"policy": CHANGED}).status == 201

    # when
    text = shown(opened(office, "/versions", language="en"))

    # then
    rows = [row for row in text.split("<tr>") if "/procedure/versions/" in row]
    assert ["name of the procedure" in row for row in rows] == [False, True, False]
    assert ["No rule changed" in row for row in rows] == [True, False, False]
    assert ["The first version" in row for row in rows] == [False, False, True]
    assert ["in force</span>" in row for row in rows] == [True, False, False]
    assert [office.emails["owner"] in row and "27 Nov 2026" in row for row in rows] == [True] * 3


def test_the_list_of_many_versions_goes_on(office: Organisation) -> None:
    for _ in range(11):
        assert ask(office, "POST", PUBLISH, {"policy": TEXT}).status == 201
    browser = opened(office, "/versions", language="en")
    first = shown(browser)
    browser.follow("Earlier versions")
    second = shown(browser)
    assert ("/versions/12?" in first or '/versions/12"' in first, '/versions/2"' in first) == (True, False)
    assert "The first version" in second


def test_an_earlier_version_is_shown_as_it_was(office: Organisation) -> None:
    assert ask(office, "POST", PUBLISH, {"policy": CHANGED}).status == 201
    assert "<h1>新" in shown(opened(office))
    assert "<h1>新" not in shown(opened(office, "/versions/1"))


@pytest.mark.parametrize("version", ["3", "0", "x", "9" * 40, "١"])
def test_a_version_that_does_not_exist_is_not_found(office: Organisation, version: str) -> None:
    assert opened(office, f"/versions/{version}").answer.status == 404


def test_the_text_of_the_author_is_a_file(office: Organisation) -> None:
    assert ask(office, "POST", PUBLISH, {"policy": f"# 自拟\n{TEXT}"}).status == 201
    browser = opened(office, "/versions/2?text=true")
    assert browser.answer.text == f"# 自拟\n{TEXT}"
    assert browser.answer.headers["Content-Type"] == "application/yaml"
    assert browser.answer.headers["Content-Disposition"] == f'attachment; filename="{office.id}-2.yaml"'


def test_the_draft_is_shown_with_who_saved_it(office: Organisation) -> None:
    ask(office, "PUT", DRAFT, {"policy": CHANGED})
    text = shown(opened(office, "/draft"))
    assert "<h1>新" in text
    assert "草案第1稿，" in text
    assert office.emails["owner"] in text


def test_a_draft_with_faults_says_them_with_their_lines(office: Organisation) -> None:
    ask(office, "PUT", DRAFT, {"policy": TEXT.replace("language: 1", "language: 7", 1)})
    text = shown(opened(office, "/draft", language="en"))
    line = TEXT.splitlines().index("language: 1") + 1
    assert f"<li>Line {line}: " in text


def test_a_draft_is_for_owners_until_it_is_opened(office: Organisation) -> None:
    ask(office, "PUT", DRAFT, {"policy": CHANGED})
    before = opened(office, "/draft", who="agent").answer.status
    assert ask(office, "POST", OPEN, {"to": ["departments"]}).status == 200
    assert (before, opened(office, "/draft", who="agent").answer.status) == (403, 200)


@pytest.mark.parametrize("name", some_by_day(list(TEXTS), one_in=6))
def test_each_document_is_shown_as_a_draft(office: Organisation, name: str) -> None:
    ask(office, "PUT", DRAFT, {"policy": TEXTS[name]})
    own, text = words(name, "en"), shown(opened(office, "/draft", language="en"))
    assert [one for one in own.document.stages if f"<h3>{own.stage(one)}" not in text] == []
    assert "<svg" in text
