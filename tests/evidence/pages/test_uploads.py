"""What the modules of a page ask for while they send files: tickets, ends of uploads in parts, states."""

from __future__ import annotations

import gzip
import re
import uuid
from pathlib import Path

import pytest

from chalicelib.features.evidence import file_limits
from chalicelib.web.pages import assets
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.files import EICAR, PDF, sha256
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser

MODULES = sorted(one.name for one in Path("chalicelib/web/pages/static").rglob("*.js"))


@pytest.fixture
def path(hall: Organisation, number: str) -> str:
    return f"/t/{hall.id}/case/{number}/uploads"


def declaration(content: bytes = PDF, **changes: str) -> list[tuple[str, str]]:
    given = {
        "kind": "document",
        "name": "凭证.pdf",
        "size": str(len(content)),
        "media_type": "application/pdf",
        "sha256": sha256(content),
        "key": str(uuid.uuid4()),
    }
    return list((given | changes).items())


def sent(browser: Browser, path: str, content: bytes) -> str:
    """The id of a file that a module has sent."""
    media_type = "text/plain" if content == EICAR else "application/pdf"
    ticket = browser.ask(path, declaration(content, media_type=media_type)).json
    browser.world.upload(ticket["ticket"], content)
    return str(ticket["id"])


def states(browser: Browser, path: str) -> dict[str, tuple[str, bool]]:
    return {one["id"]: (one["text"], one["ended"]) for one in browser.ask(path).json["files"]}


def test_a_module_gets_the_ticket_of_a_declared_file(
    hall: Organisation, world: InProcess, browser: Browser, number: str, path: str
) -> None:
    answer = browser.ask(path, declaration())
    assert answer.status == 201
    assert answer.headers["Content-Type"] == "application/json"
    [ticket] = world.fakes.objects.tickets
    assert (ticket.size, ticket.media_type, ticket.sha256) == (len(PDF), "application/pdf", sha256(PDF))
    [event] = hall.events(number, type_="evidence_declared")
    assert event["fields"]["sha256"] == sha256(PDF)


def test_a_declaration_that_is_repeated_gets_a_new_ticket_for_the_same_file(browser: Browser, path: str) -> None:
    form = declaration()
    first, second = browser.ask(path, form).json, browser.ask(path, form).json
    assert first["id"] == second["id"]
    browser.world.upload(second["ticket"], PDF)
    assert browser.ask(path, form).json["ticket"] is None


def test_a_key_is_not_good_for_another_file(browser: Browser, path: str) -> None:
    key = str(uuid.uuid4())
    browser.ask(path, declaration(key=key))
    assert browser.ask(path, declaration(EICAR, key=key)).status == 422


@pytest.mark.parametrize(("content", "text"), [(PDF, "已检查并封存"), (EICAR, "未接收：发现恶意软件")])
def test_a_file_says_its_state_when_its_check_has_ended(browser: Browser, path: str, content: bytes, text: str) -> None:
    file = sent(browser, path, content)
    assert states(browser, path) == {file: (text, True)}


def test_a_file_that_has_not_arrived_has_no_state_yet(browser: Browser, path: str) -> None:
    browser.ask(path, declaration())
    assert states(browser, path) == {}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"media_type": "text/html"}, "不接受这种格式"),
        ({"size": "0"}, "文件是空的，或超过了允许的大小"),
        ({"size": "1" + "0" * 22}, "文件是空的，或超过了允许的大小"),
    ],
)
def test_a_file_that_cannot_be_sent_says_why_in_words(
    hall: Organisation, browser: Browser, number: str, path: str, change: dict[str, str], why: str
) -> None:
    answer = browser.ask(path, declaration(**change))
    assert (answer.status, answer.json) == (422, {"refused": why})
    assert hall.events(number, type_="evidence_declared") == []


@pytest.mark.parametrize("change", [{"size": "many"}, {"kind": "none"}, {"sha256": "x"}])
def test_other_faults_are_problem_documents(browser: Browser, path: str, change: dict[str, str]) -> None:
    answer = browser.ask(path, declaration(**change))
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_a_file_of_more_than_one_part_is_uploaded_in_parts(browser: Browser, world: InProcess, path: str) -> None:
    parts = [("parts", "0" * 64), ("parts", "1" * 64)]
    answer = browser.ask(path, [*declaration(size=str(file_limits.PART + 1)), *parts]).json
    assert [one["number"] for one in answer["ticket"]["parts"]] == [1, 2]
    ends = [("etag", "a"), ("sha256", "0" * 64), ("etag", "b"), ("sha256", "1" * 64)]
    ended = browser.ask(f"{path}/{answer['id']}/complete", ends)
    assert (ended.status, ended.json["id"]) == (200, answer["id"])
    assert world.fakes.objects.uploads == {}


def test_an_upload_is_not_complete_without_all_parts(browser: Browser, path: str) -> None:
    parts = [("parts", "0" * 64), ("parts", "1" * 64)]
    answer = browser.ask(path, [*declaration(size=str(file_limits.PART + 1)), *parts]).json
    ended = browser.ask(f"{path}/{answer['id']}/complete", [("etag", "a"), ("sha256", "0" * 64)])
    assert ended.status == 422


def refusals(browser: Browser, path: str) -> list[Answer]:
    return [browser.ask(path, declaration()), browser.ask(f"{path}/0/complete", []), browser.ask(path)]


def test_without_a_session_nothing_is_declared_or_shown(
    hall: Organisation, browser: Browser, number: str, path: str
) -> None:
    browser.cookies.clear()
    found = refusals(browser, path)
    assert [one.status for one in found] == [401] * 3
    assert {one.headers["Content-Type"] for one in found} == {"application/problem+json"}
    assert hall.events(number, type_="evidence_declared") == []


def test_a_page_of_another_site_declares_no_file(hall: Organisation, browser: Browser, number: str, path: str) -> None:
    assert browser.ask(path, declaration(), origin="https://evil.example").status == 403
    assert hall.events(number, type_="evidence_declared") == []


def test_the_holder_of_a_demands_link_sends_files_for_it(world: InProcess, browser: Browser) -> None:
    hall = marketplace_in(world)
    number = demanded(hall)
    demand = str(hall.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    page = f"/t/{hall.id}/demand/{number}/{demand}"
    assert [one.status for one in refusals(browser, f"{page}/uploads")] == [401] * 3
    browser.open(page)
    browser.submit(receipt=hall.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"])
    answer = browser.ask(f"{page}/uploads", declaration(kind="transaction")).json
    browser.world.upload(answer["ticket"], PDF)
    assert states(browser, f"{page}/uploads") == {answer["id"]: ("已检查并封存", True)}
    ended = browser.ask(f"{page}/uploads/{answer['id']}/complete", [("etag", "a"), ("sha256", "0" * 64)])
    assert ended.status == 404


def test_only_the_pages_that_send_files_may_connect_to_the_bucket(
    hall: Organisation, browser: Browser, number: str
) -> None:
    assert "bucket.test" not in browser.answer.headers["Content-Security-Policy"]
    browser.open(f"/t/{hall.id}/case/{number}/files")
    assert "connect-src 'self' https://bucket.test;" in browser.answer.headers["Content-Security-Policy"]


def test_the_module_has_its_texts_from_the_page(hall: Organisation, browser: Browser, number: str) -> None:
    page = browser.open(f"/t/{hall.id}/case/{number}/files?lang=en")
    [box] = [given for _, given in page.tags if given.get("id") == "uploads"]
    assert box["data-sending"] == "Being sent: {percent}%"
    assert "hidden" in box


@pytest.mark.parametrize("name", MODULES)
def test_modules_import_only_modules_of_the_service_and_build_no_html(browser: Browser, name: str) -> None:
    code = browser.world.client.request("GET", assets.path(name)).text
    assert "innerHTML" not in code
    imported = [line.rpartition(" from ")[2] for line in code.splitlines() if line.startswith("import ")]
    assert [one for one in imported if browser.world.client.request("GET", one.strip('";')).status != 200] == []


def test_all_modules_of_public_pages_together_are_at_most_20_kilobytes(browser: Browser) -> None:
    """Those of the desk have a limit of their own (`tests/across/budgets`), as have those that verify an archive."""
    loaded = {name for text in public_templates() for name in re.findall(r"'(\w+\.js)'", text)}
    addresses = {address for name in nonempty(loaded) for address in assets.with_imports(name)}
    assert "uploads.js" in loaded
    assert (
        sum(len(gzip.compress(browser.world.client.request("GET", one).text.encode())) for one in addresses) <= 20_000
    )


def public_templates() -> list[str]:
    """All that do not extend, themselves or through others, the layout of the desk."""
    folders = Path("chalicelib").rglob("templates")
    texts = {str(one.relative_to(folder)): one.read_text() for folder in folders for one in folder.rglob("*.html")}

    def is_of_desk(name: str) -> bool:
        extended = re.search(r'{% extends "([^"]+)"', texts[name])
        return name == "desk_layout.html" or (extended is not None and is_of_desk(extended[1]))

    return nonempty(text for name, text in texts.items() if not is_of_desk(name))
