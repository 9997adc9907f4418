"""What the presets show alike of people who do not answer: only those who were reached can be silent (X.6).

The files `test_p*_reached.py` have the row of their preset.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from chalicelib.kit.instants import DAY, to_text
from chalicelib.workers import entries
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, skip_to


class Reached(NamedTuple):
    """`asked` plays a complaint to the event `told`, after which the complainant owes an answer.

    `clocks` wait for them. Members in the role `clerk` telephone. Silence leads to `ended` by the event `end`.
    `phone`: the fact with the telephone number or the mail address, one of which every filing needs.
    """

    asked: Callable[[Organisation], str]
    told: str
    clocks: tuple[str, ...]
    clerk: str
    end: str
    ended: str
    phone: str = "complainant.phone"


Shown = tuple[object, object]
"""What a case shows, and what it must show."""
Case = Callable[[Organisation, Reached], Shown]


def without_mail(office: Organisation, of: Reached) -> str:
    office.mails = False
    return of.asked(office)


def _states(office: Organisation, number: str, of: Reached) -> dict[str, str]:
    found = office.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return {one["clock"]: one["state"] for one in found if one["clock"] in of.clocks}


def _tasks(office: Organisation, number: str, of: Reached) -> list[str]:
    return [task["task"] for task in office.complaint(number, of.clerk)["tasks"] if task["task"] == "telephone"]


def _attempt(office: Organisation, number: str, of: Reached, reached: str) -> None:
    office.act(number, of.clerk, "attempt", by="phone", reached=reached)


def _all(of: Reached, state: str) -> dict[str, str]:
    return dict.fromkeys(of.clocks, state)


def a_mail_starts_the_time(office: Organisation, of: Reached) -> Shown:
    number = of.asked(office)

    [*_, event] = office.events(number, type_=of.told)
    started = {office.deadline(number, clock)["started"] for clock in of.clocks}
    return (started, _tasks(office, number, of)), ({event["at"]}, [])


def without_mail_nothing_runs_and_the_customer_is_telephoned(office: Organisation, of: Reached) -> Shown:
    number = without_mail(office, of)

    told = any("联系" in text and "待办" in text for text in office.told(of.clerk, number))
    shown = _states(office, number, of), _tasks(office, number, of), told
    return shown, ({}, ["telephone"], True)


def the_call_is_due_in_three_working_days(office: Organisation, of: Reached) -> Shown:
    number = without_mail(office, of)

    deadlines = office.get(f"/complaints/{number}/deadlines", of.clerk)["deadlines"]
    shown = [one["because"]["rule"]["limit"] for one in deadlines if one["clock"] == "telephone"]
    return shown, ["3 working days"]


def the_call_that_reached_them_starts_the_time_and_silence_ends_the_case(office: Organisation, of: Reached) -> Shown:
    number = without_mail(office, of)
    office.world.move_to(to_text(office.world.now() + DAY))
    _attempt(office, number, of, "yes")
    at = office.local(to_text(office.world.now()))
    started = {office.local(office.deadline(number, clock)["started"]) for clock in of.clocks}
    skip_to(office.world, office.deadline(number, "silence")["due"])

    [event] = office.events(number, type_=of.end)
    shown = started, event["fields"].get("reached"), office.complaint(number)["stage"], _tasks(office, number, of)
    return shown, ({at}, None, of.ended, [])


def three_attempts_on_three_working_days_start_it_too_and_the_end_says_not_reached(
    office: Organisation, of: Reached
) -> Shown:
    number = without_mail(office, of)
    tries = 0
    while _tasks(office, number, of):
        _attempt(office, number, of, "no")
        office.world.move_to(to_text(office.world.now() + DAY))
        tries += 1
    skip_to(office.world, office.deadline(number, "silence")["due"])

    [event] = office.events(number, type_=of.end)
    texts = office.get(f"/complaints/{number}/record", of.clerk)["values"].get(event["id"], {}).values()
    said = all("未能联系上投诉人" in text for text in texts)
    shown = 3 <= tries <= 20, event["fields"]["reached"], said, office.complaint(number)["stage"]
    return shown, (True, False, True, of.ended)


def a_bounce_takes_the_start_back(office: Organisation, of: Reached) -> Shown:
    number = of.asked(office)

    bounce(office, number)

    return (_states(office, number, of), _tasks(office, number, of)), (_all(of, "cancelled"), ["telephone"])


def a_filing_with_neither_address_nor_number_is_refused(office: Organisation, of: Reached) -> Shown:
    """So there is no customer whose time runs at once. `tests/handling/reaching` shows policies with such customers."""
    office.mails = False
    refused = [office.try_file(facts={of.phone: given}) for given in (None, "站内消息")]
    return [(one.status, one.pointer) for one in refused], [(422, f"/facts/{of.phone}")] * 2


def bounce(office: Organisation, number: str, kind: str = "Permanent") -> None:
    """The mail service reports the latest mail to the complainant."""
    world = office.world
    assert isinstance(world, InProcess)
    world.settle()
    sent, to = world.fakes.mailer, f"customer-{len(office.filed)}@{office.id}.example"
    tags = [tags for mail, tags in zip(sent.outbox, sent.tags, strict=True) if mail.to == to][-1]
    body = {
        "type": "feedback",
        "said": "bounced",
        "kind": kind,
        "tags": {name: [value] for name, value in tags.items()},
    }
    record = {"messageId": "m", "body": json.dumps(body), "eventSource": "aws:sqs"}
    assert entries.effects(world.fakes.wiring, {"Records": [record]}, None) == {"batchItemFailures": []}
    world.settle()


CASES: dict[str, Case] = {
    case.__name__: case
    for case in (
        a_mail_starts_the_time,
        without_mail_nothing_runs_and_the_customer_is_telephoned,
        the_call_is_due_in_three_working_days,
        the_call_that_reached_them_starts_the_time_and_silence_ends_the_case,
        three_attempts_on_three_working_days_start_it_too_and_the_end_says_not_reached,
        a_bounce_takes_the_start_back,
        a_filing_with_neither_address_nor_number_is_refused,
    )
}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
