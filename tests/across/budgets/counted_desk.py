"""The pages of the desk, with what their modules ask for."""

from __future__ import annotations

from chalicelib.features.evidence import file_limits
from chalicelib.policy import presets
from tests.across.budgets.counting import ENDS, PARTS, SUPPLEMENT, Calls, counting, form_to
from tests.clauses.giving import given
from tests.clauses.offices.estate import estate_in
from tests.clauses.offices.workshop import parked, workshop_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.evidence.pages.test_uploads import declaration
from tests.filing.desk import intake
from tests.helpers.fakes.files import image
from tests.inspections.inspecting import produced
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk, sign_out


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
    browser.open(f"{desk(office)}/next?number={number}&at=2026-11-27")
    assert browser.path.partition("?")[0].endswith((desk(office), number))
    _work(browser, f"/t/{office.id}/desk/complaints/{number}")
    _take_down(browser, office)
    _views(browser, office)
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
    at = form_to(browser, "/files")
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


def _bulk(world: InProcess) -> Calls:
    """A member acts on what is ticked on the queue, cancels a second act, and looks at the jobs."""
    office = sign_up(world, "telecom-regulator")
    number, calls = office.file(), counting(world)
    browser = at_the_desk(office, "owner")
    order = {"act": "note", "fields": {"text": "等待供应商回复"}, "numbers": [number]}
    asker = {"Authorization": office.auth("owner")}
    waiting = world.client.request("POST", f"{office.path}/bulk", order, headers=asker).json["id"]
    world.fakes.effects.waiting.clear()  # so it waits for the next sweep
    browser.open(f"{desk(office)}/bulk/{waiting}/cancel")
    browser.submit(form=form_to(browser, "/cancel"))
    browser.open(f"{desk(office)}/bulk?act=note&number={number}")
    browser.submit(form=form_to(browser, "/bulk"), fact__text=SUPPLEMENT)
    world.settle()
    page = browser.path
    browser.open(page)
    browser.submit(form=form_to(browser, page))
    assert browser.path != page
    for each in (f"{browser.path}/list.csv", f"{desk(office)}/jobs"):
        browser.open(each)
        assert browser.answer.status == 200
    return calls


def _my_work(world: InProcess) -> Calls:
    """A member with an open task and a notice appoints a deputy, looks at their work, and ends the absence."""
    estate = estate_in(world)
    number = estate.file(severity="major")
    calls, browser = counting(world), at_the_desk(estate, "management_office")
    path = f"{desk(estate)}/my-work"
    deputy = ("sub", estate.subs["service_centre"])
    browser.open(f"{path}/absence")
    browser.ask(f"{path}/absence", [deputy, ("from", "2026-11-27"), ("until", "2026-12-04")])
    browser.open(path)
    assert "stands in for you" in browser.page.text
    browser.submit(form=form_to(browser, "/absence/end"))
    browser.submit(form=form_to(browser, "/settings"), mails="daily")
    for each in (f"{path}/settings", f"{desk(estate)}/changes?of={number}.1"):
        browser.open(each)
        assert browser.answer.status == 200, each
    return calls


def _text_blocks(world: InProcess) -> Calls:
    """An owner writes a text block, inserts it at a complaint, and retires it."""
    office = sign_up(world, "telecom-regulator")
    number, calls = office.file(), counting(world)
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/text-blocks/new")
    browser.submit(form=form_to(browser, "/new"), button="save", name="x", language="zh", text=SUPPLEMENT)
    page = browser.path.partition("?")[0]
    browser.open(f"{desk(office)}/complaints/{number}/acts/note")
    block = page.rpartition("/")[2]
    assert browser.ask(f"{desk(office)}/complaints/{number}/text-blocks/{block}").status == 200
    browser.submit(form=form_to(browser, "/note"), button="insert", block=block)
    assert "told=block_inserted" in browser.path
    browser.open(page)
    browser.submit(form=form_to(browser, "/retire"))
    assert "told=retired" in browser.path
    return calls


def _work(browser: Browser, path: str) -> None:
    """Pages of the desk: lists, a complaint with its forms, an act, a search by words."""
    desk = path.rpartition("/complaints/")[0]
    further = [f"{path}/{name}" for name in ("forms", "case-file", "record", "history", "similar", "reads")]
    for each in (f"{desk}/queue.csv", f"{desk}/tasks", path, *further):
        browser.open(each)
        assert (browser.answer.status, browser.path) == (200, each)
    browser.open(f"{path}/acts/note")
    browser.submit(form=form_to(browser, "/note"), button="check", fact__text=SUPPLEMENT)
    browser.submit(form=form_to(browser, "/check"), button="do")
    assert "?told=done" in browser.path
    browser.submit(form=form_to(browser, "/search"), q=SUPPLEMENT)
    assert browser.answer.status == 200


def _views(browser: Browser, office: Organisation) -> None:
    browser.open(f"{desk(office)}?tab=mine")
    browser.submit(form=form_to(browser, "/views"), name="x")
    browser.submit(form=form_to(browser, "/delete"))
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


def _inspections(world: InProcess) -> Calls:
    """An owner opens the list of inspections and one of them, has a report mailed, and reads it."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    world.move_to("2026-12-02T09:00:00+08:00")
    report = produced(office, "2026-11")["id"]
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", f"/{report}"):
        browser.open(f"{desk(office)}/reports/inspections{path}")
        assert browser.answer.status == 200
    browser.open(f"{desk(office)}/reports/schedule")
    browser.submit(form=form_to(browser, "/schedule"), document="inflow", to=[office.get("/people/me", "owner")["sub"]])
    browser.submit(form=form_to(browser, "/end"))
    assert "?told=ended" in browser.path
    assert browser.ask(f"{desk(office)}/reports/mailed.csv?report=inflow&period=2026-11").status == 200
    return calls


def _reports(world: InProcess) -> Calls:
    """A member opens a report, its table, and the complaints behind a figure."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    calls, browser = counting(world), at_the_desk(office, "owner")
    asked = "measure=received&from=2026-11-01&to=2026-11-30"
    for path in ("", "/all", "/all/table.csv", f"/inflow/cases?{asked}"):
        browser.open(f"{desk(office)}/reports{path}")
        assert browser.answer.status == 200, path
    return calls


def _oversight(world: InProcess) -> Calls:
    """An owner looks at the list, at the analysis, its file and its groups."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", "/analysis", "/analysis/table.csv", "/analysis/groups"):
        browser.open(f"{desk(office)}/oversight{path}")
        assert browser.answer.status == 200, path
    return calls


def ledgers(world: InProcess) -> Calls:
    """An owner opens a ledger, and its file."""
    office = workshop_in(world)
    parked(office)
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("", "/manager", "/manager/table.csv"):
        browser.open(f"{desk(office)}/oversight/ledgers{path}")
        assert browser.answer.status == 200, path
    return calls


def draft_report(world: InProcess) -> Calls:
    """An owner replays a month under the draft, reads the report, and the complaints behind a figure."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    body = {"policy": presets.document("telecom-regulator")}
    assert world.call("PUT", f"{office.path}/policy/draft", body, auth=office.auth("owner")).status == 200
    calls, browser = counting(world), at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/reports/inflow/draft?from=2026-11-01&to=2026-12-31")
    browser.submit(form=form_to(browser, "/draft"))
    world.settle()
    browser.open(browser.path)
    browser.open(next(href for href, _ in browser.page.links if "/draft/cases" in href))
    assert browser.answer.status == 200
    return calls


def _practice(world: InProcess) -> Calls:
    """A member starts a practice organisation, files and acts in it as another, looks at its mails, and ends it."""
    office = sign_up(world, "telecom-regulator")
    office.file()
    calls, browser = counting(world), at_the_desk(office, "owner")
    for path in ("guide", "practice"):
        browser.open(f"{desk(office)}/{path}")
    browser.submit(form=form_to(browser, "/practice"))
    page = browser.path
    browser.submit(form=form_to(browser, "/complaints"))
    world.settle()
    browser.open(f"{page.partition('?')[0]}/mails")
    browser.open(page)
    browser.submit(form=form_to(browser, "/part"))
    browser.submit(form=form_to(browser, "/end"))
    assert "?told=ended" in browser.path
    return calls


WALKS = (
    _practice,
    _desk,
    _desk_files,
    _checklist,
    _form,
    _bulk,
    _text_blocks,
    _inspections,
    _my_work,
    _reports,
    _oversight,
)
