"""X.9: in the nine presets, complainants write while the case is open, and withdraw until a result is given."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
PRESETS = {
    "platform": ("screener", "registered investigating inquiring hearing hearing_outside"),
    "auto-repair": ("customer_service", "registered handling found offered"),
    "auto-repair-forms": ("service_centre", "registered handling pending review negotiation opinion final_opinion"),
    "government-service-centre": ("reception", "registered accepted investigating contradicted"),
    "telecom-regulator": ("complaint_centre", "registered accepted investigating inquiring"),
    "corporate-standard": ("agent", "registered recorded reviewed forwarded handling"),
    "property-management": ("service_centre", "registered forwarded handling"),
    "customer-service": ("agent", "registered assigned investigated offered"),
    "food-drug-administration": ("information_centre", "registered accepted investigating"),
}
"""By preset: who receives complaints, and the stages in which a complainant can withdraw."""


@pytest.fixture(params=PRESETS, ids=str)
def office(request: pytest.FixtureRequest) -> Organisation:
    return sign_up(InProcess(START), request.param)


def receiver(office: Organisation) -> str:
    return PRESETS[office.preset or ""][0]


def test_every_preset_is_here() -> None:
    assert sorted(PRESETS) == presets.names()


@pytest.mark.parametrize("preset", PRESETS)
def test_x9_a_complainant_withdraws_in_these_stages_and_no_other(preset: str) -> None:
    stages = presets.document(preset)["stages"]

    found = {name for name, stage in stages.items() if "withdraw" in stage}

    assert found == set(PRESETS[preset][1].split())


def test_x9_a_withdrawal_ends_the_case_and_all_its_deadlines(office: Organisation) -> None:
    number = office.file()

    after = office.act(number, "complainant", "withdraw")

    assert (after["stage"], after["acts"], after["further_acts"], after["next"]) == ("withdrawn", [], [], None)
    deadlines = office.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    assert [one["clock"] for one in deadlines if "ended" not in one and one["due"]] == []
    assert office.try_act(number, "complainant", "withdraw").status == 409


def test_x9_complainant_and_handlers_are_told_of_a_withdrawal(office: Organisation) -> None:
    number = office.file()
    before = len(office.told("complainant", number)), len(office.told(receiver(office), number))

    office.act(number, "complainant", "withdraw")

    after = len(office.told("complainant", number)), len(office.told(receiver(office), number))
    assert (after[0] - before[0], after[1] - before[1]) == (1, 1)
    assert "撤回" in office.told(receiver(office), number)[0]


def test_x9_a_withdrawn_complaint_is_on_the_shelf_of_the_archive(office: Organisation) -> None:
    number = office.file()

    office.act(number, "complainant", "withdraw")

    shelves = {name: office.get(f"/complaints?shelf={name}", "owner")["complaints"] for name in ("open", "archived")}
    assert [name for name, rows in shelves.items() if number in [row["number"] for row in rows]] == ["archived"]


def test_x9_complainant_and_office_write_to_each_other(office: Organisation) -> None:
    number = office.file()
    due = office.complaint(number)["next"]

    office.act(number, "complainant", "write", message="还有一盏灯也坏了。")
    office.act(number, receiver(office), "inform", message="已收到，谢谢。", asks="yes")
    after = office.act(number, "complainant", "write", message="不客气。")

    assert [one["type"] for one in office.events(number) if one["type"] in ("written", "informed")] == [
        "written",
        "informed",
        "written",
    ]
    assert after["next"] == due
    assert "请您在投诉页面答复" in " ".join(office.told("complainant", number))
    assert "还有一盏灯也坏了。" in str(office.get(f"/complaints/{number}/record", receiver(office))["values"])


def test_x9_contact_details_are_corrected(office: Organisation) -> None:
    number = office.file()
    facts = [one["name"] for one in office.complaint(number)["further_forms"]["correct"]]
    assert "complainant.email" in facts

    office.act(number, "complainant", "correct", **{"complainant.email": "later@mail.example"})
    office.act(number, receiver(office), "inform", message="办理情况如下。")

    assert "办理情况如下。" in office.world.mail("later@mail.example")
