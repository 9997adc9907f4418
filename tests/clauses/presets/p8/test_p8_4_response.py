"""P8.4: nature and severity decide who is responsible, and by when the customer gets an answer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.helpdesk import DEMAND, FOUND, assigned, inspected, offered
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p8.steps import RESPONDED

QUALITY = {"kind": "product_quality"}
REFUND = {"remedies": ["refund"], "amount": 128.5, "offer": "退款。"}


@pytest.mark.parametrize(
    ("filing", "role"),
    [
        ({"category": QUALITY}, "product_team"),
        ({"category": {"kind": "after_sales"}}, "after_sales"),
        ({"category": {"kind": "other"}}, "agent"),
        ({"category": QUALITY, "severity": "major"}, "manager"),
    ],
)
def test_p8_4_nature_and_severity_determine_the_handling_role(
    helpdesk: Organisation, filing: dict[str, object], role: str
) -> None:
    number = helpdesk.file(**filing)

    assert f"投诉 {number} 已登记。" in helpdesk.told(role, number)
    answer = helpdesk.try_act(number, role, "assign", responsible=[helpdesk.subs[role]])
    assert (answer.status, answer.json.get("assigned")) == (200, {"routed": [helpdesk.subs[role]]})


def test_p8_4_a_complaint_reclassified_as_major_goes_to_the_manager(helpdesk: Organisation) -> None:
    number = helpdesk.file()

    helpdesk.act(number, "agent", "classify", severity="major")

    assert helpdesk.told("manager", number) == [f"投诉 {number} 的类别已确定。"]


def test_p8_4_one_person_is_responsible(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    both = [helpdesk.subs["after_sales"], helpdesk.subs["second"]]

    answer = helpdesk.try_act(helpdesk.file(), "agent", "assign", responsible=both)

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p8_4_only_the_responsible_person_is_told_and_handles_it(helpdesk: Organisation) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = assigned(helpdesk)

    assert helpdesk.told("after_sales", number)[:1] == [f"投诉 {number} 已指派，请承办。"]
    assert helpdesk.try_act(number, "second", "inspect", **FOUND).status == 403


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("general", "2026-11-28T17:00:00+08:00"),
        ("important", "2026-11-28T01:00:00+08:00"),
        ("major", "2026-11-27T21:00:00+08:00"),
    ],
)
def test_p8_4_the_first_response_is_due_by_severity(helpdesk: Organisation, severity: str, due: str) -> None:
    helpdesk.world.move_to("2026-11-27T17:00:00+08:00")

    number = helpdesk.file(severity=severity)

    assert helpdesk.local(helpdesk.filed[number].due("first_response")) == due


@pytest.mark.parametrize(
    ("stage", "who"), [(Organisation.file, "agent"), (assigned, "after_sales"), (inspected, "after_sales")]
)
def test_p8_4_the_response_stops_the_clock_and_is_notified(helpdesk: Organisation, stage: object, who: str) -> None:
    number = stage(helpdesk)  # type: ignore[operator]

    helpdesk.act(number, who, "reply", text="已收到，明日上门。")

    assert helpdesk.deadline(number, "first_response")["state"] == "met"
    assert helpdesk.told("complainant", number)[:1] == [RESPONDED.format(number)]


def test_p8_4_a_reclassification_as_major_gives_four_hours_from_the_start(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    helpdesk.act(number, "agent", "classify", severity="major")

    assert helpdesk.local(helpdesk.deadline(number, "first_response")["due"]) == "2026-11-27T13:00:00+08:00"


def test_p8_4_a_new_limit_that_is_already_past_is_marked(helpdesk: Organisation) -> None:
    number = helpdesk.file(severity="general")
    helpdesk.world.move_to("2026-11-27T19:00:00+08:00")

    helpdesk.act(number, "manager", "classify", severity="major")

    because = helpdesk.deadline(number, "first_response")["because"]
    assert because["text"]["en"].endswith("so it is due at the change: Fri 27 Nov 2026 19:00.")


def test_p8_4_a_missing_response_is_warned_about_and_escalated(helpdesk: Organisation) -> None:
    number = helpdesk.file(severity="major")

    helpdesk.world.move_to("2026-11-27T13:00:00+08:00")

    assert [helpdesk.local(event["at"]) for event in helpdesk.events(number, type_="warned")] == [
        "2026-11-27T12:00:00+08:00"
    ]
    assert f"投诉 {number} 已逾期，现升级至本层级，请处理。" in helpdesk.told("manager", number)


def test_p8_4_a_solution_is_an_answer_too(helpdesk: Organisation) -> None:
    number = offered(helpdesk)

    assert (helpdesk.events(number, type_="replied"), helpdesk.deadline(number, "first_response")["state"]) == (
        [],
        "met",
    )


def test_p8_4_a_demand_for_evidence_is_no_answer(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    helpdesk.act(number, "after_sales", "demand_evidence", **DEMAND)

    assert helpdesk.deadline(number, "first_response")["state"] == "running"


@pytest.mark.parametrize("text", [None, ""])
def test_p8_4_a_response_has_a_text(helpdesk: Organisation, text: str | None) -> None:
    answer = helpdesk.try_act(helpdesk.file(), "agent", "reply", text=text)

    assert (answer.status, answer.pointer) == (422, "/fields/text")


def test_p8_4_the_agents_and_the_customer_are_told_at_intake(helpdesk: Organisation) -> None:
    number = helpdesk.file(category=QUALITY)

    for who in ("agent", "product_team"):
        assert helpdesk.told(who, number) == [f"投诉 {number} 已登记。"]
    [receipt] = helpdesk.told("complainant", number)
    assert receipt.startswith(
        f"感谢您的反馈。您的投诉 {number} 已接收，我们将在2026年11月28日（周六）09:00前首次回应您。"
    )
    assert helpdesk.told("after_sales", number) == helpdesk.told("manager", number) == []


def test_p8_4_an_agent_who_is_responsible_too_is_told_once(helpdesk: Organisation) -> None:
    number = helpdesk.file(category={"kind": "other"})

    assert helpdesk.told("agent", number) == [f"投诉 {number} 已登记。"]


@pytest.mark.parametrize(
    ("category", "wrong"),
    [(QUALITY, "after_sales"), (QUALITY, "agent"), (None, "manager"), ({"kind": "other"}, "manager")],
)
def test_p8_4_the_responsible_person_has_the_role_of_the_complaint(
    helpdesk: Organisation, category: dict[str, str] | None, wrong: str
) -> None:
    number = helpdesk.file(**({"category": category} if category else {}))

    answer = helpdesk.try_act(number, "agent", "assign", responsible=[helpdesk.subs[wrong]])

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p8_4_somebody_is_named(helpdesk: Organisation) -> None:
    answer = helpdesk.try_act(helpdesk.file(), "agent", "assign")

    assert (answer.status, answer.pointer) == (422, "/fields/responsible")


def test_p8_4_a_reclassified_complaint_gets_a_responsible_person_of_the_new_role(helpdesk: Organisation) -> None:
    number = assigned(helpdesk)

    assert helpdesk.act(number, "agent", "classify", severity="major")["stage"] == "registered"

    changed = f"投诉 {number} 的类别已确定。"
    assert [helpdesk.told(who, number)[0] for who in ("manager", "after_sales")] == [changed, changed]
    assert helpdesk.try_act(number, "after_sales", "inspect", **FOUND).status == 409
    answer = helpdesk.try_act(number, "agent", "assign", responsible=[helpdesk.subs["after_sales"]])
    assert (answer.status, answer.pointer) == (422, "/fields/responsible")
    helpdesk.act(number, "manager", "assign", responsible=[helpdesk.subs["manager"]])
    assert helpdesk.act(number, "manager", "inspect", **FOUND)["stage"] == "investigated"


def test_p8_4_a_complaint_that_is_no_longer_major_leaves_the_manager(helpdesk: Organisation) -> None:
    number = assigned(helpdesk, "manager", severity="major")

    helpdesk.act(number, "manager", "classify", severity="general")
    answer = helpdesk.act(number, "agent", "assign", responsible=[helpdesk.subs["after_sales"]])

    assert answer["assigned"] == {"routed": [helpdesk.subs["after_sales"]]}
    assert helpdesk.try_act(number, "manager", "inspect", **FOUND).status == 403


@pytest.mark.parametrize("severity", [None, "fatal"])
def test_p8_4_a_class_is_one_of_three(helpdesk: Organisation, severity: str | None) -> None:
    for number in (helpdesk.file(), assigned(helpdesk)):
        answer = helpdesk.try_act(number, "agent", "classify", severity=severity)
        assert (answer.status, answer.pointer) == (422, "/fields/severity")


@pytest.mark.parametrize(
    ("who", "act"), [("product_team", "classify"), ("after_sales", "classify"), ("product_team", "reply")]
)
def test_p8_4_other_departments_neither_classify_nor_reply(helpdesk: Organisation, who: str, act: str) -> None:
    assert helpdesk.try_act(helpdesk.file(), who, act, severity="major", text="已收到。").status == 403


def test_p8_4_a_missing_response_is_repeated_every_five_working_days(helpdesk: Organisation) -> None:
    number = helpdesk.file(severity="major")

    helpdesk.world.move_to("2026-12-11T18:00:00+08:00")

    missed = [one for one in helpdesk.events(number, type_="missed") if one["fields"]["clock"] == "first_response"]
    assert [helpdesk.local(event["at"]) for event in missed] == [
        "2026-11-27T13:00:00+08:00",
        "2026-11-27T17:00:00+08:00",
        "2026-12-04T18:00:00+08:00",
        "2026-12-11T18:00:00+08:00",
    ]


def test_p8_4_agent_and_manager_reply_at_once_and_name_the_person(helpdesk: Organisation) -> None:
    number = helpdesk.file()

    for who in ("agent", "manager"):
        helpdesk.act(number, who, "reply", text="已收到。")
    helpdesk.act(number, "manager", "assign", responsible=[helpdesk.subs["after_sales"]])

    assert len(helpdesk.events(number, type_="replied")) == 2


@pytest.mark.parametrize("stage", [assigned, inspected])
def test_p8_4_later_the_responsible_person_and_the_agents_reply(helpdesk: Organisation, stage: object) -> None:
    hire(helpdesk, "after_sales", name="second")
    number = stage(helpdesk)  # type: ignore[operator]

    assert {helpdesk.try_act(number, who, "reply", text="已收到。").status for who in ("second", "manager")} == {403}
    for who in ("after_sales", "agent"):
        helpdesk.act(number, who, "reply", text="已收到。")
