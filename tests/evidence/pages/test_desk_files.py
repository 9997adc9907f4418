"""Files of a complaint at the desk: listed, shown, downloaded, and handed in for the complainant."""

from __future__ import annotations

import uuid

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.evidence.pages.test_uploads import declaration
from tests.handling.desk.desk import at_act, case_path, opened
from tests.helpers.fakes import pdfs
from tests.helpers.fakes.files import EICAR, PDF, image
from tests.kernel.web.pages.browser import ADDRESS, Browser
from tests.sign_in.door import START, at_the_desk

BUCKET = "https://bucket.test"


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess(START))


@pytest.fixture
def number(office: Organisation) -> str:
    return accepted(office)


def jpeg(office: Organisation, number: str, **changes: object) -> str:
    found = given(office, number, "screenshot", image(), "image/jpeg", name="聊天记录.jpg", **changes)
    return str(found["id"])


def pdf(office: Organisation, number: str) -> str:
    return str(given(office, number, "screenshot", pdfs.pdf(), name="凭证.pdf")["id"])


def at_file(office: Organisation, number: str, file: str, who: str = "handler", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{case_path(office, number)}/files/{file}")
    return browser


def links(office: Organisation, number: str) -> list[str]:
    """The files in the read log."""
    return [one["evidence"] for one in office.get(f"/complaints/{number}/reads", "owner")["reads"] if one["evidence"]]


def policy(browser: Browser) -> dict[str, str]:
    rules = browser.answer.headers["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (rule.partition(" ") for rule in rules)}


def test_the_case_lists_each_file_with_its_kind_size_state_and_who_gave_it_when(
    office: Organisation, number: str
) -> None:
    jpeg(office, number)
    texts = opened(office, number, "handler").page.texts
    at = texts.index("Checked and sealed")
    assert texts[at - 2 : at + 2] == ["Screenshot", "1 KB", "Checked and sealed", "complainant · Fri 27 Nov 2026 09:00"]


def test_the_name_of_the_complainants_file_is_shown_with_who_complains(office: Organisation, number: str) -> None:
    jpeg(office, number)
    browser = opened(office, number, "handler")
    assert "聊天记录.jpg" not in browser.answer.text
    browser.open(f"{case_path(office, number)}?show=complainant")
    assert "聊天记录.jpg" in browser.answer.text


def test_an_image_is_shown_in_its_copy_without_metadata(office: Organisation, number: str) -> None:
    file = jpeg(office, number)
    browser = at_file(office, number, file)
    [shown] = [given["src"] for tag, given in browser.page.tags if tag == "img"]
    assert shown.startswith(f"{BUCKET}/")
    assert "/shown" in shown
    assert links(office, number) == [file]


@pytest.mark.usefixtures("read_by_children")
def test_a_document_is_shown_in_a_frame(office: Organisation, number: str) -> None:
    file = pdf(office, number)
    browser = at_file(office, number, file)
    [frame] = [given["src"] for tag, given in browser.page.tags if tag == "iframe"]
    assert frame.startswith(f"{BUCKET}/")
    assert "disposition=inline" in frame
    assert links(office, number) == [file]


@pytest.mark.usefixtures("read_by_children")
@pytest.mark.parametrize(("give", "allowed", "other"), [(jpeg, "img-src", "frame-src"), (pdf, "frame-src", "img-src")])
def test_only_the_page_of_the_file_may_load_it_and_only_as_what_it_is(
    office: Organisation, number: str, give: object, allowed: str, other: str
) -> None:
    browser = at_file(office, number, give(office, number))  # type: ignore[operator]
    rules = policy(browser)
    assert BUCKET in rules[allowed]
    assert BUCKET not in rules.get(other, "")
    assert BUCKET not in rules["connect-src"]
    browser.open(case_path(office, number))
    assert BUCKET not in browser.answer.headers["Content-Security-Policy"]


def test_the_original_is_downloaded_by_a_link_that_is_logged(office: Organisation, number: str) -> None:
    file = jpeg(office, number)
    browser = at_file(office, number, file)
    [href] = [href for href, text in browser.page.links if text == "Download the original"]
    before = len(links(office, number))

    headers = {"Cookie": "; ".join(f"{name.split()[0]}={value}" for name, (value, _) in browser.cookies.items())}
    answer = office.world.client.request("GET", href, None, headers={**headers, "Accept": "text/html"})  # type: ignore[attr-defined]

    assert (answer.status, answer.headers["Location"].startswith(BUCKET)) == (303, True)
    assert office.world.download(answer.headers["Location"]) == image()
    assert len(links(office, number)) == before + 1


def test_a_refused_file_says_why_and_has_nothing_to_open(office: Organisation, number: str) -> None:
    file = str(given(office, number, "screenshot", EICAR, "image/png")["id"])
    browser = at_file(office, number, file)
    assert browser.answer.status == 200
    assert "Refused: " in browser.page.text
    assert "There is nothing of this file to open." in browser.page.text
    assert links(office, number) == []
    browser.open(f"{case_path(office, number)}/files/{file}/copy")
    assert browser.answer.status == 404


def test_an_unknown_file_is_a_page_that_says_so(office: Organisation, number: str) -> None:
    assert at_file(office, number, uuid.uuid4().hex).answer.status == 404


def test_a_file_of_another_complaint_is_unknown_in_this_one(office: Organisation, number: str) -> None:
    other = jpeg(office, accepted(office))
    assert at_file(office, number, other).answer.status == 404
    assert at_file(office, number, f"{other}/copy").answer.status == 404


@pytest.mark.parametrize("copy", ["thumbnail", "everything", ""])
def test_an_unknown_copy_is_refused(office: Organisation, number: str, copy: str) -> None:
    browser = at_file(office, number, f"{jpeg(office, number)}/copy?copy={copy}")
    assert browser.answer.status == 400


def test_a_member_who_may_not_read_the_content_is_told_so_and_opens_nothing(company: Organisation) -> None:
    written = company.world.call("GET", f"/v1/presets/{company.preset}").json["policy"]
    del written["examples"]
    written["confidentiality"] = {"content": ["agent"]}
    auth = company.auth("owner")
    assert company.world.call("POST", f"{company.path}/policy/publish", {"policy": written}, auth=auth).status == 201
    number = company.file()
    file = str(given(company, number, "photo", image(), "image/jpeg")["id"])

    browser = at_file(company, number, file, "owner")
    assert "Your roles may not read the content of this complaint" in browser.page.text
    assert BUCKET not in browser.answer.text
    browser.open(f"{case_path(company, number)}/files/{file}/copy")
    assert browser.answer.status == 404
    assert links(company, number) == []


def handed_in(browser: Browser, kind: str = "screenshot") -> dict[str, str]:
    """The values that the form sends to the bucket."""
    browser.follow("Hand in a file for the complainant")
    at = next(at for at, form in enumerate(browser.page.forms) if form.action.partition("?")[0].endswith("/files"))
    page = browser.submit(form=at, kind=kind)
    [form] = [form for form in page.forms if form.action.startswith(BUCKET)]
    return dict(form.values())


def test_a_file_is_handed_in_for_the_complainant_without_javascript(office: Organisation, number: str) -> None:
    browser = opened(office, number, "handler")
    fields = handed_in(browser)
    office.world.upload({"fields": fields}, image())
    browser.open(f"{fields['success_action_redirect'].removeprefix(ADDRESS)}&bucket=b&key=k&etag=e")

    assert "The file has arrived and is being checked" in browser.page.text
    [event] = office.events(number, type_="evidence_declared")
    assert (event["actor"]["id"], event["actor"]["on_behalf_of"]) == (office.subs["handler"], "complainant")
    assert "(for the complainant)" in browser.page.text


def test_a_file_is_handed_in_by_a_module(office: Organisation, number: str) -> None:
    browser = opened(office, number, "handler")
    path = f"{case_path(office, number)}/uploads"
    ticket = browser.ask(path, declaration(kind="screenshot"))
    assert ticket.status == 201, ticket.text
    office.world.upload(ticket.json["ticket"], PDF)

    [event] = office.events(number, type_="evidence_declared")
    assert event["actor"]["on_behalf_of"] == "complainant"
    [state] = browser.ask(path).json["files"]
    assert (state["id"], state["ended"]) == (ticket.json["id"], True)


def test_a_module_that_repeats_its_request_declares_one_file(office: Organisation, number: str) -> None:
    browser, form = opened(office, number, "handler"), declaration(kind="screenshot")
    path = f"{case_path(office, number)}/uploads"
    assert browser.ask(path, form).json["id"] == browser.ask(path, form).json["id"]


def test_who_may_not_see_the_complainant_hands_in_nothing_for_them(office: Organisation, number: str) -> None:
    hire(office, "handler", name="second")
    browser = opened(office, number, "archivist")
    assert "Hand in a file for the complainant" not in browser.page.text
    browser.open(f"{case_path(office, number)}/files")
    assert browser.answer.status == 403
    assert browser.ask(f"{case_path(office, number)}/uploads", declaration(kind="screenshot")).status == 403
    assert office.events(number, type_="evidence_declared") == []


def test_the_form_of_a_file_goes_on_where_it_was_left(office: Organisation, number: str) -> None:
    browser = opened(office, number, "handler")
    handed_in(browser)
    path = browser.path
    browser.open(path)
    assert any(form.action.startswith(BUCKET) for form in browser.page.forms)


def test_a_kind_must_be_chosen(office: Organisation, number: str) -> None:
    browser = opened(office, number, "handler")
    browser.follow("Hand in a file for the complainant")
    at = next(at for at, form in enumerate(browser.page.forms) if form.action.partition("?")[0].endswith("/files"))
    browser.submit(form=at)
    assert browser.answer.status == 422
    assert "Choose the kind of file" in browser.page.text


def test_evidence_is_asked_for_where_that_act_is_open(office: Organisation, number: str) -> None:
    href = f"{case_path(office, number)}/acts/demand_evidence"
    browser = opened(office, number, "handler")
    [text] = [text for found, text in browser.page.links if found == href and text == "Ask for evidence"]
    browser.follow(text)
    assert browser.path == href
    assert "Ask for evidence" not in opened(office, number, "archivist").page.text
    assert at_act(office, number, "handler", "demand_evidence").answer.status == 200


def test_the_page_of_a_file_speaks_chinese(office: Organisation, number: str) -> None:
    text = at_file(office, number, jpeg(office, number), language="zh").page.text
    assert "下载原件" in text
    assert "查看和下载会记入查阅日志。" in text
