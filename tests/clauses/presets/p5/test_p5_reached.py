"""P5 `telecom-regulator`: only a consumer who was reached can be silent."""

from __future__ import annotations

from tests.clauses.organisation import Filed, Organisation
from tests.clauses.presets.reached import Case, Reached, each_case


def taken_by_the_centre(regulator: Organisation) -> str:
    """A complaint that the centre registers, without evidence."""
    answer = regulator.try_file(regulator.auth("complaint_centre"))
    assert answer.status == 201, answer.text
    filed = Filed(answer.json["number"], answer.json["receipt"], answer.json)
    regulator.filed[filed.number] = filed
    return filed.number


CLOCKS = ("evidence", "evidence_overdue", "silence")
OF = Reached(taken_by_the_centre, "evidence_demanded", CLOCKS, "complaint_centre", "refused", "refused")


@each_case
def test_p5_2_only_the_reached_are_silent(regulator: Organisation, case: Case) -> None:
    shown, expected = case(regulator, OF)

    assert shown == expected


def test_p5_2_a_consumer_who_files_reads_at_once_what_is_asked(regulator: Organisation) -> None:
    regulator.mails = False
    number = regulator.file()

    assert {regulator.deadline(number, clock)["state"] for clock in CLOCKS} == {"running"}
