"""Every page of the service in each of its states, for `make screenshots`.

A scene has a stack of its own, on which no other scene has moved the clock.
"""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.policy import presets
from tests.across.browser.journeys import add_by_form, add_file, file_complaint, report_office
from tests.across.browser.reader import Reader
from tests.across.browser.sending import TO_FILES
from tests.clauses.local_stack import LocalStack
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import first_sign_in, sign_up, sign_up_owner
from tests.clauses.world import InProcess
from tests.figures.office import DAY, busy_council, council, sweep
from tests.handling.pages import cases
from tests.helpers.fakes.files import PDF
from tests.kernel.web.pages.browser import Browser
from tests.register.notices import SUMMARY, closed_major, on, prepared, published

_FILED = ("platform", "telecom-regulator")
"""The presets in which a complaint is filed and followed; of the others there are the questions."""
Shoot = Callable[[str], None]
"""Takes pictures of the open page under a name."""
LONG = "上海市浦东新区张江高科技园区综合服务中心投诉受理与纠纷调解办公室暨消费者权益保护工作站"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
"""Names that have no place to break."""


def public_pages(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """The service's own pages, sign-up, and errors."""
    for path, name in (("/", "home"), ("/docs", "docs"), ("/docs/post_complaint", "docs-operation")):
        _open(reader, path, shoot, name)
    _open(reader, "/sign-up", shoot, "sign-up")
    for preset in ("telecom-regulator", "corporate-standard"):
        _open(reader, f"/sign-up/{preset}", shoot, f"sign-up-{preset}")
    reader.press("main form button.button")
    shoot("sign-up-fault")
    for at, name in enumerate((LONG, LONG_WORD)):
        _found(stack, reader, name, f"long-{reader.page.evaluate('document.documentElement.lang').lower()}-{at}", shoot)
    for path, name in (("/t/no-such-organisation", "organisation"), ("/no/such/page", "page")):
        _open(reader, path, shoot, f"error-no-{name}", 404)


def _found(stack: LocalStack, reader: Reader, name: str, id_: str, shoot: Shoot) -> None:
    email = f"{id_}@example.com"
    reader.open("/sign-up/platform")
    for field, value in (("name", name), ("id", id_), ("email", email)):
        reader.page.fill(f"#{field}", value)
    reader.press("main form button.button")
    shoot("sign-up-done")
    _open(reader, f"/t/{id_}", shoot, "not-open", 403)
    assert stack.call("POST", f"/v1/t/{id_}/open", auth=f"Bearer {first_sign_in(stack, email)}").status == 200
    for path in ("", "/file", "/case", "/register", "/report"):
        _open(reader, f"/t/{id_}{path}", shoot, f"long-name{path.replace('/', '-')}")


def case(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """From the first page to the complaint, its files and its acts, at two organisations."""
    for preset in _FILED:
        organisation = sign_up(stack, preset)
        number = file_complaint(reader, organisation.id, seen=lambda name: shoot(f"{preset}-{name}"))  # noqa: B023
        add_file(reader, PDF, seen=lambda name: shoot(f"{preset}-{name}"))  # noqa: B023
        reader.press(TO_FILES)
        reader.page.evaluate("document.querySelector('#plain').hidden = false")  # as without modules
        add_by_form(reader, PDF, seen=lambda name: shoot(f"{preset}-form-{name}"))  # noqa: B023
        path = f"/t/{organisation.id}/case/{number}"
        if preset == "telecom-regulator":
            _act(reader, path, shoot)
        reader.press("button.leave")
        _open(reader, path, shoot, f"{preset}-case-enter")
        reader.page.fill("#receipt", "k1.wrong")
        reader.press("main form button.button")
        shoot(f"{preset}-case-wrong-receipt")


def _act(reader: Reader, path: str, shoot: Shoot) -> None:
    reader.open(f"{path}/acts/supplement")
    shoot("act")
    reader.press("main form button.button")
    shoot("act-fault")
    reader.answer()
    reader.press("main form button.button")
    shoot("act-done")


def filing(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """What a filing and a receipt can meet: a shared device, an ended draft, a second sending, a lost receipt."""
    path = f"/t/{sign_up_owner(stack, 'platform').id}"
    reader.open(f"{path}/file")
    reader.answer()
    reader.press("#filing .button:not([type=button])")
    begun = reader.page.url.removeprefix(reader.url)
    _open(reader, f"{path}/file", shoot, "file-begun")
    reader.page.context.clear_cookies()
    _open(reader, begun, shoot, "file-lost", 404)
    number = file_complaint(reader, path.removeprefix("/t/"))
    reader.page.go_back()
    _open(reader, reader.page.url.removeprefix(reader.url).replace("/filed", "/check"), shoot, "file-already", 409)
    _open(reader, f"{path}/lost-receipt", shoot, "lost-receipt")
    for given, name in (("", "fault"), (number, "sent")):
        reader.page.fill("#number", given)
        reader.page.fill("#email", given and "a@example.com")
        reader.press("main form button.button")
        shoot(f"lost-receipt-{name}")


def demand_and_report(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    office = marketplace_in(stack)
    _open(reader, f"/t/{office.id}/register", shoot, "register-empty")
    number = demanded(office)
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    link = office.get(f"/complaints/{number}/demands/{demand}/link", "handler")["page"]
    _open(reader, link.removeprefix(stack.url), shoot, "demand-enter")
    reader.press("button.button")
    shoot("demand")
    reader.press("main button.button")
    shoot("demand-fault")
    report_office(reader, office.id, seen=shoot)


def answers(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """Cases in which the complainant has to answer or has answered, and the forms of the answers."""
    for name in ("offered", "demanded", "decided", "rated_and_closed", "contradicted"):
        path = _case(stack, reader, shoot, name)
        for act in ("agree", "dispute", "rate"):
            if reader.has(f'main a[href*="/acts/{act}"]'):
                _open(reader, f"{path}/acts/{act}", shoot, f"case-{name}-{act}")
                reader.open(path)


def late(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    path = _case(stack, reader, shoot, "late_on_the_first_rung")
    _open(reader, f"{path}/acts/remind", shoot, "case-late-remind")
    reader.press("main form button.button")
    shoot("case-late-reminded")


def very_late(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    _case(stack, reader, shoot, "late")


def late_after_an_offer(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    _case(stack, reader, shoot, "late_with_an_offer_and_a_demand")


def _case(stack: LocalStack, reader: Reader, shoot: Shoot, name: str) -> str:
    """The path of a case in the state, whose page is open."""
    office, number = cases.CASES[name](stack)
    path = f"/t/{office.id}/case/{number}"
    reader.open(path)
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    shoot(f"case-{name}")
    return path


def questions(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """The first page, the questions and the confirmation of the other presets."""
    for preset in presets.names():
        if preset not in _FILED:
            file_complaint(reader, sign_up(stack, preset).id, seen=lambda name: shoot(f"{preset}-{name}"))  # noqa: B023


def sign_in(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    organisation = sign_up(stack, "platform")
    _open(reader, "/sign-in", shoot, "sign-in")
    _open(reader, f"/sign-in?organisation={organisation.id}", shoot, "sign-in-organisation")
    _open(reader, f"/t/{organisation.id}/desk", shoot, "sign-in-asked")


def register(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """The notice is published on a later day."""
    office = marketplace_in(stack)
    published(office)
    for path, name in (("", "register"), ("?from=2026-02-30", "register-fault"), ("?category=none", "register-none")):
        _open(reader, f"/t/{office.id}/register{path}", shoot, name, 422 if "fault" in name else 200)
    link = reader.page.get_attribute("h2 a", "href") if reader.has("h2 a") else None
    if link is not None:
        _open(reader, link, shoot, "register-notice")


def proposal(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """What is to be published of a complaint, and again after its text was changed."""
    office = marketplace_in(stack)
    number = closed_major(office)
    prepared(office, number)
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    shoot("case-proposal")
    on(office, number, "director", "edit", texts={"summary_for_public": SUMMARY.replace("退款", "换货")})
    reader.press("#publication button.button")
    shoot("case-proposal-changed")
    reader.press("#publication button.button")
    shoot("case-proposal-agreed")


def figures(stack: LocalStack, reader: Reader, shoot: Shoot) -> None:
    """Of organisations in process: the local stack would take long to file their complaints. It has the style."""
    language = "zh" if reader.page.evaluate("navigator.language").startswith("zh") else "en"
    busy, empty = busy_council(), council()
    sweep(busy, DAY)
    for office, path, name in ((busy, "/2026-09", "figures"), (busy, "", "figures-list"), (empty, "", "figures-none")):
        assert isinstance(office.world, InProcess)
        browser = Browser(office.world, language)
        browser.open(f"/t/{office.id}/figures{path}")
        body = browser.answer.text
        reader.page.route("**/pictured", lambda route: route.fulfill(body=body, content_type="text/html"))  # noqa: B023
        reader.page.goto(f"{stack.url}/pictured")
        shoot(name)
        reader.page.unroute("**/pictured")


def _open(reader: Reader, path: str, shoot: Shoot, name: str, status: int = 200) -> None:
    reader.open(path, status=status)
    shoot(name)


_OF_CASES = (case, answers, late, very_late, late_after_an_offer, demand_and_report, proposal)
SCENES = (public_pages, filing, questions, sign_in, *_OF_CASES, register, figures)
