"""P7.2 `property-management`: major and urgent matters at once, from the start or later, and the written report."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import forwarded, handled, notified, replied
from tests.clauses.organisation import Organisation

TOLD_OF_MAJOR = ["leader", "department", "service_centre"]
REPORTED = "投诉 {} 的待办事项已完成：书面报告，请查阅。"


def at_once(number: str) -> str:
    return f"重大或紧急投诉 {number}，请立即处理，事后补报书面材料。"


@pytest.mark.parametrize(
    "filing",
    [
        {"severity": "major"},
        {"category": {"urgency": "urgent"}},
        {"severity": "important", "category": {"urgency": "urgent"}},
    ],
    ids=["major", "urgent", "important and urgent"],
)
def test_p7_2_a_major_or_urgent_complaint_is_told_at_once(estate: Organisation, filing: dict[str, object]) -> None:
    number = estate.file(**filing)

    assert [estate.told(who, number)[-1:] for who in TOLD_OF_MAJOR] == [[at_once(number)]] * 3
    assert not any(text.startswith(f"投诉 {number} 已登记") for text in estate.told("service_centre", number))


@pytest.mark.parametrize("who", ["headquarters", "service_supervisor", "leader", "complainant"])
@pytest.mark.parametrize(
    "filing", [{"severity": "major"}, {"category": {"urgency": "urgent"}}], ids=["major", "urgent"]
)
def test_p7_2_the_centre_hears_of_it_at_filing_from_each_who_files(
    estate: Organisation, who: str, filing: dict[str, object]
) -> None:
    channel = "headquarters" if who == "headquarters" else "phone"

    number = estate.file(auth="" if who == "complainant" else estate.auth(who), channel=channel, **filing)

    assert estate.told("service_centre", number)[-1:] == [at_once(number)]


@pytest.mark.parametrize("category", [None, {"urgency": "ordinary"}])
def test_p7_2_the_centre_hears_of_an_ordinary_complaint_as_one(estate: Organisation, category: object) -> None:
    number = estate.file(category=category)

    [text] = estate.told("service_centre", number)
    assert text.startswith(f"投诉 {number} 已登记，请及时处理；")


def test_p7_2_an_ordinary_complaint_is_not_told_to_the_leader(estate: Organisation) -> None:
    assert estate.told("leader", estate.file()) == []


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled, replied])
def test_p7_2_a_complaint_reclassified_as_major_is_told_then(estate: Organisation, stage: object) -> None:
    number = stage(estate)  # type: ignore[operator]

    estate.act(number, "service_centre", "classify", severity="major")

    assert [at_once(number) in estate.told(who, number) for who in TOLD_OF_MAJOR] == [True, True, True]


@pytest.mark.parametrize(
    "filing", [{"severity": "major"}, {"category": {"urgency": "urgent"}}], ids=["major", "urgent"]
)
def test_p7_2_a_written_report_is_due_for_it(estate: Organisation, filing: dict[str, object]) -> None:
    number = estate.file(**filing)

    tasks = estate.complaint(number, "management_office")["tasks"]
    assert [(task["task"], task["role"]) for task in tasks] == [("written_report", "management_office")]
    assert f"投诉 {number} 有待办事项：书面报告，请于2026年12月2日（周三）18:00前（北京时间）完成。" in estate.told(
        "management_office", number
    )


def test_p7_2_an_urgent_complaint_reclassified_as_major_needs_one_report(estate: Organisation) -> None:
    number = estate.file(category={"urgency": "urgent"})

    estate.act(number, "service_centre", "classify", severity="major")

    assert len(estate.complaint(number, "management_office")["tasks"]) == 1


def test_p7_2_the_report_is_due_and_can_be_missed(estate: Organisation) -> None:
    number = estate.file(severity="major")
    estate.act(number, "service_centre", "forward", **notified(estate))
    assert estate.local(estate.deadline(number, "written_report")["due"]) == "2026-12-02T18:00:00+08:00"

    estate.world.move_to("2026-12-02T18:00:00+08:00")

    assert estate.deadline(number, "written_report")["state"] == "missed"


def test_p7_2_the_role_that_owes_the_report_submits_it(estate: Organisation) -> None:
    number = estate.file(severity="major")
    assert estate.try_act(number, "department", "do_task", task="written_report", report="附件一").status == 403

    answer = estate.act(number, "management_office", "do_task", task="written_report", report="附件一")

    assert answer["tasks"] == []
    assert estate.deadline(number, "written_report")["state"] == "met"


def test_p7_2_a_report_without_its_text_is_not_done(estate: Organisation) -> None:
    number = estate.file(severity="major")

    answer = estate.try_act(number, "management_office", "do_task", task="written_report")

    assert (answer.status, answer.pointer) == (422, "/fields/report")


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled, replied])
@pytest.mark.parametrize("who", ["service_centre", "service_supervisor"])
def test_p7_2_a_complaint_can_become_urgent_later(estate: Organisation, stage: object, who: str) -> None:
    number = stage(estate)  # type: ignore[operator]

    answer = estate.act(number, who, "classify", severity="general", urgent=True)

    assert [at_once(number) in estate.told(who, number) for who in TOLD_OF_MAJOR] == [True, True, True]
    assert answer["flags"]["urgent"] == "yes"
    assert [task["task"] for task in estate.complaint(number, "management_office")["tasks"]] == ["written_report"]


@pytest.mark.parametrize("urgent", [False, None])
def test_p7_2_a_class_without_urgency_tells_nobody(estate: Organisation, urgent: bool | None) -> None:
    number = estate.file()

    estate.act(number, "service_centre", "classify", severity="important", urgent=urgent)

    assert estate.told("leader", number) == []
    assert estate.complaint(number, "management_office")["tasks"] == []


@pytest.mark.parametrize(
    "filing",
    [
        {"severity": "major", "category": {"urgency": "urgent"}},
        {"severity": "major"},
        {"category": {"urgency": "urgent"}},
    ],
    ids=["major and urgent", "major", "urgent"],
)
@pytest.mark.parametrize("later", [{"severity": "major"}, {"severity": "important", "urgent": True}])
@pytest.mark.parametrize("reported", [False, True])
def test_p7_2_what_is_major_or_urgent_already_is_told_once(
    estate: Organisation, filing: dict[str, object], later: dict[str, object], *, reported: bool
) -> None:
    number = estate.file(**filing)
    if reported:
        estate.act(number, "management_office", "do_task", task="written_report", report="附件一")

    estate.act(number, "service_centre", "classify", **later)

    assert [estate.told(who, number).count(at_once(number)) for who in ("leader", "department")] == [1, 1]


@pytest.mark.parametrize(
    "first", [{"severity": "major"}, *({"severity": of, "urgent": True} for of in ("general", "important", "major"))]
)
@pytest.mark.parametrize("again", [{"severity": "major"}, {"severity": "general", "urgent": True}])
def test_p7_2_what_became_major_or_urgent_is_told_once(
    estate: Organisation, first: dict[str, object], again: dict[str, object]
) -> None:
    number = forwarded(estate)
    for fields in (first, again):
        estate.act(number, "service_centre", "classify", **fields)

    assert [estate.told(who, number).count(at_once(number)) for who in TOLD_OF_MAJOR] == [1, 1, 1]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"urgent": True}, "/fields/severity"),
        ({"severity": "grave"}, "/fields/severity"),
        ({"severity": "general", "urgent": "very"}, "/fields/urgent"),
    ],
)
def test_p7_2_a_wrong_class_or_urgency_is_refused(
    estate: Organisation, fields: dict[str, object], pointer: str
) -> None:
    answer = estate.try_act(estate.file(), "service_centre", "classify", **fields)

    assert (answer.status, answer.pointer) == (422, pointer)


@pytest.mark.parametrize("who", ["management_office", "headquarters", "complainant"])
def test_p7_2_only_centre_and_supervisor_classify(estate: Organisation, who: str) -> None:
    answer = estate.try_act(estate.file(), who, "classify", severity="major")

    assert answer.status == 403


def test_p7_2_leader_and_centre_are_told_when_the_report_is_done(estate: Organisation) -> None:
    number = estate.file(severity="major")

    estate.act(number, "management_office", "do_task", task="written_report", report="附件一")

    assert estate.told("leader", number)[:1] == [REPORTED.format(number)]
    assert estate.told("service_centre", number)[:1] == [REPORTED.format(number)]
