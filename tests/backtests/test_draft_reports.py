"""A report under another policy: both columns, their difference, and the complaints behind each value."""

from __future__ import annotations

import copy
import csv
import io
import json
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from chalicelib.complaints.filing import Filing
from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from chalicelib.policy import presets
from tests.backtests import live
from tests.backtests.live import Office, Teller
from tests.backtests.stories import filing, instants
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import some_by_day

PRESET = "corporate-standard"
FROM = "2026-11-23T09:00:00+08:00"
UNTIL = "2027-01-20T12:00:00+08:00"
PERIOD = {"from": "2026-11-01T00:00:00+08:00", "to": "2027-01-01T00:00:00+08:00"}


def of_preset(preset: str) -> dict[str, Any]:
    return {**copy.deepcopy(presets.document(preset)), "examples": []}


def limited(within: str) -> dict[str, Any]:
    """A draft with this limit of every resolution."""
    draft = of_preset(PRESET)
    draft["clocks"]["resolution"]["within"] = [within]
    return draft


def shorter() -> dict[str, Any]:
    return limited("1 hour")


def longer() -> dict[str, Any]:
    return limited("10 working days")


FIRST_WEEK = "clock=resolution&from=2026-11-23&to=2026-11-29"


@pytest.fixture(scope="module")
def company() -> Office:
    """Five complaints, accepted after two hours and not resolved."""
    office = live.office(PRESET, of_preset(PRESET))
    sample = of_preset(PRESET)["sample"]
    wanted = Filing(sample["channel"], sample["facts"], severity="general", category=sample["category"])
    for position in range(5):
        at = from_text(FROM) + position * DAY
        filed = office.file(wanted, at)
        assert filed is not None
        office.act(filed, "one", "accept", {"agent_team": "一组", "agent_number": "7"}, at + 2 * HOUR)
    office.world.move_to(UNTIL)
    return office


_begun: WeakKeyDictionary[InProcess, dict[str, str]] = WeakKeyDictionary()
"""The back tests of a world, by their body. Tests only read their reports, so equal ones share one."""


def begun(office: Office, **body: Any) -> str:
    known, wanted = _begun.setdefault(office.world, {}), json.dumps(body, sort_keys=True)
    if wanted not in known:
        path, auth = f"{office.organisation.path}/policy/backtest", office.organisation.auth("owner")
        started = office.world.call("POST", path, {**PERIOD, **body}, auth=auth)
        assert started.status == 202, started.text
        known[wanted] = str(started.json["id"])
    return known[wanted]


def asked(office: Office, test: str, path: str, who: str = "owner", **headers: str) -> Answer:
    whole = path if path.startswith("/v1") else f"{office.organisation.path}/policy/backtest/{test}/reports/{path}"
    return office.world.call("GET", whole, auth=office.organisation.auth(who), headers=headers or None)


def rows(office: Office, test: str, path: str) -> dict[tuple[str, ...], dict[str, Any]]:
    answer = asked(office, test, path)
    assert answer.status == 200, answer.text
    return {tuple(row["keys"].values()): row["values"] for row in answer.json["rows"]}


@pytest.mark.slow
def test_a_longer_limit_misses_fewer_deadlines_in_the_first_week(company: Office) -> None:
    values = rows(company, begun(company, policy=longer()), f"deadlines?measure=missed&{FIRST_WEEK}")[()]["missed"]
    assert (count(values["before"]), count(values["after"])) == (5, 0)


def test_the_difference_of_two_shares_is_that_of_the_shares(company: Office) -> None:
    values = rows(company, begun(company, policy=shorter()), f"deadlines?measure=missed&{FIRST_WEEK}")[()]["missed"]
    assert (values["before"]["share"], values["after"]["share"], values["change"]) == (1.0, 1.0, 0.0)


def test_lateness_grows_under_a_shorter_limit(company: Office) -> None:
    test = begun(company, policy=shorter())
    escalated = rows(company, test, "deadlines?measure=escalated&by=clock&clock=resolution")["resolution",]["escalated"]
    assert escalated["change"] == escalated["after"]["count"] - escalated["before"]["count"]


def test_deadlines_are_counted_in_the_week_in_which_they_are_due(company: Office) -> None:
    found = rows(company, begun(company, policy=longer()), "deadlines?measure=missed&by=week&clock=resolution")
    first, second = found["2026-W48",]["missed"], found["2026-W50",]["missed"]
    assert [count(one[column]) for one in (first, second) for column in ("before", "after")] == [5, 0, 0, 5]


def count(value: dict[str, Any] | None) -> int:
    return 0 if value is None else int(value.get("numerator", value.get("count", 0)))


def test_an_act_that_the_draft_lacks_is_in_one_column(company: Office) -> None:
    draft = shorter()
    draft["stages"]["registered"]["accept"]["needs"] = ["agent_team", "agent_number", "solution"]
    test = begun(company, policy=draft)
    accepted = rows(company, test, "inflow?measure=accepted")[()]["accepted"]
    assert (accepted["before"]["numerator"], accepted["after"]["numerator"], accepted["change"]) == (5, 0, -1.0)
    assert asked(company, test, "inflow").json["left_out"]["act_not_possible"] == 5


@pytest.mark.parametrize("column", ["before", "after"])
@pytest.mark.parametrize("by", ["clock", "week", "channel", "policy"])
def test_each_value_leads_to_its_complaints(company: Office, by: str, column: str) -> None:
    test = begun(company, policy=shorter())
    for row in nonempty(rows(company, test, f"deadlines?measure=missed&by={by}").values()):
        value = row["missed"][column]
        if value is not None:
            listed = asked(company, test, value["cases"])
            assert listed.status == 200, listed.text
            assert bool(listed.json["numbers"]) == bool(value["numerator"])


def test_the_complaints_are_those_of_the_column(company: Office) -> None:
    test = begun(company, policy=longer())
    query = f"deadlines/cases?measure=missed&{FIRST_WEEK}&column="
    listed = {column: asked(company, test, query + column).json["numbers"] for column in ("before", "after")}
    assert {column: len(numbers) for column, numbers in listed.items()} == {"before": 5, "after": 0}


def test_a_report_says_what_the_replay_cannot_know(company: Office) -> None:
    found = asked(company, begun(company, policy=shorter()), "deadlines").json
    assert (found["state"], found["complaints"], found["left_out"]["unreadable"]) == ("done", 5, 0)
    assert all(one["zh"] and one["en"] for one in nonempty(found["unknown"]))
    assert (found["from"], found["to"], found["as_of"]) == ("2026-11-01", "2027-01-20", to_text(from_text(UNTIL)))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("deadlines?measure=received", "/query/measure"),
        ("results?measure=published", "/query/measure"),
        ("deadlines?measure=met&by=stars", "/query/by"),
        ("deadlines?measure=met&from=2026-12-01&to=2026-11-01", "/query/to"),
        ("deadlines?measure=met&from=2026-02-30", "/query/from"),
        ("deadlines/cases?measure=met&by=clock", "/query/by"),
    ],
)
def test_a_bad_question_is_refused_with_its_place(company: Office, path: str, place: str) -> None:
    answer = asked(company, begun(company, version="2"), path)
    assert (answer.status, answer.pointer) == (422, place)


@pytest.mark.parametrize("path", ["workload", "indicators", "secrets", "secrets/cases"])
def test_reports_that_a_replay_cannot_give_are_not_found(company: Office, path: str) -> None:
    assert asked(company, begun(company, version="2"), path).status == 404


def test_an_unknown_column_is_refused(company: Office) -> None:
    assert asked(company, begun(company, version="2"), "deadlines/cases?measure=met&column=never").status == 400


def test_an_unknown_back_test_is_not_found(company: Office) -> None:
    assert asked(company, "0" * 32, "deadlines").status == 404


def test_only_owners_read_it(company: Office) -> None:
    test = begun(company, version="2")
    assert asked(company, test, "deadlines", who="one").status == 403
    assert asked(company, test, "deadlines/cases?measure=met", who="one").status == 403


SHIFTED = [*presets.names()[1:], *presets.names()[:1]]
"""By day each fifth preset from the second on; `test_own_version` tries those from the first on. At night all."""


@pytest.mark.parametrize("each", [3, pytest.param(12, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("preset", some_by_day(SHIFTED, one_in=5))
def test_under_the_version_that_applied_both_columns_are_equal(preset: str, each: int) -> None:
    policy = of_preset(preset)
    office = live.office(preset, policy, single=True)
    teller = Teller(office, policy["sample"], seed=17)
    for at in instants(teller, each):
        teller.story(at, filing(teller, policy, at))
    office.world.move_to(UNTIL)
    test = begun(office, policy=policy)
    found = [
        (report, measure, one)
        for report in ("inflow", "results", "deadlines")
        for row in rows(office, test, f"{report}?by=channel").values()
        for measure, one in row.items()
    ]
    for report, measure, one in nonempty(found):
        assert without_address(one["before"]) == without_address(one["after"]), (report, measure)


def without_address(value: dict[str, Any] | None) -> dict[str, Any]:
    return {name: one for name, one in (value or {}).items() if name != "cases"}


LABELS = {"zh": ("原制度", "草案", "差额"), "en": ("as it was", "under the draft", "difference")}


@pytest.mark.parametrize("language", LABELS)
def test_the_table_as_csv_has_both_columns_and_the_difference(company: Office, language: str) -> None:
    test = begun(company, policy=shorter())
    path = f"deadlines?measure=missed&measure=escalated&by=clock&{FIRST_WEEK}"
    answer = asked(company, test, path, Accept="text/csv", **{"Accept-Language": language})
    assert (answer.headers["Content-Type"], answer.headers["Content-Language"]) == ("text/csv; charset=utf-8", language)
    [row] = rows(company, test, path).values()
    lines = [line for line in csv.DictReader(io.StringIO(answer.text)) if line["measure"] == "missed"]
    found = {line["figure"]: line["value"] for line in lines}
    for column in ("before", "after"):
        for part in ("numerator", "denominator"):
            assert found[f"{column}_{part}_count"] == str(row["missed"][column][part])
    assert float(found["change_share_percentage_points"]) == pytest.approx(row["missed"]["change"] * 100)
    assert {line["figure_label"].partition(":")[0] for line in lines} == {*LABELS[language]}


def test_a_wide_table_has_the_columns_of_a_measure_side_by_side(company: Office) -> None:
    test = begun(company, policy=shorter())
    path = f"deadlines?measure=escalated&by=clock&layout=wide&{FIRST_WEEK}"
    head, *_ = csv.reader(io.StringIO(asked(company, test, path, Accept="text/csv").text))
    assert head == [
        *("from", "to", "as_of", "clock", "clock_label"),
        *("escalated_before_count", "escalated_after_count", "escalated_change_count"),
    ]


@pytest.mark.parametrize(
    ("report", "column"), [("results", "redress_change_sum_money"), ("inflow", "received_per_1000_change_count")]
)
def test_a_table_of_every_measure_is_made(company: Office, report: str, column: str) -> None:
    answer = asked(company, begun(company, policy=shorter()), f"{report}?layout=wide", Accept="text/csv")
    head, *_ = csv.reader(io.StringIO(answer.text))
    assert column in head


def test_a_negative_difference_is_a_number_in_the_table(company: Office) -> None:
    test = begun(company, policy=longer())
    path = "deadlines?measure=escalated&clock=resolution&layout=wide"
    text = asked(company, test, path, Accept="text/csv").text
    assert int(list(csv.reader(io.StringIO(text)))[1][-1]) < 0
