"""Files from a phone: several at once, reduced, retried without a connection, resumed, with their states."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser

from chalicelib.features.evidence.file_limits import PART
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.journeys import add_by_form
from tests.across.browser.sending import TO_FILES, at_case, at_files, choose, photo, wait_for
from tests.clauses import giving
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.files import EICAR, PDF

pytestmark = ALL_PAGES

MEGABYTE = 1024 * 1024
KEPT = """new Promise(done => {
  indexedDB.open("unsent files", 1).onsuccess = ({ target }) => {
    target.result.transaction("files").objectStore("files").count().onsuccess = one => done(one.target.result);
  };
})"""
"""The number of files that the device keeps."""


@pytest.fixture(scope="module")
def company(stack: LocalStack) -> Organisation:
    return company_in(stack)


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def declared(company: Organisation, number: str) -> list[dict[str, object]]:
    return [one["fields"] for one in company.events(number, type_="evidence_declared")]


def test_several_files_are_sent_at_once_and_a_refused_one_says_why(
    chromium: Browser, company: Organisation, number: str
) -> None:
    reader = at_files(chromium, company, number, rules=True)
    reader.page.check("#kind-1")
    choose(reader.page, ("a.pdf", "application/pdf", PDF), ("b.txt", "text/plain", EICAR))
    wait_for(reader.page, "Checked and sealed", 1)
    wait_for(reader.page, "Refused: malware was found in it", 2)
    reader.look()
    assert len(declared(company, number)) == 2


def test_a_large_photo_is_reduced_upright_on_the_device(chromium: Browser, company: Organisation, number: str) -> None:
    original = photo()
    assert len(original) > MEGABYTE
    reader = at_files(chromium, company, number)
    reader.page.check("#kind-2")
    choose(reader.page, ("街角.jpeg", "image/jpeg", original))
    wait_for(reader.page, "Checked and sealed")
    [file] = company.get(f"/complaints/{number}/evidence", "complainant", number)["evidence"]
    found = company.get(f"/complaints/{number}/evidence/{file['id']}/link", "complainant", number)
    kept = Image.open(io.BytesIO(company.world.download(found["url"])))
    assert kept.size == (1280, 2560)
    assert file["size"] < len(original)
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [("small.jpg", "image/jpeg", photo(400)), ("broken.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(2 * MEGABYTE))],
)
def test_a_small_photo_and_one_that_cannot_be_decoded_are_sent_as_they_are(
    chromium: Browser, company: Organisation, number: str, name: str, media_type: str, content: bytes
) -> None:
    reader = at_files(chromium, company, number)
    reader.page.check("#kind-2")
    choose(reader.page, (name, media_type, content))
    wait_for(reader.page, "Refused: it is damaged" if name == "broken.jpg" else "Checked and sealed")
    assert [one["size"] for one in declared(company, number)] == [len(content)]


def test_a_photo_can_be_sent_as_it_is(chromium: Browser, company: Organisation, number: str) -> None:
    reader, original = at_files(chromium, company, number), photo()
    reader.page.check("#kind-2")
    reader.page.check("#whole")
    choose(reader.page, ("街角.jpg", "image/jpeg", original))
    wait_for(reader.page, "Checked and sealed")
    assert [one["size"] for one in declared(company, number)] == [len(original)]


def test_an_upload_survives_a_minute_without_a_connection(
    chromium: Browser, company: Organisation, number: str
) -> None:
    reader = at_files(chromium, company, number)
    reader.page.check("#kind-1")
    reader.page.clock.install()
    reader.page.context.set_offline(True)
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "No connection")
    reader.page.clock.run_for(60_000)
    wait_for(reader.page, "No connection")
    assert declared(company, number) == []
    reader.page.context.set_offline(False)
    wait_for(reader.page, "Checked and sealed")
    assert len(declared(company, number)) == 1


def test_what_was_not_sent_is_announced_resumed_and_then_deleted(
    chromium: Browser, company: Organisation, number: str
) -> None:
    reader = at_files(chromium, company, number, rules=True)
    case = f"/t/{company.id}/case/{number}"
    reader.page.check("#kind-1")
    reader.page.context.set_offline(True)
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "No connection")
    reader.look()
    reader.reopen()
    reader.page.context.set_offline(False)
    reader.open(case)
    reader.page.wait_for_selector("#unsent:not([hidden])")
    reader.look()
    reader.press("#unsent a")
    wait_for(reader.page, "Checked and sealed")
    reader.open(case)
    assert reader.page.evaluate(KEPT) == 0
    assert reader.page.is_hidden("#unsent")


def test_a_file_that_is_not_to_be_sent_is_deleted_from_the_device(
    chromium: Browser, company: Organisation, number: str
) -> None:
    reader = at_files(chromium, company, number)
    reader.page.check("#kind-1")
    reader.page.context.set_offline(True)
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "No connection")
    reader.page.click("#sending button")
    wait_for(reader.page, "Deleted from this device")
    reader.page.wait_for_function(f"async () => await ({KEPT}) === 0")
    assert declared(company, number) == []


def test_leaving_deletes_the_files_that_were_not_sent(chromium: Browser, company: Organisation, number: str) -> None:
    reader = at_files(chromium, company, number)
    reader.page.check("#kind-1")
    reader.page.context.set_offline(True)
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "No connection")
    reader.reopen()
    reader.page.context.set_offline(False)
    reader.open(f"/t/{company.id}/case/{number}")
    reader.page.wait_for_selector("#unsent:not([hidden])")
    reader.press("#leave button")
    assert reader.page.url.endswith(f"/t/{company.id}")
    assert reader.page.evaluate(KEPT) == 0


def test_a_large_file_goes_on_with_the_part_that_was_interrupted(
    chromium: Browser, company: Organisation, number: str
) -> None:
    reader = at_files(chromium, company, number)
    parts: list[str] = []
    reader.page.context.on("request", lambda one: parts.extend(re.findall(r"partNumber=(\d)", one.url)))
    reader.page.route("**/*partNumber=2*", lambda route: route.abort())
    reader.page.check("#kind-1")
    choose(reader.page, ("a.txt", "text/plain", b"text\n" * (PART // 5 + 1)))
    wait_for(reader.page, "No connection")
    reader.reopen()
    parts.clear()
    reader.open(f"/t/{company.id}/case/{number}/files")
    wait_for(reader.page, "Checked and sealed")
    assert set(parts) == {"2"}


def test_a_session_that_has_ended_keeps_the_file_and_says_so(
    chromium: Browser, company: Organisation, number: str
) -> None:
    reader = at_files(chromium, company, number)
    reader.page.check("#kind-1")
    reader.page.context.clear_cookies()
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    wait_for(reader.page, "The session has ended")
    assert reader.page.evaluate(KEPT) == 1


def test_the_kind_must_be_chosen_first(chromium: Browser, company: Organisation, number: str) -> None:
    reader = at_files(chromium, company, number, language="zh-CN")
    choose(reader.page, ("a.pdf", "application/pdf", PDF))
    assert reader.page.text_content("#told") == "请先选择材料的种类"
    assert declared(company, number) == []


def test_the_page_of_a_complaint_shows_new_states_by_itself(
    chromium: Browser, company: Organisation, number: str
) -> None:
    ticket = giving.declared(company, number, "document").json["ticket"]
    reader = at_case(chromium, company, number)
    assert "Not sent yet" in (reader.page.text_content("[data-uploads]") or "")
    company.world.upload(ticket, PDF)
    reader.page.wait_for_selector("[data-uploads] >> text=Checked and sealed")


@pytest.mark.parametrize("scripts", [False, True])
def test_without_modules_the_form_sends_a_file(
    chromium: Browser, company: Organisation, number: str, scripts: bool
) -> None:
    """`scripts`: they run, but the browser gets no module, as one that is too old for modules."""
    reader = at_case(chromium, company, number, scripts=scripts)
    reader.page.route("**/static/*.js", lambda route: route.abort())
    reader.press(TO_FILES)
    add_by_form(reader, PDF)
    assert "Document" in (reader.page.text_content("[data-uploads]") or "")
