"""`GET …/complaints/{number}/acts`: the form of each act that exists for the caller, and why an act is not open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, stand_in
from tests.kernel.web.untouched import in_process

OUTCOMES = {"upheld": {"en": "Upheld"}, "rejected": {"en": "Rejected"}}
REDRESS = {
    "name": {"en": "Redress"},
    "kind": "choices",
    "choices": {"refund": {"en": "Refund", "when": {"outcome": ["upheld"]}}, "letter": {"en": "Letter"}},
}
FIELDS = {
    "outcome": {"name": {"en": "Outcome"}, "kind": "choice", "choices": OUTCOMES},
    "redress": REDRESS,
    "sum": {"name": {"en": "Sum"}, "kind": "number", "least": 5, "most": 500},
    "why": {"name": {"en": "Why"}, "most": 80, "required": {"when": {"outcome": ["rejected"]}}, "holder": "internal"},
}
ACTS = {
    "recuse": {"by": ["officer", "complainant"], "takes": ["person"]},
    "offer": {"by": ["officer", "complainant"], "after": ["inspected"], "needs": "sum"},
    "decide": {
        "by": {"role": "officer", "not": ["mediated"]},
        "to": "done",
        "needs": "outcome",
        "takes": ["redress", "why"],
        "approval": {"by": "reviewer", "when": {"outcome": ["upheld"]}},
    },
    "mediate": {"by": "officer"},
}


@pytest.fixture
def office() -> Organisation:
    return council(ACTS, fields=FIELDS)


def forms(office: Organisation, number: str, who: str) -> dict[str, dict[str, Any]]:
    """By name; those that a member would record for the complainant are apart (`recorded`)."""
    return {one["act"]: one for one in answer(office, number, who)["acts"] if "on_behalf_of" not in one}


def recorded(office: Organisation, number: str, who: str) -> dict[str, dict[str, Any]]:
    return {one["act"]: one for one in answer(office, number, who)["acts"] if "on_behalf_of" in one}


def answer(office: Organisation, number: str, who: str) -> dict[str, Any]:
    found: dict[str, Any] = office.get(f"/complaints/{number}/acts", who, number)
    return found


def fields(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in form["fields"]}


def test_a_field_has_its_label_and_its_limits(office: Organisation) -> None:
    number = office.file()
    offer = fields(forms(office, number, "officer")["offer"])
    why = fields(forms(office, number, "officer")["decide"])["why"]

    assert {"kind": "number", "least": 5, "most": 500, "example": 5}.items() <= offer["sum"].items()
    assert offer["sum"]["label"] == {"zh": "Sum", "en": "Sum"}
    assert (why["max_length"], why["holder"]) == (80, "internal")


def test_a_choice_says_the_values_of_other_fields_that_it_depends_on(office: Organisation) -> None:
    redress = fields(forms(office, office.file(), "officer")["decide"])["redress"]

    assert {one["value"]: one.get("when") for one in redress["choices"]} == {
        "refund": {"outcome": ["upheld"]},
        "letter": None,
    }


def test_a_field_says_with_which_values_it_is_required(office: Organisation) -> None:
    number = office.file()
    why = fields(forms(office, number, "officer")["decide"])["why"]

    assert (why["required"], why["required_when"]) == (False, [{"outcome": ["rejected"]}])
    assert office.try_act(number, "officer", "decide", outcome="rejected").pointer == "/fields/why"


def test_an_approval_says_who_gives_it_and_when(office: Organisation) -> None:
    decide = forms(office, office.file(), "officer")["decide"]

    assert decide["approvals"] == [
        {"by": [{"role": "reviewer", "label": {"zh": "Reviewer", "en": "Reviewer"}}], "when": {"outcome": ["upheld"]}}
    ]


def test_an_act_that_waits_for_an_event_says_so(office: Organisation) -> None:
    number = office.file()
    offer = forms(office, number, "officer")["offer"]

    assert (offer["open"], offer["fails"]["after"]) == (False, ["inspected"])
    assert offer["fails"]["text"]["en"] == "This act is not possible now. It needs: done before: inspected."
    office.act(number, "officer", "inspect")
    assert forms(office, number, "officer")["offer"]["open"]


def test_an_act_of_others_is_not_listed(office: Organisation) -> None:
    number = office.file()

    assert "decide" not in forms(office, number, "manager")
    assert forms(office, number, "complainant").keys() == {"recuse", "offer", "remind", "write", "lack_evidence"}


def test_what_the_record_excludes_a_person_from_is_not_listed_and_no_reason_is_told(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "mediate")

    assert "decide" not in forms(office, number, "officer")
    assert "decide" in forms(office, number, "second")


def test_a_deputy_is_told_no_more_than_the_person_for_whom_they_stand_in(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "mediate")
    stand_in(office, "officer", "second")

    assert "decide" not in forms(office, number, "second")


def test_an_excluded_person_has_no_forms(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "recuse")

    path = f"{office.path}/complaints/{number}/acts"
    assert office.world.call("GET", path, auth=office.auth("officer")).problem == "forbidden"
    assert "inspect" in forms(office, number, "second")


def test_a_built_in_act_says_what_it_waits_for(office: Organisation) -> None:
    number = office.file()
    office.act(number, "officer", "decide", outcome="rejected", why="No bin.")
    found = forms(office, number, "owner")

    assert {name: (one["open"], one["office"]) for name, one in found.items() if "office" in one} == {
        "note": (True, True),
        "link": (True, True),
        "unlink": (False, True),
        "hold": (True, True),
        "release": (False, True),
        "inform": (False, True),
        "assign": (False, True),
    }
    assert found["release"]["fails"]["text"] == {
        "zh": "该投诉未处于法律保全状态。",
        "en": "The complaint is under no legal hold.",
    }


def test_acts_that_a_member_records_for_the_complainant_are_marked(office: Organisation) -> None:
    number = office.file()

    assert recorded(office, number, "officer").keys() == {"recuse", "offer", "remind", "write", "lack_evidence"}
    assert recorded(office, number, "complainant") == {}


def test_an_approver_is_asked_for_a_reason(office: Organisation) -> None:
    number = office.file()
    assert forms(office, number, "reviewer")["approve"]["fails"]["text"]["en"] == (
        "Nothing awaits approval in this complaint."
    )
    office.act(number, "officer", "decide", outcome="upheld")
    approve = forms(office, number, "reviewer")["approve"]

    assert approve["open"]
    assert fields(approve)["proposal"]["choices"] == [
        {"value": f"{number}/2", "label": {"zh": "作出处理决定", "en": "Decided"}}
    ]
    assert fields(approve)["reason"]["label"]["en"] == "Reason"


def test_a_form_costs_no_more_calls_than_the_complaint(office: Organisation) -> None:
    number = office.file()
    calls = in_process(office).fakes.store.calls

    def cost(path: str) -> int:
        before = len(calls)
        office.get(f"/complaints/{number}{path}", "officer")
        return len(calls) - before

    cost("")
    assert cost("/acts") <= cost("")
