"""Invitations from a table: encodings, columns and cells, each fault with its line and column; a dry run; once only."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.organisations.practice.practising import form_of, world_of
from tests.sign_in.door import START, at_the_desk, desk

TABLE = (
    "邮箱,姓名,角色,部门\nli@example.com,李明,投诉管理中心审核员；档案管理员,\nwang@example.com,王芳,被投诉方,大厅\n"
)
KEY = {"Idempotency-Key": "table-key-0123456789abcdef"}


@pytest.fixture
def office() -> Organisation:
    found = sign_up(InProcess(START), "platform")
    unit = {"id": "hall", "name": "大厅"}
    assert found.world.call("POST", f"{found.path}/units", unit, auth=found.auth("owner")).status == 201
    return found


def ask(office: Organisation, table: str | bytes, *, run: bool = False, who: str = "owner") -> Answer:
    content = table if isinstance(table, bytes) else table.encode()
    body = {"file": base64.b64encode(content).decode(), "run": run}
    path = f"{office.path}/people/import"
    return office.world.call("POST", path, body, auth=office.auth(who), headers=KEY if run else {})


def people(office: Organisation) -> dict[str, Any]:
    return {one["email"]: one for one in office.get("/people", "owner")["people"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_spreadsheets_are_read(office: Organisation, encoding: str) -> None:
    answer = ask(office, TABLE.encode(encoding))
    assert answer.status == 200, answer.text
    rows = answer.json["rows"]
    assert [(one["line"], one["name"], one["becomes"]) for one in rows] == [
        (2, "李明", "invited"),
        (3, "王芳", "invited"),
    ]
    assert rows[0]["grants"] == [{"role": "screener"}, {"role": "archivist"}]
    assert rows[1]["grants"] == [{"role": "respondent", "unit": "hall"}]


def test_a_dry_run_invites_nobody(office: Organisation) -> None:
    before = people(office)
    assert ask(office, TABLE).json["ran"] is False
    assert people(office) == before
    assert world_of(office).fakes.mailer.to("li@example.com") == []


def test_a_run_invites_each_once_also_if_it_is_repeated(office: Organisation) -> None:
    first, second = ask(office, TABLE, run=True), ask(office, TABLE, run=True)
    assert [one["becomes"] for one in first.json["rows"]] == ["invited", "invited"]
    assert [one["becomes"] for one in second.json["rows"]] == ["member", "member"]
    mails = world_of(office).fakes.mailer
    assert [len(mails.to(email)) for email in ("li@example.com", "wang@example.com")] == [1, 1]


def test_an_existing_person_is_said_and_keeps_the_roles(office: Organisation) -> None:
    email = office.emails["handler"]
    before = people(office)[email]
    answer = ask(office, f"email,name,roles\n{email},x,archivist\n", run=True)
    assert [one["becomes"] for one in answer.json["rows"]] == ["other_grants"]
    assert people(office)[email] == before


@pytest.mark.parametrize("divider", ["\t", ";", ","])
def test_cells_are_divided_by_what_divides_the_first_line(office: Organisation, divider: str) -> None:
    table = divider.join(["E-Mail", "Name", "Roles"]) + "\n" + divider.join(["a@example.com", "A", "Screener"])
    assert ask(office, table).json["rows"][0]["grants"] == [{"role": "screener"}]


NO_LINE = (None, None)
HEAD = "email,name,roles,unit,language\n"
GOOD = "a@example.com,A,screener,,\n"


@pytest.mark.parametrize(
    ("table", "places"),
    [
        (b"email,name,roles\na@example.com,\x81\xff,screener\n", [(2, 15)]),
        ("email,name\na@example.com,A\n", [(1, 3)]),
        ("email,name,roles,colour\n", [(1, 4)]),
        ("email,name,roles,name\n", [(1, 4)]),
        ("email,name,roles\n", [NO_LINE]),
        ("", [NO_LINE]),
        (b"\x00\x01\x02", [NO_LINE]),
        ('email,name,roles\n"a@example.com,A,screener', [NO_LINE]),
        (HEAD + "nobody,A,screener,,\n", [(2, 1)]),
        (HEAD + GOOD + "\n,,,hall,fr\n", [(4, 1), (4, 2), (4, 5), (4, 3)]),
        (HEAD + "a@example.com,A,king,nowhere,\n", [(2, 4), (2, 3)]),
        (HEAD + "a@example.com,A,respondent,,\n", [(2, 4)]),
        (HEAD + GOOD + "A@example.com,B,screener,,\n", [(3, 1)]),
        (HEAD + "a@example.com,A,screener,,,x\n", [(2, 6)]),
        (HEAD + "a@example.com,see www.example.com,screener,,\n", [(2, 2)]),
        (HEAD + "".join(f"a{n}@example.com,A,screener,,\n" for n in range(51)), [NO_LINE]),
        (b"a" * (64 * 1024 + 1), [NO_LINE]),
    ],
)
def test_each_fault_has_its_line_and_column(
    office: Organisation, table: str | bytes, places: list[tuple[int | None, int | None]]
) -> None:
    answer = ask(office, table, run=True)
    assert answer.status == 422
    assert [(one.get("line"), one.get("column")) for one in answer.json["errors"]] == places
    assert "a@example.com" not in people(office)


def test_more_people_than_the_plan_allows_are_refused_together(office: Organisation) -> None:
    table = HEAD + "".join(f"a{n}@example.com,A,screener,,\n" for n in range(48))
    answer = ask(office, table, run=True)
    assert answer.status == 402
    assert "a0@example.com" not in people(office)


def test_only_owners_may(office: Organisation) -> None:
    assert ask(office, TABLE, who="director").status == 403


def test_a_table_is_checked_and_then_sent_on_the_page(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/people/import")
    browser.submit(form=form_of(browser, "/people/import"), table=TABLE)
    assert "To be invited: 2. Nothing has been sent." in browser.page.text
    assert "li@example.com" not in people(office)
    browser.submit(form=form_of(browser, "/people/import"), button="do")
    assert "Invited: 2." in browser.page.text
    assert {"li@example.com", "wang@example.com"} <= people(office).keys()


def test_a_fault_of_the_table_is_said_with_its_line_and_column_in_the_language_of_the_reader(
    office: Organisation,
) -> None:
    browser = at_the_desk(office, "owner", language="zh")
    browser.open(f"{desk(office)}/organisation/people/import")
    browser.submit(form=form_of(browser, "/people/import"), table=HEAD + "nobody,A,king,,\n")
    assert "第 2 行第 1 列：不是电子邮箱" in browser.page.text
    assert "第 2 行第 3 列：制度中没有这个角色" in browser.page.text
    assert "nobody,A,king" in browser.answer.text
