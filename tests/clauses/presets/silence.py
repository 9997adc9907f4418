"""What P2, P8 and P9 show alike of a complainant who does not answer: reminded, then closed; a late answer reopens.

The files `test_p*_silence.py` have the row of their preset, and what only it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import reminders


class Silence(NamedTuple):
    """`offered` plays a complaint to the stage `waiting`, in which the complainant owes an answer.

    `agreement`: the fields of `agree`, which leads to the stage `agreed`. `carried_out`: what follows until `clerk` may
    close the case, with `summary`. `reminded`, `closed`: times of the messages `reminder` and `closing`. Members in
    `told_of_closing` are told that the case is closed, those in `told_to_archive` by texts of their own; those in
    `told_of_answer`, by the text `late`, of a late answer.
    `from_archive`: the status of `reopen` for an answered case in the archive.
    """

    offered: Callable[[Organisation], str]
    waiting: str
    agreed: str
    carried_out: Callable[[Organisation, str], object]
    clerk: str
    superior: str
    archivist: str
    summary: str
    reminded: str
    closed: str
    reminder: str
    closing: str
    reason: str
    told_of_closing: tuple[str, ...]
    told_of_answer: tuple[str, ...]
    late: str
    told_to_archive: Mapping[str, str] = {}
    agreement: Mapping[str, Any] = {}
    from_archive: int = 409


Shown = tuple[object, object]
"""What a case shows, and what it must show."""
Case = Callable[[Organisation, Silence], Shown]


def silent(office: Organisation, of: Silence, *, archived: bool = False) -> str:
    """A complaint that was closed because the complainant did not answer."""
    number = of.offered(office)
    office.world.move_to(of.closed)
    if archived:
        office.act(number, of.archivist, "archive")
    return number


def _answered(office: Organisation, of: Silence, number: str) -> None:
    office.act(number, "complainant", "agree", **of.agreement)
    of.carried_out(office, number)
    office.act(number, of.clerk, "close", **{of.summary: "已办理。"})


def a_silent_complainant_is_reminded(office: Organisation, of: Silence) -> Shown:
    number = of.offered(office)

    office.world.move_to(of.reminded)

    [event] = reminders(office, number)
    shown = event["actor"]["kind"], office.local(event["at"]), office.told("complainant", number)[:1]
    return shown, ("system", of.reminded, [of.reminder.format(number)])


def no_person_closes_the_case_before_its_time(office: Organisation, of: Silence) -> Shown:
    number = of.offered(office)
    asked = [
        office.try_act(number, who, "close", **{of.summary: "未答复。"}).problem for who in (of.clerk, of.superior)
    ]
    office.world.move_to(of.reminded)

    asked += [
        office.try_act(number, who, "close", **{of.summary: "未答复。"}).problem for who in (of.clerk, of.superior)
    ]

    return asked, ["forbidden"] * 4


def silence_closes_the_case_with_its_reason(office: Organisation, of: Silence) -> Shown:
    number = silent(office, of)

    [event] = office.events(number, type_="closed")
    summary = office.get(f"/complaints/{number}/record", of.superior)["values"][event["id"]][of.summary]
    expected = {
        **dict.fromkeys(of.told_of_closing, "投诉 {} 已结案。"),
        **of.told_to_archive,
        "complainant": of.closing,
    }
    told = {who: office.told(who, number)[:1] for who in expected}
    texts = {who: [text.format(number)] for who, text in expected.items()}
    shown = event["actor"]["kind"], office.local(event["at"]), of.reason in summary, told
    return shown, ("system", of.closed, True, texts)


def an_answer_stops_reminder_and_silence(office: Organisation, of: Silence, answer: str) -> Shown:
    number = of.offered(office)

    office.act(number, "complainant", answer, **(of.agreement if answer == "agree" else {}))
    office.world.move_to(of.closed)

    states = {office.deadline(number, clock)["state"] for clock in ("reminder", "silence")}
    return (states, reminders(office, number), office.events(number, type_="closed")), ({"met"}, [], [])


def a_late_answer_reopens_the_case(office: Organisation, of: Silence, archived: bool) -> Shown:
    number = silent(office, of, archived=archived)

    reopened = office.act(number, "complainant", "reopen")

    told = [office.told(who, number)[:1] for who in of.told_of_answer]
    agreed = office.act(number, "complainant", "agree", **of.agreement)
    texts = [[of.late.format(number)] for _ in of.told_of_answer]
    return (reopened["stage"], told, agreed["stage"]), (of.waiting, texts, of.agreed)


def after_a_reopening_the_complainant_is_reminded_again_and_silence_closes_again(
    office: Organisation, of: Silence
) -> Shown:
    number = silent(office, of)
    office.act(number, "complainant", "reopen")

    office.world.move_to(office.deadline(number, "silence")["due"])

    return (len(reminders(office, number)), len(office.events(number, type_="closed"))), (2, 2)


def an_answered_case_is_not_reopened_by_the_complainant(office: Organisation, of: Silence) -> Shown:
    number = of.offered(office)

    _answered(office, of, number)

    return office.try_act(number, "complainant", "reopen").status, 409


def a_case_that_was_reopened_and_answered_stays_closed(office: Organisation, of: Silence, archived: bool) -> Shown:
    number = silent(office, of, archived=archived)
    office.act(number, "complainant", "reopen")

    _answered(office, of, number)

    closed = office.try_act(number, "complainant", "reopen").status
    office.act(number, of.archivist, "archive")
    shelf = office.get("/complaints?shelf=archived", of.archivist)["complaints"]
    from_archive = office.try_act(number, "complainant", "reopen").status
    shown = closed, [row["number"] for row in shelf], from_archive
    return shown, (409, [number], of.from_archive)


_SHARED: dict[str, Case] = {
    case.__name__: case
    for case in (
        a_silent_complainant_is_reminded,
        silence_closes_the_case_with_its_reason,
        after_a_reopening_the_complainant_is_reminded_again_and_silence_closes_again,
        an_answered_case_is_not_reopened_by_the_complainant,
    )
} | {
    "an_agreement_stops_reminder_and_silence": partial(an_answer_stops_reminder_and_silence, answer="agree"),
    "a_dispute_stops_reminder_and_silence": partial(an_answer_stops_reminder_and_silence, answer="dispute"),
    "a_late_answer_reopens_the_case": partial(a_late_answer_reopens_the_case, archived=False),
    "a_late_answer_reopens_an_archived_case": partial(a_late_answer_reopens_the_case, archived=True),
    "a_case_that_was_reopened_and_answered_stays_closed": partial(
        a_case_that_was_reopened_and_answered_stays_closed, archived=False
    ),
    "an_archived_case_that_was_reopened_and_answered_stays_closed": partial(
        a_case_that_was_reopened_and_answered_stays_closed, archived=True
    ),
}
CASES: dict[str, Case] = _SHARED | {
    no_person_closes_the_case_before_its_time.__name__: no_person_closes_the_case_before_its_time
}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
"""Where time alone closes it, when the time that the complainant was told is over."""
