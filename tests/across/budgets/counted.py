"""Counts the calls to the store of a request of each route and page, with warm caches of the process.

A call is one operation of DynamoDB. What a request leaves to queues is not counted.
"""

from __future__ import annotations

from typing import Any

from chalicelib.access import binding
from chalicelib.features.evidence import file_limits
from chalicelib.store import keys
from chalicelib.tenants import organisation
from tests.clauses.giving import given
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.evidence.pages.test_uploads import declaration
from tests.fakes.app import App
from tests.fakes.client import Answer, Client
from tests.fakes.files import image
from tests.filing.desk import intake
from tests.helpers.left_out import kept
from tests.kernel.web.openapi.examples.asking import OPERATIONS, send
from tests.kernel.web.openapi.examples.scenes import START, Scene
from tests.kernel.web.openapi.examples.scenes_of_records import demanded, figured
from tests.kernel.web.openapi.examples.table import SCENES
from tests.kernel.web.pages import filing
from tests.kernel.web.pages.browser import Browser
from tests.register.notices import closed_major, prepared, published
from tests.sign_in.door import at_the_desk, desk, sign_out
from tests.supervision.reporting import reported_on_page

Calls = dict[str, int]
"""By the name of a route's or page's contract."""
PARTS = [("parts", "0" * 64), ("parts", "1" * 64)]
"""Of a file of two parts."""
ENDS = [("etag", "a"), ("sha256", "0" * 64), ("etag", "b"), ("sha256", "1" * 64)]
SUPPLEMENT = "补充：商家昨天来电。"


class Counting(Client):
    """Notes the most calls of each route's requests that succeed."""

    def __init__(self, world: InProcess) -> None:
        super().__init__(App(lambda: world._fakes.wiring, world._undeclared))
        self.world = world
        self.most: Calls = {}

    def unplanted(
        self, method: str, path: str, body: Any, headers: dict[str, str], identity: dict[str, str] | None = None
    ) -> Answer:
        template, params = self._match(path.partition("?")[0])
        self._warm(params.get("tenant", ""))
        store = self.world._fakes.store
        before = len(store.calls)
        answer = super().unplanted(method, path, body, headers, identity)
        contract = self._contract(method, template)
        if contract is not None and answer.status < 400:
            self.most[contract.name] = max(len(store.calls) - before, self.most.get(contract.name, 0))
        return answer

    def _warm(self, tenant: str) -> None:
        """A process asks the services that it needs four times a minute, reads an organisation's directory entry once a
        minute, and each of its policy versions once."""
        super().unplanted("GET", "/v1/health", None, {})
        wiring = self.world._fakes.wiring
        wiring.states.invalidate(tenant)
        with binding.directory():
            if wiring.states.state(tenant) is None:
                return
        key = keys.snapshot(keys.organisation(tenant))
        with binding.tenant(tenant):
            latest = organisation.parse(wiring.store.get([key])[key]).latest
            for version in range(1, latest + 1):
                wiring.compiled.get(tenant, str(version))


def counting(world: InProcess) -> Calls:
    """The counts of the requests that the world sends from now on."""
    client = Counting(world)
    world._http = client
    return client.most


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
    walks = {"get_report_page": _report, "get_figures_page": _figures}
    found: Calls = {}
    for walk in (_service, _case, _notices, _demand, _desk, _desk_files, _checklist, _form, *kept(walks).values()):
        world = InProcess(START)
        most = walk(world)
        found |= {name: max(calls, found.get(name, 0)) for name, calls in most.items()}
    return found


def _service(world: InProcess) -> Calls:
    calls, browser = counting(world), Browser(world)
    page = browser.open("/")
    [style] = {given["href"] for tag, given in page.tags if tag == "link" and given.get("rel") == "stylesheet"}
    for path in (style, "/docs", "/docs/post_complaint", "/docs/schemas/NewComplaint", "/docs/problems", "/sign-up"):
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
    browser.open(path)
    _files(browser, path)
    browser.open(path)
    browser.submit(form=_form_to(browser, "/leave"))
    return calls


def _files(browser: Browser, path: str) -> None:
    """On the page of a complaint or of a demand: the form of a file, and what modules ask for."""
    page = browser.open(f"{path}/files")
    kind = next(one.value for one in page.forms[0].controls if one.name == "kind")
    browser.submit(kind=kind)
    assert browser.page.forms[0].action == "https://bucket.test/"
    ticket = browser.ask(f"{path}/uploads", [*declaration(kind=kind, size=str(file_limits.PART + 1)), *PARTS])
    assert ticket.status == 201, ticket.text
    assert browser.ask(f"{path}/uploads/{ticket.json['id']}/complete", ENDS).status == 200
    assert browser.ask(f"{path}/uploads").status == 200


def _notices(world: InProcess) -> Calls:
    """A complainant agrees to a publication. Another notice is published."""
    office, browser = marketplace_in(world), Browser(world)
    published(office)
    number = closed_major(office)
    prepared(office, number)
    calls = counting(world)
    browser.open(f"/t/{office.id}/case/{number}")
    browser.submit(receipt=office.filed[number].receipt)
    browser.submit(form=_form_to(browser, "/acts/consent"))
    page = browser.open(f"/t/{office.id}/register")
    browser.open(next(href for href, _ in page.links if "/register/" in href))
    assert browser.answer.status == 200
    return calls


def _desk(world: InProcess) -> Calls:
    """A member signs in, sets up a second factor, works, and signs out."""
    office = sign_up(world, "telecom-regulator")
    number = office.file()
    world.call("PUT", f"{office.path}/second-factor", {"required": True}, auth=office.auth("owner"))
    calls, browser = counting(world), Browser(world)
    browser.email = office.emails["owner"]
    browser.open(desk(office))
    browser.submit()
    browser.submit(code="123456")
    assert browser.path == desk(office)
    browser.open("/sign-in/start")
    browser.open("/sign-in")
    browser.submit()
    browser = at_the_desk(office, "owner")
    _work(browser, f"/t/{office.id}/desk/complaints/{number}")
    _take_down(browser, office)
    sign_out(browser)
    return calls


def _desk_files(world: InProcess) -> Calls:
    """A member hands in files for the complainant, and opens one."""
    office = sign_up(world, "telecom-regulator")
    number = office.file()
    file = given(office, number, "bill", image(), "image/jpeg")["id"]
    calls = counting(world)
    browser = at_the_desk(office, "complaint_centre")
    path = f"/t/{office.id}/desk/complaints/{number}"
    browser.open(f"{path}/files/{file}")
    assert browser.answer.status == 200
    browser.ask(f"{path}/files/{file}/copy")
    page = browser.open(f"{path}/files")
    at = _form_to(browser, "/files")
    kind = next(one.value for one in page.forms[at].controls if one.name == "kind")
    browser.submit(form=at, kind=kind)
    assert any(form.action == "https://bucket.test/" for form in browser.page.forms)
    ticket = browser.ask(f"{path}/uploads", [*declaration(kind=kind, size=str(file_limits.PART + 1)), *PARTS])
    assert ticket.status == 201, ticket.text
    assert browser.ask(f"{path}/uploads/{ticket.json['id']}/complete", ENDS).status == 200
    assert browser.ask(f"{path}/uploads").status == 200
    return calls


def _checklist(world: InProcess) -> Calls:
    garage = sign_up(world, "auto-repair")
    number = garage.file()
    calls = counting(world)
    browser = at_the_desk(garage, "customer_service")
    browser.open(f"/t/{garage.id}/desk/complaints/{number}")
    browser.submit(form=next(at for at, one in enumerate(browser.page.forms) if one.action.endswith("/tick")))
    assert "?told=ticked" in browser.path
    return calls


def _form(world: InProcess) -> Calls:
    bureau = sign_up(world, "food-drug-administration")
    number, calls = bureau.file(), counting(world)
    browser = at_the_desk(bureau, "information_centre")
    browser.open(f"/t/{bureau.id}/desk/complaints/{number}/forms")
    browser.open(next(href for href, _ in browser.page.links if "/forms/" in href))
    assert browser.answer.status == 200
    return calls


def _work(browser: Browser, path: str) -> None:
    """Pages of the desk: lists, a complaint with its forms, an act, a search by words."""
    desk = path.rpartition("/complaints/")[0]
    further = [f"{path}/{name}" for name in ("forms", "case-file", "record", "history", "similar", "reads")]
    for each in (f"{desk}/queue.csv", f"{desk}/tasks", path, *further):
        browser.open(each)
        assert (browser.answer.status, browser.path) == (200, each)
    browser.open(f"{path}/acts/note")
    browser.submit(form=_form_to(browser, "/note"), button="check", fact__text=SUPPLEMENT)
    browser.submit(form=_form_to(browser, "/note"), button="do")
    assert "?told=done" in browser.path
    browser.submit(form=_form_to(browser, "/search"), q=SUPPLEMENT)
    assert browser.answer.status == 200


def _take_down(browser: Browser, office: Organisation) -> None:
    """Files for somebody who has complained before: the form, what its module asks for, the check, the filing."""
    for _ in range(2):
        browser.open(intake.file_path(office))
        telephone = ("fact.complainant.phone", "00000000000")
        assert browser.ask(f"{intake.file_path(office)}/earlier", [telephone]).status == 200
        intake.checked(browser)
        intake.press(browser, "file")
        assert intake.number_and_receipt(browser)


def _demand(world: InProcess) -> Calls:
    asked, browser = demanded(world), Browser(world)
    calls = counting(world)
    path = f"/t/{asked.at.id}/demand/{asked.names['number']}/{asked.names['demand']}"
    browser.open(path)
    browser.submit(receipt=_link(asked.at, **asked.names))
    _files(browser, path)
    browser.open(path)
    at = _form_to(browser, "/text")
    browser.submit(form=at, **filing.answers(browser.page.forms[at]))
    browser.open(path)
    browser.submit(form=_form_to(browser, "/leave"))
    return calls


def _link(office: Organisation, number: str, demand: str) -> str:
    return str(office.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"])


def _report(world: InProcess) -> Calls:
    office, browser = marketplace_in(world), Browser(world)
    calls = counting(world)
    reported_on_page(browser, office, contact="reporter@mail.example")
    browser.submit()
    path = browser.path
    browser.submit(form=_form_to(browser, "/messages"), text=SUPPLEMENT)
    browser.submit(form=_form_to(browser, "/leave"))
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


def _form_to(browser: Browser, end: str) -> int:
    """The position of the form whose path ends like this."""
    paths = [one.action.partition("?")[0] for one in browser.page.forms]
    [found] = [at for at, path in enumerate(paths) if path.endswith(end)]
    return found
