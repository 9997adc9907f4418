"""Mailings: the owners set them, members get a link on the day, and each bad input is refused at its place."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.inspections import due
from chalicelib.features.mailings import commands, sending
from tests.clauses.offices import company
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.mailer import Mail
from tests.helpers.nonempty import nonempty
from tests.inspections.inspecting import world_of
from tests.sign_in.door import at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    """On 10 November, with a complaint of October."""
    found = company.company_in(InProcess("2026-10-12T09:00:00+08:00"))
    found.file(channel="phone", category={"matter": "product_quality"})
    hire(found, "agent", name="second")
    world_of(found).jump_to("2026-11-10T09:00:00+08:00")
    return found


def wanted(office: Organisation, *people: str, **changes: Any) -> dict[str, Any]:
    to = [sub_of(office, one) for one in people or ("owner",)]
    return {"document": "inflow", "every": "month", "day": 5, "to": to, **changes}


def sub_of(office: Organisation, who: str) -> str:
    return str(office.get("/people/me", who)["sub"])


def set_one(office: Organisation, body: dict[str, Any], who: str = "owner") -> Answer:
    return office.world.call("POST", f"{office.path}/mailings", body, auth=office.auth(who))


def run(office: Organisation, when: str) -> None:
    world = world_of(office)
    world.jump_to(when)
    with binding.tenant(office.id):
        sending.run(world.fakes.wiring, office.id, world.now())


def mails(office: Organisation) -> list[Mail]:
    """Those of mailings."""
    return [one for one in world_of(office).fakes.mailer.outbox if "/desk/reports/" in one.text]


def events(office: Organisation, type_: str) -> list[dict[str, Any]]:
    return [one["fields"] for one in office.get("/record", "owner")["events"] if one["type"] == type_]


def test_a_report_goes_as_a_link_to_each_member_on_the_day(office: Organisation) -> None:
    made = set_one(office, wanted(office, "owner", "agent"))
    assert (made.status, made.json["next"], made.json["sent"]) == (201, "2026-12-05", None)
    run(office, "2026-12-04T23:00:00+08:00")
    run(office, "2026-12-05T07:00:00+08:00")
    assert mails(office) == []
    run(office, "2026-12-05T08:00:00+08:00")
    assert len({one.to for one in mails(office)}) == len(mails(office)) == 2
    address = f"/t/{office.id}/desk/reports/mailed.csv?report=inflow&period=2026-11"
    assert all(address in one.text for one in nonempty(mails(office)))
    assert events(office, "mailing_sent") == [{"mailing": made.json["id"], "period": "2026-11", "mails": 2}]


def test_it_is_sent_once_for_each_period(office: Organisation) -> None:
    set_one(office, wanted(office))
    for day in ("2026-12-05", "2026-12-05", "2026-12-06", "2027-01-05", "2027-01-06"):
        run(office, f"{day}T09:00:00+08:00")
    assert ["period=2026-11" in one.text for one in mails(office)] == [True, False]
    listed = office.get("/mailings", "owner")["mailings"]
    assert [(one["sent"], one["next"]) for one in listed] == [("2026-12", "2027-02-05")]


def test_no_figure_is_in_the_mail(office: Organisation) -> None:
    set_one(office, wanted(office))
    run(office, "2026-12-05T08:00:00+08:00")
    (mail,) = mails(office)
    digits = "".join(sign if sign.isdigit() else " " for sign in mail.text.replace(office.id, "")).split()
    assert set(digits) <= {"2026", "11"}


def test_an_inspection_is_made_if_there_is_none_and_leads_to_its_page(office: Organisation) -> None:
    set_one(office, wanted(office, document="inspection"))
    run(office, "2026-12-05T08:00:00+08:00")
    (mail,) = mails(office)
    assert f"/t/{office.id}/desk/reports/inspections/2026-11.1" in mail.text
    assert [one["id"] for one in office.get("/inspections", "owner")["inspections"]] == ["2026-11.1"]


def test_a_member_who_left_gets_no_mail_and_the_others_do(office: Organisation) -> None:
    set_one(office, wanted(office, "owner", "second"))
    gone = office.world.call("DELETE", f"{office.path}/people/{office.subs['second']}", auth=office.auth("owner"))
    assert gone.status == 204, gone.text
    run(office, "2026-12-05T08:00:00+08:00")
    assert len(mails(office)) == 1
    assert events(office, "mailing_sent")[0]["mails"] == 1
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/reports/schedule")
    assert "has left" in browser.answer.text


def test_a_mail_that_fails_is_sent_again_in_the_next_hour(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_one(office, wanted(office))
    with monkeypatch.context() as failing:
        failing.setattr(sending, "_mailed", lambda *_: False)
        run(office, "2026-12-05T08:00:00+08:00")
    assert events(office, "mailing_sent") == []
    run(office, "2026-12-05T09:00:00+08:00")
    assert (len(mails(office)), len(events(office, "mailing_sent"))) == (1, 1)


def test_an_ended_mailing_is_sent_no_more(office: Organisation) -> None:
    made = set_one(office, wanted(office)).json["id"]
    path = f"{office.path}/mailings/{made}"
    assert office.world.call("DELETE", path, auth=office.auth("agent")).status == 403
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status == 204
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status == 404
    run(office, "2026-12-05T08:00:00+08:00")
    assert mails(office) == []


@pytest.mark.parametrize("document", ["inspection", "inflow"])
def test_two_mailings_alike_are_refused(office: Organisation, document: str) -> None:
    assert set_one(office, wanted(office, document=document)).status == 201
    again = set_one(office, wanted(office, "owner", "agent", document="inflow", day=20) | {"document": document})
    assert again.status == 422
    assert again.json["errors"][0]["pointer"] == "/document"
    assert set_one(office, wanted(office, document=document, every="quarter")).status == 201


def test_who_may_not_read_the_document_is_refused_at_their_place(office: Organisation) -> None:
    answer = set_one(office, wanted(office, "owner", "agent", document="inspection"))
    assert (answer.status, answer.pointer) == (422, "/to/1")
    assert set_one(office, wanted(office, "owner", "agent")).status == 201


def test_a_role_for_one_unit_reads_no_inspection(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"id": "north", "name": "北区"}
    assert office.world.call("POST", f"{office.path}/units", body, auth=office.auth("owner")).status == 201
    hire(office, "agent", name="northern", unit="north")
    monkeypatch.setattr(due, "read_by", lambda _policy: ["agent"])
    answer = set_one(office, wanted(office, "agent", "northern", document="inspection"))
    assert (answer.status, answer.pointer) == (422, "/to/1")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"day": 0}, "/day"),
        ({"day": 32}, "/day"),
        ({"every": "week"}, "/every"),
        ({"document": "secrets"}, "/document"),
        ({"to": []}, "/to"),
        ({"to": ["00000000-0000-0000-0000-000000000000"]}, "/to/0"),
    ],
)
def test_what_is_no_mailing_is_refused_at_its_place(office: Organisation, change: dict[str, Any], pointer: str) -> None:
    answer = set_one(office, wanted(office) | change)
    assert (answer.status, answer.pointer) == (422, pointer)


def test_only_owners_set_and_see_mailings(office: Organisation) -> None:
    assert set_one(office, wanted(office), "agent").status == 403
    assert office.world.call("GET", f"{office.path}/mailings", auth=office.auth("agent")).status == 403
    assert at_the_desk(office, "agent").ask(f"{desk(office)}/reports/schedule").status == 403


def test_an_organisation_has_a_bounded_number(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST", 1)
    assert set_one(office, wanted(office)).status == 201
    assert set_one(office, wanted(office, document="results")).problem == "limit-reached"


def test_an_owner_sets_and_ends_one_at_the_desk(office: Organisation) -> None:
    browser, path = at_the_desk(office, "owner"), f"{desk(office)}/reports/schedule"
    browser.open(path)
    browser.submit(form=-1, document="deadlines", every="month", day="31", to=[sub_of(office, "agent")])
    assert "The mailing is set." in browser.answer.text
    assert "next on 2026-11-30" in browser.answer.text
    browser.submit(form=-1, document="deadlines", every="month", day="31", to=[sub_of(office, "agent")])
    assert (browser.answer.status, "End that mailing first" in browser.answer.text) == (422, True)
    browser.submit(form=-1, day="32", to=[])
    assert (browser.answer.status, "from 1 to 31" in browser.answer.text) == (422, True)
    browser.open(path)
    browser.submit(form=-2)
    assert "has ended" in browser.answer.text
    assert office.get("/mailings", "owner")["mailings"] == []


def test_the_link_of_a_report_leads_to_its_csv(office: Organisation) -> None:
    browser = at_the_desk(office, "agent")
    answer = browser.ask(f"{desk(office)}/reports/mailed.csv?report=inflow&period=2026-10")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    (line,) = (line for line in answer.text.splitlines() if ",received," in line)
    assert line.endswith(",1")
    for query in ("report=inflow&period=x", "report=secrets&period=2026-10", ""):
        assert browser.ask(f"{desk(office)}/reports/mailed.csv?{query}").status == 404
