"""Names of files: those of the device, cleaned, private, and shown to those who may read the file."""

from __future__ import annotations

import pytest

from chalicelib.features.evidence.file_limits import MAX_NAME_LENGTH, cleaned_name
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.evidence.pages.test_desk_files import at_file, jpeg
from tests.evidence.pages.test_files import begun, listed
from tests.evidence.pages.test_uploads import declaration
from tests.helpers.fakes.files import PDF
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START

HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\li\\凭证.pdf", "凭证.pdf"),
    ("bill\u202efdp.exe", "billfdp.exe"),
    ("\u200fbill\u2066.pdf\u2069", "bill.pdf"),
    ("bill.pdf\x00\r\n", "bill.pdf"),
    ("<script>alert(1)</script>.png", "script>.png"),
    ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ("照" * 300, "照" * 255),
    ("a." + "x" * 300, "a." + "x" * 253),
    ("..", ""),
    ("\u200b", ""),
    ("", ""),
]


@pytest.mark.parametrize(("given", "kept"), HOSTILE)
def test_a_name_is_kept_without_its_path_and_without_signs_that_are_not_seen(given: str, kept: str) -> None:
    assert cleaned_name(given) == kept
    assert len(kept) <= MAX_NAME_LENGTH


@pytest.mark.parametrize(("given", "kept"), [one for one in HOSTILE if one[1]])
def test_the_case_shows_the_name_of_a_file_that_a_form_sent(
    browser: Browser, number: str, given: str, kept: str
) -> None:
    fields = begun(browser)
    browser.world.upload_named({"fields": fields}, PDF, given)
    browser.open(f"/t/{browser.path.split('/')[2]}/case/{number}")
    assert "".join(listed(browser)).startswith(f"{kept} · 文件 · 1 KB · 已检查并封存")
    assert "<script>" not in browser.answer.text.partition("</head>")[2]


def test_the_case_shows_the_name_of_a_file_that_a_module_sent(
    hall: Organisation, browser: Browser, number: str
) -> None:
    path = f"/t/{hall.id}/case/{number}"
    ticket = browser.ask(f"{path}/uploads", declaration(name="../聊天记录\u202e.pdf")).json["ticket"]
    browser.world.upload(ticket, PDF)
    browser.open(path)
    assert "".join(listed(browser)).startswith("聊天记录.pdf · ")


def test_a_file_without_a_name_is_listed_by_its_kind(browser: Browser, number: str) -> None:
    fields = begun(browser)
    browser.world.upload_named({"fields": fields}, PDF, "..")
    browser.open(f"/t/{browser.path.split('/')[2]}/case/{number}")
    assert "".join(listed(browser)).startswith("文件 · 1 KB · 已检查并封存")


def test_the_name_is_private_and_beside_the_event_of_the_arrival(
    hall: Organisation, browser: Browser, number: str
) -> None:
    fields = begun(browser)
    browser.world.upload_named({"fields": fields}, PDF, "李四的凭证.pdf")
    [event] = hall.events(number, type_="evidence_uploaded")
    assert event["fields"]["given"] == ["name"]
    assert "李四" not in str(event)


def test_the_original_is_saved_under_the_name_that_came_with_the_form(
    hall: Organisation, browser: Browser, number: str
) -> None:
    fields = begun(browser)
    browser.world.upload_named({"fields": fields}, PDF, "凭证.pdf")
    [sealed] = hall.events(number, type_="evidence_sealed")
    browser.open(f"/t/{hall.id}/case/{number}/files/{sealed['fields']['evidence']}/copy?copy=original")
    assert browser.world.fakes.objects.links[-1][1] == "凭证.pdf"


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess(START))


def test_the_desk_says_the_name_of_the_file_on_its_page(office: Organisation) -> None:
    number = accepted(office)
    browser = at_file(office, number, jpeg(office, number))
    assert "聊天记录.jpg" in browser.page.headings


def test_the_read_log_says_who_was_shown_the_name(office: Organisation) -> None:
    number = accepted(office)
    at_file(office, number, jpeg(office, number))
    reads = office.get(f"/complaints/{number}/reads", "owner")["reads"]
    at_files = [one for one in reads if one["route"] == "page /t/{tenant}/desk/complaints/{number}/files/{file}"]
    assert sorted(one["classes"] for one in at_files) == [["complainant"], ["content"]]
