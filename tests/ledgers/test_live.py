"""Ledgers as they are now: who reads them, pages, and tables."""

from __future__ import annotations

import csv
import io

import pytest

from chalicelib.features.ledgers import listing
from tests.clauses.offices.workshop import parked, reported
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.ledgers.reading import ask, numbers, read

UNITS = """
language: 1
name: {en: Ledger}
calendar: {timezone: Asia/Shanghai, holidays: CN, hours: {mon-fri: ["09:00-18:00"]}, day_ends: close}
people: {clerk: {en: Clerk}, boss: {en: Boss}}
intake:
  channels: {desk: {en: Desk}}
  facts: {content: {en: Content, required: true}}
  unit: optional
  tells: clerk
stages:
  registered: {close: {by: clerk, to: closed, needs: [solution]}}
  closed: {shelf: archived}
fields: {solution: {en: Solution}}
clocks:
  answer: {from: registered, until: closed, within: 5 working days, missed: record}
tiers: [{roles: boss}]
ledgers: {waiting: {en: Waiting, for: clerk, stages: registered}}
sample: {channel: desk, facts: {content: "=1+1"}}
"""


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("customer_manager", 200), ("service_centre", 403)])
def test_the_keepers_and_the_owners_read_a_ledger(workshop: Organisation, who: str, status: int) -> None:
    parked(workshop)

    assert ask(workshop, who).status == status


def test_an_unknown_ledger_is_not_found(workshop: Organisation) -> None:
    assert ask(workshop, "owner", "nothing").status == 404


def test_the_list_has_the_ledgers_that_the_reader_may_read(workshop: Organisation) -> None:
    listed = {
        who: [row["ledger"] for row in workshop.get("/ledgers", who)["ledgers"]]
        for who in ("owner", "service_centre", "staff")
    }

    assert {who: sorted(found) for who, found in listed.items()} == {
        "owner": ["centre", "manager"],
        "service_centre": ["centre"],
        "staff": [],
    }


def test_a_ledger_is_paged(workshop: Organisation) -> None:
    filed = [parked(workshop) for _ in range(3)]
    reported(workshop)

    first = read(workshop, "customer_manager", query="?limit=2")
    second = read(workshop, "customer_manager", query=f"?limit=2&cursor={first['cursor']}")

    assert sorted(numbers(first) + numbers(second)) == filed
    assert (len(numbers(first)), second["cursor"]) == (2, None)


def test_people_of_a_unit_see_the_matters_of_this_unit_and_of_none() -> None:
    made = sign_up_with(InProcess("2026-11-27T09:10:00+08:00"), UNITS)
    for unit in ("north", "south"):
        made.world.call("POST", f"{made.path}/units", {"id": unit, "name": unit}, auth=made.auth("owner"))
    hire(made, "clerk", name="northern", unit="north")
    north, south, none = made.file(unit="north"), made.file(unit="south"), made.file()

    found = read(made, "northern", "waiting")

    assert (sorted(numbers(found)), found["units"]) == ([north, none], ["north"])
    assert sorted(numbers(read(made, "clerk", "waiting"))) == [north, south, none]
    assert read(made, "clerk", "waiting")["units"] is None


def test_a_keeper_does_not_see_the_matters_of_a_unit_whose_respondent_they_are() -> None:
    made = sign_up_with(InProcess("2026-11-27T09:10:00+08:00"), UNITS)
    for unit in ("north", "south"):
        made.world.call("POST", f"{made.path}/units", {"id": unit, "name": unit}, auth=made.auth("owner"))
    grants = [{"role": "clerk"}, {"role": "respondent", "unit": "north"}]
    path = f"{made.path}/people/{made.subs['clerk']}"
    assert made.world.call("PUT", path, {"grants": grants}, auth=made.auth("owner")).status == 200
    north, south = made.file(unit="north"), made.file(unit="south")

    assert numbers(read(made, "clerk", "waiting")) == [south]
    assert sorted(numbers(read(made, "owner", "waiting"))) == [north, south]


def test_a_table_has_a_line_for_each_matter_and_no_formula(
    workshop: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_PAGE", 1)
    filed = [parked(workshop) for _ in range(2)]

    answer = ask(workshop, "customer_manager", "manager", "", Accept="text/csv", **{"Accept-Language": "zh"})

    titles, *lines = list(csv.reader(io.StringIO(answer.text)))
    assert (titles[0], [line[0] for line in lines], answer.headers["Content-Language"]) == ("编号", filed, "zh")
    assert lines[0][titles.index("阶段")] == "未了事宜"
    assert [cell for line in lines for cell in line if cell.startswith(("=", "+", "@", "\t"))] == []


def test_a_table_for_programs_has_codes_with_labels_beside_them(workshop: Organisation) -> None:
    [number] = [parked(workshop)]
    path = f"{workshop.path}/ledgers/manager?layout=codes"
    headers = {"Accept": "text/csv", "Accept-Language": "zh"}

    answer = workshop.world.call("GET", path, auth=workshop.auth("customer_manager"), headers=headers)

    row = next(one for one in csv.DictReader(io.StringIO(answer.text)) if one["number"] == number)
    assert (row["stage"], row["stage_label"], row["severity"], row["severity_label"]) == (
        *("pending", "未了事宜", "general", "一般投诉"),
    )
    assert row["since"].endswith("+08:00")
    assert "恢复处理" in row["open_acts_label"]
    assert "resume" in row["open_acts"].split("; ")


def test_a_name_that_would_be_a_formula_is_made_harmless() -> None:
    policy = UNITS.replace("{from: registered", '{name: {en: "=HYPERLINK(1)"}, from: registered').replace(
        "registered: {close", 'registered: {name: {en: "=1+1"}, close'
    )
    made = sign_up_with(InProcess("2026-11-27T09:10:00+08:00"), policy)
    made.file()

    answer = ask(made, "clerk", "waiting", "", Accept="text/csv", **{"Accept-Language": "en"})

    [_, line] = list(csv.reader(io.StringIO(answer.text)))
    assert (line[1][:2], line[8][:2]) == ("'=", "'=")


def test_a_table_ends_at_its_limit(workshop: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_MATTERS", 1)
    for _ in range(2):
        parked(workshop)

    answer = ask(workshop, "customer_manager", "manager", "", Accept="text/csv")

    assert len(list(csv.reader(io.StringIO(answer.text)))) == 2
