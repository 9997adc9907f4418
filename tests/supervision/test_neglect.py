"""Reports that supervisors leave alone: a reminder, and then the owners get the report (P1.8)."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.supervision.report import KIND
from chalicelib.policy import presets
from chalicelib.store.port import Put
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.supervision.reporting import Reported, about, act, add, hour, listed, look, operate, readers, report, seen

FRIDAY = "2026-11-27T09:00:00+08:00"
TUESDAY, WEDNESDAY = "2026-12-01T23:00:00+08:00", "2026-12-02T01:30:00+08:00"
"""Before and after the reminder, which is due at the close of the second working day."""
DUE = ("2026-12-01T18:00:00+08:00", "2026-12-04T18:00:00+08:00")
BEFORE, AFTER = "2026-12-04T17:00:00+08:00", "2026-12-04T20:00:00+08:00"
"""Around the end of the fifth working day."""


def policy(**supervision: str) -> dict[str, Any]:
    document = copy.deepcopy(presets.document("platform"))
    document["supervision"] = {"by": document["supervision"]["by"], **supervision}
    return document


def publish(at: Organisation, **supervision: str) -> None:
    answer = at.world.call(
        "POST", f"{at.path}/policy/publish", {"policy": policy(**supervision)}, auth=at.auth("owner")
    )
    assert answer.status == 201, answer.text


@pytest.fixture
def office() -> Organisation:
    """Supervisors are reminded after two working days, and have five."""
    found = marketplace_in(InProcess("2026-11-26T09:00:00+08:00"))
    found.subs["owner"] = found.get("/people/me", "owner")["sub"]
    publish(found, within="5 working days", remind="2 working days")
    found.world.move_to(FRIDAY)
    return found


def messages(at: Organisation, who: str) -> int:
    return len(at.get("/messages", who)["messages"])


def types(at: Organisation, reported: Reported, who: str) -> list[str]:
    return [one["type"] for one in seen(at, reported, who)["events"]]


def test_the_supervisor_is_reminded_once(office: Organisation) -> None:
    reported, told = report(office), messages(office, "supervisor")
    hour(office, "2026-12-01T17:00:00+08:00")
    assert messages(office, "supervisor") == told
    for when in (TUESDAY, WEDNESDAY):
        hour(office, when)
    assert messages(office, "supervisor") == told + 1
    assert types(office, reported, "supervisor") == ["reported", "reminded"]


def test_a_report_that_is_left_alone_goes_to_the_owner(office: Organisation) -> None:
    reported, told = report(office), messages(office, "owner")
    hour(office, BEFORE)
    assert readers(office, reported) == {"supervisor"}
    hour(office, AFTER)
    assert readers(office, reported) == {"owner"}
    assert (messages(office, "owner"), listed(office, "owner"), listed(office, "supervisor")) == (
        told + 1,
        [reported.id],
        [],
    )


def test_the_reminder_and_the_limit_come_at_the_instant_at_which_they_are_due(office: Organisation) -> None:
    reported = report(office)
    for when in DUE:
        hour(office, when)
    assert types(office, reported, "owner") == ["reported", "reminded", "passed"]


def test_the_reporter_learns_that_it_went_on_and_nothing_of_reminders(office: Organisation) -> None:
    reported = report(office)
    hour(office, AFTER)
    found = seen(office, reported, "reporter")
    assert ([one["type"] for one in found["events"]], found["state"]) == (["reported", "passed"], "open")


@pytest.mark.parametrize("name", ["take", "note", "reply"])
def test_an_act_of_the_supervisor_begins_the_time_again(office: Organisation, name: str) -> None:
    reported = report(office)
    hour(office, "2026-12-03T10:00:00+08:00")
    act(office, reported, "supervisor", name, **({} if name == "take" else {"text": "核对中。"}))
    hour(office, AFTER)
    assert readers(office, reported) == {"supervisor"}
    hour(office, "2026-12-10T20:00:00+08:00")
    assert readers(office, reported) == {"owner"}


def test_a_message_of_the_reporter_does_not_begin_it_again(office: Organisation) -> None:
    reported = report(office)
    hour(office, "2026-12-03T10:00:00+08:00")
    add(office, reported, "还有一事。")
    hour(office, AFTER)
    assert readers(office, reported) == {"owner"}


def test_a_closed_report_rests_until_it_is_reopened(office: Organisation) -> None:
    reported = report(office)
    act(office, reported, "supervisor", "close", finding="undecided", text="无法查明。")
    hour(office, "2026-12-20T20:00:00+08:00")
    assert types(office, reported, "supervisor") == ["reported", "closed"]
    add(office, reported, "有新的记录。")
    hour(office, "2026-12-21T12:00:00+08:00")
    assert readers(office, reported) == {"supervisor"}
    hour(office, "2026-12-29T12:00:00+08:00")
    assert readers(office, reported) == {"owner"}


def test_it_stays_with_the_supervisors_where_the_owner_is_involved(office: Organisation) -> None:
    reported = report(office, about(office, "owner"))
    before = messages(office, "owner")
    hour(office, AFTER)
    assert readers(office, reported) == {"supervisor"}
    assert (messages(office, "owner"), types(office, reported, "supervisor")) == (before, ["reported", "reminded"])


def test_an_owner_who_got_it_is_reminded_and_can_admit_a_supervisor(office: Organisation) -> None:
    hire(office, "supervisor", name="second")
    reported = report(office)
    hour(office, AFTER)
    told = messages(office, "owner")
    hour(office, "2026-12-09T12:00:00+08:00")
    assert messages(office, "owner") == told + 1
    act(office, reported, "owner", "admit", person=office.subs["second"])
    assert readers(office, reported) == {"second"}


def test_a_report_with_the_operators_is_left_with_them(office: Organisation) -> None:
    reported = report(office, about(office, "owner", "supervisor"))
    hour(office, AFTER)
    assert readers(office, reported) == {"operator"}
    found = operate(office.world, "GET", f"/{office.id}/{reported.id}").json
    assert [one["type"] for one in found["events"]] == ["reported"]


def test_without_a_limit_nothing_happens() -> None:
    office = marketplace_in(InProcess(FRIDAY))
    publish(office)
    reported = report(office)
    hour(office, "2027-03-01T20:00:00+08:00")
    assert types(office, reported, "supervisor") == ["reported"]


def test_without_a_reminder_the_report_goes_on_at_the_limit(office: Organisation) -> None:
    publish(office, within="5 working days")
    reported = report(office)
    hour(office, BEFORE)
    assert types(office, reported, "supervisor") == ["reported"]
    hour(office, AFTER)
    assert readers(office, reported) == {"owner"}


def test_a_report_that_cannot_be_read_delays_no_other_one(
    office: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(office.world, InProcess)
    damaged, store = report(office), office.world.fakes.store
    [head] = [one for one in store.everything() if one.kind == KIND]
    with binding.tenant(office.id):
        store.commit([Put(replace(head, body=head.body.replace('"sealed":"', '"sealed":"x')), if_absent=False)])
    office.world.move_to("2026-11-27T10:00:00+08:00")
    other = report(office)
    hour(office, AFTER)
    assert readers_of(office, other) == {"owner"}
    assert "A limit of supervision was not checked" in caplog.text
    assert damaged.id not in caplog.text


def readers_of(office: Organisation, reported: Reported) -> set[str]:
    """Without the list, which the damaged report stops."""
    return {who for who in ("owner", "supervisor") if look(office, reported, who).status == 200}
