"""A request of each route and page, whose calls to the store are counted."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.features.evidence import file_limits
from tests.across.budgets import (
    counted_data,
    counted_desk,
    counted_faults,
    counted_forms,
    counted_organisation,
    counted_oversight,
    counted_publishing,
    counted_text,
    counted_trials,
)
from tests.across.budgets.counting import ENDS, PARTS, SUPPLEMENT, Calls, counting, form_to
from tests.clauses.giving import given
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.evidence.pages.test_uploads import declaration
from tests.helpers.fakes import pdfs
from tests.helpers.left_out import kept
from tests.kernel.web.openapi.examples.asking import OPERATIONS, send
from tests.kernel.web.openapi.examples.scenes import START, Scene
from tests.kernel.web.openapi.examples.scenes_of_records import demanded, figured
from tests.kernel.web.openapi.examples.table import SCENES
from tests.kernel.web.pages import filing
from tests.kernel.web.pages.browser import Browser
from tests.register.notices import closed_major, prepared, published
from tests.supervision.reporting import reported_on_page


def of_operations() -> Calls:
    """Each operation of the API, with the request of its example. Operations with the same scene share it."""
    together: dict[Scene, list[str]] = {}
    for id_, scene in kept(SCENES).items():
        together.setdefault(scene, []).append(id_)
    found: Calls = {}
    for scene, ids in together.items():
        world = InProcess(START)
        asked, start = scene(world), world.keep()
        for id_ in ids:
            world.begin_at(start)
            calls = counting(world)
            answer = send(id_, asked)
            assert answer.status == OPERATIONS[id_].status, (id_, answer.text)
            found[id_] = calls[id_]
    return found


def of_pages() -> Calls:
    """Each page and each form of a page, with its session where it has one."""
    found: Calls = {}
    for walk in walks():
        most = walk(InProcess(START))
        found |= {name: max(calls, found.get(name, 0)) for name, calls in most.items()}
    return found


def walks() -> list[Callable[[InProcess], Calls]]:
    """Together they ask for every page, and send every form."""
    of_leaves = {"get_report_page": _report, "get_figures_page": _figures}
    of_leaves |= {"get_desk_draft_report": counted_desk.draft_report, "get_desk_ledgers": counted_desk.ledgers}
    of_leaves |= counted_oversight.OF_LEAVES
    of_all = (
        _service,
        _case,
        _attachment,
        _notices,
        _demand,
        *counted_desk.WALKS,
        *counted_faults.WALKS,
        *counted_forms.WALKS,
        *counted_organisation.WALKS,
        *counted_oversight.WALKS,
        *counted_data.WALKS,
        *counted_publishing.WALKS,
        *counted_text.WALKS,
        *counted_trials.WALKS,
    )
    return [*of_all, *kept(of_leaves).values()]


def _service(world: InProcess) -> Calls:
    calls, browser = counting(world), Browser(world)
    page = browser.open("/")
    [style] = {given["href"] for tag, given in page.tags if tag == "link" and given.get("rel") == "stylesheet"}
    docs = ("/docs", "/docs/post_complaint", "/docs/schemas/NewComplaint", "/docs/problems")
    for path in (style, *docs, "/sign-up", "/accessibility"):
        browser.open(path)
        assert browser.answer.status == 200, path
    browser.open("/sign-up/platform")
    browser.submit(name="西街商城", id="west-street", email="founder@example.com")
    return calls


def _case(world: InProcess) -> Calls:
    """The complainant files, reads, acts, adds files, and ends the session."""
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    calls = counting(world)
    browser.open(f"/t/{office.id}")
    browser.open(f"/t/{office.id}/privacy")
    number, receipt = filing.filed(browser, office)
    browser.ask(f"/t/{office.id}/file", [("go", "another")])
    browser.open(f"/t/{office.id}/lost-receipt")
    browser.submit(number=number, email="stranger@mail.example")
    browser.open(f"/t/{office.id}/case")
    browser.submit(number=number, receipt=receipt)
    path = browser.path
    browser.open(f"{path}/acts/supplement")
    browser.submit(fact__statement=SUPPLEMENT)
    assert "?told=done" in browser.path
    browser.open(f"{path}/deadlines.ics")
    browser.open(f"{path}/decision")
    browser.open(path)
    _opened_file(browser, path, _files(browser, path))
    _copied(browser, path)
    browser.open(path)
    browser.submit(form=form_to(browser, "/leave"))
    return calls


def _attachment(world: InProcess) -> Calls:
    """The complainant opens a file that a member has attached to a message."""
    office, browser = sign_up(world, "telecom-regulator"), Browser(world)
    number = office.file()
    file = given(office, number, "message_attachment", auth=office.auth("complaint_centre"))["id"]
    calls = counting(world)
    browser.open(f"/t/{office.id}/case/{number}")
    browser.submit(receipt=office.filed[number].receipt)
    browser.ask(f"{browser.path}/files/{file}/copy")
    return calls


def _opened_file(browser: Browser, path: str, fields: dict[str, str]) -> None:
    """The file is sent with the fields of its form, viewed and downloaded."""
    browser.world.upload_named({"fields": fields}, pdfs.pdf(), "凭证.pdf")
    file = fields["key"].rpartition("/")[2]
    browser.open(f"{path}/files/{file}/view")
    assert browser.answer.status == 200
    browser.ask(f"{path}/files/{file}/copy")


def _copied(browser: Browser, path: str) -> None:
    browser.open(f"{path}/copy")
    browser.submit()
    assert "/copies/" in browser.path


def _files(browser: Browser, path: str) -> dict[str, str]:
    """On the page of a complaint or of a demand: the form of a file, and what modules ask for. The form's fields."""
    page = browser.open(f"{path}/files")
    kind = next(one.value for one in page.forms[0].controls if one.name == "kind")
    browser.submit(kind=kind)
    assert browser.page.forms[0].action == "https://bucket.test/"
    fields = dict(browser.page.forms[0].values())
    ticket = browser.ask(f"{path}/uploads", [*declaration(kind=kind, size=str(file_limits.PART + 1)), *PARTS])
    assert ticket.status == 201, ticket.text
    assert browser.ask(f"{path}/uploads/{ticket.json['id']}/complete", ENDS).status == 200
    assert browser.ask(f"{path}/uploads").status == 200
    return fields


def _notices(world: InProcess) -> Calls:
    """A complainant agrees to a publication. Another notice is published."""
    office, browser = marketplace_in(world), Browser(world)
    published(office)
    number = closed_major(office)
    prepared(office, number)
    calls = counting(world)
    browser.open(f"/t/{office.id}/case/{number}")
    browser.submit(receipt=office.filed[number].receipt)
    browser.submit(form=form_to(browser, "/acts/consent"))
    page = browser.open(f"/t/{office.id}/register")
    browser.open(next(href for href, _ in page.links if "/register/" in href))
    assert browser.answer.status == 200
    return calls


def _demand(world: InProcess) -> Calls:
    asked, browser = demanded(world), Browser(world)
    calls = counting(world)
    path = f"/t/{asked.at.id}/demand/{asked.names['number']}/{asked.names['demand']}"
    browser.open(path)
    browser.submit(receipt=_link(asked.at, **asked.names))
    fields = _files(browser, path)
    browser.open(path)
    at = form_to(browser, "/text")
    browser.submit(form=at, **filing.answers(browser.page.forms[at]))
    _opened_file(browser, path, fields)
    browser.open(path)
    browser.submit(form=form_to(browser, "/leave"))
    return calls


def _link(office: Organisation, number: str, demand: str) -> str:
    return str(office.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"])


def _report(world: InProcess) -> Calls:
    office, browser = marketplace_in(world), Browser(world)
    calls = counting(world)
    page = reported_on_page(browser, office, contact="reporter@mail.example")
    receipt = dict(page.forms[0].values())["receipt"]
    browser.submit()
    path = browser.path
    browser.submit(form=form_to(browser, "/messages"), text=SUPPLEMENT)
    browser.submit(form=form_to(browser, "/leave"))
    browser.open(f"/t/{office.id}/reports")
    browser.submit(reference=path.rpartition("/")[2], receipt=receipt)
    browser.open(f"{path}/lost-receipt")
    browser.submit(email="reporter@mail.example")
    return calls


def _figures(world: InProcess) -> Calls:
    asked, browser = figured()(world), Browser(world)
    calls = counting(world)
    browser.open(f"/t/{asked.at.id}/figures")
    browser.open(f"/t/{asked.at.id}/figures/{asked.names['period']}")
    assert browser.answer.status == 200
    return calls
