"""Files on the pages of a complaint: a form without JavaScript sends them straight to the bucket."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.features.evidence import file_limits
from chalicelib.kit.instants import SECOND
from chalicelib.store import keys
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.files import EICAR, PDF, sha256
from tests.kernel.web.pages.browser import ADDRESS, Browser
from tests.kernel.web.pages.filing import filed


def begun(browser: Browser, kind: str = "document") -> dict[str, str]:
    """The values that the form sends to the bucket. Its page is open."""
    browser.follow("添加材料")
    page = browser.submit(kind=kind)
    assert page.forms[0].action == "https://bucket.test/"
    return dict(page.forms[0].values())


def sent(browser: Browser, content: bytes, kind: str = "document") -> dict[str, str]:
    """Sends a file, and opens the page to which the bucket sends the browser."""
    fields = begun(browser, kind)
    browser.world.upload({"fields": fields}, content)
    back = fields["success_action_redirect"]
    assert back.startswith(f"{ADDRESS}/t/")
    browser.open(f"{back.removeprefix(ADDRESS)}&bucket=b&key=k&etag=e")
    return fields


def listed(browser: Browser) -> list[str]:
    texts = browser.page.texts
    return texts[texts.index("材料") + 1 : texts.index("办理经过")]


def used(hall: Organisation) -> int:
    found: int = hall.get("/usage", "owner")["limits"]["evidence_bytes"]["used"]
    return found


def test_a_file_that_a_form_sends_is_checked_and_sealed(hall: Organisation, browser: Browser, number: str) -> None:
    sent(browser, PDF)
    assert browser.path.startswith(f"/t/{hall.id}/case/{number}?told=uploaded")
    assert "文件已收到" in browser.page.text
    assert listed(browser)[0].startswith("文件 · 1 KB · 已检查并封存")
    [sealed] = hall.events(number, type_="evidence_sealed")
    assert (sealed["fields"]["sha256"], sealed["fields"]["media_type"]) == (sha256(PDF), "application/pdf")


def test_the_ticket_is_bounded_and_leads_back_to_the_complaint(
    hall: Organisation, world: InProcess, browser: Browser, number: str
) -> None:
    begun(browser)
    [ticket] = world.fakes.objects.forms
    assert (ticket.most, ticket.seconds) == (file_limits.MOST_BY_FORM, file_limits.FORM_SECONDS)
    assert ticket.back == f"{ADDRESS}/t/{hall.id}/case/{number}?told=uploaded"


def test_the_form_says_what_the_buckets_own_page_of_code_means(browser: Browser, number: str) -> None:
    """S3 answers a form that its policy refuses with XML, and has no way back to the page."""
    begun(browser)
    assert "EntityTooLarge、AccessDenied" in browser.page.text
    assert "文件没有收到" in browser.page.text


def test_only_the_page_with_the_form_may_send_it_to_the_bucket(browser: Browser, number: str) -> None:
    begun(browser)
    assert "form-action 'self' https://bucket.test;" in browser.answer.headers["Content-Security-Policy"]
    browser.follow(f"投诉 {number}")
    assert "bucket.test" not in browser.answer.headers["Content-Security-Policy"]


def test_a_refused_file_says_why(browser: Browser, number: str) -> None:
    sent(browser, EICAR)
    assert "文件 · 1 KB · 未接收：发现恶意软件" in listed(browser)


def test_a_file_of_another_type_is_refused(browser: Browser, number: str) -> None:
    sent(browser, b"MZ\x90\x00 a program")
    assert "文件 · 1 KB · 未接收：不接受这种格式" in listed(browser)


def test_the_bytes_that_a_form_may_send_are_reserved_until_the_file_arrives(
    hall: Organisation, browser: Browser, number: str
) -> None:
    fields = begun(browser)
    assert used(hall) == file_limits.MOST_BY_FORM
    browser.world.upload({"fields": fields}, PDF)
    assert used(hall) == len(PDF)


def test_a_file_above_the_bound_is_deleted(hall: Organisation, browser: Browser, number: str) -> None:
    fields, objects = begun(browser), browser.world.fakes.objects
    browser.world.announce(fields["key"], objects.put(fields["key"], b"x" * (file_limits.MOST_BY_FORM + 1)), 1)
    assert objects.present() == set()
    assert hall.events(number, type_="evidence_uploaded") == []


def test_a_form_that_never_sends_a_file_leaves_nothing(hall: Organisation, world: InProcess, browser: Browser) -> None:
    number, receipt = filed(browser, hall)
    browser.submit()
    begun(browser)
    world.fakes.real_clock.now += file_limits.WAITED
    world.move_to("2026-11-27T11:00:00+08:00")
    browser.open(f"/t/{hall.id}/case/{number}")
    browser.submit(receipt=receipt)
    assert listed(browser) == ["还没有上传材料。", "添加材料"]
    assert "文件未上传" not in browser.page.text
    with binding.tenant(hall.id):
        assert world.fakes.store.count(keys.evidence_counter(hall.id), "counter", step=0) == 0


def test_an_upload_that_was_begun_can_be_resumed(browser: Browser, world: InProcess, number: str) -> None:
    first = begun(browser)
    browser.follow(f"投诉 {number}")
    assert listed(browser) == ["文件 · 等待上传 · 继续上传", "添加材料"]
    world.fakes.real_clock.now += file_limits.FORM_SECONDS * SECOND
    browser.follow("继续上传")
    assert dict(browser.page.forms[0].values())["key"] == first["key"]
    assert len(world.fakes.objects.forms) == 2


def test_a_form_that_is_sent_twice_declares_one_file(hall: Organisation, browser: Browser, number: str) -> None:
    browser.follow("添加材料")
    again = browser.answer
    browser.submit(kind="document")
    browser.answer = again
    browser.submit(kind="document")
    assert len(hall.events(number, type_="evidence_declared")) == 1


def test_a_file_that_has_arrived_has_no_form(browser: Browser, number: str) -> None:
    begun(browser)
    page = browser.path
    browser.world.upload({"fields": dict(browser.page.forms[0].values())}, PDF)
    browser.open(page)
    assert "这份材料已经上传" in browser.page.text


def test_the_kind_must_be_chosen(browser: Browser, number: str) -> None:
    browser.follow("添加材料")
    page = browser.submit()
    assert browser.answer.status == 422
    assert ("#kind", "请选择材料的种类") in page.links


def test_without_a_session_no_file_is_declared(hall: Organisation, browser: Browser, number: str) -> None:
    browser.follow("添加材料")
    browser.cookies.clear()
    page = browser.submit(kind="document")
    assert page.headings == ["查询投诉"]
    assert hall.events(number, type_="evidence_declared") == []


def test_a_form_from_another_site_declares_no_file(hall: Organisation, browser: Browser, number: str) -> None:
    browser.follow("添加材料")
    browser.submit(kind="document", origin="https://evil.example")
    assert browser.answer.status == 403
    assert hall.events(number, type_="evidence_declared") == []


def test_no_ticket_and_no_receipt_is_in_an_address(hall: Organisation, browser: Browser, number: str) -> None:
    fields = sent(browser, PDF)
    secrets = [fields["key"]]
    assert not [path for path in browser.visited for secret in secrets if secret in path]


def test_files_can_be_added_as_soon_as_the_complaint_is_filed(hall: Organisation, browser: Browser) -> None:
    number, _ = filed(browser, hall)
    page = browser.submit(button="files")
    assert browser.path == f"/t/{hall.id}/case/{number}/files"
    assert page.headings[0] == "您要添加哪种材料？"


def test_a_file_whose_arrival_is_not_known_yet_is_not_asked_for_again(
    hall: Organisation, browser: Browser, number: str
) -> None:
    fields = begun(browser)
    browser.open(f"/t/{hall.id}/case/{number}?told=uploaded&bucket=b&key={fields['key']}")
    assert listed(browser) == ["文件 · 已上传，等待检查", "添加材料"]


@pytest.mark.parametrize(("preset", "asked"), [("telecom-regulator", "账单"), ("platform", "之前提供。")])
def test_the_page_says_which_evidence_is_asked_for(world: InProcess, browser: Browser, preset: str, asked: str) -> None:
    at = sign_up(world, preset)
    number, _ = filed(browser, at)
    page = browser.submit()
    told = [text for text in page.texts if text.startswith("需要下列材料之一：")]
    assert [asked in text for text in told] == [True]
    browser.follow("提供证据材料")
    assert browser.path == f"/t/{at.id}/case/{number}/files"
