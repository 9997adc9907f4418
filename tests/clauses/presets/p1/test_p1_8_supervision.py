"""P1.8 `platform`: users report the complaints office itself, and people who had no part in the case handle it."""

from __future__ import annotations

from tests.clauses.offices.marketplace import archived
from tests.clauses.organisation import Organisation, hire
from tests.supervision.reporting import OFFICE, act, hour, listed, look, report, seen


def test_p1_8_users_report_breaches_and_abuse_in_the_office(marketplace: Organisation) -> None:
    number = marketplace.file()

    reported = report(marketplace, OFFICE, complaint=number, text="审核员滥用职权，拒不受理。")

    assert listed(marketplace, "supervisor") == [reported.id]
    found = seen(marketplace, reported, "supervisor")
    assert (found["complaint"], found["events"][0]["text"]) == (number, "审核员滥用职权，拒不受理。")


def test_p1_8_the_report_is_handled_outside_the_office(marketplace: Organisation) -> None:
    reported = report(marketplace)

    for who in ("screener", "handler", "archivist", "director", "seller", "owner"):
        assert look(marketplace, reported, who).status == 404


def test_p1_8_it_is_investigated_and_the_reporter_learns_the_finding(marketplace: Organisation) -> None:
    reported = report(marketplace)
    act(marketplace, reported, "supervisor", "take")
    act(marketplace, reported, "supervisor", "note", text="已调取受理记录。")
    act(marketplace, reported, "supervisor", "close", finding="upheld", text="情况属实，已责令改正。")

    found = seen(marketplace, reported, "reporter")

    assert (found["state"], found["finding"], found["events"][-1]["text"]) == (
        "closed",
        "upheld",
        "情况属实，已责令改正。",
    )


def test_p1_8_a_supervisor_who_had_a_part_in_the_case_does_not_handle_it(marketplace: Organisation) -> None:
    hire(marketplace, "supervisor", name="other", also=["handler"])
    number = marketplace.file(unit="seller")
    marketplace.act(number, "screener", "accept", responsible=marketplace.subs["other"])

    reported = report(marketplace, {"names": ["审核员"]}, complaint=number)

    assert listed(marketplace, "supervisor") == [reported.id]
    assert look(marketplace, reported, "other").status == 404


def test_p1_8_neither_the_report_nor_the_re_examination_goes_to_the_person_who_decided(
    marketplace: Organisation,
) -> None:
    number = archived(marketplace)
    handler = marketplace.subs["handler"]
    grants = {"grants": [{"role": "handler"}, {"role": "supervisor"}]}
    path = f"{marketplace.path}/people/{handler}"
    assert marketplace.world.call("PUT", path, grants, auth=marketplace.auth("owner")).status == 200

    reported = report(marketplace, {"names": ["负责人"]}, complaint=number)
    again = marketplace.try_act(number, "director", "reopen", reason="新证据", responsible=handler)

    assert look(marketplace, reported, "handler").status == 404
    assert (again.status, again.pointer) == (422, "/fields/responsible")


def test_p1_8_a_supervisor_who_leaves_a_report_alone_is_reminded(marketplace: Organisation) -> None:
    reported = report(marketplace)

    hour(marketplace, "2026-12-04T18:30:00+08:00")

    assert [one["type"] for one in seen(marketplace, reported, "supervisor")["events"]] == ["reported", "reminded"]


def test_p1_8_a_report_that_is_left_alone_goes_to_the_owners(marketplace: Organisation) -> None:
    reported = report(marketplace)

    hour(marketplace, "2026-12-11T17:30:00+08:00")
    before = look(marketplace, reported, "owner").status
    hour(marketplace, "2026-12-11T18:30:00+08:00")

    assert (before, look(marketplace, reported, "owner").status) == (404, 200)
    assert look(marketplace, reported, "supervisor").status == 404
