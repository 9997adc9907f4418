"""Operators read and answer the reports of which no person in the organisation is independent."""

from __future__ import annotations

import pytest

from chalicelib.kit import observability
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.supervision.reporting import WORDS, Reported, about, act, add, listed, look, operate, report, seen


@pytest.fixture
def office() -> Organisation:
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    found.subs["owner"] = found.get("/people/me", "owner")["sub"]
    return found


@pytest.fixture
def sealed(office: Organisation) -> Reported:
    """A report of which no member is independent."""
    return report(office, about(office, "supervisor", "owner"))


def remove_supervisor(office: Organisation) -> None:
    path = f"{office.path}/people/{office.subs['supervisor']}"
    assert office.world.call("DELETE", path, auth=office.auth("owner")).status == 204


def kept(office: Organisation) -> list[str]:
    """The partitions of the organisation's reports."""
    assert isinstance(office.world, InProcess)
    begin = f"T#{office.id}#S#"
    return [entry.key.pk for entry in office.world.fakes.store.everything() if entry.key.pk.startswith(begin)]


def test_operators_list_it_with_its_organisation(office: Organisation, sealed: Reported) -> None:
    [row] = operate(office.world, "GET", "").json["reports"]

    assert (row["id"], row["reference"], row["state"]) == (office.id, sealed.id, "open")


def test_operators_read_it(office: Organisation, sealed: Reported) -> None:
    found = operate(office.world, "GET", f"/{office.id}/{sealed.id}").json

    assert (found["handled_by"], found["events"][0]["text"]) == ("operators", WORDS)
    assert found["acts"] == ["take", "note", "reply", "close"]


def test_operators_answer_the_reporter_and_close_it(office: Organisation, sealed: Reported) -> None:
    path = f"/{office.id}/{sealed.id}/acts"
    answers = [
        operate(office.world, "POST", f"{path}/take", {}),
        operate(office.world, "POST", f"{path}/reply", {"text": "请说明日期。"}),
        add(office, sealed, "十一月三日。"),
        operate(office.world, "POST", f"{path}/close", {"finding": "upheld", "text": "属实。"}),
    ]

    assert [answer.status for answer in answers] == [200] * 4
    found = seen(office, sealed, "reporter")
    assert [(one["by"], one["type"]) for one in found["events"]] == [
        ("reporter", "reported"),
        ("operator", "taken"),
        ("operator", "replied"),
        ("reporter", "added"),
        ("operator", "closed"),
    ]
    assert "arn:aws" not in str(found)


def test_nothing_of_it_is_in_the_partitions_of_the_organisation(office: Organisation, sealed: Reported) -> None:
    assert kept(office) == []
    assert isinstance(office.world, InProcess)
    own = [entry for entry in office.world.fakes.store.everything() if entry.key.pk.startswith("T#")]
    assert [entry.key for entry in own if sealed.id in str(entry) or WORDS in str(entry)] == []


def test_the_reporter_cannot_tell_from_the_answer_who_handles_it(office: Organisation, sealed: Reported) -> None:
    ordinary = report(office)

    mine, other = seen(office, sealed, "reporter"), seen(office, ordinary, "reporter")

    assert set(mine) == set(other)


def test_operators_read_no_report_that_members_handle(office: Organisation) -> None:
    ordinary = report(office)

    assert operate(office.world, "GET", f"/{office.id}/{ordinary.id}").status == 404
    assert operate(office.world, "POST", f"/{office.id}/{ordinary.id}/acts/note", {"text": "x"}).status == 404
    assert operate(office.world, "GET", "").json["reports"] == []


def test_operators_admit_nobody(office: Organisation, sealed: Reported) -> None:
    answer = operate(office.world, "POST", f"/{office.id}/{sealed.id}/acts/admit", {"person": "x"})

    assert answer.problem == "act-not-open"


class TestAlarm:
    """The figure `ReportToOperators`, which raises the operators' alarm."""

    @pytest.fixture
    def measured(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        found: list[str] = []
        monkeypatch.setattr(observability, "measure", lambda name, *_: found.append(name))
        return found

    def test_a_report_that_the_operators_get_is_measured(self, office: Organisation, measured: list[str]) -> None:
        report(office, to="operators")
        report(office, about(office, "supervisor", "owner"))

        assert measured == ["ReportToOperators"] * 2

    def test_a_repeated_request_is_not_measured_again(self, office: Organisation, measured: list[str]) -> None:
        body = {"about": {"office": True}, "text": WORDS, "to": "operators"}
        for _ in range(2):
            office.world.call("POST", f"{office.path}/supervision", body, headers={"Idempotency-Key": "k" * 22})

        assert measured == ["ReportToOperators"]

    def test_a_report_of_the_supervisors_is_not_measured(self, office: Organisation, measured: list[str]) -> None:
        add(office, report(office), "十一月三日。")

        assert measured == []

    def test_a_report_that_moves_is_measured_once(self, office: Organisation, measured: list[str]) -> None:
        reported = report(office, about(office, "owner"))
        remove_supervisor(office)
        seen(office, reported, "reporter")

        assert measured == ["ReportToOperators"]

    def test_a_further_message_is_measured(self, office: Organisation, sealed: Reported, measured: list[str]) -> None:
        add(office, sealed, "十一月三日。")

        assert measured == ["ReportToOperators"]


class TestMoved:
    """A report whose last independent handler is gone."""

    @pytest.fixture
    def moved(self, office: Organisation) -> Reported:
        reported = report(office, about(office, "owner"))
        act(office, reported, "supervisor", "reply", text="请说明日期。")
        seen(office, reported, "supervisor")
        remove_supervisor(office)
        return reported

    def test_it_moves_with_its_events_at_the_change_of_people(self, office: Organisation, moved: Reported) -> None:
        assert kept(office) == []
        found = operate(office.world, "GET", f"/{office.id}/{moved.id}").json
        assert [one["type"] for one in found["events"]] == ["reported", "replied", "moved"]
        assert [one["text"] for one in found["events"]] == [WORDS, "请说明日期。", None]

    def test_the_reporter_goes_on_with_the_same_receipt(self, office: Organisation, moved: Reported) -> None:
        assert add(office, moved, "十一月三日。").status == 200
        assert [one["type"] for one in seen(office, moved, "reporter")["events"]][-2:] == ["moved", "added"]

    def test_it_stays_with_the_operators(self, office: Organisation, moved: Reported) -> None:
        path, body = f"{office.path}/people/{office.subs['archivist']}", {"grants": [{"role": "supervisor"}]}
        assert office.world.call("PUT", path, body, auth=office.auth("owner")).status == 200

        assert look(office, moved, "archivist").status == 404
        assert listed(office, "archivist") == []


def test_another_organisation_neither_reads_nor_detects_it(office: Organisation, sealed: Reported) -> None:
    other = marketplace_in(office.world)
    mine = report(other, who="handler")

    for who in ("owner", "supervisor"):
        assert look(other, sealed, who).status == 404
    assert other.world.call("GET", f"{other.path}/supervision/{sealed.id}", auth=sealed.auth).status == 404
    assert office.world.call("GET", f"{office.path}/supervision/{mine.id}", auth=mine.auth).status == 404


@pytest.mark.parametrize("who", ["owner", "supervisor"])
def test_a_token_of_a_member_opens_no_route_of_operators(office: Organisation, sealed: Reported, who: str) -> None:
    path = f"/v1/ops/supervision/{office.id}/{sealed.id}"

    assert office.world.call("GET", path, auth=office.auth(who)).status == 401
