"""Exports at the desk, without JavaScript: started, followed, downloaded, refused in words."""

from __future__ import annotations

import gzip
import io
import re
import zipfile

import pytest

from chalicelib.web.pages import assets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import archive
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk

KB = 1_000


@pytest.fixture
def office() -> Organisation:
    found = sign_up(InProcess(START), "corporate-standard")
    found.file()
    return found


def exports(office: Organisation, below: str = "") -> str:
    return f"{desk(office)}/organisation/exports{below}"


def form(browser: Browser) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/exports"))


def started(office: Organisation, language: str = "en", **chosen: str) -> Browser:
    browser = at_the_desk(office, "owner", language=language)
    browser.open(exports(office))
    browser.submit(form=form(browser), **chosen)
    return browser


def test_an_export_is_started_followed_and_downloaded(office: Organisation) -> None:
    browser = started(office)
    page = browser.path
    assert re.fullmatch(f"{exports(office)}/export-[0-9]+", page)
    browser.open(page)
    assert "It is complete" in browser.page.text
    browser.ask(f"{page}/file")
    assert f"/{page.rpartition('/')[2]}/archive.zip?" in browser.visited[-1]
    content = archive(office, page.rpartition("/")[2])
    assert "organisation.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_the_event_log_is_another_export(office: Organisation) -> None:
    browser = started(office, format="event-log")
    browser.open(exports(office))
    assert "Event log for process mining" in browser.page.text
    assert office.get("/jobs", "owner")["jobs"][0]["kind"] == "export"


def test_a_double_click_starts_one(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(exports(office))
    sent = [one for one in browser.page.forms[form(browser)].values() if one[0] != "format"] + [("format", "archive")]
    for _ in range(2):
        browser.ask(exports(office), sent)
    browser.open(exports(office))
    assert len(re.findall(r'/exports/export-[0-9]+"', browser.answer.text)) == 1


def test_the_list_and_the_list_of_jobs_lead_to_it(office: Organisation) -> None:
    browser = started(office)
    page = browser.path
    for path in (exports(office), f"{desk(office)}/jobs"):
        browser.open(path)
        assert f'href="{page}"' in browser.answer.text, path


def test_another_owner_sees_it_and_cannot_download_it(office: Organisation) -> None:
    page = started(office).path
    other = "agent"
    changed = office.world.call(
        "PUT", f"{office.path}/people/{office.subs[other]}", {"grants": [{"role": "owner"}]}, auth=office.auth("owner")
    )
    assert changed.status == 200, changed.text
    browser = at_the_desk(office, other)
    browser.open(page)
    assert "Another owner has asked for it" in browser.page.text
    assert browser.ask(f"{page}/file").status == 404


def test_it_is_possible_while_leaving(office: Organisation) -> None:
    office.world.call("POST", f"{office.path}/leave", {"id": office.id}, auth=office.auth("owner"))
    assert "/exports/export-" in started(office).path


def test_it_is_refused_in_words_once_the_erasure_has_begun(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.exports.export_job.erasure_has_begun", lambda *_: True)
    browser = started(office)
    assert browser.answer.status == 409
    assert "erasure has begun" in browser.page.text
    assert "Exports" in browser.page.headings


def test_an_unknown_export_has_no_page(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(exports(office, "/export-99"))
    assert browser.answer.status == 404


def test_the_modules_that_verify_an_archive_are_at_most_12_kilobytes(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/verify")
    assert assets.path("archive.js") in browser.answer.text
    sources = [browser.world.client.request("GET", address).text for address in assets.with_imports("archive.js")]
    assert sum(len(gzip.compress(one.encode())) for one in sources) <= 12 * KB


def test_no_module_that_verifies_an_archive_can_send_anything() -> None:
    sources = {address: assets.find(address.rpartition("/")[2]) for address in assets.with_imports("archive.js")}
    assert len(sources) == 7
    for address, found in sources.items():
        assert found is not None
        used = re.findall(r"fetch|XMLHttpRequest|WebSocket|sendBeacon|EventSource|eval|Function\(|innerHTML", found[0])
        assert (address, used) == (address, [])
