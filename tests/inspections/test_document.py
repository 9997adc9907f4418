"""An inspection on demand: its figures, its hash on record, its editions, and that it never changes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.inspections.document import FORMAT
from chalicelib.features.inspections.figures import parts
from chalicelib.features.inspections.item import INSPECTIONS, place_of
from chalicelib.kit import canonical
from chalicelib.policy.worktime.periods import parse
from chalicelib.statistics import reading
from chalicelib.statistics.counting.contribution import definition
from chalicelib.store.port import Put
from tests.clauses.organisation import Organisation
from tests.helpers.nonempty import nonempty
from tests.inspections.inspecting import document, figures, order, produced, text_of, world_of

NOVEMBER = "2026-11"


@pytest.fixture(scope="module")
def november(office: Organisation) -> dict[str, Any]:
    return produced(office, NOVEMBER)


def test_it_is_listed_with_its_period(office: Organisation, november: dict[str, Any]) -> None:
    listed = office.get("/inspections", "owner")["inspections"]
    assert november in listed
    assert (november["id"], november["period"], november["edition"]) == ("2026-11.1", NOVEMBER, 1)
    assert (november["from"], november["to"]) == ("2026-11-01", "2026-11-30")
    assert (november["produced"], november["due"], november["late"]) == ("2026-12-02T01:00:00.000Z", None, False)


def test_its_hash_is_that_of_the_text(office: Organisation, november: dict[str, Any]) -> None:
    text = text_of(office, november["id"])
    assert hashlib.sha256(text.encode()).hexdigest() == november["sha256"]
    assert canonical.encode(json.loads(text)) == text.encode()


def test_its_hash_is_on_the_organisations_record(office: Organisation, november: dict[str, Any]) -> None:
    events = [one for one in office.get("/record", "owner")["events"] if one["type"] == "inspection_produced"]
    fields = {"inspection": "2026-11.1", "period": NOVEMBER, "edition": 1, "sha256": november["sha256"]}
    assert events[-1]["fields"] == fields
    assert events[-1]["actor"]["role"] == "owner"


def test_it_states_what_it_is_about(office: Organisation, november: dict[str, Any]) -> None:
    found = document(office, november["id"])
    assert found["format"] == FORMAT
    assert found["organisation"] == {"id": office.id, "name": "示例机构"}
    zone = "Asia/Shanghai"
    assert found["period"] == {"name": NOVEMBER, "from": "2026-11-01", "to": "2026-11-30", "timezone": zone}
    assert (found["edition"], found["former"]) == (1, None)
    assert [one["version"] for one in found["policies"]] == ["1"]
    assert found["definition"] == definition()
    assert found["produced_at"] == found["fresh_until"] == "2026-12-02T01:00:00.000Z"


def test_it_counts_the_period_and_nothing_else(office: Organisation, november: dict[str, Any]) -> None:
    found = document(office, november["id"])
    assert figures(found, "inflow", None)[""]["received"] == {"count": 3}
    assert figures(found, "inflow", "channel")["phone"]["received"] == {"count": 2}
    assert figures(found, "inflow", "week")["2026-W48"]["received"] == {"count": 3}


def test_every_figure_is_that_of_the_report(office: Organisation, november: dict[str, Any]) -> None:
    for report, table in tables(document(office, november["id"])):
        query = "&".join(f"measure={name}" for name in table["measures"]) + (
            f"&by={table['by']}" if table["by"] else ""
        )
        asked = office.get(f"/reports/{report}?{query}&from=2026-11-01&to=2026-11-30", "owner")
        expected = {"".join(row["keys"].values()): without_cases(row["values"]) for row in asked["rows"]}
        assert {row["key"]: row["figures"] for row in table["rows"]} == expected, (report, table["by"])


def tables(found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    pairs = [(report["name"], table) for report in found["reports"] for table in report["tables"]]
    return list(nonempty([(name, table) for name, table in pairs if table["rows"]]))


def without_cases(values: dict[str, Any]) -> dict[str, Any]:
    return {name: {key: one for key, one in value.items() if key != "cases"} for name, value in values.items()}


def test_it_defines_each_of_its_measures(office: Organisation, november: dict[str, Any]) -> None:
    found = document(office, november["id"])
    used = {name for _, table in tables(found) for name in table["measures"]}
    assert used <= found["measures"].keys()
    one = found["measures"]["missed"]
    assert (one["label"], one["unit"]) == ({"zh": "超期", "en": "Missed"}, "share")


def test_it_names_the_values_of_its_tables(office: Organisation, november: dict[str, Any]) -> None:
    (table,) = (one for name, one in tables(document(office, november["id"])) if one["by"] == "channel")
    labels = {row["key"]: row["label"] for row in table["rows"]}
    assert set(labels) == {"letter", "phone"}
    assert all(label["zh"] and label["en"] != key for key, label in nonempty(labels.items()))


def test_a_further_production_is_a_new_edition_that_names_the_former(office: Organisation) -> None:
    first = produced(office, "2026-11")
    before = text_of(office, first["id"])
    second = produced(office, "2026-11")
    found = document(office, second["id"])
    assert second["edition"] == first["edition"] + 1
    assert found["former"] == {"id": first["id"], "sha256": first["sha256"]}
    assert text_of(office, first["id"]) == before


def test_a_later_event_changes_no_edition(office: Organisation, november: dict[str, Any]) -> None:
    before = text_of(office, november["id"])
    office.file(channel="phone", category={"matter": "product_quality"})
    assert text_of(office, november["id"]) == before


def test_a_repeated_request_produces_one_edition(office: Organisation) -> None:
    key = {"Idempotency-Key": "7d9d1c1e-0a4b-4f0e-9a50-6a8d6b1f2c11"}
    first, second = (order(office, NOVEMBER, **key) for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert first.json == second.json
    assert second.headers["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(
    "wanted",
    [
        *("2026-12", "2026-Q4", "2026", "2027-Q1"),  # not ended
        *("2026-10", "2026-Q3", "2025"),  # before the organisation
        *("1926", "2126", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-W10", "2026-11-01", ""),
        *("2026-11.1", " 2026-11", "2026-11\n", "2026-１１", "../2026", "x" * 5_000),
        *(2026, None, ["2026-11"], {"from": "1926-01-01", "to": "2026-01-01"}),
    ],
)
def test_no_other_period_is_inspected(office: Organisation, wanted: Any) -> None:
    before = office.get("/inspections", "owner")
    answer = order(office, wanted)
    assert (answer.status, answer.pointer) == (422, "/period")
    assert office.get("/inspections", "owner") == before


@pytest.mark.parametrize("further", [{"measures": ["secrets"]}, {"by": "complainant.name"}, {"unit": "north"}])
def test_neither_measures_nor_groups_can_be_chosen(office: Organisation, further: dict[str, Any]) -> None:
    path = f"{office.path}/inspections"
    answer = office.world.call("POST", path, {"period": NOVEMBER, **further}, auth=office.auth("owner"))
    assert answer.status == 422


@pytest.mark.parametrize("name", ["2026-11.0", "2026-11.99", "2026-11", "2026-12.1", "x", "2026-11.1.1", "2026--.1"])
def test_an_unknown_inspection_is_not_found(office: Organisation, name: str) -> None:
    for path in (f"/inspections/{name}", f"/inspections/{name}/page"):
        answer = office.world.call("GET", office.path + path, auth=office.auth("owner"))
        assert (answer.status, answer.problem) == (404, "not-found")


def test_it_waits_until_the_events_of_the_period_are_counted(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_PENDING", -1)
    answer = order(office, NOVEMBER)
    assert (answer.status, answer.problem) == (409, "conflict")


def test_a_long_table_keeps_the_greatest_values(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.features.inspections import figures as counting

    monkeypatch.setattr(counting, "MOST_ROWS", 1)
    found = document(office, produced(office, NOVEMBER)["id"])
    (table,) = (one for name, one in tables(found) if (name, one["by"]) == ("inflow", "channel"))
    assert ([row["key"] for row in table["rows"]], table["left_out"]) == (["phone"], 1)


def test_a_document_that_was_changed_is_not_shown(office: Organisation) -> None:
    row = produced(office, NOVEMBER)
    world, tenant = world_of(office), office.id
    with binding.tenant(tenant):
        found = INSPECTIONS.find(world.fakes.store, tenant, place_of(row["id"]) or "")
        assert found is not None
        other = INSPECTIONS.document_entry(tenant, found[0], b'{"format":"another"}')
        assert found[1] is not None
        assert found[1].key == other.key
        world.fakes.store.commit([Put(other, if_absent=False)])
    answer = world.call("GET", f"{office.path}/inspections/{row['id']}", auth=office.auth("owner"))
    assert (answer.status, answer.problem) == (503, "unavailable")


def test_a_period_has_a_greatest_number_of_editions(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.features.inspections import produce

    monkeypatch.setattr(produce, "MOST_EDITIONS", 1)
    order(office, NOVEMBER)
    answer = order(office, NOVEMBER)
    assert (answer.status, answer.problem) == (409, "conflict")


def test_no_table_can_be_unbounded() -> None:
    asked = parts(parse("2026-11"), ["matter"])
    bounded = {"channel", "category.matter", "severity", "ground", "unit", "answer", "age", "stage", "week"}
    assert {part.by for part in asked} == {"", "clock", "clause", "duty", "cause", *bounded}
